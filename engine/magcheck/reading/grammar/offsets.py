"""How far from a moment of the day? "2 hours before bed", "30-60 min after dinner"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.time_of_day import DAY
from magcheck.reading.grammar.numbers import figure
from magcheck.reading.parts import Offset, Schedule, TokenSpan, slots_of
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.reading.grammar.sentence import Said, Sentence
    from magcheck.reading.parts import Slot

MOST_ARTICLES = 3
"""Words between "before" and the moment: "prima della", "before my"."""
LONGEST_BEFORE_A_MEAL = 4 * 60
"""Minutes; a greater figure before "h" is rather the hour of a clock."""
_ARTICLES = (Tag.BESIDE, Tag.OF, Tag.FILLER)


class Length(NamedTuple):
    """So many minutes, and the place behind them."""

    low: float
    high: float
    end: int


class Moments(NamedTuple):
    """The slots that the moments of the day are, and the place behind them."""

    slots: tuple[Slot, ...]
    end: int


def offset(sentence: Sentence, index: int) -> Schedule | None:
    """[AT LEAST] LENGTH (BEFORE | AFTER) MOMENT; before anything but a meal or bed nobody knows when that is."""
    least = sentence.said(index, Tag.AT_LEAST)
    for length in _lengths(sentence, least.end if least else index):
        way = sentence.said(length.end, Tag.SPAN)
        moments = _moments(sentence, way.end) if way else Moments((), 0)
        of_food = not moments.slots and sentence.says(length.end, Tag.FOOD, Tag.MEALS)
        if way is None or way.sense.value == "apart" or of_food:
            continue
        by_clock = _may_be_a_clock_time(sentence, index, length)
        if by_clock and (moments.slots == ("morning",) or length.high > DAY / 2):
            return None
        if by_clock or not (moments.slots and 0 < length.high < DAY):
            return Schedule(TokenSpan(index, moments.end), unclear=True)
        away = _away(length, way, at_least=least is not None)
        return Schedule(TokenSpan(index, moments.end), slots=moments.slots, offset=away)
    return None


def _may_be_a_clock_time(sentence: Sentence, index: int, length: Length) -> bool:
    """ "7h avant le petit déjeuner" is at seven; "20h avant le dîner" as well, or so many hours before it."""
    word = sentence.said(index + 1, Tag.CLOCK)
    joined = word is not None and word.sense.value == "joined" and sentence.tokens[index + 1].glued
    return joined and length.end == index + 2 and length.high > LONGEST_BEFORE_A_MEAL


def _lengths(sentence: Sentence, index: int) -> Iterator[Length]:
    """ "2 hours", "half an hour", "30 minutes to 1 hour", the longest first."""
    for first in _single_lengths(sentence, index):
        joint = sentence.said(first.end, Tag.RANGE)
        for second in _single_lengths(sentence, joint.end) if joint else ():
            if second.high > first.high:
                yield Length(first.low, second.high, second.end)
        yield first


def _single_lengths(sentence: Sentence, index: int) -> Iterator[Length]:
    """ "2 hours", "an hour and a half"; of "a few hours" nobody knows how many."""
    vague = sentence.said(index, Tag.VAGUE_COUNT)
    some = sentence.said(vague.end, Tag.SPAN_UNIT) if vague else None
    if some:
        yield Length(0, 0, some.end)
    alone = sentence.said(index, Tag.SPAN_UNIT)
    if alone and not (index and _is_counted(sentence, index - 1)):
        yield Length(alone.sense.figure, alone.sense.figure, alone.end)
    many = figure(sentence, index)
    unit = sentence.said(many.end, Tag.SPAN_UNIT) if many else None
    if many and unit and not _is_counted(sentence, many.end):
        yield Length(many.low * unit.sense.figure, many.high * unit.sense.figure, unit.end)


def _is_counted(sentence: Sentence, index: int) -> bool:
    """ "2 1 hour before bed": the second number counts the hours."""
    return sentence.tokens[index].is_number or sentence.says(index, Tag.NUMBERS)


def _moments(sentence: Sentence, index: int) -> Moments:
    """ "breakfast", "breakfast and dinner", "before breakfast and before dinner"."""
    moment = _moment(sentence, index)
    if moment is None:
        return Moments((), index)
    slots, end = slots_of(moment.sense), moment.end
    joint = end + 1 if sentence.text(end) == "," else also.end if (also := sentence.said(end, Tag.ALSO)) else None
    if joint is None:
        return Moments(slots, end)
    again = sentence.said(joint, Tag.SPAN)
    further = _moments(sentence, again.end if again else joint)
    return Moments((*slots, *further.slots), further.end) if further.slots else Moments(slots, end)


def _moment(sentence: Sentence, index: int) -> Said | None:
    for _ in range(MOST_ARTICLES):
        moment = sentence.said(index, Tag.MOMENT)
        if moment or not sentence.says(index, *_ARTICLES):
            return moment
        index += 1
    return sentence.said(index, Tag.MOMENT)


def _away(length: Length, way: Said, *, at_least: bool) -> Offset:
    low, high = round(length.low), round(length.high)
    return Offset(-high, -low, at_least) if way.sense.value == "before" else Offset(low, high, at_least)
