"""Is a part that is installed on request there? Found out without loading it."""

from __future__ import annotations

from importlib.util import find_spec

from magcheck.core.errors import MissingExtraError


def refuse_without(module: str, what: str, extra: str) -> None:
    """Raises MissingExtraError where `module` is not installed: `what` needs it, and `extra` brings it."""
    if find_spec(module) is None:
        raise MissingExtraError(what, extra)
