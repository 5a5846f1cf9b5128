"""magcheck: a rule-based safety checker for magnesium supplements."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from magcheck._version import __version__

if TYPE_CHECKING:
    from magcheck.checker import Checker, check
    from magcheck.core.errors import EngineFault, InputError, MagcheckError, RulesError
    from magcheck.profile import Profile
    from magcheck.report import Report

__all__ = [
    "Checker",
    "EngineFault",
    "InputError",
    "MagcheckError",
    "Profile",
    "Report",
    "RulesError",
    "__version__",
    "check",
]

_HOMES = {
    "Checker": "checker",
    "EngineFault": "core.errors",
    "InputError": "core.errors",
    "MagcheckError": "core.errors",
    "Profile": "profile",
    "Report": "report",
    "RulesError": "core.errors",
    "check": "checker",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever stands at that name
    """Load a public name when it is first asked for: `magcheck --version` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'magcheck' has no attribute {name!r}")
    value = getattr(import_module(f"magcheck.{_HOMES[name]}"), name)
    from magcheck.core.model import complete_models  # noqa: PLC0415 - what only raises errors needs no model

    complete_models()
    globals()[name] = value
    return value
