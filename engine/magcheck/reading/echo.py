"""How is a reading shown back? In words that, read again, give the same item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.profile import Basis, Frequency, Medication, Supplement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.profile import Item
    from magcheck.reading.item import ReadItem
    from magcheck.terminology.vocabulary import Meaning

_OFTEN = {
    Frequency.WEEKLY: "weekly",
    Frequency.MONTHLY: "monthly",
    Frequency.EVERY_OTHER_DAY: "every other day",
    Frequency.SINGLE_DOSE: "single dose",
    Frequency.AS_NEEDED: "as needed",
}
_SLOTS = {"morning": "in the morning", "noon": "at noon", "evening": "in the evening", "bedtime": "at bedtime"}


def echo(meaning: Meaning, item: Item, read: ReadItem | None) -> str:
    """ "magnesium bisglycinate, 3 x 100 mg elemental, at bedtime"."""
    name = " / ".join((*(s.name for s in meaning.substances), *meaning.others)) or meaning.label
    return ", ".join([name, *_parts(item, read)])


def _parts(item: Item, read: ReadItem | None) -> Iterator[str]:
    amount = _amount(item, read)
    if amount:
        yield amount
    yield from _timing(item, read)
    if read and not read.taken:
        yield "not taken"


def _amount(item: Item, read: ReadItem | None) -> str | None:
    milligrams = item.amount_mg if isinstance(item, Supplement) else None
    milligrams = item.dose_mg if isinstance(item, Medication) else milligrams
    if milligrams is None or (read and "amount" in read.open):
        return None
    line = read.line.amount if read and read.line else None
    basis = read.line.basis if read and read.line else None
    basis = item.basis if isinstance(item, Supplement) else basis
    elemental = " elemental" if basis is Basis.ELEMENTAL else ""
    if line and line.count and line.strength and line.count != 1 and line.low == line.high:
        return f"{_figure(line.count)} x {_figure(line.strength)} mg{elemental}"
    if line and line.low is not None and line.low != line.high and read and read.amount_read:
        return f"{_figure(line.low)}-{_figure(milligrams)} mg{elemental}"
    return f"{_figure(milligrams)} mg{elemental}"


def _timing(item: Item, read: ReadItem | None) -> Iterator[str]:
    timing = read.line.timing if read and read.line else None
    if read and "per_day" in read.open:
        return
    if timing and timing.slots and not timing.times:
        yield " and ".join(_SLOTS[slot] for slot in timing.slots)
    elif item.times:
        yield "at " + " and ".join(item.times)
    elif item.per_day and item.frequency is not Frequency.AS_NEEDED:
        yield "once a day" if item.per_day == 1 and item.frequency is Frequency.DAILY else _count(item)
    if item.frequency in _OFTEN:
        yield _OFTEN[item.frequency]
        if item.frequency is Frequency.AS_NEEDED and item.per_day:
            yield f"at most {item.per_day} a day"
    if item.every and item.every.days > 2:
        yield f"every {item.every.days} days"
    if timing and timing.days:
        yield f"for {timing.days} days"


def _count(item: Item) -> str:
    if item.frequency is Frequency.DAILY or (item.per_day or 0) > 1:
        return f"{item.per_day} times a day"
    return "once"


def _figure(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
