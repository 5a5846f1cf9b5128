"""How does the command line end?"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line."""

    NOTHING_TO_CHANGE = 0
    WRONG_INPUT = 2
    CHANGE = 10
    ASK_OR_AVOID = 20
    NOT_COMPLETE = 30
    ENGINE_FAULT = 70
    INTERRUPTED = 130
    NOT_READ = 141
    """Nobody read the result to its end: what the shell says of every program that ends so."""
