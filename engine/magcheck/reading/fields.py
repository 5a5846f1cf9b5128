"""Which fields does the line of an item fill? Its own fields win, and what contradicts them is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.profile import Basis, Every, Frequency, Medication, Route, Supplement
from magcheck.reading.slots import clock_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Day, Item
    from magcheck.reading.line import LineItem
    from magcheck.terminology.vocabulary import Vocabulary

ALIKE = 0.02
"""Two figures of one amount may differ by rounding."""
MOST_LETTERS = 500
"""Of a name in a profile."""


@dataclass(frozen=True)
class Setting:
    """What the reading of an item needs to know besides the item."""

    book: RuleBook
    country: str | None
    day: Day
    list: str

    @property
    def vocabulary(self) -> Vocabulary:
        return self.book.vocabulary


@dataclass(frozen=True)
class Filled:
    """An item with the fields that its line tells."""

    item: Item
    amount_read: bool
    """The amount stands in the line, not in its own field."""
    twice: tuple[str, ...]
    """Questions about what was told in two ways."""


def filled(item: Item, line: LineItem, setting: Setting, *, known: bool) -> Filled:
    """`item` with what `line` says; where it is `known`, its name becomes the words of its identity."""
    amount = _amount(item, line)
    update = amount | _basis(item, line) | _timing(item, line, setting)
    if known:
        update["name"] = " ".join((line.text, *line.words))[:MOST_LETTERS]
    changed = {name: value for name, value in update.items() if getattr(item, name) != value}
    twice = (*_two_amounts(item, line, setting), *_two_counts(item, line, setting))
    return Filled(item.model_copy(update=changed) if changed else item, bool(amount), twice)


def open_fields(item: Item, line: LineItem) -> Iterator[str]:
    """What the line seems to tell and was not understood, unless its own field tells it."""
    if line.amount.open and own_amount(item) is None:
        yield "amount"
    if line.timing.open and not item.times and item.per_day is None:
        yield "per_day"


def own_amount(item: Item) -> float | None:
    """Milligrams of one intake, as its own field tells them."""
    if isinstance(item, Supplement):
        return item.amount_mg
    return item.dose_mg if isinstance(item, Medication) else None


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
    if timing.open or item.times or item.per_day is not None:
        return update
    times = clock_times(timing.times, timing.slots, setting.day, setting.book.planning)
    if times and len(times) >= (timing.per_day or 0) and timing.frequency is not Frequency.AS_NEEDED:
        return update | {"times": times}
    return update if timing.per_day is None else update | {"per_day": timing.per_day}


def _two_amounts(item: Item, line: LineItem, setting: Setting) -> Iterator[str]:
    read, own = line.amount.high, own_amount(item)
    if read is not None and own is not None and _differ(item, line, read, own):
        yield fill(setting.book.wording.reading.two_amounts, told=f"{own:g}", line=f"{read:g}")


def _differ(item: Item, line: LineItem, read: float, own: float) -> bool:
    """The strength of one tablet beside what is taken is no contradiction, nor a compound beside its magnesium."""
    figures = [read, *([line.amount.strength] if line.amount.strength else [])]
    if any(abs(figure - own) <= ALIKE * max(figure, own) for figure in figures):
        return False
    elemental = isinstance(item, Supplement) and item.basis is Basis.ELEMENTAL and not line.amount.elemental
    return not (elemental and own < read)


def _two_counts(item: Item, line: LineItem, setting: Setting) -> Iterator[str]:
    words = setting.book.wording.reading
    own, read = len(item.times) or item.per_day, line.timing.per_day
    if own and read is not None and own != read:
        yield fill(words.two_counts, told=str(own), line=str(read))
    if item.times and item.per_day is not None and item.per_day != len(item.times):
        yield fill(words.times_and_count, times=str(len(item.times)), count=str(item.per_day))


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
