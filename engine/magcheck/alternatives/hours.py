"""Is there an hour of the day at which a broken gap is kept, all other times as told?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.alternatives.candidate import Candidate, place_of
from magcheck.core.time_of_day import DAY, Gap, minutes
from magcheck.facts.dose import intakes
from magcheck.findings.policy import is_kept
from magcheck.inference.program import Outcome
from magcheck.knowledge.placeholders import fill as reason
from magcheck.missing.item_answers import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.findings.evaluation import Evaluation
    from magcheck.knowledge.rule import Separate
    from magcheck.profile import Profile

STEP = 30
"""Minutes between the times that are tried."""


@dataclass(frozen=True, slots=True)
class WindowRule:
    """A window between a medicine and a product, by their positions."""

    medicine: int
    product: int
    window: Separate
    kept: bool


def hours(profile: Profile, evaluation: Evaluation) -> list[Iterator[Candidate]]:
    """Another hour for each product with magnesium; where that has none, for each medicine."""
    rules = list(_rules(evaluation))
    broken = [rule for rule in rules if not rule.kept]
    products = dict.fromkeys(rule.product for rule in broken)
    medicines = dict.fromkeys(rule.medicine for rule in broken)
    moved = [one for place in products if (one := _moved(place, rules, profile, evaluation))]
    moved = moved or [one for place in medicines if (one := _moved(place, rules, profile, evaluation))]
    return [iter([candidate]) for candidate in moved]


def _rules(evaluation: Evaluation) -> Iterator[WindowRule]:
    for page, _, fact in evaluation.holding(Outcome.FIRES):
        window = page.separate
        if window and not window.no_safe_gap and fact.medicine is not None and fact.product is not None:
            yield WindowRule(fact.medicine, fact.product, window, is_kept(page, [fact], evaluation.situation))


def _moved(place: int, rules: Iterable[WindowRule], profile: Profile, evaluation: Evaluation) -> Candidate | None:
    taken = evaluation.situation.taken[place]
    if taken.planned or taken.item.fixed:
        return None
    concerned = [rule for rule in rules if place in (rule.medicine, rule.product)]
    times = _times(place, concerned, profile, evaluation)
    if times is None or times == taken.item.times:
        return None
    item = taken.item.model_copy(update={"times": times, "per_day": None})
    words = evaluation.book.wording.what_would_change
    sentence = words.hour if taken.list == "supplements" else words.hour_medicine
    *first, last = times
    clocks = reason(words.times, first=", ".join(first), last=last) if first else last
    said = reason(sentence, item=taken.told, time=clocks)
    changed = replaced(profile, taken, item)
    return Candidate("hour", changed, said, words, place_of(taken, "times"), ", ".join(times), taken=(taken,))


def _times(
    place: int, rules: list[WindowRule], profile: Profile, evaluation: Evaluation
) -> tuple[str, ...] | None:
    """The told times that keep every gap, and for each of the others the nearest one that does."""
    others = [_other(place, rule, evaluation) for rule in rules]
    if not all(other.item.times for other in others):
        return None
    told = evaluation.situation.taken[place].item
    chosen = [time for time in told.times if _fits(place, time, rules, evaluation)]
    moving = [time for time in told.times if time not in chosen] if told.times else [None] * intakes(told)
    free = [time for time in _awake(profile, evaluation) if _fits(place, time, rules, evaluation)]
    around = [time for other in others for time in other.item.times]
    apart = DAY // intakes(told) * evaluation.book.planning.least_spacing_percent // 100
    for time in moving:
        open_ = [one for one in free if all(_distance(one, taken) >= apart for taken in chosen)]
        if not open_:
            return None
        chosen.append(
            _nearest(time, open_, place, rules, evaluation) if time else _farthest(open_, [*around, *chosen])
        )
    return tuple(sorted(chosen))


def _nearest(time: str, left: list[str], place: int, rules: list[WindowRule], evaluation: Evaluation) -> str:
    """One that keeps the stricter gap too, if there is one; then the one that asks for the least change."""

    def cost(one: str) -> tuple[bool, int, str]:
        return not _fits(place, one, rules, evaluation, preferred=True), _distance(one, time), one

    return min(left, key=cost)


def _farthest(left: list[str], taken: list[str]) -> str:
    return max(left, key=lambda one: (min((_distance(one, other) for other in taken), default=0), -minutes(one)))


def _other(place: int, rule: WindowRule, evaluation: Evaluation) -> RecognisedItem:
    return evaluation.situation.taken[rule.product if rule.medicine == place else rule.medicine]


def _fits(
    place: int, time: str, rules: Iterable[WindowRule], evaluation: Evaluation, *, preferred: bool = False
) -> bool:
    return all(
        _gap(place, rule, time, other).keeps(*_hours(rule.window, preferred=preferred))
        for rule in rules
        for other in _other(place, rule, evaluation).item.times
    )


def _gap(place: int, rule: WindowRule, time: str, other: str) -> Gap:
    return Gap(time, other) if rule.medicine == place else Gap(other, time)


def _hours(window: Separate, *, preferred: bool) -> tuple[int, int]:
    if preferred and window.preferred:
        return window.preferred.before, window.preferred.after
    return window.before or 0, window.after or 0


def _distance(one: str, other: str) -> int:
    apart = (minutes(one) - minutes(other)) % DAY
    return min(apart, DAY - apart)


def _awake(profile: Profile, evaluation: Evaluation) -> list[str]:
    """The hours and half hours of the day that is told or taken."""
    unknown = evaluation.book.planning.unknown_day
    wake = minutes(profile.day.wake or unknown.wake)
    awake = (minutes(profile.day.sleep or unknown.sleep) - wake) % DAY or DAY
    clocks = (minute for minute in range(0, DAY, STEP) if (minute - wake) % DAY <= awake)
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in clocks]
