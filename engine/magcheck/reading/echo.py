"""How is a reading shown back? In words that, read again, give the same item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.profile import Basis, Frequency, Medication, Route, Supplement
from magcheck.reading.parts import SLOTS
from magcheck.terminology.vocabulary import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.knowledge.wording.reading import EchoWords
    from magcheck.profile import Item
    from magcheck.reading.amounts import Amount
    from magcheck.reading.item import ReadItem
    from magcheck.reading.parts import Slot
    from magcheck.reading.timing import Timing
    from magcheck.terminology.vocabulary import Meaning

_AMBIGUOUS_DECIMALS = 3
""" "24.305" can be read as a thousand."""


def echo(meaning: Meaning, item: Item, read: ReadItem | None, words: EchoWords) -> str:
    """ "magnesium bisglycinate, 3 x 100 mg elemental, at bedtime"."""
    inside = " / ".join(substance.name for substance in meaning.substances)
    name = meaning.label if meaning.others else inside or meaning.label
    return ", ".join([name, *_Echo(item, read, words).parts()])


class _Echo:
    """What is said behind the name of one item."""

    def __init__(self, item: Item, read: ReadItem | None, words: EchoWords) -> None:
        self.item, self.read, self.words = item, read, words
        line = read.line if read else None
        self.amount = line.amount if line else None
        self.timing = line.timing if line else None
        self.basis_of_line = line.basis if line else None
        self.open = read.open if read else frozenset[str]()

    def parts(self) -> Iterator[str]:
        if "amount" not in self.open:
            yield from self._amount()
        yield from self._route()
        yield from self._when()
        yield from self._how_often()
        if self.timing and self.timing.days:
            yield fill(self.words.days, days=self.timing.days)
        if self.read and not self.read.taken:
            yield self.words.not_taken

    def _amount(self) -> Iterator[str]:
        """One intake."""
        item = self.item
        milligrams = item.amount_mg if isinstance(item, Supplement) else None
        milligrams = item.dose_mg if isinstance(item, Medication) else milligrams
        if milligrams is None:
            yield from self._without_strength()
        elif self.read and self.amount and self.read.amount_read:
            yield self._of_line(self.amount) + self._basis()
        else:
            yield self._mass(milligrams) + self._basis()

    def _without_strength(self) -> Iterator[str]:
        if self.amount and self.amount.ml:
            yield fill(self.words.millilitres, count=_figure(self.amount.ml))
        elif self.amount and self.amount.count:
            form = self.words.piece if self.amount.count == 1 else self.words.pieces
            yield fill(form, count=_figure(self.amount.count))

    def _of_line(self, amount: Amount) -> str:
        """ "100 mg" of an uneven scheme, "100-200 mg", "3 x 100 mg"."""
        low, high = amount.low or 0, amount.high or 0
        if amount.strength and self.timing and _is_uneven(self.timing):
            return self._mass(amount.strength)
        if low != high:
            span = fill(self.words.span, low=_figure(low), high=_figure(high))
            return fill(self.words.milligrams, figure=span)
        if amount.count and amount.count != 1 and amount.strength and amount.count * amount.strength == high:
            return fill(self.words.several, count=_figure(amount.count), mass=self._mass(amount.strength))
        return self._mass(high)

    def _basis(self) -> str:
        basis = self.item.basis if isinstance(self.item, Supplement) else self.basis_of_line
        said = self.words.bases.get((basis or Basis.UNKNOWN).value)
        return f" {said}" if said else ""

    def _route(self) -> Iterator[str]:
        """Where it is not swallowed, and where it is although this product mostly is not."""
        found = self.read.found if self.read else None
        if isinstance(found, Found) and {found.route, found.meaning.route} - {None, Route.ORAL}:
            yield self.words.routes[found.route.value]

    def _when(self) -> Iterator[str]:
        """Clock times and words of the day; nothing where the schedule was not understood."""
        timing, times = self.timing, self.item.times
        if self.read is None or timing is None or "per_day" in self.open:
            told, slots, assumed = bool(times) and "per_day" not in self.open, False, False
        else:
            assumed = any(field == "times" for field, _ in self.read.assumed)
            told, slots = bool(times) and not (assumed and not timing.times), bool(timing.slots)
        said: list[str] = []
        if told:
            by_clock = timing.times if timing and slots and assumed else times
            said.append(fill(self.words.times, times=self._listed(by_clock)))
        if slots and timing and (assumed or not told):
            named = self._listed(
                [*(self._moment(slot, timing) for slot in timing.slots), *self._afternoon(timing)]
            )
            said.append(_scheme(timing) if _is_uneven(timing) else named)
        if said:
            yield self.words.also.join(said)

    def _moment(self, slot: Slot, timing: Timing) -> str:
        """ "at bedtime", "120 minutes before bedtime"."""
        offset = next((far.offset for far in timing.distances if far.slot == slot), None)
        if offset is None:
            return self.words.slots[slot]
        low, high = sorted(map(abs, offset[:2]))
        span = fill(self.words.span, low=low, high=high) if low != high else str(low)
        form = self.words.before if offset.last <= 0 else self.words.after
        told = fill(form, minutes=span, moment=self.words.moments[slot])
        return fill(self.words.at_least, time=told) if offset.at_least else told

    def _afternoon(self, timing: Timing) -> Iterator[str]:
        """An afternoon has no slot: it is what is taken once more than slots are named."""
        if not timing.doses and self.item.per_day == len(timing.slots) + 1:
            yield self.words.afternoon

    def _listed(self, times: Sequence[str]) -> str:
        """ "08:00, 13:00 and 18:00"."""
        *first, last = times
        return self.words.also.join([self.words.between.join(first), last]) if first else last

    def _how_often(self) -> Iterator[str]:
        item, timing = self.item, self.timing
        if "per_day" not in self.open and item.per_day and not (timing and timing.slots):
            yield self._count(item.per_day, timing.low if timing else None)
        if item.every and item.every.days > 2:
            yield fill(self.words.every, days=item.every.days)
        if item.frequency.value in self.words.often:
            yield self.words.often[item.frequency.value]

    def _count(self, per_day: int, low: int | None) -> str:
        if low is not None and low < per_day:
            span = fill(self.words.span, low=low, high=per_day)
            return fill(self.words.times_a_day, count=span) if low else fill(self.words.up_to, count=per_day)
        if per_day == 1:
            is_daily = self.item.frequency is Frequency.DAILY and self.item.every is None
            return self.words.once_a_day if is_daily else self.words.once
        return fill(self.words.times_a_day, count=per_day)

    def _mass(self, milligrams: float) -> str:
        if 0 < milligrams < 1:
            return fill(self.words.micrograms, figure=_figure(milligrams * 1000))
        return fill(self.words.milligrams, figure=_figure(milligrams))


def _is_uneven(timing: Timing) -> bool:
    """ "2-0-1"."""
    return len(timing.doses) == len(timing.slots) and len(set(timing.doses)) > 1


def _scheme(timing: Timing) -> str:
    many = dict(zip(timing.slots, timing.doses, strict=True))
    shown = SLOTS if "bedtime" in many else SLOTS[:3]
    return "-".join(_figure(many.get(slot, 0)) for slot in shown)


def _figure(value: float) -> str:
    """Without a sign between thousands, and never with exactly three decimals."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text + "0" * (len(text.partition(".")[2]) == _AMBIGUOUS_DECIMALS)
