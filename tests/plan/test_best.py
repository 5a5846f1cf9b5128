"""Is the day that is proposed the best one? Every day that is allowed is tried, and none loses fewer points."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from magcheck.knowledge.load import load_rules
from magcheck.plan.problem import DayProblem, Hours, MinimumGap, Regimen, Wish
from magcheck.plan.solver import solve
from magcheck.profile import Frequency
from magcheck.report import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.plan.problem import DoseTimes

DAY = 1440
PLANNING = load_rules().planning
WEIGHTS = PLANNING.weights


def loss(problem: DayProblem, times: DoseTimes) -> float:
    """The points that rules/planning.yaml takes away for this day."""
    points: float = WEIGHTS.occasion.missed * len({time for own in times for time in own})
    for gaps, weight in ((problem.better_gaps, WEIGHTS.preferred_gap), (problem.page_gaps, WEIGHTS.page_gap)):
        for gap in gaps:
            pairs = product(times[gap.first], times[gap.second])
            points += weight.missed * sum(not _apart(gap, first, second) for first, second in pairs)
    bound = {index for gap in (*problem.gaps, *problem.soft_gaps) for index in (gap.first, gap.second)}
    for index, regimen in enumerate(problem.regimens):
        if not regimen.given or index in bound:
            points += sum(_loss_of_dose(problem, index, number, time) for number, time in enumerate(times[index]))
            points += _unevenness(problem, regimen, times[index])
    return points


def _apart(gap: MinimumGap, first: int, second: int) -> bool:
    """Together is never apart, not even where a gap asks for no hours on one side."""
    return first != second and (second - first) % DAY >= gap.before and (first - second) % DAY >= gap.after


def _loss_of_dose(problem: DayProblem, index: int, number: int, time: int) -> float:
    regimen, hours = problem.regimens[index], problem.hours
    wishes = [wish for wish in problem.wishes if wish.regimen == index]
    points = 0.0
    if not hours.are_given and time > hours.awake and time not in regimen.given:
        points += WEIGHTS.asleep.missed
    if regimen.given:
        weight = WEIGHTS.moved_medicine if regimen.prescribed else WEIGHTS.moved_supplement
        away = abs(time - regimen.given[number])
        points += weight.missed * (away > 0) + weight.each_5_min * away / 5
    for wish in wishes:
        points += WEIGHTS.page_wish.missed * (not _within(wish, time))
        points += 0 if wish.best is None else WEIGHTS.page_wish.each_5_min * abs(time - wish.best) / 5
    meals = [meal for meal in hours.meals if all(_within(wish, meal) for wish in wishes)]
    if meals and not regimen.given:
        points += WEIGHTS.meal.missed * (time not in meals)
    return points


def _within(wish: Wish, time: int) -> bool:
    return any(low <= time <= high for low, high in wish.zones)


def _unevenness(problem: DayProblem, regimen: Regimen, own: tuple[int, ...]) -> float:
    if regimen.count < 2:
        return 0
    even = min(DAY // regimen.count, problem.hours.awake // (regimen.count - 1)) // 5 * 5
    return sum(abs(later - earlier - even) for earlier, later in combinations(own, 2)) * (
        WEIGHTS.uneven.each_5_min / 5
    )


def allowed(problem: DayProblem) -> Iterable[DoseTimes]:
    """Every day on five minutes in which only the first regimen moves, if it has to, and no hard gap is broken."""
    free, *others = problem.regimens
    if free.given and not any(gap.is_about(0) for gap in (*problem.gaps, *problem.soft_gaps)):
        yield problem.given_times
        return
    awake = problem.hours.awake if problem.hours.are_given else DAY - 5
    hours = sorted({*range(0, awake + 1, 5), *free.given})
    least = 0
    if free.count > 1:
        even = min(DAY // free.count, problem.hours.awake // (free.count - 1))
        wanted = even * PLANNING.least_spacing_percent // 100 // 5 * 5
        own = [min((b - a) % DAY, (a - b) % DAY) for a, b in combinations(free.given, 2)]
        least = min([wanted, *own])
    for doses in combinations(hours, free.count):
        if free.count > 1 and not least <= doses[-1] - doses[0] <= DAY - least:
            continue
        times = (doses, *(other.given for other in others))
        if all(_apart(gap, a, b) for gap in problem.gaps for a, b in product(times[gap.first], times[gap.second])):
            yield times


def problem_of(number: int, count: int) -> DayProblem:
    """One thing that may move beside two that may not."""
    rnd = random.Random(number)
    awake = rnd.choice((400, 500, 600)) if count > 1 else rnd.choice((600, 900, 960))
    meals = tuple(sorted(rnd.sample(range(0, awake, 15), rnd.randint(0, 3))))
    hours = Hours(rnd.randrange(0, DAY, 5), awake, meals, count > 1 or rnd.random() < 0.6, meals_are_given=True)
    free = _regimen(rnd, 0, count, awake, is_fixed=False)
    fixed = [_regimen(rnd, index, rnd.randint(1, 2), awake, is_fixed=True) for index in (1, 2)]
    wishes = [Wish(0, f"page-{n}", _zones(rnd, awake), rnd.choice((None, _time(rnd, awake)))) for n in range(2)]
    return DayProblem(
        hours,
        (free, *fixed),
        tuple(_gap(rnd, 60) for _ in range(rnd.randint(0, 1))),
        tuple(_gap(rnd, 180) for _ in range(rnd.randint(0, 2))),
        tuple(_gap(rnd, 180) for _ in range(rnd.randint(0, 1))),
        tuple(wishes[: rnd.randint(0, 2)]),
    )


def _time(rnd: random.Random, awake: int) -> int:
    return rnd.randrange(0, awake + 1, 5)


def _zones(rnd: random.Random, awake: int) -> tuple[tuple[int, int], ...]:
    low, high = sorted((_time(rnd, awake), _time(rnd, awake)))
    return ((low, high), (awake + 5, DAY - 1))[: rnd.randint(1, 2)]


def _gap(rnd: random.Random, most: int) -> MinimumGap:
    other, before, after = rnd.randint(1, 2), rnd.randrange(0, most, 5), rnd.randrange(5, most, 5)
    return rnd.choice(
        (MinimumGap(0, other, before, after, "a-page"), MinimumGap(other, 0, before, after, "a-page"))
    )


def _regimen(rnd: random.Random, index: int, count: int, awake: int, *, is_fixed: bool) -> Regimen:
    is_given = is_fixed or rnd.random() < 0.5
    given = tuple(sorted(rnd.sample(range(0, awake + 1, 5), count))) if is_given else ()
    return Regimen(
        name=str(index),
        subject=Subject(list="supplements", index=index, input=str(index), is_=str(index)),
        count=count,
        given=given,
        fixed=frozenset(range(count)) if is_fixed else frozenset(),
        frequency=Frequency.DAILY,
        prescribed=rnd.random() < 0.5,
        magnesium=index == 0,
    )


@pytest.mark.parametrize(("count", "number"), [*product([1], range(40)), *product([2], range(12))])
def test_no_day_loses_fewer_points(count: int, number: int) -> None:
    problem = problem_of(number, count)
    days = list(allowed(problem))
    found = solve(problem, PLANNING)
    assert found.impossible == (not days)
    if found.times is not None:
        assert found.times in days
        assert loss(problem, found.times) == min(loss(problem, times) for times in days)


@pytest.mark.parametrize("room", [5, 60, 300])
@pytest.mark.parametrize("unit", [1, 5])
def test_the_first_and_the_last_minute_awake_can_be_used_and_none_beyond(room: int, unit: int) -> None:
    """A gap that has just enough room before a fixed dose, or behind it, and one that is a step longer."""
    awake = 600
    hours = Hours(420, awake, (), are_given=True, meals_are_given=True)
    free = _regimen(random.Random(1), 0, 1, awake, is_fixed=True)
    free = replace(free, given=(), fixed=frozenset())
    for at, first, second in ((room, 0, 1), (awake - room, 1, 0)):
        fixed = replace(free, name="1", given=(at,), fixed=frozenset({0}))
        for wanted, day in ((room, 0 if first == 0 else awake), (room + unit, None)):
            gap = MinimumGap(first, second, wanted, awake + unit, "a-page")
            times = solve(DayProblem(hours, (free, fixed), (gap,), (), (), ()), PLANNING).times
            assert times == (None if day is None else ((day,), (at,)))
