"""How many are taken at once? "2 tablets", "1-2 capsules", "10 mL", "half a tablet", "2 x 200 mg", "take two"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.reading.grammar.numbers import figure, number
from magcheck.reading.grammar.strengths import strength, unit
from magcheck.reading.parts import SCHEDULES, Count, Mark, Schedule, Span, Strength, slots_of
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck.reading.grammar.numbers import Figure
    from magcheck.reading.grammar.sentence import Said, Sentence
    from magcheck.reading.parts import Part

MOST_SMALL = 12
"""A bare number up to here can be a count as well as a strength."""
BARE = "bare"
"""Of "# daily": the number can be a strength without its unit."""
_BEHIND_A_COUNT = (*SCHEDULES, Tag.TAKE, Tag.SLOT_FOOD)


def count(sentence: Sentence, place: int) -> Part | None:
    """FIGURE (FORM | VOLUME), FIGURE "x", FIGURE STRENGTH, FIGURE SCHEDULE."""
    told = figure(sentence, place)
    if told is None:
        return None
    found = _counted(sentence, place, told) or _of_a_strength(sentence, place, told)
    return found or _before_when(sentence, place, told)


def _counted(sentence: Sentence, place: int, told: Figure) -> Part | None:
    form = sentence.said(told.end, Tag.FORMS)
    if form:
        words = " ".join(token.norm for token in sentence.tokens[told.end : form.end])
        return replace(_count(sentence, place, form.end, told), swallowed=sentence.lexicon.is_swallowed(words))
    volume = sentence.said(told.end, Tag.VOLUMES)
    if volume:
        return replace(_count(sentence, place, volume.end, told), ml=volume.sense.figure)
    return _times(sentence, place, told) if times_sign(sentence, told.end) else None


def _count(sentence: Sentence, place: int, end: int, told: Figure) -> Count:
    return Count(Span(place, end), told.low, told.high, inside=sentence.inside)


def _of_a_strength(sentence: Sentence, place: int, told: Figure) -> Part | None:
    """ "half of 100 mg", "two 500 mg"; figures beside figures are not put together."""
    if told.high < 1:
        of = sentence.said(told.end, Tag.OF)
        end = of.end if of else told.end
        return _count(sentence, place, end, told) if isinstance(strength(sentence, end), Strength) else None
    spelled_out = not sentence.tokens[place].is_number
    if told.high <= MOST_SMALL and spelled_out and isinstance(strength(sentence, told.end), Strength):
        return _count(sentence, place, told.end, told)
    return None


def _before_when(sentence: Sentence, place: int, told: Figure) -> Part | None:
    """ "1 in the morning", "2 twice a day"."""
    if told.high > MOST_SMALL:
        return None
    slots = slot(sentence, told.end)
    if slots:
        named = slots_of(slots.sense)
        return Schedule(Span(place, slots.end), slots=named, doses=(told.high,) * len(named))
    return _count(sentence, place, told.end, told) if sentence.says(told.end, *_BEHIND_A_COUNT) else None


def slot(sentence: Sentence, place: int) -> Said | None:
    """A word of the day: "in the morning"."""
    phrase = sentence.longest(place)
    return sentence.said(place, Tag.SLOTS) if phrase and phrase.sense(Tag.SLOTS) else None


def times_sign(sentence: Sentence, place: int, *, also_of_the_day: bool = False) -> bool:
    """ "x"; and `also_of_the_day` "dd", which says how often only."""
    sign = sentence.said(place, Tag.TIMES)
    return sign is not None and sign.end == place + 1 and (also_of_the_day or sign.sense.value == "count")


def _times(sentence: Sentence, place: int, told: Figure) -> Part:
    """ "2 x 200 mg" and "2 x magnesium" are counts; "200 mg 2x" says how often."""
    end = told.end + 1
    counts = end in sentence.names or number(sentence, end) or slot(sentence, end)
    if place == 0 or (counts and end < len(sentence.tokens)):
        return _count(sentence, place, end, told)
    return Schedule(Span(place, end), per_day=told.high)


def count_behind_sign(sentence: Sentence, place: int) -> Part | None:
    """ "x2"."""
    if not times_sign(sentence, place):
        return None
    told = figure(sentence, place + 1)
    if told is None or unit(sentence, told.end):
        return Mark(Span(place, place + 1), "filler")
    return _count(sentence, place, told.end, told)


def times_and_count(sentence: Sentence, place: int) -> Part | None:
    """ "2 x 1", "2 dd 1", "3x1": how often, and how many each time."""
    times = number(sentence, place)
    if times is None or not times_sign(sentence, times.end, also_of_the_day=True):
        return None
    each = number(sentence, times.end + 1)
    if each is None or max(each.value, times.value) > MOST_SMALL:
        return None
    phrase = sentence.longest(times.end + 1)
    longer = phrase is not None and phrase.end > each.end  # "2 x 1 daily", "1 x 2 tablets"
    if longer or unit(sentence, each.end) or sentence.says(each.end, Tag.FORMS):
        return None
    return Schedule(Span(place, each.end), per_day=times.value, each=each.value)


def definition(sentence: Sentence, place: int) -> Part | None:
    """ "1 tablet = 100 mg"."""
    told = figure(sentence, place)
    form = sentence.said(told.end, Tag.FORMS) if told else None
    if told is None or form is None or sentence.text(form.end) != "=":
        return None
    holds = strength(sentence, form.end + 1)
    if not isinstance(holds, Strength):
        return None
    return replace(holds, span=Span(place, holds.span.end), per_units=told.high)


def dose(sentence: Sentence, place: int) -> Part | None:
    """TAKE (STRENGTH | COUNT | FIGURE): "take 600 mg", "take two"."""
    take = sentence.said(place, Tag.TAKE)
    if take is None:
        return None
    holds = strength(sentence, take.end)
    if isinstance(holds, Strength):
        return replace(holds, span=Span(place, holds.span.end), role="dose")
    counted = count(sentence, take.end)
    if isinstance(counted, Count):
        return replace(counted, span=Span(place, counted.span.end))
    told = figure(sentence, take.end)
    if told is None or told.high > MOST_SMALL or unit(sentence, told.end) or _is_often(sentence, take.end, told):
        return None
    return _count(sentence, place, told.end, told)


def _is_often(sentence: Sentence, place: int, told: Figure) -> bool:
    """ "take 2 times a day": the number belongs to a longer phrase that is no bare one."""
    often = sentence.said(place, Tag.PER_DAY)
    return often is not None and often.end > told.end and often.sense.value != BARE
