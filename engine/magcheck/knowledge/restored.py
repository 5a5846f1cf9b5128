"""What was validated once, as bytes and back: nothing is validated again, and only plain data and models are made.

pickle, because it makes 3,700 models in a third of what JSON takes. It could call whatever it names, so it may
name nothing but our models, choices, conditions and named tuples, and a day.
"""

from __future__ import annotations

import io
import pickle
import zlib
from datetime import date
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args

from magcheck.core.model import Model
from magcheck.knowledge.conditions import Condition

if TYPE_CHECKING:
    from types import ModuleType

_CONDITIONS: tuple[type, ...] = get_args(Condition)


def as_bytes(value: object) -> bytes:
    return pickle.dumps(value, protocol=5)


def of_bytes(kept: bytes) -> Any:  # noqa: ANN401 - whatever was kept
    """Raises pickle.UnpicklingError for what names anything else, and whatever pickle does for what is broken."""
    return _Restricted(io.BytesIO(kept)).load()


def pressed(value: object) -> bytes:
    """As `as_bytes`, for what is seldom asked for: there are fewer bytes to hash."""
    return zlib.compress(as_bytes(value))


def of_pressed(kept: bytes) -> Any:  # noqa: ANN401 - as `of_bytes`
    return of_bytes(zlib.decompress(kept))


class _Restricted(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> type:
        if (module_name, global_name) == ("datetime", "date"):
            return date
        found = getattr(_ours(module_name), global_name, None)
        if isinstance(found, type) and issubclass(found, (Model, Enum, tuple, *_CONDITIONS)):
            return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is nothing that is kept.")


def _ours(module_name: str) -> ModuleType | None:
    try:
        return import_module(module_name) if module_name.startswith("magcheck.") else None
    except ImportError:
        return None
