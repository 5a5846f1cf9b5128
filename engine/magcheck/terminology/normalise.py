"""How is a name read? Case, accents, punctuation, strengths and dose forms taken away, nothing guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.profile import Route

_STRENGTH = re.compile(
    r"(?<![\w.])\d+(?:[.,]\d+)*\s*(?:mg|mcg|µg|μg|ug|grams?|micrograms?|milligrams?|g|ml|iu|ie|i\.u\.|u|units?|mmol|meq|%)"
    r"(?:\s*/\s*(?:\d+(?:[.,]\d+)?\s*)?(?:ml|l|g|mg|h|hr|hour|day|dose|tab(?:let)?|cap(?:sule)?|act(?:uation)?))?(?!\w)",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Lower case, accents and punctuation gone, one space between words; kana and other scripts kept whole."""
    whole = text.lower() if text.isascii() else _unaccented(text)
    return _SEPARATED.sub(" ", whole.replace("'", "")).strip()


def _unaccented(text: str) -> str:
    letters: list[str] = []
    folded = unicodedata.normalize("NFKD", text).casefold()  # in this order: a bold capital is a letter first
    for letter in unicodedata.normalize("NFKD", folded):
        if not (unicodedata.combining(letter) and letters and letters[-1].isascii()):
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)).replace("\u2019", "")


def _without_figures(text: str) -> str:
    """Bare numbers at the end are a strength without its unit."""
    words = text.split()
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    return " ".join(words)


@dataclass(frozen=True)
class DoseForms:
    """Words that describe a form, not a substance: "tablet", "eye drops", "hydrochloride"."""

    routes: Mapping[str, tuple[Route, ...]]
    """What each form tells: nothing, one way, or several that it leaves open, the usual one first."""
    salts: frozenset[str]
    beside: frozenset[str] = frozenset()
    """Words around a name that are no form ("take one"); a name that is looked for stands without them, too."""
    _packaging: frozenset[str] = field(init=False, repr=False)
    _longest: int = field(init=False, repr=False)
    _first_words: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        packaging = self.beside.union(self.routes)
        object.__setattr__(self, "_packaging", packaging)
        object.__setattr__(self, "_longest", max((len(w.split()) for w in packaging), default=1))
        object.__setattr__(self, "_first_words", frozenset(w.split()[0] for w in packaging if w.split()))

    def readings(self, name: str) -> Iterator[str]:
        """The whole name first, then with less and less of its packaging."""
        bare = self._unwrapped(normal(_STRENGTH.sub(" ", name)))
        yield normal(name)
        yield normal(_STRENGTH.sub(" ", name))
        yield bare
        yield _without_figures(bare)
        unsalted = self._without_salt(_without_figures(bare))
        if unsalted:
            yield unsalted

    def _unwrapped(self, text: str) -> str:
        words = text.split()
        kept: list[str] = []
        place = 0
        while place < len(words):
            phrase = self._phrase_at(words, place)
            if phrase:
                place += len(phrase.split())
            else:
                kept.append(words[place])
                place += 1
        return " ".join(kept)

    def _phrase_at(self, words: list[str], place: int) -> str | None:
        if words[place] not in self._first_words:
            return None
        for length in range(self._longest, 0, -1):
            phrase = " ".join(words[place : place + length])
            if len(words) >= place + length and phrase in self._packaging:
                return phrase
        return None

    def _without_salt(self, text: str) -> str | None:
        words = text.split()
        while len(words) > 1 and words[-1] in self.salts:
            words.pop()
        shorter = " ".join(words)
        return shorter if shorter != text else None
