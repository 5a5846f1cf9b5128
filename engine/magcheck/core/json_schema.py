"""How do the published JSON Schemas read? As the models, with their attribute docstrings as descriptions."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

Mode = Literal["validation", "serialization"]


def json_schema(model: type[BaseModel], mode: Mode = "validation") -> dict[str, Any]:
    """Draft 2020-12, with units and meanings as the models' source states them.

    pydantic could collect the docstrings itself, but would read the source again at every start.
    """
    schema = model.model_json_schema(mode=mode)
    parts = {model.__name__: schema, **schema.get("$defs", {})}
    described = {one.__name__: _docstrings(one) for one in _family(model) if one.__name__ in parts}
    for name, part in parts.items():
        for field, text in described.get(name, {}).items():
            part.get("properties", {}).get(field, {}).setdefault("description", text)
    return schema


def _family(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """`model` and every other model that is loaded."""
    from magcheck.core.model import Model  # noqa: PLC0415 - the root of all models

    waiting: list[type[BaseModel]] = [model, *Model.__subclasses__()]
    seen: set[type[BaseModel]] = set()
    while waiting:
        member = waiting.pop()
        if member not in seen:
            seen.add(member)
            yield member
            waiting += member.__subclasses__()


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Field -> the string that follows it in the class and in its parents, outermost last."""
    found: dict[str, str] = {}
    for ancestor in reversed(model.__mro__):
        if ancestor.__module__.startswith("magcheck"):
            found |= _own_docstrings(ancestor)
    return found


@cache
def _own_docstrings(model: type) -> dict[str, str]:
    (definition,) = ast.parse(dedent(inspect.getsource(model))).body
    body = definition.body if isinstance(definition, ast.ClassDef) else []
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
