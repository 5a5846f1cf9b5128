"""Which clock time is told in words? "nine pm", "half past 9 at night"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.grammar.clock import NOON, Time, of_half
from magcheck.reading.grammar.counts import slot
from magcheck.reading.grammar.numbers import number, number_word
from magcheck.reading.parts import SLOTS, Schedule, Span, slots_of
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck.reading.grammar.sentence import Said, Sentence
    from magcheck.reading.parts import Part

HOUR = 60
"""Minutes."""


def past_the_hour(sentence: Sentence, index: int) -> Part | None:
    """ "half past 9 pm" in a line; without its half of the day it is not read."""
    time = spoken_time(sentence, index)
    return time and Schedule(Span(index, time.end), times=(str(time),))


def spoken_time(sentence: Sentence, index: int) -> Time | None:
    """ "nine pm", "seven thirty am", "half past nine at night"; the half of the day must be told."""
    past = sentence.said(index, Tag.PAST_HOUR)
    hour = number(sentence, past.end if past else index)
    if hour is None or hour.value % 1 or not 1 <= hour.value <= NOON:
        return None
    minutes = None if past else number_word(sentence, hour.end)
    end = minutes.end if minutes else hour.end
    shift = past.sense.figure if past else minutes.value if minutes else 0
    if not -HOUR < shift < HOUR:
        return None
    time = _with_half(sentence, Time(int(hour.value), 0, end))
    if time is None:
        return None
    minute = (time.hour * HOUR + int(shift)) % (len(SLOTS) * 6 * HOUR)
    return Time(minute // HOUR, minute % HOUR, time.end)


def _with_half(sentence: Sentence, time: Time) -> Time | None:
    half = sentence.said(time.end, Tag.HALF)
    if half:
        return of_half(time, pm=half.sense.value == "pm", end=half.end)
    word: Said | None = slot(sentence, time.end)
    if word is None:
        return None
    return of_half(time, pm=slots_of(word.sense) != ("morning",), end=word.end)
