"""Which words of a line are names? The longest spelling that the vocabulary knows, at each place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import MAGNESIUM
from magcheck.reading.parts import Name, TokenSpan
from magcheck.reading.put_off import is_put_off
from magcheck.reading.salts import SYMBOL, salts_in
from magcheck.terminology.lexicon import Tag
from magcheck.terminology.normalise import normal
from magcheck.terminology.tokens import number_of, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from magcheck.terminology.lexicon import Lexicon
    from magcheck.terminology.tokens import Token
    from magcheck.terminology.vocabulary import Vocabulary

MOST_WORDS = 8
"""Words of the longest name that is looked for; a sign may stand beside each."""
MOST_COUNTED = 12
"""Tablets; a greater number before "tablets" belongs to a name."""
_JOINTS = frozenset("-./&+'\u2019:\u30fb\u00b7\u00ae\u2122!")
"""Signs that may stand inside any name; other signs only where the vocabulary writes them."""
_GLUED_UNITS = frozenset({"mg", "g", "mcg", "ug", "\u03bcg", "iu"})
_LAST = frozenset(")]")
"""Signs that may end a name which holds them."""


class Spelled(NamedTuple):
    """Words of a line as a name would be spelled."""

    end: int
    """The place behind them."""
    text: str
    """As `normal` has it."""
    plain: bool
    """No sign stands in them that mostly separates two names."""


def names_in(tokens: Sequence[Token], vocabulary: Vocabulary) -> dict[int, Name]:
    """First token -> the longest name that begins there and cuts no longer one."""
    beginning: dict[int, list[Name]] = {}
    for place, token in enumerate(tokens):
        if token.kind in ("sign", "fraction") or _continues(tokens, place):
            continue
        names = _beginning_at(tokens, place, vocabulary)
        if names and not _is_basis_and_name(tokens, names[-1], vocabulary):
            beginning[place] = names
    found = {place: _uncut(tokens, names, beginning, vocabulary.lexicon) for place, names in beginning.items()}
    found |= _symbols(tokens, found, vocabulary.lexicon)
    return found | salts_in(tokens, found, vocabulary)


def _continues(tokens: Sequence[Token], place: int) -> bool:
    """Is it the rest of a word, such as the "mcg" of "75mcg"?"""
    kinds = {tokens[place].kind, tokens[place - 1].kind if place else "sign"}
    return tokens[place].glued and "sign" not in kinds


def _goes_on(tokens: Sequence[Token], place: int) -> bool:
    """Does the word before `place` go on there? "B6" does; "magnesium400mg" is a name and a strength."""
    if place >= len(tokens) or not _continues(tokens, place):
        return False
    measured = tokens[place].is_number and place + 1 < len(tokens) and _continues(tokens, place + 1)
    return not (measured and tokens[place + 1].norm in _GLUED_UNITS)


def _beginning_at(tokens: Sequence[Token], place: int, vocabulary: Vocabulary) -> list[Name]:
    """Every name that begins at `place`, the shortest first."""
    found: list[Name] = []
    for spelled in map(partial(_known, vocabulary), _spellings(tokens, place, vocabulary)):
        if spelled.text in vocabulary.spellings and _is_whole(tokens, place, spelled, vocabulary):
            shorter = bool(found) and found[-1].span.end == spelled.end - 1
            if not _ends_in_an_amount(tokens, spelled.end, vocabulary.lexicon, shorter=shorter):
                found.append(Name(TokenSpan(place, spelled.end), spelled.text))
    return found


def _known(vocabulary: Vocabulary, spelled: Spelled) -> Spelled:
    """ "thyroid meds" as "thyroid medicine", if it is not known as it is."""
    for_what, _, last = spelled.text.rpartition(" ")
    others = vocabulary.lexicon.medicine_words
    if (
        not for_what
        or last not in others
        or any(text in vocabulary.spellings for text in (for_what, spelled.text))
    ):
        return spelled
    texts = (f"{for_what} {other}" for other in others)
    return spelled._replace(text=next((text for text in texts if text in vocabulary.groups), spelled.text))


def _is_whole(tokens: Sequence[Token], place: int, spelled: Spelled, vocabulary: Vocabulary) -> bool:
    """Is it one name, and no words on both sides of a comma?"""
    return spelled.plain or _is_written_so(tokens[place : spelled.end], spelled.text, vocabulary)


def _is_written_so(tokens: Sequence[Token], text: str, vocabulary: Vocabulary) -> bool:
    """Has the vocabulary the same signs at the same places: "Mg(OH)2", "sodium phosphate, dibasic"?"""
    written = [token.norm for token in tokens]
    return any(written == [token.norm for token in tokenise(label)] for label in vocabulary.labels(text))


def _uncut(
    tokens: Sequence[Token], names: Sequence[Name], beginning: Mapping[int, Sequence[Name]], lexicon: Lexicon
) -> Name:
    """The longest name; of "emtricitabine/tenofovir alafenamide" the first, because the second goes on."""
    longest = names[-1]
    for inner in range(longest.span.start + 1, longest.span.end):
        goes_on = inner in beginning and beginning[inner][-1].span.end > longest.span.end
        shorter = [name for name in names if name.span.end <= inner]
        if goes_on and shorter and not _is_form(tokens, longest.span.end, beginning[inner][-1].span.end, lexicon):
            return shorter[-1]
    return longest


def _is_form(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> bool:
    """The "tablets" of "calcium magnesium tablets": "magnesium tablets" is a name too, and cuts nothing."""
    phrase = lexicon.longest(tokens, start)
    return phrase is not None and phrase.end == end and phrase.sense(Tag.FORMS) is not None


def _spellings(tokens: Sequence[Token], place: int, vocabulary: Vocabulary) -> Iterator[Spelled]:
    """The words that begin at `place`, shortest first, as long as a known spelling may begin with them."""
    text = ""
    plain, behind_sign = True, False
    for end in range(place, min(len(tokens), place + 2 * MOST_WORDS)):
        token = tokens[end]
        if token.kind == "sign":
            plain = plain and token.text in _JOINTS and not _heads(tokens, end)
            behind_sign = True
            if token.text not in _LAST:
                continue
        else:
            norm = token.norm if token.kind == "word" else normal(token.text)
            plain = plain and (token.kind == "word" or norm == token.text)
            if text and (behind_sign or not token.glued):
                if " " not in text and text not in vocabulary.beginnings:
                    return
                text = f"{text} {norm}"
            else:
                text += norm
            behind_sign = False
        if not _goes_on(tokens, end + 1):
            yield Spelled(end + 1, text, plain)


def _heads(tokens: Sequence[Token], place: int) -> bool:
    """ "Three times daily: vitamin C" names no daily vitamin."""
    return tokens[place].text == ":" and place + 1 < len(tokens) and not tokens[place + 1].glued


def _ends_in_an_amount(tokens: Sequence[Token], end: int, lexicon: Lexicon, *, shorter: bool) -> bool:
    """The 400 of "Mag-Ox 400 mg" is a strength, that of "Mag-Ox 400 tablets" a part of the name.

    The 2 of "vitamin D 2 tablets" is a count, because there is a `shorter` name without it.
    """
    last = tokens[end - 1]
    following = lexicon.longest(tokens, end) if last.is_number else None
    if following is None:
        return False
    counted = shorter and not last.glued and (number_of(last.text) or 0) <= MOST_COUNTED
    return following.sense(Tag.UNITS) is not None or (counted and following.sense(Tag.FORMS) is not None)


def _is_basis_and_name(tokens: Sequence[Token], name: Name, vocabulary: Vocabulary) -> bool:
    """ "elemental magnesium" is magnesium, and says what its amount counts."""
    phrase = vocabulary.lexicon.longest(tokens, name.span.start)
    if phrase is None or phrase.sense(Tag.ELEMENTAL) is None:
        return False
    return any(
        spelled.end == name.span.end and spelled.text in vocabulary.spellings
        for spelled in _spellings(tokens, phrase.end, vocabulary)
    )


def _symbols(tokens: Sequence[Token], found: dict[int, Name], lexicon: Lexicon) -> dict[int, Name]:
    """ "Mg" is magnesium where no number stands before it; "Zn" is zinc."""
    written = {
        place: Name(TokenSpan(place, place + 1), lexicon.written[token.text])
        for place, token in enumerate(tokens)
        if token.text in lexicon.written and place not in found and not _is_shortened(tokens, place)
    }
    return written | {
        place: Name(TokenSpan(place, place + 1), MAGNESIUM)
        for place, token in enumerate(tokens)
        if token.norm == SYMBOL and place not in found and not _is_unit(tokens, place, lexicon, found)
    }


def _is_shortened(tokens: Sequence[Token], place: int) -> bool:
    """ "Ca. 300 mg" is about 300 mg."""
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    return behind is not None and behind.text == "." and behind.glued


def _is_unit(tokens: Sequence[Token], place: int, lexicon: Lexicon, found: Mapping[int, Name]) -> bool:
    """Behind a number, which brackets may part from it; also "[mg]", "/mg" and "# mg" are units."""
    behind = place > 0 and (tokens[place - 1].is_number or tokens[place - 1].text in ("/", "[", "µ", "#"))
    return behind or is_put_off(tokens, place, lexicon, found)
