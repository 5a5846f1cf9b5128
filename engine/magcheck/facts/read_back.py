"""What was a line read as? The reading of one recognised item, shown back before anybody relies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.facts.dose import basis_of, told_amount
from magcheck.profile import Frequency
from magcheck.reading.echo import echo
from magcheck.report import Read, SlotOffset

if TYPE_CHECKING:
    from magcheck.facts.recognition import RecognisedItem
    from magcheck.knowledge.wording.reading import EchoWords
    from magcheck.reading.timing import Timing


def read_of(taken: RecognisedItem, words: EchoWords) -> Read:
    """As in the contract: the fields that the rules were given, told or read; null for what was not understood."""
    item = taken.item
    line = taken.read.line if taken.read else None
    timing = line.timing if line else None
    amount = None if "amount" in taken.open else told_amount(item)
    often_open = "per_day" in taken.open
    slots = timing.slots if timing and not often_open else ()
    return Read(
        amount_mg=None if amount is None else round(amount, 4),
        basis=basis_of(taken) if taken.salts else None,
        per_day=None if often_open else (len(item.times) or item.per_day or None),
        times=() if slots else item.times,
        slots=slots,
        offsets=_offsets(timing) if timing and slots else None,
        frequency=None if often_open and timing and timing.frequency is None else item.frequency,
        every=item.every,
        as_needed=item.frequency is Frequency.AS_NEEDED,
        days=timing.days if timing else None,
        taken=taken.read is None or taken.read.taken,
        not_read=line.not_read if line else (),
        echo=echo(taken.found.meaning, item, taken.read, words),
    )


def _offsets(timing: Timing) -> tuple[SlotOffset, ...] | None:
    """None where every slot is meant as it is."""
    told = tuple(
        SlotOffset(slot=slot, first_min=offset.first, last_min=offset.last, at_least=offset.at_least)
        for slot, offset in timing.distances
    )
    return told or None
