"""How much magnesium itself is that? A low and a high value a day, because labels do not always say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Basis, Item, Medication, Supplement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.wording.facts import DoseWords
    from magcheck.terminology.magnesium_salts import Content
    from magcheck.terminology.vocabulary import Substance

MOST_TOLD_APART = 2
"""Ingredients of a product whose milligrams may all be those of its magnesium: "Magnevie B6", "Slow-Mag"."""
_ALIKE = 0.03
"""A figure on a box and the one of a table may differ by rounding."""


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
    read: float = 0.0
    """The high estimate of what was read though the whole is open: counts against limits, bounds nothing."""

    @property
    def surely(self) -> float:
        """What counts against a limit in any case: the high estimate of a told amount, the least of an untold."""
        return (self.high or 0.0) if self.told else max(self.low, self.read)


def intakes(item: Item) -> int:
    """How often a day; the larger of two counts that do not agree."""
    return max(len(item.times), item.per_day or 0) or 1


def magnesium_part(taken: RecognisedItem, book: RuleBook) -> MagnesiumPart:
    """The magnesium that `taken`, which brings some, brings in a day."""
    own, path = (taken.list, taken.index), f"{taken.list}[{taken.index}]"
    words, amount, content = book.wording.facts.dose, told_amount(taken.item), book.content_of(taken.found.meaning)
    in_name = taken.read is not None and taken.read.amount_read
    field = f"{path}.{_amount_field(taken.item)}"
    if "amount" in taken.open:
        read = _read_beside(taken, book) * intakes(taken.item)
        return MagnesiumPart(*own, 0.0, None, words.not_understood, (field,), told=False, read=read)
    known = content if in_name and _is_one(taken) else None
    if amount is None or (known and _is_its_strength(taken, amount, known, book)):
        return _counted(_untold(taken, content, field, words), taken, path)
    low, high, figure, missing = _share(taken, amount, book)
    assumed = (fill(words.from_name, amount=f"{amount:g}"),) if in_name else ()
    if not taken.item.times and taken.item.per_day is None and not taken.open:
        assumed = (*assumed, words.once)
    count = intakes(taken.item)
    part = MagnesiumPart(*own, low * count, high * count, figure, tuple(f"{path}.{m}" for m in missing), assumed)
    if known:
        part = max(part, _untold(taken, known, field, words), key=_most)
    return _counted(part, taken, path)


def _is_its_strength(taken: RecognisedItem, amount: float, content: Content, book: RuleBook) -> bool:
    """The 400 of "Mag-Ox 400 mg", and the 100 of "multivitamin 100 mg": no more than is known of the product."""
    if basis_of(taken) is Basis.ELEMENTAL:
        return False
    if _may_be_of_another(taken):
        return True
    shares = [variant.percent / 100 for salt in taken.salts for variant in book.forms.get(salt.name, ())]
    pieces = (content.low_mg / (content.least or 1), content.high_mg / (content.most or 1))
    of_compound = any(abs(amount * share - piece) <= _ALIKE * piece for share in shares for piece in pieces)
    return amount <= content.high_mg * (1 + _ALIKE) or of_compound


def _may_be_of_another(taken: RecognisedItem) -> bool:
    """The 1,000 mg of "Emergen-C 1000 mg" are vitamin C: of several ingredients, or none of magnesium by name."""
    meaning = taken.found.meaning
    several = len(meaning.substances) + len(meaning.others) > MOST_TOLD_APART
    return several or not any(MAGNESIUM in salt.name for salt in taken.salts)


def _most(part: MagnesiumPart) -> float:
    return part.high or 0.0


def most_surely(taken: RecognisedItem, contents: Iterable[Content]) -> float:
    """Whatever kind of magnesium `taken` is, no more counts surely; `contents`: what known products bring."""
    beside = taken.read.line.amount.beside if taken.read and taken.read.line else None
    brought = (content.brought_by(_volume(taken), _tablets(taken))[0] for content in contents)
    return max(told_amount(taken.item) or 0.0, beside or 0.0, *brought) * intakes(taken.item)


def _is_one(taken: RecognisedItem) -> bool:
    """The amount in the name is that of one tablet, so what the product is known to bring is surer."""
    return taken.read is None or taken.read.line is None or taken.read.line.amount.count is None


def _counted(part: MagnesiumPart, taken: RecognisedItem, path: str) -> MagnesiumPart:
    """Where it was not understood how often it is taken, once is the least, and there is no most."""
    if "per_day" not in taken.open:
        return part
    missing = (*part.missing, f"{path}.per_day")
    return replace(part, high=None, missing=missing, told=False, read=part.surely)


def _read_beside(taken: RecognisedItem, book: RuleBook) -> float:
    """Milligrams of magnesium of one intake, of a line that says more than was understood."""
    amount = taken.read.line.amount.beside if taken.read and taken.read.line else None
    return _share(taken, amount, book)[1] if amount else 0.0


def _untold(taken: RecognisedItem, content: Content | None, field: str, words: DoseWords) -> MagnesiumPart:
    """No amount was told: what the product is known to bring, or nothing that could be relied on."""
    own = (taken.list, taken.index)
    if content is None:
        return MagnesiumPart(*own, 0.0, None, words.unknown, (field,), told=False)
    count = intakes(taken.item)
    low, high, of = content.brought_by(_volume(taken), _tablets(taken))
    brings = fill(words.brings, amount=_range(words.exactly, words.between, low, high), of=of)
    how = brings if count == 1 else fill(words.several, count=count, amount=brings)
    return MagnesiumPart(*own, low * count, high * count, how, (field,), told=False)


def _volume(taken: RecognisedItem) -> float | None:
    """Millilitres of one intake, as its line tells them."""
    return taken.read.line.amount.ml if taken.read and taken.read.line else None


def _tablets(taken: RecognisedItem) -> float | None:
    """Tablets or the like of one intake, as its line tells them."""
    return taken.read.line.amount.count if taken.read and taken.read.line else None


def _amount_field(item: Item) -> str:
    return "amount_mg" if isinstance(item, Supplement) else "dose_mg"


def told_amount(item: Item) -> float | None:
    """Milligrams per intake."""
    if isinstance(item, Supplement):
        return item.amount_mg
    return item.dose_mg if isinstance(item, Medication) else None


def basis_of(taken: RecognisedItem) -> Basis:
    """What the amount counts: told in its own field, or read from the line."""
    if isinstance(taken.item, Supplement) and taken.item.basis is not Basis.UNKNOWN:
        return taken.item.basis
    line = taken.read.line if taken.read else None
    return (line.basis if line else None) or Basis.UNKNOWN


def _share(taken: RecognisedItem, amount: float, book: RuleBook) -> tuple[float, float, str, list[str]]:
    """(low, high, how, what is missing) of one intake, `how` of all of a day; a range counts at both its ends."""
    least = taken.read.amount_low if taken.read and taken.read.amount_low is not None else amount
    basis, words = basis_of(taken), book.wording.facts.dose
    figure = _each_time(least, amount, intakes(taken.item), words)
    printed = taken.item.elemental_percent if isinstance(taken.item, Supplement) else None
    if basis is Basis.ELEMENTAL:
        return least, amount, fill(words.elemental, amount=figure), []
    low_percent, high_percent = (printed, printed) if printed else _percents(taken.salts, book)
    percent = _range(words.percent, words.percent_range, low_percent, high_percent)
    compound = fill(words.compound, amount=figure, percent=percent)
    missing = [] if printed else ["elemental_percent"]
    low, high = least * low_percent / 100, amount * high_percent / 100
    if basis is Basis.COMPOUND:
        return low, high, compound, missing
    return low, amount, fill(words.either, amount=figure, compound=compound), ["basis"]


def _each_time(least: float, most: float, count: int, words: DoseWords) -> str:
    """ "400", "2 x 400", "2 x 200 to 400": the milligrams of each intake, before their unit."""
    amount = f"{most:g}" if least == most else fill(words.amounts, low=f"{least:g}", high=f"{most:g}")
    return amount if count == 1 else fill(words.several, count=count, amount=amount)


def _percents(salts: Sequence[Substance], book: RuleBook) -> tuple[float, float]:
    known = [[variant.percent for variant in book.forms.get(salt.name, ())] for salt in salts]
    if not known or not all(known):
        return 0.0, 100.0
    return min(map(min, known)), max(map(max, known))


def _range(exactly: str, between: str, low: float, high: float) -> str:
    """`exactly` where the two ends are the same, else `between`, filled."""
    return fill(exactly, low=f"{low:g}") if low == high else fill(between, low=f"{low:g}", high=f"{high:g}")
