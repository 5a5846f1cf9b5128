"""Where does a line begin anew? "omeprazole, on hold. digoxin, daily": a full stop ends what is said of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.parts import BULLETS, QUIET, BasisPart, Count, Mark, Strength, TakenPart
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.parts import Part
    from magcheck.terminology.lexicon import Lexicon
    from magcheck.terminology.tokens import Token

_STOP = "."
_SIGNS = frozenset({_STOP, "-", "!"}) | BULLETS
"""Full stops, bars, dashes and bullets: directly before a name they end what is said of the one before."""
_WIDE = 2
"""Spaces that part as a column does."""


class Line(NamedTuple):
    """The tokens of a line, and what their words mean."""

    tokens: Sequence[Token]
    lexicon: Lexicon


def begins_anew(line: Line, parts: Sequence[Part], behind: int, name: int, *, times_lead: bool) -> int | None:
    """The part, of those from `behind` to that of the next `name`, with which something new is told.

    `times_lead`: in this line a time stands before its name, so that a sentence may begin with it.
    """
    for place in range(name, behind, -1):
        if _is_parted(line, parts[place].span.start):
            return place
        if not _leads(parts[place - 1]):
            break
    if not times_lead:
        return None
    places = range(name - 1, behind, -1)
    return next((place for place in places if _begins_a_sentence(line.tokens, parts[place].span.start)), None)


def _leads(part: Part) -> bool:
    """ "omeprazole, stopped. Takes 1 tablet digoxin": what may stand before the name that it speaks of."""
    if isinstance(part, Mark):
        return part.kind in QUIET
    return isinstance(part, Strength | Count | BasisPart) or (isinstance(part, TakenPart) and part.taken is True)


def _is_parted(line: Line, place: int) -> bool:
    before, here = line.tokens[place - 1], line.tokens[place]
    apart = here.start - before.end
    signed = before.text in _SIGNS and apart > 0 and not _is_range(before)
    return apart >= _WIDE or signed or line.lexicon.says(line.tokens, place - 1, Tag.THEN)


def _is_range(sign: Token) -> bool:
    """The hyphen of "co- amoxiclav" belongs to a word."""
    return sign.text == "-" and sign.glued


def _begins_a_sentence(tokens: Sequence[Token], place: int) -> bool:
    before, here = tokens[place - 1], tokens[place]
    return before.text == _STOP and not here.glued and here.text[:1].isupper()
