"""Which moments of the day are told by their distance to a slot, and do they fit together with the others?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.parts import Mark, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.reading.parts import Offset, Part, Slot


class Distance(NamedTuple):
    """ "2 hours before bed" lies 120 minutes before the slot."""

    slot: Slot
    offset: Offset


def distances_of(parts: Sequence[Part]) -> tuple[Distance, ...]:
    """One for each slot that is told so."""
    told: dict[Slot, Offset] = {}
    for part in parts:
        if isinstance(part, Schedule) and part.offset:
            told |= dict.fromkeys(part.slots, part.offset)
    return tuple(Distance(slot, offset) for slot, offset in told.items())


def fit_together(parts: Sequence[Part]) -> bool:
    """ "every morning 1 hour before breakfast" is one time; "at bedtime, 2 hours after dinner" one or two."""
    told = [
        (place, part)
        for place, part in enumerate(parts)
        if isinstance(part, Schedule) and (part.slots or part.afternoon)
    ]
    return all(_fit(one, other, parts[place:next_place]) for (place, one), (next_place, other) in pairwise(told))


def _fit(one: Schedule, other: Schedule, between: Sequence[Part]) -> bool:
    offsets = {schedule.offset for schedule in (one, other)}
    if offsets == {None}:
        return True
    same_slot = one.slots == other.slots
    joined = any(isinstance(part, Mark) and part.kind == "also" for part in between)
    if joined or None not in offsets:
        return not same_slot or (len(offsets) == 1 and not joined)
    return same_slot


def minutes_from(distances: Sequence[Distance]) -> Iterator[tuple[Slot, int | None]]:
    """Slot -> minutes from it; None where no one hour is told."""
    for slot, offset in distances:
        yield slot, offset.first if offset.exact else None
