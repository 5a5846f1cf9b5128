"""What do the fields of an item and its line tell in two ways? Each is asked, never settled in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.profile import Basis, Medication, Supplement
from magcheck.reading.moments import fits
from magcheck.reading.slots import clock_times
from magcheck.terminology.vocabulary import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.profile import Item
    from magcheck.reading.amounts import Amount
    from magcheck.reading.line import LineItem
    from magcheck.reading.setting import Setting

ALIKE = 0.02
"""Two figures of one amount may differ by rounding."""
LEAST_SHARE = 0.5
"""Part of the share that a salt is known to hold; a printed one below it may be a fraction ("0.6" for 60 %)."""

MOST_SHARE = 1.5
"""Times the share that a salt is known to hold; a buffered one holds a little more."""


def contradictions(item: Item, line: LineItem, setting: Setting) -> Iterator[str]:
    """A question for each."""
    yield from _two_amounts(item, line, setting)
    yield from _two_pieces(item, line, setting)
    yield from _two_counts(item, line, setting)
    for own, read in (*_two_times(item, line, setting), *_two_frequencies(item, line), *_two_bases(item, line)):
        yield fill(setting.book.wording.reading.two_ways, told=own, line=read)
    yield from _low_share(item, line, setting)


def own_amount(item: Item) -> float | None:
    """Milligrams of one intake, as its own field tells them."""
    if isinstance(item, Supplement):
        return item.amount_mg
    return item.dose_mg if isinstance(item, Medication) else None


def _two_amounts(item: Item, line: LineItem, setting: Setting) -> Iterator[str]:
    read, own = line.amount.high, own_amount(item)
    if read is None or own is None or _is_strength(line.amount, own):
        return
    of_a_compound = isinstance(item, Supplement) and item.basis is Basis.ELEMENTAL and not line.amount.elemental
    if not (of_a_compound and own < read * _most_percent(line, setting) / 100):
        yield fill(setting.book.wording.reading.two_amounts, told=f"{own:g}", line=f"{read:g}")


def _is_strength(amount: Amount, own: float) -> bool:
    """What is taken, or the strength of one tablet beside it."""
    return any(figure is not None and _alike(figure, own) for figure in (amount.high, amount.strength))


def _most_percent(line: LineItem, setting: Setting) -> float:
    """No compound of the salt can hold more magnesium, a little room for rounding given."""
    known = _known_percents(line, setting)
    return min(max(known) * MOST_SHARE, 100.0) if known else 100.0


def _two_counts(item: Item, line: LineItem, setting: Setting) -> Iterator[str]:
    words = setting.book.wording.reading
    own, read = len(item.times) or item.per_day, line.timing.per_day
    if own and read is not None and own != read:
        yield fill(words.two_counts, told=str(own), line=str(read))
    if item.times and item.per_day is not None and item.per_day != len(item.times):
        yield fill(words.times_and_count, times=str(len(item.times)), count=str(item.per_day))


def _two_pieces(item: Item, line: LineItem, setting: Setting) -> Iterator[str]:
    """ "magnesium x3" beside 200 mg: is that one of them, or all three?"""
    own, amount = own_amount(item), line.amount
    several = amount.count is not None and amount.count > 1
    each = amount.high is None or (
        amount.strength is not None and own is not None and _alike(own, amount.strength)
    )
    if own is not None and several and each and line.basis is not None:
        told = f"{own:g} mg"
        yield fill(setting.book.wording.reading.two_ways, told=told, line=f"{amount.count:g} x")


def _two_times(item: Item, line: LineItem, setting: Setting) -> Iterator[tuple[str, str]]:
    """Clock times, and parts of the day in which none of them lies."""
    if not item.times:
        return
    timing, planning = line.timing, setting.book.planning
    other = [time for time in timing.times if time not in item.times]
    for slot in timing.slots:
        own_hour = set(clock_times((), (slot,), setting.day, planning, timing.distances)) & set(item.times)
        if not own_hour and not any(fits(slot, time) for time in item.times):
            other.append(slot)
    if other:
        yield ", ".join(item.times), ", ".join(other)


def _two_frequencies(item: Item, line: LineItem) -> Iterator[tuple[str, str]]:
    timing = line.timing
    every, days = item.every.days if item.every else None, timing.every_days
    if every and days and every != days:
        yield f"every {every} days", f"every {days} days"
    if "frequency" not in item.model_fields_set or timing.frequency is None:
        return
    if timing.frequency != item.frequency and (timing.every_day or timing.frequency.value != "daily"):
        yield item.frequency.value, timing.frequency.value


def _two_bases(item: Item, line: LineItem) -> Iterator[tuple[str, str]]:
    own, read = item.basis if isinstance(item, Supplement) else Basis.UNKNOWN, line.basis or Basis.UNKNOWN
    amount = own_amount(item)
    same = amount is None or line.amount.high is None or _alike(amount, line.amount.high)
    if same and Basis.UNKNOWN not in (own, read) and own != read:
        yield own.value, read.value


def _low_share(item: Item, line: LineItem, setting: Setting) -> Iterator[str]:
    """A share in per cent that its salt cannot have."""
    told = item.elemental_percent if isinstance(item, Supplement) else None
    if told is None or line.read is None or isinstance(line.read, NotFound):
        return
    known = _known_percents(line, setting)
    least = min(known) * LEAST_SHARE if known else 1.0
    if told < least:
        yield fill(setting.book.wording.reading.low_share, told=f"{told:g}")


def _known_percents(line: LineItem, setting: Setting) -> list[float]:
    """The shares that the named salts are known to hold."""
    if line.read is None or isinstance(line.read, NotFound):
        return []
    forms = setting.book.forms
    return [form.percent for substance in line.read.substances for form in forms.get(substance.name, ())]


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= ALIKE * max(one, other)
