"""Which part does a phrase of the word lists become?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from magcheck.profile import Route
from magcheck.reading.grammar.counts import BARE
from magcheck.reading.parts import (
    BasisPart,
    Duration,
    Mark,
    NotRead,
    Schedule,
    TakenPart,
    TokenSpan,
    Way,
    slots_of,
)
from magcheck.terminology.lexicon import NUMBER, Sense, Tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from magcheck.reading.grammar.sentence import Said, Sentence
    from magcheck.reading.parts import MarkKind, Part, Use

HOURS = 24
WEEK = 7
MONTH = 30
YEAR = 366
MOST_A_DAY = 24
"""Intakes; more cannot be meant."""


def part_of(sentence: Sentence, span: TokenSpan, said: Said) -> Part:
    """The part that the phrase `span` becomes in the sense `said`."""
    tag = said.sense.tag
    if tag is Tag.FORMS:
        words = " ".join(token.norm for token in sentence.tokens[span.start : span.end])
        swallowed = sentence.lexicon.is_swallowed(words)
        return Way(span, frozenset({Route.ORAL}), by_form=True) if swallowed else Mark(span, "form")
    if tag is Tag.SALT:
        return Mark(span, "salt", sentence.words(*span))
    if tag is Tag.VAGUE_COUNT:  # "a few capsules": a count that nobody can count with
        return NotRead(span, sentence.words(*span), "amount")
    if tag is Tag.HOURS and sentence.text(span.start) == "/" and sentence.says(span.start - 1, Tag.CLOCK):
        return Mark(TokenSpan(span.start, span.start + 1), "also", "/")  # "8h/20h" are two clock times
    if tag is Tag.WEEKDAYS and sentence.says(span.start - 1, Tag.FROM, Tag.UNTIL, Tag.DATES, Tag.STOPPED):
        return Schedule(span, unclear=True)  # "from Monday" is a date
    return _hyphened(sentence, span, said) or MEANINGS[tag](span, said)


def _hyphened(sentence: Sentence, span: TokenSpan, said: Said) -> Part | None:
    """ "2-weekly" and "6-monthly" are every so many weeks or months."""
    length = _LENGTHS.get(said.sense.tag)
    if said.sense.value != BARE or length is None or sentence.text(span.start + 1) != "-":
        return None
    return _days(span, said._replace(sense=Sense(Tag.DAYS, length)))


def per_day(span: TokenSpan, said: Said) -> Schedule:
    value = said.sense.value
    if value == 0:
        return Schedule(span, daily=True)
    told = said.figures[0] if value in (NUMBER, BARE) else None
    count = told.high if told else said.sense.figure
    if not 0 < count <= MOST_A_DAY:
        return Schedule(span, unclear=True)
    low = told.low if told and told.low < count else None
    return Schedule(span, per_day=count, low=low, bare=value == BARE)


def _hours(span: TokenSpan, said: Said) -> Part:
    """ "every 12 hours"; of "every 4 to 6 hours" the shorter time, because it is more often."""
    hours = said.figures[-1] if said.figures else None
    if hours and hours.low and HOURS % hours.low == 0:
        low = HOURS // hours.high if hours.high > hours.low else None
        return Schedule(span, per_day=HOURS / hours.low, low=low)
    if hours and hours.low == hours.high and hours.low and hours.low % HOURS == 0:
        return Schedule(span, every_days=int(hours.low // HOURS))
    return Schedule(span, unclear=True)


def _days(span: TokenSpan, said: Said) -> Schedule:
    days = said.sense.figure * (said.figures[0].low if said.figures else 1)
    exact = not said.figures or said.figures[0].low == said.figures[0].high
    if not exact or not 1 <= days <= YEAR or days % 1:
        return Schedule(span, unclear=True)
    if days == 1:
        return Schedule(span, daily=True)
    if days == MONTH:
        return Schedule(span, monthly=True)
    return Schedule(span, weekly=True) if days == WEEK else Schedule(span, every_days=int(days))


def _per_week(span: TokenSpan, said: Said) -> Part:
    count = said.figures[0].high if said.sense.value == NUMBER else said.sense.figure
    return Schedule(span, weekly=True, per_day=1) if count == 1 else Schedule(span, per_week=count)


def _weekly(span: TokenSpan, said: Said) -> Part:
    """Of "2 weekly" nobody knows: two of them each week, or one every two weeks?"""
    if said.sense.value == BARE:
        one = said.figures[0].low == said.figures[0].high == 1
        return Schedule(span, weekly=True, per_day=1 if one else None, unclear=not one)
    return Schedule(span, weekly=True, per_day=1 if said.sense.value else None)


def _monthly(span: TokenSpan, said: Said) -> Part:
    """Of "6 monthly" it is hardly six of them each month, and yet it may be."""
    if said.sense.value == BARE:
        every = _days(span, said._replace(sense=Sense(Tag.DAYS, MONTH)))
        rhythm = every if every.every_days else Schedule(span, monthly=True)  # "Actonel 150 monthly"
        return replace(rhythm, unclear=said.figures[0].high > 1)
    return Schedule(span, monthly=True, per_day=1 if said.sense.value else None)


def _at_most(span: TokenSpan, said: Said) -> Part:
    of_pieces = said.sense.tag is Tag.AT_MOST
    return Schedule(span, per_day=said.figures[0].high, low=0, at_most=True, of_pieces=of_pieces)


def _divided(span: TokenSpan, said: Said) -> Part:
    low, many = said.figures[0]
    return Schedule(span, per_day=many, divided=True) if low == many >= 1 else Schedule(span, unclear=True)


def _slots(span: TokenSpan, said: Said) -> Part:
    return Schedule(span, slots=slots_of(said.sense))


def _afternoon(span: TokenSpan, _: Said) -> Part:
    return Schedule(span, afternoon=True)


def _duration(span: TokenSpan, said: Said) -> Part:
    days = said.sense.figure * (said.figures[0].high if said.figures else 1)
    return Schedule(span, unclear=True) if days < 1 or days % 1 else Duration(span, days)


def _way(span: TokenSpan, said: Said) -> Part:
    return Way(span, frozenset(cast("tuple[Route, ...]", said.sense.value)))


def _open_form(span: TokenSpan, said: Said) -> Part:
    routes = cast("tuple[Route, ...]", said.sense.value)
    return Way(span, frozenset(routes), left_open=routes)


def _from(span: TokenSpan, said: Said) -> Part:
    return Mark(span, "as", str(said.sense.value))


def _standing(span: TokenSpan, _: Said, *, taken: bool | None, use: Use = "") -> Part:
    return TakenPart(span, taken, use)


def _basis(span: TokenSpan, _: Said, *, elemental: bool) -> Part:
    return BasisPart(span, elemental)


def _mark(span: TokenSpan, _: Said, *, kind: MarkKind, text: str = "") -> Part:
    return Mark(span, kind, text)


def _schedule(
    span: TokenSpan, _: Said, *, unclear: bool = False, once: bool = False, needed: bool = False
) -> Part:
    return Schedule(span, unclear=unclear, once_only=once, as_needed=needed)


def _meals(span: TokenSpan, _: Said) -> Part:
    return Schedule(span, meals=True)


def _weekday(span: TokenSpan, _: Said) -> Part:
    return Schedule(span, weekdays=1)


_LENGTHS = {Tag.WEEKLY: WEEK, Tag.MONTHLY: MONTH}
"""Days."""
_FILLER = partial(_mark, kind="filler")
MEANINGS: Mapping[Tag, Callable[[TokenSpan, Said], Part]] = {
    Tag.STOPPED: partial(_standing, taken=False),
    Tag.REACTION: partial(_standing, taken=False, use="reaction"),
    Tag.STOP_ORDER: partial(_standing, taken=False, use="order"),
    Tag.INSTEAD: partial(_standing, taken=False, use="before"),
    Tag.ANY_MORE: partial(_standing, taken=False, use="more"),
    Tag.VAGUE_COUNT: _FILLER,
    Tag.AT_MOST: _at_most,
    Tag.AT_MOST_TIMES: _at_most,
    Tag.PER_WEEK: _per_week,
    Tag.PER_DAY: per_day,
    Tag.HOURS: _hours,
    Tag.DAYS: _days,
    Tag.WEEKLY: _weekly,
    Tag.MONTHLY: _monthly,
    Tag.DIVIDED: _divided,
    Tag.VAGUE: partial(_schedule, unclear=True),
    Tag.PACK: partial(_mark, kind="pack"),
    Tag.ONCE: partial(_schedule, once=True),
    Tag.AS_NEEDED: partial(_schedule, needed=True),
    Tag.SLOTS: _slots,
    Tag.AFTERNOON: _afternoon,
    Tag.MEALS: _meals,
    Tag.FOOD: partial(_mark, kind="food"),
    Tag.DURATION: _duration,
    Tag.WEEKDAYS: _weekday,
    Tag.UNCLEAR: _way,
    Tag.OPEN_FORM: _open_form,
    Tag.ROUTE: _way,
    Tag.ELEMENTAL: partial(_basis, elemental=True),
    Tag.COMPOUND: partial(_basis, elemental=False),
    Tag.SALT: partial(_mark, kind="salt"),
    Tag.FORMS: partial(_mark, kind="form"),
    Tag.FROM: _from,
    Tag.AS_SALT: partial(_mark, kind="as", text="salt"),
    Tag.WITH: partial(_mark, kind="also", text="with"),
    Tag.ALSO: partial(_mark, kind="also"),
    Tag.TAKEN: partial(_standing, taken=True),
    Tag.FUTURE: partial(_mark, kind="date", text="future"),
    Tag.DATES: partial(_mark, kind="date"),
    Tag.PACE: partial(_mark, kind="pace"),
    Tag.BESIDE: partial(_mark, kind="filler", text="beside"),
    Tag.TAKE: partial(_mark, kind="filler", text="take"),
    Tag.LIMIT: _FILLER,
    Tag.EACH: _FILLER,
    Tag.SERVING: partial(_mark, kind="serving"),
    Tag.PER: _FILLER,
    Tag.OF: _FILLER,
    Tag.AT: _FILLER,
    Tag.FILLER: _FILLER,
    Tag.SIGN: _FILLER,
    Tag.UNTIL: _FILLER,
    Tag.FORM_WORD: _FILLER,
    Tag.DOUBTFUL: partial(_standing, taken=None),
    Tag.NONE_OF: partial(_standing, taken=None),
}
"""Tag -> the part that its phrase becomes; of a phrase with several senses the first tag in this order."""
