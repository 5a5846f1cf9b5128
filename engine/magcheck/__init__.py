"""magcheck: a rule-based safety checker for magnesium supplements.

    from magcheck import check
    report = check({"medications": ["cipro at 08:00"], "supplements": ["magnesium citrate 200 mg at 09:00"]})
    report.ok             # True only where nothing stronger than a note is left and nothing is unknown
    print(report.to_text())

`load_profile("me.yaml")` reads a profile that is kept in a file, `Checker(rules="folder")` adds one's own pages.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from magcheck._version import __version__

if TYPE_CHECKING:
    from magcheck.checker import Checker, check
    from magcheck.core.errors import EngineFault, InputError, MagcheckError, MissingExtraError, RulesError
    from magcheck.loading import load_profile
    from magcheck.profile import Profile
    from magcheck.report import Report

__all__ = [
    "Checker",
    "EngineFault",
    "InputError",
    "MagcheckError",
    "MissingExtraError",
    "Profile",
    "Report",
    "RulesError",
    "__version__",
    "check",
    "load_profile",
]

_HOMES = {
    "Checker": "checker",
    "EngineFault": "core.errors",
    "InputError": "core.errors",
    "MagcheckError": "core.errors",
    "MissingExtraError": "core.errors",
    "Profile": "profile",
    "Report": "report",
    "RulesError": "core.errors",
    "check": "checker",
    "load_profile": "loading",
}


def __dir__() -> list[str]:
    """What is public, whether or not it is loaded yet."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


if not TYPE_CHECKING:  # else a type checker would take every name for a public one

    def __getattr__(name: str) -> object:
        """Load a public name when it is first asked for: `magcheck --version` needs none of them."""
        if name not in _HOMES:
            raise AttributeError(f"module 'magcheck' has no attribute {name!r}")
        value = getattr(import_module(f"magcheck.{_HOMES[name]}"), name)
        from magcheck.core.model import complete_models  # noqa: PLC0415 - what only raises errors needs no model

        complete_models()
        globals()[name] = value
        return value
