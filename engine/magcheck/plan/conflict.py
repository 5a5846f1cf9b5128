"""Why is there no day? The smallest set of hard constraints that cannot live together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.plan.solver import constraints_kept, constraints_of, smallest_hitting_set, solve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.knowledge.entries import Planning
    from magcheck.plan.problem import DayProblem, DoseTimes
    from magcheck.plan.solver import Constraint

MOST_TRIES = 12
"""Days that are looked at in search of a smaller conflict: counted, not timed."""


def smallest_conflict(problem: DayProblem, planning: Planning) -> tuple[Constraint, ...]:
    """An irreducible set of constraints: it has no day, and without any one of them it has one.

    It is the smallest, unless the day is so crowded that the search for a smaller one is given up. Whatever is
    left out to make a day must hold a constraint of every conflict. So the smallest set that shares a constraint
    with all that was left out so far is a conflict itself, or has a day and shows what else can be left out.
    """
    every = constraints_of(problem)
    irreducible = _irreducible(problem, planning)
    left_out: list[frozenset[Constraint]] = []
    for _ in range(MOST_TRIES):
        candidate = smallest_hitting_set(left_out, every)
        if candidate is None or len(candidate) >= len(irreducible):
            return irreducible
        solution = solve(problem, planning, candidate, wishes=False)
        if solution.times is None:
            return candidate if solution.impossible else irreducible
        left_out.append(frozenset(every) - _grown(solution.times, every, problem, planning))
    return irreducible


def _irreducible(problem: DayProblem, planning: Planning) -> tuple[Constraint, ...]:
    """The smallest of those of two regimens that cannot live together, if there are any; else one of all."""
    conflicts: list[tuple[Constraint, ...]] = []
    for pair in dict.fromkeys((gap.first, gap.second) for gap in problem.gaps):
        alone = problem.without_doses_of(set(range(len(problem.regimens))).difference(pair))
        constraints = [it for it in constraints_of(problem) if _is_about(it, pair, problem)]
        if _is_impossible(constraints, alone, planning):
            conflicts += [_reduced(order, alone, planning) for order in (constraints, constraints[::-1])]
    conflicts = conflicts or [_reduced(constraints_of(problem), problem, planning)]
    return min(conflicts, key=lambda constraints: (len(constraints), constraints))


def _is_about(constraint: Constraint, pair: tuple[int, int], problem: DayProblem) -> bool:
    kind, index = constraint
    if kind == "gap":
        return {problem.gaps[index].first, problem.gaps[index].second} == set(pair)
    return kind == "awake" or index in pair


def _reduced(constraints: Sequence[Constraint], problem: DayProblem, planning: Planning) -> tuple[Constraint, ...]:
    """Leave out one constraint after the other, for good where there is still no day without it."""
    left = list(constraints)
    for constraint in constraints:
        fewer = [other for other in left if other != constraint]
        if _is_impossible(fewer, problem, planning):
            left = fewer
    return tuple(sorted(left))


def _is_impossible(constraints: Iterable[Constraint], problem: DayProblem, planning: Planning) -> bool:
    """Proven; a search that ended early proves nothing."""
    return solve(problem, planning, constraints, wishes=False).impossible


def _grown(
    day: DoseTimes, every: Sequence[Constraint], problem: DayProblem, planning: Planning
) -> frozenset[Constraint]:
    """What `day` keeps, and what can be added: many constraints at once, and fewer where they are too many."""
    kept = constraints_kept(day, problem, planning)
    waiting = [tuple(constraint for constraint in every if constraint not in kept)]
    while waiting:
        added = [constraint for constraint in waiting.pop() if constraint not in kept]
        better = solve(problem, planning, kept.union(added), wishes=False).times if added else None
        if better:
            kept = constraints_kept(better, problem, planning)
        elif len(added) > 1:
            half = len(added) // 2
            waiting += [tuple(added[half:]), tuple(added[:half])]
    return kept
