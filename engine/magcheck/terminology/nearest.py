"""Which known words are spelled nearly like this one? For asking only, never for reading."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORT_NAME = 6
MAX_CANDIDATES = 5
_LONG = 60


class KnownWords:
    """Words by their length: only those of nearly the same length can be near."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: defaultdict[int, list[str]] = defaultdict(list)
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            self._words[len(word)].append(word)
            self._places[len(word)].append(place)

    def near(self, text: str, edits: int) -> list[str]:
        """Those at most so many typing errors away: the nearest first, then the first of the words."""
        from rapidfuzz import process  # noqa: PLC0415 - only a name that is not known needs it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        found: list[tuple[float, int, str]] = []
        for length in range(len(text) - edits, len(text) + edits + 1):
            if length in self._words:
                near = process.extract(
                    text, self._words[length], scorer=OSA.distance, score_cutoff=edits, limit=MAX_CANDIDATES
                )
                found += [(distance, self._places[length][index], word) for word, distance, index in near]
        return [word for _, _, word in sorted(found)[:MAX_CANDIDATES]]


def near_words(words: str, known: KnownWords) -> tuple[str, ...]:
    """Known words at most 2 typing errors away (1 for short ones)."""
    text = normal(words)
    return () if len(text) > _LONG else tuple(known.near(text, 1 if len(text) < SHORT_NAME else 2))
