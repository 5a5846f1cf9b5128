"""Why is there no day? The smallest set of hard constraints that cannot live together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.plan.solver import constraints_kept, constraints_of, smallest_hitting_set, solve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.knowledge.entries import Planning
    from magcheck.plan.problem import DayProblem, DoseTimes
    from magcheck.plan.solver import Constraint, Solution

MOST_SOLVES = 400
"""After which no smaller conflict is looked for: counted, not timed, so that a slow machine names the same one."""


def smallest_conflict(problem: DayProblem, planning: Planning) -> tuple[Constraint, ...]:
    """An irreducible set of constraints: it has no day, and without any one of them it has one.

    It is the smallest, unless the day is so crowded that the search for a smaller one is given up.
    """
    search = _ConflictSearch(problem, planning)
    return search.smaller_than(search.irreducible())


class _ConflictSearch:
    """Counts its solves."""

    def __init__(self, problem: DayProblem, planning: Planning) -> None:
        self.problem, self.planning = problem, planning
        self.every = constraints_of(problem)
        self.solves = 0

    def irreducible(self) -> tuple[Constraint, ...]:
        """The smallest of those of two regimens that cannot live together, if there are any; else one of all."""
        conflicts = list(self._of_pairs()) or [self._reduced(self.every, self.problem)]
        return min(conflicts, key=lambda constraints: (len(constraints), constraints))

    def smaller_than(self, irreducible: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
        """The smallest conflict of all, or `irreducible` where no smaller one is found.

        Whatever is left out to make a day must hold a constraint of every conflict. So the smallest set that
        shares a constraint with all that was left out so far is a conflict itself, or has a day and shows what
        else can be left out.
        """
        left_out: list[frozenset[Constraint]] = []
        while self._may_go_on:
            candidate = smallest_hitting_set(left_out, self.every)
            if candidate is None or len(candidate) >= len(irreducible):
                return irreducible
            solution = self._solve(candidate, self.problem)
            if solution.times is None:
                return candidate if solution.impossible else irreducible
            left_out.append(frozenset(self.every) - self._grown(solution.times))
        return irreducible

    @property
    def _may_go_on(self) -> bool:
        return self.solves < MOST_SOLVES

    def _of_pairs(self) -> Iterator[tuple[Constraint, ...]]:
        """Leaving out from the front and from the back can end in different conflicts."""
        for pair in dict.fromkeys((gap.first, gap.second) for gap in self.problem.gaps):
            alone = self.problem.without_doses_of(set(range(len(self.problem.regimens))).difference(pair))
            constraints = [constraint for constraint in self.every if _is_about(constraint, pair, self.problem)]
            if self._may_go_on and self._is_impossible(constraints, alone):
                yield self._reduced(constraints, alone)
                yield self._reduced(constraints[::-1], alone)

    def _reduced(self, constraints: Sequence[Constraint], problem: DayProblem) -> tuple[Constraint, ...]:
        """Leave out one constraint after the other, for good where there is still no day without it."""
        left = list(constraints)
        for constraint in constraints:
            fewer = [other for other in left if other != constraint]
            if self._is_impossible(fewer, problem):
                left = fewer
        return tuple(sorted(left))

    def _grown(self, day: DoseTimes) -> frozenset[Constraint]:
        """What `day` keeps, and what can be added: many constraints at once, and fewer where they are too many."""
        kept = constraints_kept(day, self.problem, self.planning)
        waiting = [tuple(constraint for constraint in self.every if constraint not in kept)]
        while waiting:
            added = [constraint for constraint in waiting.pop() if constraint not in kept]
            better = self._solve(kept.union(added), self.problem).times if added else None
            if better:
                kept = constraints_kept(better, self.problem, self.planning)
            elif len(added) > 1:
                half = len(added) // 2
                waiting += [tuple(added[half:]), tuple(added[:half])]
        return kept

    def _is_impossible(self, constraints: Iterable[Constraint], problem: DayProblem) -> bool:
        """Proven; a search that ended early proves nothing."""
        return self._solve(constraints, problem).impossible

    def _solve(self, constraints: Iterable[Constraint], problem: DayProblem) -> Solution:
        self.solves += 1
        return solve(problem, self.planning, constraints, wishes=False)


def _is_about(constraint: Constraint, pair: tuple[int, int], problem: DayProblem) -> bool:
    kind, index = constraint
    if kind == "gap":
        return {problem.gaps[index].first, problem.gaps[index].second} == set(pair)
    return kind == "awake" or index in pair
