"""Why is there no day? The smallest set of rules that cannot live together, and the least changes that help."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from magcheck.plan.solver import kept_by, rules_of, sharing_with_each, solve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.knowledge.entries import Planning
    from magcheck.plan.problem import Line, Task, Times
    from magcheck.plan.solver import HardRule

KINDS = ("move", "form", "fewer", "skip")
"""From the least change to the greatest."""


MOST_TRIES = 12
"""Days that are looked at in search of a smaller conflict."""
ALL = -1
"""In place of the number of a dose: every dose of the line."""


@dataclass(frozen=True, slots=True)
class Way:
    """A changed task that has a day."""

    kind: Literal["move", "form", "fewer", "skip"]
    lines: tuple[int, ...]
    """Numbers of the changed lines in the task as it was."""
    count: int
    """Doses a day that are left of a line that is taken less often."""
    dose: int
    """Number of the dose that gets another hour."""
    form: str
    times: tuple[int, ...]
    """Of the changed line, in the new day."""


def conflict(task: Task, planning: Planning) -> tuple[HardRule, ...]:
    """An irreducible set of rules: it has no day, and without any one of them it has one.

    It is the smallest, unless the day is so crowded that the search for a smaller one is given up. Whatever is
    left out to make a day must hold a rule of every conflict. So the smallest set that shares a rule with all that
    was left out so far is a conflict itself, or has a day and shows what else can be left out.
    """
    every = rules_of(task)
    found = _irreducible(task, planning)
    left_out: list[frozenset[HardRule]] = []
    for _ in range(MOST_TRIES):
        smallest = sharing_with_each(left_out, every)
        if len(smallest) >= len(found):
            return found
        solution = solve(task, planning, smallest, wishes=False)
        if solution.times is None:
            return smallest if solution.impossible else found
        left_out.append(frozenset(every) - _grown(solution.times, every, task, planning))
    return found


def _irreducible(task: Task, planning: Planning) -> tuple[HardRule, ...]:
    """The smallest of those of two lines that cannot live together, if there are any; else one of all lines."""
    found: list[tuple[HardRule, ...]] = []
    for pair in dict.fromkeys((gap.first, gap.second) for gap in task.gaps):
        alone = without(task, set(range(len(task.lines))).difference(pair))
        rules = [rule for rule in rules_of(task) if _is_about(rule, pair, task)]
        if _is_impossible(rules, alone, planning):
            found += [_reduced(order, alone, planning) for order in (rules, rules[::-1])]
    found = found or [_reduced(rules_of(task), task, planning)]
    return min(found, key=lambda rules: (len(rules), rules))


def _is_about(rule: HardRule, pair: tuple[int, int], task: Task) -> bool:
    kind, place = rule
    if kind == "gap":
        return {task.gaps[place].first, task.gaps[place].second} == set(pair)
    return kind == "awake" or place in pair


def _reduced(rules: Sequence[HardRule], task: Task, planning: Planning) -> tuple[HardRule, ...]:
    """Leave out one rule after the other, for good where there is still no day without it."""
    left = list(rules)
    for rule in rules:
        fewer = [other for other in left if other != rule]
        if _is_impossible(fewer, task, planning):
            left = fewer
    return tuple(sorted(left))


def _is_impossible(rules: Iterable[HardRule], task: Task, planning: Planning) -> bool:
    """Proven; a search that ended early proves nothing."""
    return solve(task, planning, rules, wishes=False).impossible


def _grown(day: Times, every: Sequence[HardRule], task: Task, planning: Planning) -> frozenset[HardRule]:
    """What `day` keeps, and what can be added: many rules at once, and fewer where they are too many."""
    grown = kept_by(day, task, planning)
    waiting = [tuple(rule for rule in every if rule not in grown)]
    while waiting:
        some = [rule for rule in waiting.pop() if rule not in grown]
        better = solve(task, planning, grown.union(some), wishes=False).times if some else None
        if better:
            grown = kept_by(better, task, planning)
        elif len(some) > 1:
            waiting += [tuple(some[len(some) // 2 :]), tuple(some[: len(some) // 2])]
    return grown


def changes(task: Task, planning: Planning) -> tuple[Way, ...]:
    """Every single change of something that is not prescribed and alone makes a day; the least first."""
    ways = _that_help(_single(task), planning) or _that_help(_together(task), planning)
    return tuple(sorted(ways, key=lambda way: (KINDS.index(way.kind), way.lines)))


_Try: TypeAlias = "tuple[Way, Task, int | None]"
"""A change, the task after it, and the line whose new times are told."""


def _that_help(tries: Iterable[_Try], planning: Planning) -> list[Way]:
    """The first of each kind for the same lines; its day is only worked out where its times are told."""
    found: dict[tuple[str, tuple[int, ...]], Way] = {}
    for way, task, shown in tries:
        if (way.kind, way.lines) not in found and solve(task, planning, wishes=False).times:
            times = solve(task, planning).times if shown is not None else None
            found[way.kind, way.lines] = replace(way, times=times[shown]) if times and shown is not None else way
    return list(found.values())


def _single(task: Task) -> Iterator[_Try]:
    for place, line in enumerate(task.lines):
        if line.prescribed:
            continue
        for dose in sorted(line.fixed):
            freed = replace(line, fixed=line.fixed - {dose})
            yield Way("move", (place,), 0, dose, "", ()), _with(task, place, freed), place
        if len(line.fixed) > 1:
            freed = replace(line, fixed=frozenset())
            yield Way("move", (place,), 0, ALL, "", ()), _with(task, place, freed), place
        if line.magnesium:
            yield from _of_magnesium(task, place)


def _of_magnesium(task: Task, place: int) -> Iterator[_Try]:
    line = task.lines[place]
    for form in sorted({gap.form for gap in task.gaps if gap.second == place and gap.form}):
        gaps = tuple(gap for gap in task.gaps if gap.second != place or gap.form != form)
        yield Way("form", (place,), 0, 0, form, ()), replace(task, gaps=gaps), None
    for count in range(line.count - 1, 0, -1):
        fewer = replace(line, count=count, told=(), fixed=frozenset())
        yield Way("fewer", (place,), count, 0, "", ()), _with(task, place, fewer), place
    yield Way("skip", (place,), 0, 0, "", ()), without(task, {place}), None


def _together(task: Task) -> Iterator[_Try]:
    """Where no single change is enough: all fixed hours freed, or all magnesium left out."""
    own = [place for place, line in enumerate(task.lines) if not line.prescribed]
    freed = task
    for place in own:
        freed = _with(freed, place, replace(freed.lines[place], fixed=frozenset()))
    fixed = tuple(place for place in own if task.lines[place].fixed)
    if len(fixed) > 1:
        yield Way("move", fixed, 0, ALL, "", ()), freed, None
    magnesium = tuple(place for place in own if task.lines[place].magnesium)
    if len(magnesium) > 1:
        yield Way("skip", magnesium, 0, 0, "", ()), without(task, set(magnesium)), None


def _with(task: Task, place: int, line: Line) -> Task:
    lines = tuple(line if number == place else one for number, one in enumerate(task.lines))
    return replace(task, lines=lines)


def without(task: Task, places: set[int]) -> Task:
    """The task without the doses of some lines; they stay in the list, so that numbers keep their meaning."""
    for place in places:
        task = _with(task, place, replace(task.lines[place], count=0, told=(), fixed=frozenset()))
    return task
