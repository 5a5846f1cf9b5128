"""Which minutes stand behind an hour? "8 Uhr 30", "20 h 15", "8u30"; what only may be minutes leaves it open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.grammar.strengths import unit
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck.reading.grammar.sentence import Sentence

LAST_HOUR = 23
"""24:00 is refused: nobody knows of which day."""
_MINUTES = re.compile(r"[0-5]\d")
_SURE_MINUTES = re.compile(r"0\d|15|30|45")
"""Of others nobody knows whether they are a dose: "8 Uhr 50"."""
_COUNTING = (Tag.FORMS, Tag.VOLUMES, Tag.TIMES, Tag.CLOCK, Tag.HALF, Tag.PER_DAY, Tag.SPAN, Tag.PACK)
"""Behind a figure, that it counts something else, or is an hour."""
_OF_A_LENGTH = (Tag.SPAN, Tag.FOOD)


class Time(NamedTuple):
    """Hours and minutes as written, the place behind them, and whether the minutes were written."""

    hour: int
    minute: int
    end: int
    exact: bool = False
    sure: bool = False
    """Its half of the day is told."""
    halved: bool = False
    """It is told on a clock of twelve hours."""

    def __str__(self) -> str:
        return f"{self.hour:02d}:{self.minute:02d}"


def said_minutes(sentence: Sentence, time: Time) -> Time | None:
    """ "8 Uhr 30", "20 h 15", "a las 20 horas 30 minutos"; "8 h 30 min before bed" is a length."""
    word = sentence.said(time.end, Tag.CLOCK)
    if word is None or time.exact or time.hour > LAST_HOUR or not _may_be_minutes(sentence, word.end):
        return None
    minutes, end = sentence.text(word.end), word.end + 1
    halved = word.sense.value == "halved"
    named = sentence.said(end, Tag.SPAN_UNIT)
    if named and named.sense.figure == 1 and not sentence.says(named.end, *_OF_A_LENGTH):
        return Time(time.hour, int(minutes), named.end, exact=True, halved=halved)
    sure = _SURE_MINUTES.fullmatch(minutes) and not named
    return Time(time.hour, int(minutes), end, exact=True, halved=halved) if sure else None


def joined_minutes(sentence: Sentence, index: int) -> Time | None:
    """ "8u30"; "8u" may be units of insulin."""
    joint, minutes = sentence.said(index + 1, Tag.CLOCK_JOINT), sentence.token(index + 2)
    hour = sentence.text(index)
    if joint is None or minutes is None or not hour.isdecimal() or int(hour) > LAST_HOUR:
        return None
    joined = sentence.tokens[index + 1].glued and minutes.glued and _MINUTES.fullmatch(minutes.text)
    return Time(int(hour), int(minutes.text), index + 3, exact=True) if joined else None


def is_cut_short(sentence: Sentence, time: Time) -> bool:
    """ "8 Uhr 50", "alle 20 e 40": may the figure behind the hour be its minutes?"""
    if time.exact or time.sure or time.minute:
        return False
    joint = sentence.said(time.end, Tag.ALSO)
    return _may_be_minutes(sentence, joint.end if joint else time.end)


def _may_be_minutes(sentence: Sentence, index: int) -> bool:
    if not _MINUTES.fullmatch(sentence.text(index)) or sentence.text(index + 1) == ":":
        return False
    return unit(sentence, index + 1) is None and not sentence.says(index + 1, *_COUNTING)
