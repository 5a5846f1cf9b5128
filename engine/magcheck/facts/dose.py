"""How much magnesium itself is that? A low and a high value a day, because labels do not always say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.profile import Basis, Item, Medication, Supplement
from magcheck.terminology.normalise import amount_mg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from magcheck.terminology.magnesium_salts import Content, Property
    from magcheck.terminology.vocabulary import Substance


@dataclass(frozen=True, slots=True)
class MagnesiumPart:
    """The magnesium of one product: milligrams of magnesium itself a day."""

    list: str
    index: int
    low: float
    high: float | None
    """None where the amount is not known."""
    how: str
    missing: tuple[str, ...]
    """Fields of this product that would make the amount certain."""
    assumed: tuple[str, ...] = ()
    told: bool = True
    """The amount was told; else it is unknown, or only what the product is known to bring."""

    @property
    def surely(self) -> float:
        """What counts against a limit in any case: the high estimate of a told amount, the least of an untold."""
        return (self.high or 0.0) if self.told else self.low


def intakes(item: Item) -> int:
    return len(item.times) or item.per_day or 1


def magnesium_part(
    item: Item,
    place: tuple[str, int],
    salts: Sequence[Substance],
    forms: Mapping[str, Sequence[Property]],
    content: Content | None,
) -> MagnesiumPart:
    """The magnesium that `item`, whose magnesium salts are `salts`, brings in a day."""
    amount, told_in_name = _amount(item)
    path = f"{place[0]}[{place[1]}]"
    count = intakes(item)
    if amount is None or (told_in_name and content):
        return _untold(place, count, content, f"{path}.{_amount_field(item)}")
    low, high, figure, missing = _share(item, amount, salts, forms)
    assumed = (f"the amount {amount:g} mg is read from its name",) if told_in_name else ()
    if not item.times and item.per_day is None:
        assumed = (*assumed, "counted as once a day")
    how = f"{count} x {figure}" if count > 1 else figure
    return MagnesiumPart(*place, low * count, high * count, how, tuple(f"{path}.{m}" for m in missing), assumed)


def _untold(place: tuple[str, int], count: int, content: Content | None, field: str) -> MagnesiumPart:
    """No amount was told: what the product is known to bring, or nothing that could be relied on."""
    if content is None:
        return MagnesiumPart(*place, 0.0, None, "the amount is not known", (field,), told=False)
    low, high = content.low_mg, content.high_mg
    brings = f"{low:g} mg" if low == high else f"{low:g} to {high:g} mg"
    how = f"{brings} in {content.of}" if count == 1 else f"{count} x {brings} in {content.of}"
    return MagnesiumPart(*place, low * count, high * count, how, (field,), told=False)


def _amount_field(item: Item) -> str:
    return "amount_mg" if isinstance(item, Supplement) else "dose_mg"


def told_amount(item: Item) -> float | None:
    """Milligrams per intake, as told in their own field."""
    if isinstance(item, Supplement):
        return item.amount_mg
    return item.dose_mg if isinstance(item, Medication) else None


def amount_of(item: Item) -> float | None:
    """Milligrams per intake, told in their own field or in the name."""
    return _amount(item)[0]


def _amount(item: Item) -> tuple[float | None, bool]:
    """Milligrams per intake, and whether they were only written in the name."""
    told = told_amount(item)
    if told is not None:
        return told, False
    read = amount_mg(item.name or "")
    return read, read is not None


def _share(
    item: Item, amount: float, salts: Sequence[Substance], forms: Mapping[str, Sequence[Property]]
) -> tuple[float, float, str, list[str]]:
    """(low, high, how, what is missing) of one intake."""
    basis = item.basis if isinstance(item, Supplement) else Basis.UNKNOWN
    printed = item.elemental_percent if isinstance(item, Supplement) else None
    if basis is Basis.UNKNOWN and "elemental" in (item.name or "").lower().split():
        basis = Basis.ELEMENTAL
    if basis is Basis.ELEMENTAL:
        return amount, amount, f"{amount:g} mg elemental", []
    low_percent, high_percent = (printed, printed) if printed else _percents(salts, forms)
    compound = f"{amount:g} mg x {_percent_range(low_percent, high_percent)}"
    missing = [] if printed else ["elemental_percent"]
    low, high = amount * low_percent / 100, amount * high_percent / 100
    if basis is Basis.COMPOUND:
        return low, high, compound, missing
    return low, amount, f"{amount:g} mg if that is magnesium itself, else {compound}", ["basis"]


def _percents(salts: Sequence[Substance], forms: Mapping[str, Sequence[Property]]) -> tuple[float, float]:
    known = [[variant.percent for variant in forms.get(salt.name, ())] for salt in salts]
    if not known or not all(known):
        return 0.0, 100.0
    return min(map(min, known)), max(map(max, known))


def _percent_range(low: float, high: float) -> str:
    return f"{low:g} %" if low == high else f"{low:g} to {high:g} %"
