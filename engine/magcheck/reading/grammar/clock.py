"""Which clock time is written here? "9 pm", "9:30pm", "22h", "22.30", "20 Uhr"; what can be two times is none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY
from magcheck.reading.grammar.clock_minutes import LAST_HOUR, Time, is_cut_short, joined_minutes, said_minutes
from magcheck.reading.grammar.day_words import NOON, day_word, hour_of
from magcheck.reading.grammar.numbers import number_word
from magcheck.reading.grammar.offsets import LONGEST_BEFORE_A_MEAL, offset
from magcheck.reading.grammar.strengths import unit
from magcheck.reading.parts import Schedule, TokenSpan
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck.reading.grammar.sentence import Sentence
    from magcheck.reading.parts import Part

HOUR = 60
"""Minutes."""
_HOURS_OF_SLEEP = ("1", "2", "3")
_HOUR = re.compile(r"\d{1,2}")
_MINUTES = re.compile(r"[0-5]\d")
_DOTTED = re.compile(r"([01]?\d|2[0-3])[.,]([0-5]\d)")
_QUARTERS = re.compile(r"([01]?\d|2[0-3])\.(00|15|30|45)|(0\d)([0-5]\d)")
_TOGETHER = re.compile(r"(0?[1-9]|1[0-2])([0-5]\d)")
""" "1030" of "1030 pm"."""
_HALVES = (15, 30, 45)
"""Minutes that no strength ends with."""
_RHYTHMS = (4, 6, 8, 12)
"""Hours that part a day: "12h" is noon, or every 12 hours."""
_HOURS_BEGIN = (Tag.AT, Tag.CLOCK_TIME, Tag.NUMBERS)
_BEHIND_AN_HOUR = (Tag.CLOCK, Tag.CLOCK_JOINT, Tag.HALF, Tag.BEHIND_HOUR, Tag.SLOTS, Tag.AFTERNOON)


def announced_clock(sentence: Sentence, index: int) -> Part | None:
    """AT (OFFSET | TIME): "about 2 hours before bed", "at 9"."""
    at = sentence.said(index, Tag.AT)
    away = offset(sentence, at.end) if at else None
    return replace(away, span=TokenSpan(index, away.span.end)) if away else clock(sentence, index)


def clock(sentence: Sentence, index: int) -> Part | None:
    """[AT] TIME: the clock time that begins at `index`; "alle 12 h" says how often where "every 12 hours" fits."""
    if _is_bare(sentence, index):
        return None
    at, every = sentence.said(index, Tag.AT), sentence.said(index, Tag.HOURS)
    begin = at.end if at else index
    time = _named(sentence, begin) or written(sentence, begin, announced=at is not None)
    time = time or of_the_day(sentence, begin, announced=at is not None)
    if time is None and at:
        return _no_hour(sentence, index, begin)
    if time is None or (every and every.end >= time.end):
        return None
    if _is_doubtful(sentence, index, begin, time):
        return Schedule(TokenSpan(index, time.end), unclear=True)
    twelve = 1 <= time.hour <= NOON
    return Schedule(
        TokenSpan(index, time.end),
        times=(str(time),),
        sure=time.sure or not twelve,
        halved=time.halved and twelve,
        rhythm=at is None and _may_be_a_rhythm(sentence, index, time),
    )


def _is_doubtful(sentence: Sentence, index: int, begin: int, time: Time) -> bool:
    """May it be something else than a clock time, or another one?"""
    announced = begin > index
    if _is_an_end(sentence, index, time) or _mixes_clocks(sentence, begin, time):
        return True
    if _is_a_span(sentence, begin, time, announced=announced) or is_cut_short(sentence, time):
        return True
    return not announced and (_may_be_a_count(sentence, index) or _may_be_an_amount(sentence, index, time))


def _is_an_end(sentence: Sentence, index: int, time: Time) -> bool:
    """ "from 7 am", "by 10 am", "7am+", "7 am \u00b11h": some hour before or after it."""
    behind, further = sentence.token(time.end), sentence.token(time.end + 1)
    or_later = behind is not None and behind.text == "+" and behind.glued and not (further and further.glued)
    return or_later or index in sentence.ends_of(Tag.OPEN_END)


def _mixes_clocks(sentence: Sentence, index: int, time: Time) -> bool:
    """The "12h" of "8am + 12h", of "morning + 12h": noon, or twelve hours later?"""
    word = sentence.said(index + 1, Tag.CLOCK)
    bare = word is not None and word.sense.value == "joined" and word.end == time.end and not time.minute
    if not bare or time.hour > NOON:
        return False
    added = sentence.text(index - 1) == "+" and index - 1 in sentence.ends_of(Tag.SLOTS)
    return added or bool(sentence.ends_of(Tag.HALF))


def _may_be_a_rhythm(sentence: Sentence, index: int, time: Time) -> bool:
    """ "12h": at noon, or every 12 hours?"""
    word = sentence.said(index + 1, Tag.CLOCK)
    joined = word is not None and word.sense.value == "joined" and word.end == time.end
    return joined and time.hour in _RHYTHMS and not time.minute


def _may_be_a_count(sentence: Sentence, index: int) -> bool:
    """ "1 AM 2 PM" on a list: one in the morning and two in the evening, or hours at which most people sleep?"""
    half, token = sentence.said(index + 1, Tag.HALF), sentence.token(index + 1)
    in_the_night = sentence.text(index) in _HOURS_OF_SLEEP
    return in_the_night and half is not None and half.sense.value == "am" and token is not None and not token.glued


def _is_a_span(sentence: Sentence, index: int, time: Time, *, announced: bool) -> bool:
    """ "12h later", "2h before lunch", "12h tablet": so many hours; "20h avant le dîner" is a time."""
    word = sentence.said(index + 1, Tag.CLOCK)
    if word is None or word.sense.value != "joined" or word.end != time.end or time.minute or time.hour > NOON:
        return False
    behind = sentence.said(time.end, Tag.SPAN)
    if sentence.says(time.end, Tag.FUTURE) or _is_added(sentence, index):
        return True
    if behind is None:
        return not announced and sentence.says(time.end, Tag.FORMS) and not sentence.tokens[time.end].is_number
    if announced and behind.sense.value != "apart":
        return False
    slots = sentence.said(time.end, Tag.SLOTS)
    longest = LONGEST_BEFORE_A_MEAL // HOUR
    meal = slots is not None and time.hour > longest and slots.sense.value == "morning"
    return not (meal and slots is not None and slots.end > behind.end)


def _is_added(sentence: Sentence, index: int) -> bool:
    """ "morning +12h"; "8h+20h" joins two clock times."""
    before, first = sentence.token(index - 1), sentence.tokens[index]
    added = before is not None and before.text == "+" and first.glued and not before.glued
    return added or sentence.says(index - 1, Tag.BEFORE_SPAN) or _is_taken_off(sentence, index)


def _is_taken_off(sentence: Sentence, index: int) -> bool:
    """ "bedtime - 2h"; "8h - 20h" are two clock times."""
    return sentence.text(index - 1) == "-" and index - 1 in sentence.ends_of(Tag.SLOTS)


def _is_a_dose(sentence: Sentence, index: int) -> bool:
    """ "100 am", "125 am": nobody is awake then."""
    half, token = sentence.said(index + 1, Tag.HALF), sentence.tokens[index + 1]
    in_the_night = len(sentence.text(index)) == len("100") and sentence.text(index)[0] in _HOURS_OF_SLEEP
    return in_the_night and half is not None and half.sense.value == "am" and not token.glued


def _may_be_an_amount(sentence: Sentence, index: int, time: Time) -> bool:
    """ "1000 pm": ten in the evening, or a thousand milligrams in the evening?"""
    text, half = sentence.text(index), sentence.token(index + 1)
    joined = half is not None and half.glued and len(text) == len("1000")
    figures = _TOGETHER.fullmatch(text) is not None and time.end > index + 1
    return figures and not (joined or text.startswith("0") or time.minute in _HALVES)


def _is_bare(sentence: Sentence, index: int) -> bool:
    """Is it a number beside which nothing says that it is an hour?"""
    if sentence.tokens[index].kind != "number" or sentence.text(index + 1) == ":":
        return False
    return not (sentence.says(index, *_HOURS_BEGIN) or sentence.says(index + 1, *_BEHIND_AN_HOUR))


def _no_hour(sentence: Sentence, index: int, begin: int) -> Part | None:
    """ "at 5 at night", "at 4 at noon": an hour, but nobody knows which."""
    time = _figures(sentence, begin, announced=True)
    told = day_word(sentence, time.end) if time else None
    return Schedule(TokenSpan(index, told.end), unclear=True) if told else None


def _named(sentence: Sentence, index: int) -> Time | None:
    """ "midnight"."""
    named = sentence.said(index, Tag.CLOCK_TIME)
    if named is None:
        return None
    hour, minute = str(named.sense.value).split(":")
    return Time(int(hour), int(minute), named.end, sure=True)


def written(sentence: Sentence, index: int, *, announced: bool) -> Time | None:
    """`announced` by "at" or the like."""
    time = _shifted(sentence, _figures(sentence, index, announced=announced), announced=announced)
    if time is None:
        return None
    if said := said_minutes(sentence, time):
        return said
    half, phrase = sentence.said(time.end, Tag.HALF), sentence.longest(time.end)
    if half and phrase and half.end == phrase.end:  # no "am Abend"
        return of_half(time, pm=half.sense.value == "pm", end=_behind_dot(sentence, half.end))
    if time.hour > LAST_HOUR:
        return None
    return _with_word(sentence, time, announced=announced) or _alone(sentence, time, index, announced=announced)


def _figures(sentence: Sentence, index: int, *, announced: bool) -> Time | None:
    token = sentence.token(index)
    if token is None or token.kind != "number":
        return _spelled(sentence, index) if announced else None
    dotted = _DOTTED.fullmatch(token.text)
    if dotted:
        return Time(int(dotted[1]), int(dotted[2]), index + 1, exact=announced)
    together = _TOGETHER.fullmatch(token.text)
    if together and sentence.says(index + 1, Tag.HALF) and not _is_a_dose(sentence, index):
        return Time(int(together[1]), int(together[2]), index + 1)
    return joined_minutes(sentence, index) or _whole_or_colon(sentence, index)


def _whole_or_colon(sentence: Sentence, index: int) -> Time | None:
    """ "8", "8:30"."""
    token = sentence.tokens[index]
    if not _HOUR.fullmatch(token.text):
        return None
    if sentence.text(index + 1) == ":" and _MINUTES.fullmatch(sentence.text(index + 2)):
        end = _behind_seconds(sentence, index + 3)
        return Time(int(token.text), int(sentence.text(index + 2)), end, exact=True)
    return Time(int(token.text), 0, index + 1)


def _shifted(sentence: Sentence, time: Time | None, *, announced: bool) -> Time | None:
    """ "à neuf heures et demie", "a las nueve y cuarto", "alle nove e mezza"."""
    word = sentence.said(time.end, Tag.CLOCK) if time else None
    if time is None or time.exact or not (announced or word):
        return time
    said = sentence.said(word.end if word else time.end, Tag.BEHIND_HOUR)
    if said is None:
        return time
    at = (time.hour * HOUR + int(said.sense.figure)) % DAY
    hour = at // HOUR or NOON if 1 <= time.hour <= NOON else at // HOUR
    return Time(hour, at % HOUR, said.end, exact=True)


def _spelled(sentence: Sentence, index: int) -> Time | None:
    """ "at nine pm"."""
    word = number_word(sentence, index)
    hours = word is not None and word.value in range(1, NOON + 1)
    return Time(int(word.value), 0, word.end) if word and hours else None


def _behind_seconds(sentence: Sentence, index: int) -> int:
    return index + 2 if sentence.text(index) == ":" and _MINUTES.fullmatch(sentence.text(index + 1)) else index


def _behind_dot(sentence: Sentence, index: int) -> int:
    """Behind the last dot of "p.m."."""
    dot, before = sentence.token(index), sentence.text(index - 2)
    return index + 1 if dot and dot.text == "." and dot.glued and before == "." else index


def of_half(time: Time, *, pm: bool, end: int) -> Time | None:
    if not 1 <= time.hour <= NOON:
        return None
    return Time(time.hour % NOON + (NOON if pm else 0), time.minute, end, sure=True)


def _with_word(sentence: Sentence, time: Time, *, announced: bool) -> Time | None:
    """ "20 Uhr", "8 o'clock", "22h30"; a word that may count hours only where the time is announced or exact."""
    word = sentence.said(time.end, Tag.CLOCK)
    if word is None:
        return None
    minutes = sentence.token(word.end)
    joined = word.sense.value == "joined" and sentence.tokens[time.end].glued and not time.exact
    if joined and minutes and minutes.glued and _MINUTES.fullmatch(minutes.text):
        return Time(time.hour, int(minutes.text), word.end + 1)
    sure = joined or word.sense.value == "sure"
    halved = word.sense.value == "halved"
    told = sure or halved or announced or time.exact
    return time._replace(end=word.end, halved=halved) if told else None


def _alone(sentence: Sentence, time: Time, index: int, *, announced: bool) -> Time | None:
    """ "22:30", "at 22"; no other phrase may begin with the number ("at 20 mg")."""
    if unit(sentence, time.end) or sentence.says(time.end, Tag.FORMS):
        return None
    phrase = sentence.longest(index)
    if phrase and phrase.end > time.end:
        return None
    return time if time.exact or (announced and time.hour > NOON) else None


def of_the_day(sentence: Sentence, index: int, *, announced: bool) -> Time | None:
    """ "at 7 in the morning", "12 noon", "at 10 at night", "3 Uhr nachmittags"; "1 noon" is one tablet."""
    time = _figures(sentence, index, announced=announced) or _before_a_clock_word(sentence, index)
    time = _shifted(sentence, time, announced=announced)
    if time is None or not 1 <= time.hour <= NOON:
        return None
    oclock = sentence.said(time.end, Tag.CLOCK)
    told = day_word(sentence, oclock.end if oclock else time.end)
    if told is None or not (announced or oclock or (time.hour == NOON and told.word == "noon")):
        return None
    hour = hour_of(told.word, time.hour)
    return None if hour is None else Time(hour, time.minute, told.end, sure=True)


def _before_a_clock_word(sentence: Sentence, index: int) -> Time | None:
    """ "neun Uhr abends", "three o'clock in the afternoon"."""
    time = _spelled(sentence, index)
    return time if time and sentence.says(time.end, Tag.CLOCK) else None


def dotted_clock(sentence: Sentence, index: int) -> Part | None:
    """ "22.30" and "0630" behind an amount: a quarter of an hour, without a unit behind it."""
    token = sentence.token(index)
    found = _QUARTERS.fullmatch(token.text) if token else None
    if found is None or index in (0, sentence.last_name_end) or unit(sentence, index + 1):
        return None
    hour, minute = found[1] or found[3], found[2] or found[4]
    return Schedule(TokenSpan(index, index + 1), times=(f"{int(hour):02d}:{minute}",))
