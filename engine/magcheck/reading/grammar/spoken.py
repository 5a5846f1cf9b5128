"""Which clock time is told in words? "nine pm", "half past 9 at night"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY
from magcheck.reading.grammar.clock import HOUR, of_half
from magcheck.reading.grammar.clock_minutes import Time
from magcheck.reading.grammar.day_words import NOON, day_word, hour_of
from magcheck.reading.grammar.numbers import number, number_word
from magcheck.reading.parts import Schedule, TokenSpan
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck.reading.grammar.sentence import Sentence
    from magcheck.reading.parts import Part


def past_the_hour(sentence: Sentence, index: int) -> Part | None:
    """ "half past 9 pm" in a line; without its half of the day it is not read."""
    time = spoken_time(sentence, index)
    return time and Schedule(TokenSpan(index, time.end), times=(str(time),), sure=True)


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
    minute = (time.hour * HOUR + int(shift)) % DAY
    return Time(minute // HOUR, minute % HOUR, time.end)


def _with_half(sentence: Sentence, time: Time) -> Time | None:
    half = sentence.said(time.end, Tag.HALF)
    if half:
        return of_half(time, pm=half.sense.value == "pm", end=half.end)
    told = day_word(sentence, time.end)
    hour = hour_of(told.word, time.hour) if told else None
    return None if told is None or hour is None else time._replace(hour=hour, end=told.end)
