"""How closely is the first screen packed? From airy to dense; the first that fits is taken."""

from __future__ import annotations

from typing import NamedTuple

MOST_LINES = 40
"""Of the first screen, at 80 columns, whatever the profile."""


class Density(NamedTuple):
    """How much of each thing is said; whatever is left out is counted or named in fewer words."""

    steps: int
    sentences: int
    """Of each step."""
    rows: int
    """Of the table of gaps; a medicine without a row stands in a line, with its hours."""
    is_told_in_full: bool
    """Each reading and each open question in full, on a line of its own?"""
    letters: int
    """Of a name, where names stand in a line."""
    names: int
    """In one line, before "and 12 more"."""


DENSITIES = (
    Density(steps=3, sentences=6, rows=12, is_told_in_full=True, letters=60, names=100),
    Density(steps=3, sentences=4, rows=8, is_told_in_full=False, letters=60, names=100),
    Density(steps=3, sentences=3, rows=6, is_told_in_full=False, letters=30, names=100),
    Density(steps=3, sentences=2, rows=4, is_told_in_full=False, letters=24, names=100),
    Density(steps=3, sentences=1, rows=0, is_told_in_full=False, letters=14, names=100),
    Density(steps=3, sentences=1, rows=0, is_told_in_full=False, letters=14, names=20),
)
WHOLE = Density(steps=1000, sentences=1000, rows=1000, is_told_in_full=True, letters=500, names=1000)
"""Nothing is left out: where somebody asked for more."""
