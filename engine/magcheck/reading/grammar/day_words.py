"""Which hour does a word of the day leave of a clock of twelve hours? What can be two hours is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.parts import Schedule, TokenSpan, slots_of
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magcheck.reading.grammar.sentence import Sentence
    from magcheck.reading.parts import DayWord

NOON = 12
_JOINTS = (",", "+", "&", "/")
_TIMES = (Tag.SLOTS, Tag.AFTERNOON, Tag.HALF, Tag.CLOCK)
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


def slot_behind(sentence: Sentence, index: int) -> Schedule | None:
    """The "eve" of "morning & eve", which is the evening although it is a name as well.

    Of "cipro eve" and "cipro am, eve" nobody knows; "Eve" and "eve 200 mg" are the name.
    """
    said, token = sentence.said(index, Tag.SLOT_BEHIND), sentence.tokens[index]
    behind = sentence.token(said.end) if said else None
    if said is None or index == 0 or token.text.istitle() or (behind and behind.is_number):
        return None
    span = TokenSpan(index, said.end)
    joined = sentence.says(index - 1, Tag.ALSO) or sentence.text(index - 1) in _JOINTS
    timed = any(index - joined in sentence.ends_of(tag) for tag in _TIMES)
    if timed and token.text.islower() and sentence.text(index - 1) != ",":
        return Schedule(span, slots=slots_of(said.sense))
    return Schedule(span, unclear=True) if timed or not joined else None
