"""How is a reading shown back? In words that, read again, give the same item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.profile import Basis, Frequency, Medication, Route, Supplement
from magcheck.reading.parts import SLOTS
from magcheck.terminology.vocabulary import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.profile import Item
    from magcheck.reading.amounts import Amount
    from magcheck.reading.item import ReadItem
    from magcheck.reading.timing import Timing
    from magcheck.terminology.vocabulary import Meaning

_OFTEN = {
    Frequency.WEEKLY: "weekly",
    Frequency.MONTHLY: "monthly",
    Frequency.EVERY_OTHER_DAY: "every other day",
    Frequency.SINGLE_DOSE: "single dose",
    Frequency.AS_NEEDED: "as needed",
}
_SLOTS = {"morning": "in the morning", "noon": "at noon", "evening": "in the evening", "bedtime": "at bedtime"}
_ROUTES = {
    Route.ORAL: "by mouth",
    Route.INJECTION: "by injection",
    Route.INTRAVENOUS: "intravenously",
    Route.EYE: "in the eye",
    Route.EAR: "in the ear",
    Route.SKIN: "on the skin",
    Route.INHALED: "by inhalation",
    Route.VAGINAL: "vaginally",
    Route.RECTAL: "rectally",
    Route.NASAL: "in the nose",
    Route.OTHER: "by another route",
}
_BASES = {Basis.ELEMENTAL: " elemental", Basis.COMPOUND: " of the compound", Basis.UNKNOWN: ""}
_AMBIGUOUS_DECIMALS = 3
""" "24.305" can be read as a thousand."""


def echo(meaning: Meaning, item: Item, read: ReadItem | None) -> str:
    """ "magnesium bisglycinate, 3 x 100 mg elemental, at bedtime"."""
    inside = " / ".join(substance.name for substance in meaning.substances)
    return ", ".join([meaning.label if meaning.others else inside or meaning.label, *_parts(item, read)])


def _parts(item: Item, read: ReadItem | None) -> Iterator[str]:
    yield from _amount(item, read)
    yield from _route(read)
    yield from _when(item, read)
    yield from _how_often(item, read)
    if read and read.line and read.line.timing.days:
        yield f"for {read.line.timing.days} days"
    if read and not read.taken:
        yield "not taken"


def _amount(item: Item, read: ReadItem | None) -> Iterator[str]:
    """One intake; nothing where it was not understood."""
    if read and "amount" in read.open:
        return
    line = read.line.amount if read and read.line else None
    milligrams = item.amount_mg if isinstance(item, Supplement) else None
    milligrams = item.dose_mg if isinstance(item, Medication) else milligrams
    if milligrams is None:
        yield from _without_strength(line)
    elif read and line and read.amount_read:
        yield _of_line(line, read) + _basis(item, read)
    else:
        yield _mass(milligrams) + _basis(item, read)


def _without_strength(line: Amount | None) -> Iterator[str]:
    if line and line.ml:
        yield f"{_figure(line.ml)} mL"
    elif line and line.count:
        yield f"{_figure(line.count)} {'piece' if line.count == 1 else 'pieces'}"


def _of_line(line: Amount, read: ReadItem) -> str:
    """ "100 mg" of an uneven scheme, "100-200 mg", "3 x 100 mg"."""
    low, high = line.low or 0, line.high or 0
    if read.line and line.strength and _uneven(read.line.timing):
        return _mass(line.strength)
    if low != high:
        return f"{_figure(low)}-{_figure(high)} mg"
    if line.count and line.count != 1 and line.strength and line.count * line.strength == high:
        return f"{_figure(line.count)} x {_mass(line.strength)}"
    return _mass(high)


def _basis(item: Item, read: ReadItem | None) -> str:
    line = read.line.basis if read and read.line else None
    basis = item.basis if isinstance(item, Supplement) else line
    return _BASES[basis or Basis.UNKNOWN]


def _route(read: ReadItem | None) -> Iterator[str]:
    """Where it is not swallowed, and where it is although this product mostly is not."""
    found = read.found if read else None
    if isinstance(found, Found) and {found.route, found.meaning.route} - {None, Route.ORAL}:
        yield _ROUTES[found.route]


def _when(item: Item, read: ReadItem | None) -> Iterator[str]:
    """Clock times and words of the day; nothing where the schedule was not understood."""
    timing = read.line.timing if read and read.line else None
    if read is None or timing is None or "per_day" in read.open:
        told, slots = bool(item.times) and not (read and "per_day" in read.open), False
    else:
        assumed = any(field == "times" for field, _ in read.assumed)
        told, slots = bool(item.times) and not (assumed and not timing.times), bool(timing.slots)
    if told:
        yield "at " + " and ".join(item.times)
    if slots and timing and (not told or timing.times):
        yield _scheme(timing) if _uneven(timing) else " and ".join(_SLOTS[slot] for slot in timing.slots)


def _uneven(timing: Timing) -> bool:
    """ "2-0-1"."""
    return len(timing.doses) == len(timing.slots) and len(set(timing.doses)) > 1


def _scheme(timing: Timing) -> str:
    many = dict(zip(timing.slots, timing.doses, strict=True))
    shown = SLOTS if "bedtime" in many else SLOTS[:3]
    return "-".join(_figure(many.get(slot, 0)) for slot in shown)


def _how_often(item: Item, read: ReadItem | None) -> Iterator[str]:
    if not (read and "per_day" in read.open):
        timing = read.line.timing if read and read.line else None
        if item.per_day and not (timing and timing.slots):
            yield _count(item, item.per_day, timing.low if timing else None)
    if item.every and item.every.days > 2:
        yield f"every {item.every.days} days"
    if item.frequency in _OFTEN:
        yield _OFTEN[item.frequency]


def _count(item: Item, per_day: int, low: int | None) -> str:
    if low is not None and low < per_day:
        return f"{low}-{per_day} times a day" if low else f"up to {per_day} times a day"
    if per_day == 1:
        return "once a day" if item.frequency is Frequency.DAILY and item.every is None else "once"
    return f"{per_day} times a day"


def _mass(milligrams: float) -> str:
    return f"{_figure(milligrams * 1000)} mcg" if 0 < milligrams < 1 else f"{_figure(milligrams)} mg"


def _figure(value: float) -> str:
    """Without a sign between thousands, and never with exactly three decimals."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text + "0" * (len(text.partition(".")[2]) == _AMBIGUOUS_DECIMALS)
