"""Is there an hour of the day at which a broken gap is kept, all other times as told?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from magcheck.alternatives.candidate import Candidate, field_of
from magcheck.core.time_of_day import DAY, Gap, minutes
from magcheck.facts.dose import intakes
from magcheck.findings.policy import is_kept
from magcheck.inference.program import Outcome
from magcheck.knowledge.placeholders import fill
from magcheck.missing.item_answers import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.evaluation import Evaluation
    from magcheck.knowledge.rule import Separate
    from magcheck.profile import Profile

STEP = 30
"""Minutes between the times that are tried."""


class PairSeparation(NamedTuple):
    """A separation between a medicine and a product, by their positions in the list."""

    medicine: int
    product: int
    separate: Separate
    kept: bool

    def other(self, position: int) -> int:
        return self.product if self.medicine == position else self.medicine


@dataclass(frozen=True, slots=True)
class _Mover:
    """One item, and everything that its hours must be kept apart from."""

    position: int
    item: RecognisedItem
    separations: tuple[PairSeparation, ...]
    others: tuple[RecognisedItem, ...]
    """The other item of each separation."""

    def fits(self, time: str, *, preferred: bool = False) -> bool:
        """Is every gap kept, or every stricter one?"""
        return all(
            self._gap(separation, time, clock).keeps(*_spans(separation.separate, preferred=preferred))
            for separation, other in zip(self.separations, self.others, strict=True)
            for clock in other.item.times
        )

    def _gap(self, separation: PairSeparation, time: str, other: str) -> Gap:
        return Gap(time, other) if separation.medicine == self.position else Gap(other, time)


def hours(profile: Profile, evaluation: Evaluation) -> list[Iterator[Candidate]]:
    """Another hour for each product with magnesium; where that has none, for each medicine."""
    separations = tuple(_separations(evaluation))
    broken = [separation for separation in separations if not separation.kept]
    products = dict.fromkeys(separation.product for separation in broken)
    medicines = dict.fromkeys(separation.medicine for separation in broken)
    candidates = _candidates(products, separations, profile, evaluation)
    candidates = candidates or _candidates(medicines, separations, profile, evaluation)
    return [iter([candidate]) for candidate in candidates]


def _separations(evaluation: Evaluation) -> Iterator[PairSeparation]:
    for rule, _, fact in evaluation.holding(Outcome.FIRES):
        separate = rule.separate
        if separate and not separate.no_safe_gap and fact.medicine is not None and fact.product is not None:
            kept = is_kept(rule, [fact], evaluation.situation)
            yield PairSeparation(fact.medicine, fact.product, separate, kept)


def _candidates(
    positions: dict[int, None],
    separations: Sequence[PairSeparation],
    profile: Profile,
    evaluation: Evaluation,
) -> list[Candidate]:
    movers = [_mover(position, separations, evaluation) for position in positions]
    candidates = (_moved(mover, profile, evaluation) for mover in movers)
    return [candidate for candidate in candidates if candidate]


def _mover(position: int, separations: Sequence[PairSeparation], evaluation: Evaluation) -> _Mover:
    items = evaluation.situation.taken
    own = tuple(it for it in separations if position in (it.medicine, it.product))
    return _Mover(position, items[position], own, tuple(items[it.other(position)] for it in own))


def _moved(mover: _Mover, profile: Profile, evaluation: Evaluation) -> Candidate | None:
    item = mover.item
    if item.planned or item.item.fixed:
        return None
    times = _times(mover, profile, evaluation)
    if times is None or times == item.item.times:
        return None
    changed = replaced(profile, item, item.item.model_copy(update={"times": times, "per_day": None}))
    words = evaluation.book.wording.what_would_change
    template = words.hour if item.list == "supplements" else words.hour_medicine
    *first, last = times
    clocks = fill(words.times, first=", ".join(first), last=last) if first else last
    sentence = fill(template, item=item.told, time=clocks)
    field = field_of(item, "times")
    return Candidate("hour", changed, sentence, words, field, ", ".join(times), items=(item,))


def _times(mover: _Mover, profile: Profile, evaluation: Evaluation) -> tuple[str, ...] | None:
    """The told times that keep every gap, and for each of the others the nearest one that does."""
    if not all(other.item.times for other in mover.others):
        return None
    item = mover.item.item
    chosen = [time for time in item.times if mover.fits(time)]
    moving = [time for time in item.times if time not in chosen] if item.times else [None] * intakes(item)
    fitting = [time for time in _awake(profile, evaluation) if mover.fits(time)]
    around = [time for other in mover.others for time in other.item.times]
    apart = DAY // intakes(item) * evaluation.book.planning.least_spacing_percent // 100
    for old in moving:
        free = [time for time in fitting if all(_distance(time, other) >= apart for other in chosen)]
        if not free:
            return None
        chosen.append(_nearest(old, free, mover) if old else _farthest(free, [*around, *chosen]))
    return tuple(sorted(chosen))


def _nearest(old: str, free: list[str], mover: _Mover) -> str:
    """One that keeps the stricter gap too, if there is one; then the one that asks for the least change."""

    def cost(time: str) -> tuple[bool, int, str]:
        return not mover.fits(time, preferred=True), _distance(time, old), time

    return min(free, key=cost)


def _farthest(free: list[str], others: list[str]) -> str:
    """The earliest of those with the most room to everything else."""

    def room(time: str) -> tuple[int, int]:
        return min((_distance(time, other) for other in others), default=0), -minutes(time)

    return max(free, key=room)


def _spans(separate: Separate, *, preferred: bool) -> tuple[int, int]:
    """Minutes before and after."""
    if preferred and separate.preferred:
        return separate.preferred.before, separate.preferred.after
    return separate.before or 0, separate.after or 0


def _distance(first: str, second: str) -> int:
    apart = (minutes(first) - minutes(second)) % DAY
    return min(apart, DAY - apart)


def _awake(profile: Profile, evaluation: Evaluation) -> list[str]:
    """The hours and half hours of the day that is told or taken."""
    unknown = evaluation.book.planning.unknown_day
    wake = minutes(profile.day.wake or unknown.wake)
    awake = (minutes(profile.day.sleep or unknown.sleep) - wake) % DAY or DAY
    clocks = (minute for minute in range(0, DAY, STEP) if (minute - wake) % DAY <= awake)
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in clocks]
