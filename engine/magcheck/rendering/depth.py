"""How much of a report is told? The first screen, and what somebody asked for below it."""

from __future__ import annotations

from typing import NamedTuple


class Depth(NamedTuple):
    """What is told below the first screen."""

    more: bool = False
    """Reasons, what would change this, notes and what was assumed."""
    sources: bool = False
    """Everything cited."""


SCREEN = Depth()
"""Nothing below it."""
