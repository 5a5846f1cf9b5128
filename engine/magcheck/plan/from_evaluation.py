"""What do the findings and the person's day ask of a plan? The evaluation in, a problem out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.fact_names import PROPERTIES
from magcheck.facts.dose import intakes
from magcheck.inference.program import Outcome, Scope
from magcheck.knowledge.conditions import Taking
from magcheck.plan.problem import DayProblem, MinimumGap, Regimen, Wish, hours_of
from magcheck.plan.wishes import page_gaps, page_wishes, unknown_medicine_wishes
from magcheck.profile import Frequency, Route
from magcheck.report import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Fact
    from magcheck.knowledge.rule import Rule, Separate
    from magcheck.plan.problem import Hours
    from magcheck.profile import Day


@dataclass(frozen=True)
class PlanInput:
    """The problem, and what a plan says beside its solution."""

    problem: DayProblem
    as_needed: tuple[Regimen, ...]
    as_needed_gaps: tuple[MinimumGap, ...]
    """Gaps with something that is taken as needed: its index counts on from the regimens of the problem."""
    as_needed_better_gaps: tuple[MinimumGap, ...]
    """The same, kept where hours are left: stricter gaps, and those of the pages' own wishes."""
    days_apart: tuple[int, ...]
    """Indexes of regimens that are not taken every day, and that ask for a day of their own."""
    uncounted: tuple[str, ...]
    """Names of what nobody said how often it is taken."""
    left_alone: tuple[str, ...]
    """Names of what is not swallowed and has no times."""
    assumed_product: str
    """Name of the magnesium that nobody listed; empty where some was."""


@dataclass(frozen=True)
class _Order:
    """The regimens of one person in an order of their own, so that the order of the list does not matter.

    What is taken as needed comes last: it gets hours instead of a time, so the solver never sees it.
    """

    listed: list[int]
    """Positions in the person's list that are planned for, as listed."""
    regimens: tuple[Regimen, ...]
    index: dict[int, int]
    """Position in the person's list -> index among `regimens`."""
    scheduled: int
    """How many of `regimens` are not taken as needed."""


def plan_input(evaluation: Evaluation, day: Day) -> PlanInput:
    hours = hours_of(day, evaluation.book.planning)
    order = _ordered(evaluation, hours)
    gaps = _indexed(_gaps(evaluation, Outcome.FIRES), order)
    better = _indexed([*_preferred(evaluation), *_perhaps(evaluation)], order)
    soft, days_apart = _split_days_apart(_indexed(page_gaps(evaluation, order.listed), order), order)
    wishes = _indexed_wishes(evaluation, order, hours)
    items = evaluation.situation.taken
    end = order.scheduled
    return PlanInput(
        problem=DayProblem(
            hours=hours,
            regimens=order.regimens[:end],
            gaps=_scheduled(gaps, end),
            better_gaps=_scheduled(better, end),
            page_gaps=_scheduled(soft, end),
            wishes=wishes,
        ),
        as_needed=order.regimens[end:],
        as_needed_gaps=_with_as_needed(gaps, end),
        as_needed_better_gaps=_with_as_needed((*better, *soft), end),
        days_apart=days_apart,
        uncounted=_uncounted(items, order),
        left_alone=tuple(_name(it) for it in items if it.found.route is not Route.ORAL and not it.item.times),
        assumed_product=next((_name(item) for item in items if item.planned), ""),
    )


def _ordered(evaluation: Evaluation, hours: Hours) -> _Order:
    items = evaluation.situation.taken
    spaced = {position for gap in _gaps(evaluation, Outcome.FIRES) for position in (gap.first, gap.second)}
    listed = [position for position, item in enumerate(items) if position in spaced or _is_planned_for(item)]
    regimens = {position: _regimen(items[position], evaluation.situation, hours) for position in listed}

    def rank(position: int) -> tuple[object, ...]:
        regimen = regimens[position]
        return regimen.frequency is Frequency.AS_NEEDED, *regimen.key()

    order = sorted(regimens, key=rank)
    return _Order(
        listed=listed,
        regimens=tuple(regimens[position] for position in order),
        index={position: index for index, position in enumerate(order)},
        scheduled=sum(regimen.frequency is not Frequency.AS_NEEDED for regimen in regimens.values()),
    )


def _is_planned_for(item: RecognisedItem) -> bool:
    return item.found.route is Route.ORAL or bool(item.item.times)


def _uncounted(items: tuple[RecognisedItem, ...], order: _Order) -> tuple[str, ...]:
    scheduled = [(position, index) for position, index in order.index.items() if index < order.scheduled]
    return tuple(order.regimens[index].name for position, index in scheduled if _is_uncounted(items[position]))


def _is_uncounted(item: RecognisedItem) -> bool:
    is_counted = item.item.times or item.item.per_day is not None or item.planned
    return not is_counted and item.item.frequency is Frequency.DAILY


