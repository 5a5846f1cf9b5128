"""Do the given times keep a window? Per medicine, against every dose of magnesium of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.scales import Status
from magcheck.core.time_of_day import Gap, gaps
from magcheck.inference.program import Scope
from magcheck.profile import Frequency
from magcheck.report import Separation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Fact
    from magcheck.knowledge.rule import Separate


def separation(window: Separate, facts: Sequence[Fact], situation: Situation) -> Separation:
    """The window as the report prints it, in hours; `facts`: the pairs of one medicine with magnesium."""
    preferred = window.preferred or window
    medicines = sorted({fact.ingredient for fact in facts if fact.ingredient})
    return Separation(
        take=" and ".join(medicines),
        around=MAGNESIUM,
        before_h=_hours(window.before),
        after_h=_hours(window.after),
        preferred_before_h=_hours(preferred.before),
        preferred_after_h=_hours(preferred.after),
        status=status(window, facts, situation),
        **_yours(window, broken_gaps(window, facts, situation)),
    )


def _yours(window: Separate, broken: Sequence[Gap]) -> dict[str, float | None]:
    """The shortest side of all that are too short."""
    before, after = window.before or 0, window.after or 0
    sides = [("yours_before_h", gap.before) for gap in broken if gap.before < before]
    sides += [("yours_after_h", gap.after) for gap in broken if gap.after < after]
    return {side: _hours(minutes) for side, minutes in sorted(sides, key=lambda it: it[1])[:1]}


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else minutes / 60


def status(window: Separate, facts: Sequence[Fact], situation: Situation) -> Status:
    """Kept only where there is magnesium to keep away from and every time is told."""
    if window.no_safe_gap:
        return Status.NO_SAFE_GAP
    if broken_gaps(window, facts, situation):
        return Status.BROKEN
    pairs = list(_pairs(facts, situation))
    timed = pairs and all(_is_timed(item) for pair in pairs for item in pair)
    return Status.KEPT if timed else Status.UNPLANNED


def _is_timed(item: RecognisedItem) -> bool:
    """All its hours are known; what is taken as needed, or more often than it has times, can come at any hour."""
    timing = item.item
    complete = timing.per_day is None or timing.per_day <= len(timing.times)
    as_needed = timing.frequency is Frequency.AS_NEEDED
    return bool(timing.times) and complete and not as_needed and "per_day" not in item.open


def broken_gaps(window: Separate, facts: Sequence[Fact], situation: Situation) -> list[Gap]:
    """The pairs of doses that stand closer together than the window allows."""
    if window.before is None or window.after is None:
        return []
    every = [
        gap
        for medicine, product in _pairs(facts, situation)
        for gap in gaps(medicine.item.times, product.item.times, _holder(product))
    ]
    return [gap for gap in every if not gap.keeps(window.before, window.after)]


def _pairs(facts: Sequence[Fact], situation: Situation) -> Iterable[tuple[RecognisedItem, RecognisedItem]]:
    for fact in facts:
        if fact.scope is Scope.PAIR and fact.medicine is not None and fact.product is not None:
            yield situation.taken[fact.medicine], situation.taken[fact.product]


def _holder(product: RecognisedItem) -> str:
    """The name of a product that does not sound like magnesium."""
    label = product.found.meaning.label
    return MAGNESIUM if MAGNESIUM in label.casefold() else label
