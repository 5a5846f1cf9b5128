"""Which fields does the line of an item fill? Its own fields win, and what contradicts them is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.profile import Basis, Every, Frequency, Route, Supplement
from magcheck.reading.contradictions import contradictions, own_amount
from magcheck.reading.slots import clock_times, is_of_another_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.profile import Item
    from magcheck.reading.line import LineItem
    from magcheck.reading.setting import Setting

MOST_LETTERS = 500
"""Of a name in a profile."""


@dataclass(frozen=True)
class Filled:
    """An item with the fields that its line tells."""

    item: Item
    amount_read: bool
    """The amount stands in the line, not in its own field."""
    twice: tuple[str, ...]
    """Questions about what was told in two ways."""


def filled(item: Item, line: LineItem, setting: Setting, *, named: bool) -> Filled:
    """`item` with what `line` says; where it is `named` by a part of its words, they become its name."""
    amount = _amount(item, line)
    update = amount | _basis(item, line) | _timing(item, line, setting)
    if named:
        update["name"] = line.kept[:MOST_LETTERS]
    changed = {name: value for name, value in update.items() if getattr(item, name) != value}
    twice = tuple(contradictions(item, line, setting))
    return Filled(item.model_copy(update=changed) if changed else item, bool(amount), twice)


def open_fields(item: Item, line: LineItem) -> Iterator[str]:
    """What the line seems to tell and was not understood, unless its own field tells it."""
    if line.amount.open and own_amount(item) is None:
        yield "amount"
    if line.timing.open and not item.times and item.per_day is None:
        yield "per_day"


def _amount(item: Item, line: LineItem) -> dict[str, object]:
    if line.amount.high is None or own_amount(item) is not None:
        return {}
    return {"amount_mg" if isinstance(item, Supplement) else "dose_mg": line.amount.high}


def _basis(item: Item, line: LineItem) -> dict[str, object]:
    told = line.basis not in (None, Basis.UNKNOWN)
    return {"basis": line.basis} if told and isinstance(item, Supplement) and item.basis is Basis.UNKNOWN else {}


def _timing(item: Item, line: LineItem, setting: Setting) -> dict[str, object]:
    """How often and when, where the item's own fields do not say it."""
    timing = line.timing
    update: dict[str, object] = {}
    if timing.frequency and timing.told and "frequency" not in item.model_fields_set:
        update["frequency"] = timing.frequency
    if timing.every_days and item.every is None:
        update["every"] = Every(days=timing.every_days)
    if timing.open or item.per_day is not None:
        return update
    if item.times:  # more often than at these hours: then not all hours are known
        more = timing.per_day is not None and timing.per_day > len(item.times)
        return update | {"per_day": timing.per_day} if more else update
    strange = any(is_of_another_part(slot, setting.day, setting.book.planning) for slot in timing.by_the_clock)
    hours = clock_times(timing.times, timing.slots, setting.day, setting.book.planning, timing.distances)
    times = () if strange else hours
    if times and len(times) >= (timing.per_day or 0) and timing.frequency is not Frequency.AS_NEEDED:
        return update | {"times": times}
    return update if timing.per_day is None else update | {"per_day": timing.per_day}


def assumed(
    item: Item, line: LineItem, times: tuple[str, ...], route: Route | None, setting: Setting
) -> Iterator[tuple[str, str]]:
    """(field, what is taken for granted) of the filled item with these clock `times`."""
    words = setting.book.wording.reading
    if route is not None and route is not Route.ORAL:
        yield "route", fill(words.route, route=route.value, words=item.told)
    if times and not item.times and line.timing.slots:
        yield "times", fill(words.slots, slots=" and ".join(line.timing.slots), times=", ".join(times))
    if item.rxcui and setting.vocabulary.meaning_of_code(item.rxcui) is None:
        yield "rxcui", fill(words.unknown_code, code=item.rxcui)
    if item.atc and item.atc.upper() not in setting.vocabulary.atc:
        yield "atc", fill(words.unknown_code, code=item.atc)
