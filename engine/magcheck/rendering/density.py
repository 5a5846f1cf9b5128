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
    sentences_of_a_note: int
    """Of a step that only tells something."""
    rows: int
    """Of the table of gaps; a medicine without a row stands in a line, with its hours."""
    is_told_in_full: bool
    """Each reading and each open question in full, on a line of its own?"""
    letters: int
    """Of a name, where names stand in a line."""
    names: int
    """In one line, before "and 12 more"."""
    are_gaps_in_one_line: bool = False
    are_names_told_once: bool = False
    """Is what a step, a row or a line above names already not named again?"""


_AIRY = Density(steps=3, sentences=6, sentences_of_a_note=3, rows=12, is_told_in_full=True, letters=60, names=1000)
_CLOSE = _AIRY._replace(sentences=4, rows=8, is_told_in_full=False)
_CLOSER = _CLOSE._replace(sentences=3, rows=6, letters=34, are_names_told_once=True)
_DENSE = _CLOSER._replace(sentences=1, rows=0, letters=14)
_DENSER = tuple(
    _DENSE._replace(are_gaps_in_one_line=True, names=names) for names in (1000, 70, 60, 50, 40, 30, 20, 10, 5)
)
DENSITIES = (_AIRY, _CLOSE, _CLOSER, _CLOSER._replace(sentences=2, rows=4, letters=24), _DENSE, *_DENSER)
WHOLE = _AIRY._replace(steps=1000, sentences=1000, sentences_of_a_note=1000, rows=1000, letters=500)
"""Nothing is left out: where somebody asked for more."""
