"""The fixtures of the command line's tests serve the renderings too."""

from __future__ import annotations

from tests.cli.conftest import _no_colour_wishes, profile, rules

__all__ = ("_no_colour_wishes", "profile", "rules")
