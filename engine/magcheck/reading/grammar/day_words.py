"""Which hour does a word of the day leave of a clock of twelve hours? What can be two hours is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.parts import slots_of
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magcheck.reading.grammar.sentence import Sentence
    from magcheck.reading.parts import DayWord

NOON = 12
_HOURS: Mapping[DayWord, Mapping[int, int]] = {
    "morning": {hour: hour for hour in range(1, NOON)},
    "noon": {11: 11, NOON: NOON, 1: 13, 2: 14, 3: 15},
    "afternoon": {NOON: NOON} | {hour: hour + NOON for hour in range(1, 9)},
    "evening": {hour: hour + NOON for hour in range(4, NOON)},
    "bedtime": {NOON: 0} | {hour: hour for hour in range(1, 5)} | {hour: hour + NOON for hour in range(6, NOON)},
}
"""Of each word, the hours that it can stand beside, and the hours that they are; "12 in the evening" is none."""


class Told(NamedTuple):
    """A word of the day and the place behind it."""

    word: DayWord
    end: int


def day_word(sentence: Sentence, index: int) -> Told | None:
    """The one word of the day that begins at `index`: "in the morning", "in the afternoon"."""
    phrase = sentence.longest(index)
    if phrase is None:
        return None
    if phrase.sense(Tag.AFTERNOON):
        return Told("afternoon", phrase.end)
    slots = phrase.sense(Tag.SLOTS)
    words = slots_of(slots) if slots else ()
    return Told(words[0], phrase.end) if len(words) == 1 else None


def hour_of(word: DayWord, hour: int) -> int | None:
    """The hour of the day that `hour` (1 to 12) is in this part of it."""
    return _HOURS[word].get(hour)
