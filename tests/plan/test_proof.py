"""Is "impossible" true? Brute force over every hour of the day says the same, and of every part of a conflict."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from magcheck.knowledge.load import load_rules
from magcheck.plan.conflict import changes, conflict
from magcheck.plan.problem import Apart, Hours, Line, Task
from magcheck.plan.solver import Solution, rules_of, solve
from magcheck.profile import Frequency
from magcheck.report import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.entries import Planning
    from magcheck.plan.conflict import Way

STEP, DAY = 120, 1440
MOST = 5
PLANNING = load_rules().planning


def small_task(number: int) -> Task:
    """Everything lies on even hours, so that a day exists on even hours or not at all."""
    rnd = random.Random(number)
    awake = rnd.choice((4, 8, 8)) * STEP
    hours = Hours(wake=0, awake=awake, meals=(0,), told=rnd.random() < 0.8, meals_told=True)
    lines = tuple(_line(rnd, name, awake) for name in range(rnd.randint(2, 3)))
    while sum(line.count for line in lines) > MOST:
        lines = tuple(_line(rnd, name, awake) for name in range(len(lines)))
    pairs = [(a, b) for a in range(len(lines)) for b in range(len(lines)) if a != b and rnd.random() < 0.5]
    gaps = tuple(Apart(a, b, rnd.randint(1, 4) * STEP, rnd.randint(1, 4) * STEP, "a-page") for a, b in pairs)
    return Task(hours, lines, gaps, (), (), ())


def _line(rnd: random.Random, name: int, awake: int) -> Line:
    count = rnd.choice((1, 2, 3))
    told = tuple(sorted(rnd.sample(range(0, awake + 1, STEP), count))) if rnd.random() < 0.5 else ()
    return Line(
        name=str(name),
        subject=Subject(list="supplements", index=name, input=str(name), is_=str(name)),
        count=count,
        told=told,
        fixed=frozenset(range(len(told))) if rnd.random() < 0.6 else frozenset(),
        often=Frequency.DAILY,
        prescribed=False,
        magnesium=True,
    )


def has_day(task: Task, rules: Iterable[tuple[str, int]]) -> bool:
    """Try every even hour for every dose."""
    kept = set(rules)
    return any(True for _ in _days(task, kept, []))


def _days(
    task: Task, rules: set[tuple[str, int]], placed: list[tuple[int, int]]
) -> Iterator[list[tuple[int, int]]]:
    doses = [(place, number) for place, line in enumerate(task.lines) for number in range(line.count)]
    if len(placed) == len(doses):
        yield placed
        return
    place, number = doses[len(placed)]
    for time in _hours(task, rules, place, number):
        with_it = [*placed, (place, time)]
        if _agrees(task, rules, with_it):
            yield from _days(task, rules, with_it)


def _hours(task: Task, rules: set[tuple[str, int]], place: int, number: int) -> list[int]:
    line = task.lines[place]
    if line.told and number in line.fixed and ("fixed", place) in rules:
        return [line.told[number]]
    last = task.hours.awake if ("awake", 0) in rules else DAY - STEP
    return sorted({*range(0, last + 1, STEP), *line.told[number : number + 1]})


def _agrees(task: Task, rules: set[tuple[str, int]], placed: list[tuple[int, int]]) -> bool:
    """Does the last dose agree with all before it?"""
    last, time = placed[-1]
    for place, other in placed[:-1]:
        if place == last:
            least = _least(task, place) if ("doses", place) in rules else 0
            if min((time - other) % DAY, (other - time) % DAY) < least or time < other:
                return False
        for number, gap in enumerate(task.gaps):
            if ("gap", number) in rules and {gap.first, gap.second} == {place, last}:
                first, second = (time, other) if gap.first == last else (other, time)
                if (second - first) % DAY < gap.before or (first - second) % DAY < gap.after:
                    return False
    return True


def _least(task: Task, place: int) -> int:
    """Half of an even spacing, and no more than the given times keep."""
    line = task.lines[place]
    even = min(DAY // line.count, task.hours.awake // (line.count - 1)) // 2
    own = [min((b - a) % DAY, (a - b) % DAY) for n, a in enumerate(line.told) for b in line.told[n + 1 :]]
    return min([even // 5 * 5, *own])


@pytest.mark.parametrize("first", range(0, 600, 50))
def test_brute_force_agrees_and_every_conflict_is_irreducible(first: int) -> None:
    impossible = 0
    for number in range(first, first + 50):
        task = small_task(number)
        solution = solve(task, PLANNING)
        assert (solution.times is not None) == has_day(task, rules_of(task)), number
        if solution.times is None:
            assert solution.impossible
            impossible += 1
            parts = conflict(task, PLANNING)
            assert not has_day(task, parts), number
            for part in parts:
                assert has_day(task, [other for other in parts if other != part]), (number, part)
    assert impossible > 5


def test_a_search_that_proves_nothing_leaves_out_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    task = next(task for task in map(small_task, range(600)) if solve(task, PLANNING).impossible)
    monkeypatch.setattr("magcheck.plan.conflict.solve", lambda *_, **__: Solution(None, impossible=False))
    assert set(conflict(task, PLANNING)) == set(rules_of(task))


@pytest.mark.parametrize("first", range(0, 200, 100))
def test_another_gap_never_makes_an_impossible_day_possible(first: int) -> None:
    for number in range(first, first + 100):
        task = small_task(number)
        fewer = Task(task.hours, task.lines, task.gaps[:-1], (), (), ())
        if solve(fewer, PLANNING, wishes=False).impossible:
            assert solve(task, PLANNING, wishes=False).impossible


def test_a_gap_longer_than_a_day_is_impossible_and_says_so() -> None:
    task = small_task(1)
    gap = Apart(0, 1, 7 * STEP, 7 * STEP, "a-page")
    lines = tuple(_line(random.Random(7), place, 8 * STEP) for place in range(2))
    assert solve(Task(task.hours, lines, (gap,), (), (), ()), PLANNING).impossible


@pytest.mark.parametrize("first", range(0, 100, 50))
def test_a_gap_on_one_side_only_still_keeps_two_doses_from_the_same_minute(first: int) -> None:
    for number in range(first, first + 50):
        task = small_task(number)
        gaps = tuple(
            Apart(gap.first, gap.second, gap.before * (place % 2), gap.after * (1 - place % 2), gap.rule)
            for place, gap in enumerate(task.gaps)
        )
        times = solve(Task(task.hours, task.lines, gaps, (), (), ()), PLANNING).times
        for gap in gaps if times else ():
            pairs = [(a, b) for a in times[gap.first] for b in times[gap.second]] if times else []
            assert all(gap.keeps(a, b) for a, b in pairs), number


def test_the_best_day_is_only_looked_for_after_a_change_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[bool] = []

    def counted(task: Task, planning: Planning, *, wishes: bool = True) -> Solution:
        sought.append(wishes)
        return solve(task, planning, wishes=wishes)

    monkeypatch.setattr("magcheck.plan.conflict.solve", counted)
    shown = sum(1 for number in range(100) for way in _ways(number) if way.times)
    assert sum(sought) == shown > 0
    assert len(sought) > 2 * shown


def _ways(number: int) -> tuple[Way, ...]:
    task = small_task(number)
    return changes(task, PLANNING) if solve(task, PLANNING, wishes=False).impossible else ()
