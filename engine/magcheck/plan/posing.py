"""What do the findings and the person's day ask of a plan? The checked situation in, a task out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.fact_names import PROPERTIES
from magcheck.core.time_of_day import DAY
from magcheck.facts.dose import intakes
from magcheck.inference.program import Outcome, Scope
from magcheck.knowledge.conditions import Taking
from magcheck.knowledge.naming import placed, placed_around
from magcheck.knowledge.rule import OTHER_MEDICINES, Anchor
from magcheck.plan.problem import STEP, Apart, Line, Task, Wish, hours_of
from magcheck.profile import Frequency, Route
from magcheck.report import Subject
from magcheck.terminology.magnesium_salts import property_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Fact
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Place, Rule
    from magcheck.plan.problem import Hours
    from magcheck.profile import Day


@dataclass(frozen=True)
class Posed:
    """The task, and what stands beside it."""

    task: Task
    as_needed: tuple[Line, ...]
    needed_gaps: tuple[Apart, ...]
    """Gaps with something that is taken as needed: its number counts on from the lines of the task."""
    needed_better: tuple[Apart, ...]
    """The same, kept where hours are left: stricter gaps, and those of the pages' own wishes."""
    days_apart: tuple[int, ...]
    """Numbers of lines that are not taken every day, and that ask for a day of their own."""
    uncounted: tuple[str, ...]
    """Names of what nobody said how often it is taken."""
    left_alone: tuple[str, ...]
    """Names of what is not swallowed and has no times."""
    only_thought_of: str
    """Name of the magnesium that nobody listed; empty where some was."""


def read(evaluation: Evaluation, day: Day) -> Posed:
    """Lines in an order of their own, so that the order of the list does not matter."""
    situation, book = evaluation.situation, evaluation.book
    hours = hours_of(day, book.planning)
    spaced = {place for gap in _gaps(evaluation, Outcome.FIRES) for place in (gap.first, gap.second)}
    listed = [place for place, one in enumerate(situation.taken) if place in spaced or _is_planned_for(one)]
    lines = {place: _line(situation.taken[place], situation, hours) for place in listed}
    order = sorted(lines, key=lambda p: (lines[p].often is Frequency.AS_NEEDED, *lines[p].key()))
    number = {place: new for new, place in enumerate(order)}
    scheduled = tuple(lines[p] for p in order if lines[p].often is not Frequency.AS_NEEDED)
    gaps = _renumbered(_gaps(evaluation, Outcome.FIRES), number)
    better = _renumbered([*_preferred(evaluation), *_perhaps(evaluation)], number)
    every_page_gap = _renumbered(_page_gaps(evaluation, listed), number)
    last = len(scheduled)
    seldom = {place for place, line in enumerate(scheduled) if line.often is not Frequency.DAILY}
    days_apart = [gap for gap in every_page_gap if {gap.first, gap.second} <= seldom]
    page_gaps = tuple(gap for gap in every_page_gap if gap not in days_apart)
    return Posed(
        task=Task(
            hours=hours,
            lines=scheduled,
            gaps=_within(gaps, last),
            better=_within(better, last),
            page_gaps=_within(page_gaps, last),
            wishes=tuple(wish for wish in _wishes(evaluation, listed, number, hours) if wish.line < last),
        ),
        as_needed=tuple(lines[p] for p in order[last:]),
        needed_gaps=_beyond(gaps, last),
        needed_better=_beyond((*better, *page_gaps), last),
        days_apart=tuple(sorted({place for gap in days_apart for place in (gap.first, gap.second)})),
        uncounted=tuple(lines[p].name for p in order[:last] if _is_uncounted(situation.taken[p])),
        left_alone=tuple(
            _name(one) for one in situation.taken if one.found.route is not Route.ORAL and not one.item.times
        ),
        only_thought_of=next((_name(one) for one in situation.taken if one.planned), ""),
    )


def _is_planned_for(one: RecognisedItem) -> bool:
    return one.found.route is Route.ORAL or bool(one.item.times)


def _is_uncounted(one: RecognisedItem) -> bool:
    item = one.item
    told = item.times or item.per_day is not None or one.planned
    return not told and item.frequency is Frequency.DAILY


def _name(one: RecognisedItem) -> str:
    meaning = one.found.meaning
    single = len(meaning.substances) + len(meaning.others) == 1 and meaning.substances
    return meaning.substances[0].name if single else meaning.label


def _line(one: RecognisedItem, situation: Situation, hours: Hours) -> Line:
    told = tuple(sorted(hours.since_wake(clock) for clock in one.item.times))
    name = _name(one)
    twins = [other for other in situation.taken if _name(other) == name]
    shown = f"{name} ({one.told})" if len(twins) > 1 and one.told != name else name
    return Line(
        name=shown,
        subject=Subject(list=one.list, index=_index(one, situation), input=one.told, is_=name),
        count=intakes(one.item),
        told=told,
        fixed=frozenset(range(len(told))) if one.item.fixed else frozenset(),
        often=one.item.frequency,
        prescribed=one.list == "medications",
        magnesium=bool(one.salts),
    )


