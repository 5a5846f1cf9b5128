"""A unit behind brackets: the MG of "ferrous sulfate 325 (65 Fe) MG" is milligrams of both, and no magnesium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.terminology.lexicon import Tag
from magcheck.terminology.tokens import number_of

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from magcheck.terminology.lexicon import Lexicon
    from magcheck.terminology.tokens import Token

MOST_INSIDE = 4
"""Tokens in the longest such brackets: "(241.3 MG elemental magnesium)"."""
MOST_COUNTED = 12
"""Tablets; the greater number of "calcium 600 (25 mcg D3) Mg 300" is milligrams of magnesium."""


def unit_behind(tokens: Sequence[Token], opening: int, lexicon: Lexicon, names: Container[int]) -> int | None:
    """The place of the unit behind the brackets that begin at `opening`; `names` holds where known names begin."""
    closing = next((place for place in _inside(tokens, opening) if tokens[place].text == ")"), None)
    if closing is None or not 0 < opening < closing - 2 or tokens[opening].text != "(":
        return None
    if not (tokens[opening - 1].is_number and tokens[opening + 1].is_number):
        return None
    counted = opening + 2 in names or lexicon.says(tokens, opening + 2, Tag.ELEMENT)
    if not (counted or _says(lexicon, tokens, opening + 2, Tag.UNITS, Tag.ELEMENTAL)):
        return None
    put_off = _says(lexicon, tokens, closing + 1, Tag.UNITS) and not _is_a_name(tokens, closing + 1, lexicon)
    return closing + 1 if put_off else None


def is_put_off(tokens: Sequence[Token], place: int, lexicon: Lexicon, names: Container[int]) -> bool:
    """Is the word at `place` the unit of the number before the brackets that end there?"""
    if place < 1 or tokens[place - 1].text != ")":
        return False
    openings = (at for at in range(max(place - MOST_INSIDE - 2, 0), place - 1) if tokens[at].text == "(")
    return any(unit_behind(tokens, opening, lexicon, names) == place for opening in openings)


def _inside(tokens: Sequence[Token], opening: int) -> range:
    return range(opening + 1, min(opening + MOST_INSIDE + 2, len(tokens)))


def _says(lexicon: Lexicon, tokens: Sequence[Token], place: int, *tags: Tag) -> bool:
    phrase = lexicon.longest(tokens, place) if place < len(tokens) else None
    return phrase is not None and any(phrase.sense(tag) is not None for tag in tags)


def _is_a_name(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Does an amount follow what may be "Mg"?"""
    if place + 1 >= len(tokens) or not tokens[place + 1].is_number:
        return False
    value = number_of(tokens[place + 1].text)
    return value is None or value > MOST_COUNTED or _says(lexicon, tokens, place + 2, Tag.UNITS)
