"""Which words of a line are names? The longest spelling that the vocabulary knows, at each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.reading.parts import Name, Span
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from magcheck.terminology.lexicon import Lexicon
    from magcheck.terminology.tokens import Token

MOST_WORDS = 8
"""Tokens of the longest name that is looked for."""
SYMBOL = "mg"
_JOINTS = frozenset("-./&+'\u2019:\u30fb\u00b7\u00ae\u2122!")
"""Signs that may stand inside a name."""


def names_in(tokens: Sequence[Token], known: Container[str], lexicon: Lexicon) -> dict[int, Name]:
    """First token -> the longest name that begins there and cuts no longer one."""
    beginning: dict[int, list[Name]] = {}
    for place, token in enumerate(tokens):
        if token.kind in ("sign", "fraction") or _continues(tokens, place):
            continue
        names = _beginning_at(tokens, place, known, lexicon)
        if names and not _is_basis_and_name(tokens, names[-1], known, lexicon):
            beginning[place] = names
    found = {place: _uncut(names, beginning) for place, names in beginning.items()}
    found |= _symbols(tokens, found)
    return found | _anions(tokens, found, known, lexicon)


def _continues(tokens: Sequence[Token], place: int) -> bool:
    """Is it the rest of a word, such as the "mcg" of "75mcg"?"""
    kinds = {tokens[place].kind, tokens[place - 1].kind if place else "sign"}
    return tokens[place].glued and "sign" not in kinds


def _beginning_at(tokens: Sequence[Token], place: int, known: Container[str], lexicon: Lexicon) -> list[Name]:
    """Every name that begins at `place`, the shortest first."""
    return [
        Name(Span(place, end), text)
        for end, text in spellings(tokens, place)
        if text in known and not _ends_in_a_strength(tokens, place, end, lexicon)
    ]


def _uncut(names: Sequence[Name], beginning: Mapping[int, Sequence[Name]]) -> Name:
    """The longest name; of "emtricitabine/tenofovir alafenamide" the first, because the second goes on."""
    longest = names[-1]
    for inner in range(longest.span.start + 1, longest.span.end):
        goes_on = inner in beginning and beginning[inner][-1].span.end > longest.span.end
        shorter = [name for name in names if name.span.end <= inner]
        if goes_on and shorter:
            return shorter[-1]
    return longest


def spellings(tokens: Sequence[Token], place: int) -> list[tuple[int, str]]:
    """(place behind, text as `normal` has it) of the words that begin at `place`, shortest first."""
    found: list[tuple[int, str]] = []
    text = ""
    end = place
    while end < len(tokens) and end - place < 2 * MOST_WORDS:
        token = tokens[end]
        if token.kind == "sign":
            if token.text not in _JOINTS or not text:
                break
            end += 1
            continue
        space = "" if not text or (token.glued and tokens[end - 1].kind != "sign") else " "
        text += space + token.norm
        end += 1
        if not (end < len(tokens) and _continues(tokens, end)):
            found.append((end, text))
    return found


def _ends_in_a_strength(tokens: Sequence[Token], place: int, end: int, lexicon: Lexicon) -> bool:
    """The 400 of "Mag-Ox 400 mg" is a strength, that of "Mag-Ox 400 tablets" a part of the name."""
    if end - place < 2 or not tokens[end - 1].is_number:
        return False
    unit = lexicon.longest(tokens, end)
    return unit is not None and unit.sense(Tag.UNITS) is not None


def _is_basis_and_name(tokens: Sequence[Token], name: Name, known: Container[str], lexicon: Lexicon) -> bool:
    """ "elemental magnesium" is magnesium, and says what its amount counts."""
    phrase = lexicon.longest(tokens, name.span.start)
    if phrase is None or phrase.sense(Tag.ELEMENTAL) is None:
        return False
    return any(end == name.span.end and text in known for end, text in spellings(tokens, phrase.end))


def _symbols(tokens: Sequence[Token], found: dict[int, Name]) -> dict[int, Name]:
    """ "Mg" is magnesium where no number stands before it."""
    return {
        place: Name(Span(place, place + 1), MAGNESIUM)
        for place, token in enumerate(tokens)
        if token.norm == SYMBOL and place not in found and not _behind_a_number(tokens, place)
    }


def _anions(
    tokens: Sequence[Token], found: dict[int, Name], known: Container[str], lexicon: Lexicon
) -> dict[int, Name]:
    """ "bisglycinate" alone names a salt behind magnesium: "Mg (bisglycinate)", "as citrate and malate"."""
    inside = {place for name in found.values() for place in range(*name.span)}
    first = min((name.span.end for name in found.values() if _is_magnesium(name)), default=len(tokens))
    return {
        place: Name(Span(place, place + 1), f"{MAGNESIUM} {token.norm}")
        for place, token in enumerate(tokens)
        if place >= first
        and token.kind == "word"
        and place not in inside
        and f"{MAGNESIUM} {token.norm}" in known
        and not _is_packaging(tokens, place, lexicon)
    }


def _is_packaging(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    phrase = lexicon.longest(tokens, place)
    return phrase is not None and phrase.sense(Tag.SALT) is None


def _behind_a_number(tokens: Sequence[Token], place: int) -> bool:
    """Also "[mg]" and "/mg" are units."""
    return place > 0 and (tokens[place - 1].is_number or tokens[place - 1].text in ("/", "[", "µ"))


def _is_magnesium(name: Name) -> bool:
    return MAGNESIUM in name.text or SYMBOL in name.text.split()
