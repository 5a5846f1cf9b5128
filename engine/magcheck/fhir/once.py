"""Which of the products that a record names are one? An order, a statement and a draft of it count once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.knowledge.placeholders import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.fhir.notes import Notes
    from magcheck.profile import Item

MEDICATIONS, SUPPLEMENTS = "medications", "supplements"


class Taken(NamedTuple):
    """One product of one resource."""

    item: Item
    within: str
    is_: frozenset[tuple[str, str]]
    """Its substances, and how each goes into the body; of an unknown one its name."""
    source: str
    """The kind of the resource, or "draft"."""
    strength: float | None
    daily: float
    """Milligrams a day as far as told."""
    has_rhythm: bool = False
    """When or how often is told."""
    times: tuple[str, ...] = ()
    told: int = 0
    """How much is told of when and how much."""
    address: str = ""
    """ "MedicationRequest/1", where the resource has an id."""


def once(found: Sequence[Taken], notes: Notes) -> list[Taken]:
    """Each product once, as it is told with the higher dose, then with more detail; in the order of the record."""
    kept: list[Taken] = []
    also: dict[int, int] = {}
    for taken in sorted(found, key=lambda one: (-one.daily, -one.told)):
        twin = next((number for number, other in enumerate(kept) if _is_same(other, taken)), None)
        if twin is None:
            kept.append(taken)
        else:
            also[twin] = also.get(twin, 1) + 1
            if taken.times and kept[twin].times and taken.times != kept[twin].times:
                reason = fill(notes.words.not_read.other_times, times=", ".join(taken.times))
                notes.unread(taken.within, kept[twin].item.told, reason)
    for number, count in also.items():
        notes.say(kept[number].within, notes.words.once, item=kept[number].item.told, count=str(count))
    return sorted(kept, key=found.index)


def _is_same(one: Taken, other: Taken) -> bool:
    """Two orders for different doses of one product are two; an order and a statement are not."""
    strengths = {one.strength, other.strength} - {None}
    return one.is_ == other.is_ and len(strengths) < 2 and (one.source != other.source or one.item == other.item)