def _name(item: RecognisedItem) -> str:
    meaning = item.found.meaning
    single = len(meaning.substances) + len(meaning.others) == 1 and meaning.substances
    return meaning.substances[0].name if single else meaning.label


def _regimen(item: RecognisedItem, situation: Situation, hours: Hours) -> Regimen:
    given = tuple(sorted(hours.since_wake(clock) for clock in item.item.times))
    name = _name(item)
    twins = [other for other in situation.taken if _name(other) == name]
    return Regimen(
        name=f"{name} ({item.told})" if len(twins) > 1 and item.told != name else name,
        subject=Subject(list=item.list, index=_list_index(item, situation), input=item.told, is_=name),
        count=intakes(item.item),
        given=given,
        fixed=frozenset(range(len(given))) if item.item.fixed else frozenset(),
        frequency=item.item.frequency,
        prescribed=item.list == "medications",
        magnesium=bool(item.salts),
    )


def _list_index(item: RecognisedItem, situation: Situation) -> int:
    """The magnesium that is only thought of stands behind the list."""
    if not item.planned:
        return item.origin
    listed = [other.index for other in situation.taken if other.list == item.list and not other.planned]
    unread = [other.index for other in situation.unread if other.list == item.list]
    return max([*listed, *unread], default=-1) + 1


def _separations(evaluation: Evaluation, outcome: Outcome) -> Iterator[tuple[Rule, Separate, Fact]]:
    """Rules that hours can satisfy, with the pair that each is about."""
    for rule, _, fact in evaluation.holding(outcome):
        if rule.separate and rule.separate.before is not None and fact.scope is Scope.PAIR:
            yield rule, rule.separate, fact


def _gap(rule: Rule, fact: Fact, before: int, after: int) -> MinimumGap:
    return MinimumGap(fact.medicine or 0, fact.product or 0, before, after, rule.id, _form(rule))


def _form(rule: Rule) -> str:
    takings = [line for line in rule.when if isinstance(line, Taking) and not line.elsewhere]
    return next((name for taking in takings for name in taking.names if name in PROPERTIES), "")


def _gaps(evaluation: Evaluation, outcome: Outcome) -> list[MinimumGap]:
    return [
        _gap(rule, fact, separate.before or 0, separate.after or 0)
        for rule, separate, fact in _separations(evaluation, outcome)
    ]


def _preferred(evaluation: Evaluation) -> Iterator[MinimumGap]:
    for rule, separate, fact in _separations(evaluation, Outcome.FIRES):
        if separate.preferred:
            yield _gap(rule, fact, separate.preferred.before, separate.preferred.after)


def _perhaps(evaluation: Evaluation) -> Iterator[MinimumGap]:
    """Gaps that an answer which is missing could ask for: kept where there is room."""
    sure = set(_gaps(evaluation, Outcome.FIRES))
    return (gap for gap in _gaps(evaluation, Outcome.POSSIBLE) if gap not in sure)


def _indexed(gaps: Iterable[MinimumGap], order: _Order) -> tuple[MinimumGap, ...]:
    """Each gap once, between indexes of regimens instead of positions in the list, and in their order."""
    index = order.index
    indexed = {
        MinimumGap(index[gap.first], index[gap.second], gap.before, gap.after, gap.rule, gap.form)
        for gap in gaps
        if gap.first in index and gap.second in index
    }
    return tuple(sorted(indexed, key=lambda gap: (gap.first, gap.second, gap.before, gap.after, gap.rule)))


def _indexed_wishes(evaluation: Evaluation, order: _Order, hours: Hours) -> tuple[Wish, ...]:
    asked = (
        *page_wishes(evaluation, order.listed, hours),
        *unknown_medicine_wishes(evaluation, order.listed, hours),
    )
    wishes = [Wish(order.index[position], rule, zones, best) for position, rule, zones, best in asked]
    wishes.sort(key=lambda wish: (wish.regimen, wish.rule))
    return tuple(wish for wish in wishes if wish.regimen < order.scheduled)


def _split_days_apart(
    gaps: tuple[MinimumGap, ...], order: _Order
) -> tuple[tuple[MinimumGap, ...], tuple[int, ...]]:
    """The gaps of a day, and the regimens that need none because each is taken on a day of its own."""
    scheduled = enumerate(order.regimens[: order.scheduled])
    seldom = {index for index, regimen in scheduled if regimen.frequency is not Frequency.DAILY}
    apart = [gap for gap in gaps if {gap.first, gap.second} <= seldom]
    same_day = tuple(gap for gap in gaps if gap not in apart)
    return same_day, tuple(sorted({index for gap in apart for index in (gap.first, gap.second)}))


def _scheduled(gaps: tuple[MinimumGap, ...], end: int) -> tuple[MinimumGap, ...]:
    return tuple(gap for gap in gaps if gap.first < end and gap.second < end)


def _with_as_needed(gaps: tuple[MinimumGap, ...], end: int) -> tuple[MinimumGap, ...]:
    return tuple(gap for gap in gaps if gap.first >= end or gap.second >= end)
