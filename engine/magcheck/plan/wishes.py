"""What do the pages wish for a medicine's place on the day? Zones of the clock, and gaps to other medicines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import PROPERTIES
from magcheck.core.time_of_day import DAY
from magcheck.facts.recognition import is_unknown_medicine
from magcheck.inference.program import Outcome
from magcheck.knowledge.naming import placed, placed_around
from magcheck.knowledge.rule import OTHER_MEDICINES, Anchor
from magcheck.plan.free_time import free_around
from magcheck.plan.problem import STEP, MinimumGap
from magcheck.profile import Route
from magcheck.terminology.magnesium_salts import property_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.facts.recognition import RecognisedItem, Unread
    from magcheck.findings.evaluation import Evaluation
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Place, Rule
    from magcheck.plan.free_time import Zones
    from magcheck.plan.problem import Hours
    from magcheck.profile import Item

UNKNOWN_MEDICINE = "unknown-medicine"
"""Stands in the place of a page: the wish follows from rules/planning.yaml."""


class PageWish(NamedTuple):
    """A wish of a page for one item of the person's list, by its position there."""

    position: int
    rule: str
    zones: Zones
    best: int | None


def page_gaps(evaluation: Evaluation, listed: Sequence[int]) -> Iterator[MinimumGap]:
    """Gaps that pages wish for between two things that are not magnesium, by their positions in the list."""
    for rule, place in _places(evaluation).items():
        take, away_from = _spoken_of(evaluation.book.rules_by_id[rule])
        if away_from:
            around = _matching(away_from, evaluation, listed)
            for first in _matching(take, evaluation, listed):
                for second in around:
                    if second != first:
                        yield MinimumGap(first, second, place.before or 0, place.after or 0, rule)


def page_wishes(evaluation: Evaluation, listed: Sequence[int], hours: Hours) -> Iterator[PageWish]:
    """Wishes for an hour of the day: near waking or bed, before, after or away from meals."""
    for rule, place in _places(evaluation).items():
        moments = _moments(place.anchor, hours)
        if moments:
            zones, best = _zones(place, moments, hours, evaluation.book.planning.close)
            take, _ = _spoken_of(evaluation.book.rules_by_id[rule])
            for position in _matching(take, evaluation, listed):
                yield PageWish(position, rule, zones, best)


def unknown_medicines(evaluation: Evaluation) -> tuple[Unread, ...]:
    """Swallowed or not, nobody knows: what was told with a time of its own."""
    return tuple(
        unread
        for unread in evaluation.situation.unread
        if is_unknown_medicine(unread) and _times_of(unread, evaluation)
    )


def _times_of(unread: Unread, evaluation: Evaluation) -> tuple[str, ...]:
    items: tuple[Item, ...] = getattr(evaluation.situation.profile, unread.list)
    return items[unread.index].times


def unknown_medicine_wishes(evaluation: Evaluation, listed: Sequence[int], hours: Hours) -> Iterator[PageWish]:
    """Magnesium away from the hours of what is not known here; what that is, is never moved itself."""
    unknown = unknown_medicines(evaluation)
    moments = tuple(hours.since_wake(clock) for unread in unknown for clock in _times_of(unread, evaluation))
    away = evaluation.book.planning.unknown_medicine
    for position in listed if moments else ():
        item = evaluation.situation.taken[position]
        if item.salts and item.found.route is Route.ORAL:
            yield PageWish(position, UNKNOWN_MEDICINE, _away(moments, away, away), None)


def _places(evaluation: Evaluation) -> dict[str, Place]:
    """The wishes of the pages that hold for this person."""
    return {rule.id: rule.place for rule, _, _ in evaluation.holding(Outcome.FIRES) if rule.place}


def _spoken_of(rule: Rule) -> tuple[str, str | None]:
    """What is placed, and what it is kept away from; a checker refuses a page that does not say the first."""
    return placed(rule) or "", placed_around(rule)


def _matching(name: str, evaluation: Evaluation, listed: Sequence[int]) -> list[int]:
    items = evaluation.situation.taken
    return [position for position in listed if _is_called(items[position], name, evaluation.book)]


def _is_called(item: RecognisedItem, name: str, book: RuleBook) -> bool:
    """Is it swallowed, and called or classed `name`?"""
    if item.found.route is not Route.ORAL:
        return False
    if name == OTHER_MEDICINES:
        return True
    if name in PROPERTIES:
        return bool(item.salts) and property_interval(item.salts, book.forms, PROPERTIES[name]) == (1, 1)
    selector = book.vocabulary.selector(name)
    return any(selector in substance.selectors for substance in item.found.meaning.substances)


def _moments(anchor: Anchor | None, hours: Hours) -> tuple[int, ...]:
    match anchor:
        case Anchor.WAKE:
            return (0,)
        case Anchor.BED:
            return (hours.awake,)
        case Anchor.BREAKFAST:
            return hours.meals[:1]
        case Anchor.MEALS:
            return hours.meals
        case None:
            return ()


def _zones(place: Place, moments: tuple[int, ...], hours: Hours, near: int) -> tuple[Zones, int | None]:
    """Where the wish is granted, and the best moment, if one is better than the others."""
    if place.close is not None:
        best = max(0, moments[0] - place.close)
        return ((max(0, best - near), min(DAY - 1, best + near)),), best
    if place.not_within is not None or (place.before is not None and place.after is not None):
        before, after = place.before or place.not_within or 0, place.after or place.not_within or 0
        return _away(moments, before, after), None
    if place.before is not None:
        best = moments[0] - place.before
        night = (hours.awake + STEP, DAY - 1)
        return (*(((0, best),) if best >= 0 else ()), night), max(0, best)
    best = moments[-1] + (place.after or 0)
    return ((best, hours.awake),) if best <= hours.awake else (), min(best, hours.awake)


def _away(moments: tuple[int, ...], before: int, after: int) -> Zones:
    """Everything but the hours around `moments`."""
    return free_around((moment, before, after) for moment in moments)