def _index(one: RecognisedItem, situation: Situation) -> int:
    """The magnesium that is only thought of stands behind the list."""
    if not one.planned:
        return one.origin
    others = [other.index for other in situation.taken if other.list == one.list and not other.planned]
    unread = [other.index for other in situation.unread if other.list == one.list]
    return max([*others, *unread], default=-1) + 1


def _pages(evaluation: Evaluation, outcome: Outcome) -> Iterator[tuple[Rule, Fact]]:
    for page, _, fact in evaluation.holding(outcome):
        if page.separate and page.separate.before is not None and fact.scope is Scope.PAIR:
            yield page, fact


def _apart(page: Rule, fact: Fact, before: int, after: int) -> Apart:
    return Apart(fact.medicine or 0, fact.product or 0, before, after, page.id, _form(page))


def _form(page: Rule) -> str:
    takings = [line for line in page.when if isinstance(line, Taking) and not line.elsewhere]
    return next((name for taking in takings for name in taking.names if name in PROPERTIES), "")


def _gaps(evaluation: Evaluation, outcome: Outcome) -> list[Apart]:
    return [
        _apart(page, fact, page.separate.before or 0, page.separate.after or 0)
        for page, fact in _pages(evaluation, outcome)
        if page.separate
    ]


def _preferred(evaluation: Evaluation) -> Iterator[Apart]:
    for page, fact in _pages(evaluation, Outcome.FIRES):
        if page.separate and page.separate.preferred:
            yield _apart(page, fact, page.separate.preferred.before, page.separate.preferred.after)


def _perhaps(evaluation: Evaluation) -> Iterator[Apart]:
    """Gaps that an answer which is missing could ask for: kept where there is room."""
    sure = set(_gaps(evaluation, Outcome.FIRES))
    return (gap for gap in _gaps(evaluation, Outcome.POSSIBLE) if gap not in sure)


def _renumbered(gaps: Iterable[Apart], number: dict[int, int]) -> tuple[Apart, ...]:
    """Each gap once, in the order of the lines."""
    found = {
        Apart(number[gap.first], number[gap.second], gap.before, gap.after, gap.rule, gap.form)
        for gap in gaps
        if gap.first in number and gap.second in number
    }
    return tuple(sorted(found, key=lambda g: (g.first, g.second, g.before, g.after, g.rule)))


def _within(gaps: tuple[Apart, ...], last: int) -> tuple[Apart, ...]:
    return tuple(gap for gap in gaps if gap.first < last and gap.second < last)


def _beyond(gaps: tuple[Apart, ...], last: int) -> tuple[Apart, ...]:
    return tuple(gap for gap in gaps if gap.first >= last or gap.second >= last)


def _places(evaluation: Evaluation) -> dict[str, Place]:
    """The wishes of the pages that hold for this person."""
    return {page.id: page.place for page, _, _ in evaluation.holding(Outcome.FIRES) if page.place}


def _is(one: RecognisedItem, name: str, book: RuleBook) -> bool:
    """Is it swallowed, and called or classed `name`?"""
    if one.found.route is not Route.ORAL:
        return False
    if name == OTHER_MEDICINES:
        return True
    if name in PROPERTIES:
        return bool(one.salts) and property_interval(one.salts, book.forms, PROPERTIES[name]) == (1, 1)
    selector = book.vocabulary.selector(name)
    return any(selector in substance.selectors for substance in one.found.meaning.substances)


def _spoken_of(rule: Rule) -> tuple[str, str | None]:
    """What is placed, and what it is kept away from; a checker refuses a page that does not say the first."""
    return placed(rule) or "", placed_around(rule)


def _page_gaps(evaluation: Evaluation, listed: list[int]) -> Iterator[Apart]:
    taken, book = evaluation.situation.taken, evaluation.book
    for rule, place in _places(evaluation).items():
        take, around = _spoken_of(book.rules_by_id[rule])
        if around:
            for first in (p for p in listed if _is(taken[p], take, book)):
                for second in (p for p in listed if p != first and _is(taken[p], around, book)):
                    yield Apart(first, second, place.before or 0, place.after or 0, rule)


def _wishes(evaluation: Evaluation, listed: list[int], number: dict[int, int], hours: Hours) -> list[Wish]:
    found: list[Wish] = []
    for rule, place in _places(evaluation).items():
        moments = _moments(place.anchor, hours)
        if moments:
            zones, best = _zones(place, moments, hours, evaluation.book.planning.close)
            take, _ = _spoken_of(evaluation.book.rules_by_id[rule])
            lines = [number[p] for p in listed if _is(evaluation.situation.taken[p], take, evaluation.book)]
            found += [Wish(line, rule, zones, best) for line in lines]
    return sorted(found, key=lambda wish: (wish.line, wish.rule))


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


Zones = tuple[tuple[int, int], ...]


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
    free = [
        all((moment - time) % DAY >= before and (time - moment) % DAY >= after for moment in moments)
        for time in range(DAY)
    ]
    return spans(free)


def spans(free: list[bool]) -> Zones:
    """The runs of minutes that are free, first and last minute included."""
    starts = [t for t, is_free in enumerate(free) if is_free and (t == 0 or not free[t - 1])]
    ends = [t for t, is_free in enumerate(free) if is_free and (t + 1 == len(free) or not free[t + 1])]
    return tuple(zip(starts, ends, strict=True))
