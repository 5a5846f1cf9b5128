"""Which salt do the words of an element and of an anion name? "Magnesium-Citrat", "ossido di magnesio"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.reading.parts import Name, TokenSpan
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck.terminology.lexicon import Lexicon
    from magcheck.terminology.tokens import Token
    from magcheck.terminology.vocabulary import Vocabulary

SYMBOL = "mg"
_HYPHEN = "-"
_SHORTEST = 4
"""Letters of an element, "zink", and of an anion, "oxid"."""


def salts_in(tokens: Sequence[Token], found: Mapping[int, Name], vocabulary: Vocabulary) -> dict[int, Name]:
    """First token -> a salt beside an element among the names that were `found`, in any of the languages."""
    joined = {
        salt.span.start: salt for name in found.values() for salt in _beside(tokens, name, found, vocabulary)
    }
    joined |= _in_one_word(tokens, found, vocabulary)
    return joined | _apart(tokens, {**found, **joined}, vocabulary)


def is_magnesium(name: Name, vocabulary: Vocabulary) -> bool:
    if MAGNESIUM in name.text or SYMBOL in name.text.split():
        return True
    meanings = vocabulary.names.get(name.text, ())
    brought = [MAGNESIUM in substance.selectors for meaning in meanings for substance in meaning.substances]
    return bool(brought) and all(brought)


def _beside(
    tokens: Sequence[Token], name: Name, found: Mapping[int, Name], vocabulary: Vocabulary
) -> Iterator[Name]:
    """ "Magnesium-Citrat"; "sulfate de magnésium", "citrato magnésico", not that of "zinc citrate magnesium"."""
    start, end = name.span
    behind = end + 1 if _is(tokens, end, _HYPHEN) else end
    if salt := _salt(tokens, behind, name, vocabulary):
        yield Name(TokenSpan(start, behind + 1), salt)
        return
    joined = vocabulary.lexicon.longest(tokens, start - 1)
    of = joined is not None and joined.end == start and joined.sense(Tag.OF) is not None
    before = start - 2 if of else start - 1
    taken = _covers(found.values(), before) or (not of and any(one.span.end == before for one in found.values()))
    if not taken and (salt := _salt(tokens, before, name, vocabulary)):
        yield Name(TokenSpan(before, end), salt)


def _in_one_word(tokens: Sequence[Token], found: Mapping[int, Name], vocabulary: Vocabulary) -> dict[int, Name]:
    """ "Magnesiumkarbonat", "zinkcitraat"."""
    unknown = (
        (place, token.norm) for place, token in enumerate(tokens) if token.kind == "word" and place not in found
    )
    salts = ((place, salt) for place, word in unknown for salt in _parted(word, vocabulary))
    return {place: Name(TokenSpan(place, place + 1), salt) for place, salt in salts}


def _parted(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
        if word[:cut] in vocabulary.names and (salt := _of_name(word[:cut], word[cut:], vocabulary)):
            yield salt


def _apart(tokens: Sequence[Token], found: Mapping[int, Name], vocabulary: Vocabulary) -> dict[int, Name]:
    """ "bisglycinate" alone names a salt behind magnesium: "Mg (bisglycinate)", "as citrate and malate"."""
    first = min((name.span.end for name in found.values() if is_magnesium(name, vocabulary)), default=len(tokens))
    inside = {place for name in found.values() for place in range(*name.span)}
    words = (place for place in range(first, len(tokens)) if tokens[place].kind == "word" and place not in inside)
    salts = {place: _of_magnesium(tokens[place].norm, vocabulary) for place in words}
    return {
        place: Name(TokenSpan(place, place + 1), salt)
        for place, salt in salts.items()
        if salt and not _is_packaging(tokens, place, vocabulary.lexicon)
    }


def _salt(tokens: Sequence[Token], place: int, element: Name, vocabulary: Vocabulary) -> str | None:
    """The salt of `element` with the anion at `place`, as the vocabulary has it."""
    is_word = 0 <= place < len(tokens) and tokens[place].kind == "word"
    return _of_name(element.text, tokens[place].norm, vocabulary) if is_word else None


def _of_name(element: str, anion: str, vocabulary: Vocabulary) -> str | None:
    substances = {meaning.substances for meaning in vocabulary.names.get(element, ())}
    if len(substances) != 1 or len(inside := substances.pop()) != 1:
        return None
    word = vocabulary.lexicon.anion(anion)
    salt = f"{inside[0].name} {word}"
    return salt if word and salt in vocabulary.spellings else None


def _of_magnesium(word: str, vocabulary: Vocabulary) -> str | None:
    """Also "chelate", which is no anion."""
    words = (word, vocabulary.lexicon.anion(word))
    return next((salt for word in words if word and (salt := f"{MAGNESIUM} {word}") in vocabulary.spellings), None)


def _is_packaging(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    phrase = lexicon.longest(tokens, place)
    return phrase is not None and phrase.sense(Tag.SALT) is None and phrase.sense(Tag.ANION) is None


def _is(tokens: Sequence[Token], place: int, sign: str) -> bool:
    return place < len(tokens) and tokens[place].text == sign


def _covers(names: Iterable[Name], place: int) -> bool:
    """Does one of several words hold that at `place`? "ascorbate" alone is a name, and an anion too."""
    return any(name.span.start <= place < name.span.end and len(range(*name.span)) > 1 for name in names)
