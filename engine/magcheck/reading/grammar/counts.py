"""How many are taken at once? "2 tablets", "1-2 capsules", "10 mL", "half a tablet", "2 x 200 mg", "take two"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from magcheck.reading.grammar.numbers import figure, number
from magcheck.reading.grammar.offsets import offset
from magcheck.reading.grammar.strengths import strength, unit
from magcheck.reading.parts import SCHEDULES, Count, Mark, NotRead, Schedule, Strength, TokenSpan, slots_of
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck.profile import Route
    from magcheck.reading.grammar.sentence import Figure, Said, Sentence
    from magcheck.reading.parts import Part

MOST_SMALL = 12
"""A bare number up to here can be a count as well as a strength."""
MOST_AT_A_TIME = 4
"""Tablets told by a bare number before a word of the day; a greater number can be the hour."""
BARE = "bare"
"""Of "# daily": the number can be a strength without its unit."""
_BEHIND_A_COUNT = (*SCHEDULES, Tag.TAKE)
_BEHIND = (*_BEHIND_A_COUNT, Tag.FORMS, Tag.VOLUMES, Tag.TIMES)
"""What may make a count of the figure before it."""


def count(sentence: Sentence, index: int) -> Part | None:
    """FIGURE (FORM | VOLUME), FIGURE "x", FIGURE STRENGTH, FIGURE SCHEDULE."""
    amount = figure(sentence, index)
    if amount is None or _counts_nothing(sentence, index, amount) or offset(sentence, index):
        return None
    found = _counted(sentence, index, amount) or _of_a_strength(sentence, index, amount)
    found = found or _before_when(sentence, index, amount)
    return _none_of_it(sentence, found) if isinstance(found, Count) and not found.high else found


def _none_of_it(sentence: Sentence, counted: Count) -> NotRead:
    """ "0 tablets" may be a slip, or say that it is not taken."""
    return NotRead(counted.span, sentence.words(*counted.span), "both")


def _counts_nothing(sentence: Sentence, index: int, amount: Figure) -> bool:
    """Does nothing behind the figure say what it counts? Then no more need be looked at."""
    whole = amount.high >= 1 and sentence.tokens[index].is_number
    return whole and not sentence.says(amount.end, *_BEHIND) and offset(sentence, amount.end) is None


def _counted(sentence: Sentence, index: int, amount: Figure) -> Part | None:
    form = sentence.said(amount.end, Tag.FORMS)
    if form:
        words = " ".join(token.norm for token in sentence.tokens[amount.end : form.end])
        counted = _count(sentence, index, form.end, amount)
        swallowed = sentence.lexicon.is_swallowed(words)
        return replace(counted, swallowed=swallowed, left_open=_left_open(sentence, amount.end, form))
    volume = sentence.said(amount.end, Tag.VOLUMES)
    if volume:
        return replace(_count(sentence, index, volume.end, amount), ml=volume.sense.figure)
    return _times(sentence, index, amount) if times_sign(sentence, amount.end) else None


def _left_open(sentence: Sentence, index: int, form: Said) -> tuple[Route, ...]:
    """ "2 drops" may go into an eye."""
    said = sentence.said(index, Tag.OPEN_FORM)
    return cast("tuple[Route, ...]", said.sense.value) if said and said.end == form.end else ()


def _count(sentence: Sentence, index: int, end: int, amount: Figure) -> Count:
    return Count(TokenSpan(index, end), amount.low, amount.high, inside=sentence.inside)


def _of_a_strength(sentence: Sentence, index: int, amount: Figure) -> Part | None:
    """ "half of 100 mg", "two 500 mg"; figures beside figures are not put together."""
    if amount.high < 1:
        of = sentence.said(amount.end, Tag.OF)
        end = of.end if of else amount.end
        return _count(sentence, index, end, amount) if isinstance(strength(sentence, end), Strength) else None
    spelled_out = not sentence.tokens[index].is_number
    if amount.high <= MOST_SMALL and spelled_out and isinstance(strength(sentence, amount.end), Strength):
        return _count(sentence, index, amount.end, amount)
    return None


def _before_when(sentence: Sentence, index: int, amount: Figure) -> Part | None:
    """ "1 in the morning", "2 twice a day"; "9 in the evening" and "6-8 am" may be hours."""
    if amount.high > MOST_SMALL:
        return None
    slots = slot(sentence, amount.end)
    afternoon = sentence.said(amount.end, Tag.AFTERNOON)
    if afternoon:  # "3 in the afternoon": three of them, or at three?
        return NotRead(TokenSpan(index, afternoon.end), sentence.words(index, afternoon.end), "both")
    hours = amount.low < amount.high and sentence.says(amount.end, Tag.HALF)
    if slots and (hours or amount.high > MOST_AT_A_TIME):
        return NotRead(TokenSpan(index, slots.end), sentence.words(index, slots.end), "both")
    if slots:
        named = slots_of(slots.sense)
        return Schedule(TokenSpan(index, slots.end), slots=named, doses=(amount.high,) * len(named))
    timed = sentence.says(amount.end, *_BEHIND_A_COUNT) or offset(sentence, amount.end) is not None
    return _count(sentence, index, amount.end, amount) if timed else None


def slot(sentence: Sentence, index: int) -> Said | None:
    """A word of the day: "in the morning"."""
    phrase = sentence.longest(index)
    return sentence.said(index, Tag.SLOTS) if phrase and phrase.sense(Tag.SLOTS) else None


def times_sign(sentence: Sentence, index: int, *, also_of_the_day: bool = False) -> bool:
    """ "x"; and `also_of_the_day` "dd", which says how often only."""
    sign = sentence.said(index, Tag.TIMES)
    return sign is not None and sign.end == index + 1 and (also_of_the_day or sign.sense.value == "count")


def _times(sentence: Sentence, index: int, amount: Figure) -> Part:
    """ "2 x 200 mg" and "2 x magnesium" are counts; "200 mg 2x" says how often."""
    end = amount.end + 1
    counts = end in sentence.names or number(sentence, end) or slot(sentence, end)
    if index == 0 or (counts and end < len(sentence.tokens)):
        return _count(sentence, index, end, amount)
    return Schedule(TokenSpan(index, end), per_day=amount.high)


def count_behind_sign(sentence: Sentence, index: int) -> Part | None:
    """ "x2"."""
    if not times_sign(sentence, index):
        return None
    amount = figure(sentence, index + 1)
    if amount is None or unit(sentence, amount.end):
        return Mark(TokenSpan(index, index + 1), "filler", sentence.text(index))
    counted = _count(sentence, index, amount.end, amount)
    return counted if amount.high else _none_of_it(sentence, counted)


def times_and_count(sentence: Sentence, index: int) -> Part | None:
    """ "2 x 1", "2 dd 1", "3x1": how often, and how many each time."""
    times = number(sentence, index)
    if times is None or not times_sign(sentence, times.end, also_of_the_day=True):
        return None
    each = number(sentence, times.end + 1)
    if each is None or max(each.value, times.value) > MOST_SMALL:
        return None
    phrase = sentence.longest(times.end + 1)
    longer = phrase is not None and phrase.end > each.end  # "2 x 1 daily", "1 x 2 tablets"
    if longer or unit(sentence, each.end) or sentence.says(each.end, Tag.FORMS):
        return None
    return Schedule(TokenSpan(index, each.end), per_day=times.value, each=each.value)


def definition(sentence: Sentence, index: int) -> Part | None:
    """ "1 tablet = 100 mg"."""
    amount = figure(sentence, index)
    form = sentence.said(amount.end, Tag.FORMS) if amount else None
    if amount is None or form is None or sentence.text(form.end) != "=":
        return None
    holds = strength(sentence, form.end + 1)
    if not isinstance(holds, Strength):
        return None
    return replace(holds, span=TokenSpan(index, holds.span.end), per_units=amount.high)


def dose(sentence: Sentence, index: int) -> Part | None:
    """TAKE (STRENGTH | COUNT | FIGURE): "take 600 mg", "take two"."""
    take = sentence.said(index, Tag.TAKE)
    if take is None or _is_a_length(sentence, take.end):
        return None
    holds = strength(sentence, take.end)
    if isinstance(holds, Strength):
        return replace(holds, span=TokenSpan(index, holds.span.end), role="dose")
    counted = count(sentence, take.end)
    if isinstance(counted, Count):
        return replace(counted, span=TokenSpan(index, counted.span.end))
    amount = figure(sentence, take.end)
    if amount is None or amount.high > MOST_SMALL or unit(sentence, amount.end) or _is_often(sentence, take.end):
        return None
    return _count(sentence, index, amount.end, amount)


def _is_a_length(sentence: Sentence, index: int) -> bool:
    """ "take 2 hours before bed", "take 1 hour before meals"."""
    food, amount = sentence.said(index, Tag.FOOD), figure(sentence, index)
    of_food = food is not None and amount is not None and food.end > amount.end
    return of_food or offset(sentence, index) is not None


def _is_often(sentence: Sentence, index: int) -> bool:
    """ "take 2 times a day": the number belongs to a phrase that is no bare one."""
    often = sentence.said(index, Tag.PER_DAY)
    return often is not None and often.sense.value != BARE
