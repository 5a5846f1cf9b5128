"""Is "impossible" true? Brute force over every hour of the day says the same, and of every part of a conflict."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from magcheck.knowledge.load import load_rules
from magcheck.plan.conflict import smallest_conflict
from magcheck.plan.problem import DayProblem, Hours, MinimumGap, Regimen
from magcheck.plan.repairs import repairs
from magcheck.plan.solver import Solution, constraints_of, solve
from magcheck.profile import Frequency
from magcheck.report import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.entries import Planning
    from magcheck.plan.repairs import Repair

STEP, DAY = 120, 1440
MOST = 5
PLANNING = load_rules().planning


def small_problem(number: int) -> DayProblem:
    """Everything lies on even hours, so that a day exists on even hours or not at all."""
    rnd = random.Random(number)
    awake = rnd.choice((4, 8, 8)) * STEP
    hours = Hours(wake=0, awake=awake, meals=(0,), are_given=rnd.random() < 0.8, meals_are_given=True)
    regimens = tuple(_regimen(rnd, name, awake) for name in range(rnd.randint(2, 3)))
    while sum(regimen.count for regimen in regimens) > MOST:
        regimens = tuple(_regimen(rnd, name, awake) for name in range(len(regimens)))
    pairs = [(a, b) for a in range(len(regimens)) for b in range(len(regimens)) if a != b and rnd.random() < 0.5]
    gaps = tuple(MinimumGap(a, b, rnd.randint(1, 4) * STEP, rnd.randint(1, 4) * STEP, "a-page") for a, b in pairs)
    return DayProblem(hours, regimens, gaps, (), (), ())


def _regimen(rnd: random.Random, name: int, awake: int) -> Regimen:
    count = rnd.choice((1, 2, 3))
    told = tuple(sorted(rnd.sample(range(0, awake + 1, STEP), count))) if rnd.random() < 0.5 else ()
    return Regimen(
        name=str(name),
        subject=Subject(list="supplements", index=name, input=str(name), is_=str(name)),
        count=count,
        given=told,
        fixed=frozenset(range(len(told))) if rnd.random() < 0.6 else frozenset(),
        frequency=Frequency.DAILY,
        prescribed=False,
        magnesium=True,
    )


def has_day(problem: DayProblem, rules: Iterable[tuple[str, int]]) -> bool:
    """Try every even hour for every dose."""
    kept = set(rules)
    return any(True for _ in _days(problem, kept, []))


def _days(
    problem: DayProblem, rules: set[tuple[str, int]], placed: list[tuple[int, int]]
) -> Iterator[list[tuple[int, int]]]:
    doses = [(place, number) for place, regimen in enumerate(problem.regimens) for number in range(regimen.count)]
    if len(placed) == len(doses):
        yield placed
        return
    place, number = doses[len(placed)]
    for time in _hours(problem, rules, place, number):
        with_it = [*placed, (place, time)]
        if _agrees(problem, rules, with_it):
            yield from _days(problem, rules, with_it)


def _hours(problem: DayProblem, rules: set[tuple[str, int]], place: int, number: int) -> list[int]:
    regimen = problem.regimens[place]
    if regimen.given and number in regimen.fixed and ("fixed", place) in rules:
        return [regimen.given[number]]
    last = problem.hours.awake if ("awake", 0) in rules else DAY - STEP
    return sorted({*range(0, last + 1, STEP), *regimen.given[number : number + 1]})


def _agrees(problem: DayProblem, rules: set[tuple[str, int]], placed: list[tuple[int, int]]) -> bool:
    """Does the last dose agree with all before it?"""
    last, time = placed[-1]
    for place, other in placed[:-1]:
        if place == last:
            least = _least(problem, place) if ("doses", place) in rules else 0
            if min((time - other) % DAY, (other - time) % DAY) < least or time < other:
                return False
        for number, gap in enumerate(problem.gaps):
            if ("gap", number) in rules and {gap.first, gap.second} == {place, last}:
                first, second = (time, other) if gap.first == last else (other, time)
                if (second - first) % DAY < gap.before or (first - second) % DAY < gap.after:
                    return False
    return True


def _least(problem: DayProblem, place: int) -> int:
    """Half of an even spacing, and no more than the given times keep."""
    regimen = problem.regimens[place]
    even = min(DAY // regimen.count, problem.hours.awake // (regimen.count - 1)) // 2
    own = [min((b - a) % DAY, (a - b) % DAY) for n, a in enumerate(regimen.given) for b in regimen.given[n + 1 :]]
    return min([even // 5 * 5, *own])


@pytest.mark.parametrize("first", range(0, 600, 50))
def test_brute_force_agrees_and_every_conflict_is_irreducible(first: int) -> None:
    impossible = 0
    for number in range(first, first + 50):
        problem = small_problem(number)
        solution = solve(problem, PLANNING)
        assert (solution.times is not None) == has_day(problem, constraints_of(problem)), number
        if solution.times is None:
            assert solution.impossible
            impossible += 1
            parts = smallest_conflict(problem, PLANNING)
            assert not has_day(problem, parts), number
            for part in parts:
                assert has_day(problem, [other for other in parts if other != part]), (number, part)
    assert impossible > 5


def test_a_search_that_proves_nothing_leaves_out_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = next(problem for problem in map(small_problem, range(600)) if solve(problem, PLANNING).impossible)
    monkeypatch.setattr("magcheck.plan.conflict.solve", lambda *_, **__: Solution(None, impossible=False))
    assert set(smallest_conflict(problem, PLANNING)) == set(constraints_of(problem))


@pytest.mark.parametrize("first", range(0, 200, 100))
def test_another_gap_never_makes_an_impossible_day_possible(first: int) -> None:
    for number in range(first, first + 100):
        problem = small_problem(number)
        fewer = DayProblem(problem.hours, problem.regimens, problem.gaps[:-1], (), (), ())
        if solve(fewer, PLANNING, wishes=False).impossible:
            assert solve(problem, PLANNING, wishes=False).impossible


def test_a_gap_longer_than_a_day_is_impossible_and_says_so() -> None:
    problem = small_problem(1)
    gap = MinimumGap(0, 1, 7 * STEP, 7 * STEP, "a-page")
    regimens = tuple(_regimen(random.Random(7), place, 8 * STEP) for place in range(2))
    assert solve(DayProblem(problem.hours, regimens, (gap,), (), (), ()), PLANNING).impossible


@pytest.mark.parametrize("first", range(0, 100, 50))
def test_a_gap_on_one_side_only_still_keeps_two_doses_from_the_same_minute(first: int) -> None:
    for number in range(first, first + 50):
        problem = small_problem(number)
        gaps = tuple(
            MinimumGap(gap.first, gap.second, gap.before * (place % 2), gap.after * (1 - place % 2), gap.rule)
            for place, gap in enumerate(problem.gaps)
        )
        times = solve(DayProblem(problem.hours, problem.regimens, gaps, (), (), ()), PLANNING).times
        for gap in gaps if times else ():
            pairs = [(a, b) for a in times[gap.first] for b in times[gap.second]] if times else []
            assert all(gap.keeps(a, b) for a, b in pairs), number


def test_the_best_day_is_only_looked_for_after_a_change_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[bool] = []

    def counted(problem: DayProblem, planning: Planning, *, wishes: bool = True) -> Solution:
        sought.append(wishes)
        return solve(problem, planning, wishes=wishes)

    monkeypatch.setattr("magcheck.plan.repairs.solve", counted)
    shown = sum(1 for number in range(100) for repair in _repairs_of(number) if repair.times)
    assert sum(sought) == shown > 0
    assert len(sought) > 2 * shown


def test_a_change_that_helps_tells_its_times_even_where_the_best_day_is_not_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without_best(problem: DayProblem, planning: Planning, *, wishes: bool = True) -> Solution:
        return Solution(None, impossible=False) if wishes else solve(problem, planning, wishes=False)

    known = [repairs for number in range(100) if (repairs := _repairs_of(number))]
    monkeypatch.setattr("magcheck.plan.repairs.solve", without_best)
    hurried = [repairs for number in range(100) if (repairs := _repairs_of(number))]
    assert [[(it.kind, bool(it.times)) for it in each] for each in hurried] == [
        [(it.kind, bool(it.times)) for it in each] for each in known
    ]


def test_where_the_smallest_set_is_not_proven_the_conflict_is_irreducible(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = next(problem for problem in map(small_problem, range(600)) if solve(problem, PLANNING).impossible)
    monkeypatch.setattr("magcheck.plan.conflict.smallest_hitting_set", lambda *_: None)
    parts = smallest_conflict(problem, PLANNING)
    assert not has_day(problem, parts)
    assert all(has_day(problem, [other for other in parts if other != part]) for part in parts)


def _repairs_of(number: int) -> tuple[Repair, ...]:
    problem = small_problem(number)
    return repairs(problem, PLANNING) if solve(problem, PLANNING, wishes=False).impossible else ()
