"""At which times does everything fit? The whole formulation for the solver (OR-Tools CP-SAT), on one page.

Only effort that is counted ends a search, never a clock: a slow machine gives the same day, only later.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from ortools.sat.python import cp_model

from magcheck.core.time_of_day import DAY
from magcheck.plan.problem import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.knowledge.entries import Planning, Weight
    from magcheck.plan.problem import DayProblem, DoseTimes, MinimumGap, Regimen, Wish

EFFORT = 0.07
"""Where a search ends, in CP-SAT's deterministic units: counted steps, the same on every machine."""


class _Model(cp_model.CpModel):
    """Without the 60 old names that every model else makes of its methods: a third of all work on a day."""

    def _add_pre_pep8_methods(self) -> None:
        pass


class Constraint(NamedTuple):
    """A hard constraint of the day: ("gap", 0), ("fixed", 2), ("doses", 1) or ("awake", 0)."""

    kind: Literal["gap", "awake", "doses", "fixed"]
    number: int
    """The index of the gap in the problem, or of the regimen; 0 for the waking day."""


@dataclass(frozen=True, slots=True)
class Solution:
    """`times` where there is a day; without, `impossible` says whether that is proven."""

    times: DoseTimes | None
    impossible: bool


def constraints_of(problem: DayProblem) -> tuple[Constraint, ...]:
    """Every hard constraint; a day is impossible because of some of them."""
    regimens = problem.regimens
    gaps = [Constraint("gap", index) for index in range(len(problem.gaps))]
    awake = [Constraint("awake", 0)] if problem.hours.are_given else []
    doses = [Constraint("doses", index) for index, regimen in enumerate(regimens) if regimen.count > 1]
    fixed = [Constraint("fixed", index) for index, regimen in enumerate(regimens) if regimen.fixed]
    return *gaps, *awake, *doses, *fixed


def constraints_kept(times: DoseTimes, problem: DayProblem, planning: Planning) -> frozenset[Constraint]:
    """The hard constraints that a day keeps, counted without the solver."""

    def keeps(kind: str, index: int) -> bool:
        if kind == "gap":
            return problem.gaps[index].is_kept(times)
        if kind == "awake":
            regimens = zip(problem.regimens, times, strict=True)
            return all(t <= problem.hours.awake or t in regimen.given for regimen, own in regimens for t in own)
        regimen, own = problem.regimens[index], times[index]
        if kind == "fixed":
            return all(own[number] == regimen.given[number] for number in regimen.fixed)
        least = regimen.least_spacing(problem.hours, planning.least_spacing_percent)
        return all((later - earlier) % DAY >= least for earlier, later in pairwise((*own, own[0])))

    return frozenset(constraint for constraint in constraints_of(problem) if keeps(*constraint))


def solve(
    problem: DayProblem,
    planning: Planning,
    constraints: Iterable[Constraint] | None = None,
    *,
    wishes: bool = True,
) -> Solution:
    """The best day that keeps `constraints` (all of them, unless named); any such day without `wishes`."""
    kept = constraints_of(problem) if constraints is None else constraints
    model = _DayModel(problem, planning, frozenset(kept))
    if wishes:
        model.add_wishes()
    solver = _solver()
    status = solver.solve(model.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solution(model.times(solver), impossible=False)
    return Solution(None, impossible=status == cp_model.INFEASIBLE)


def smallest_hitting_set(
    groups: Iterable[frozenset[Constraint]], every: Sequence[Constraint]
) -> tuple[Constraint, ...] | None:
    """The fewest constraints of `every` such that each group holds one of them; None where that is not proven."""
    model = _Model()
    chosen = {constraint: model.new_bool_var("") for constraint in every}
    for group in groups:
        model.add_bool_or([chosen[constraint] for constraint in sorted(group)])
    model.minimize(sum(chosen.values()))
    solver = _solver()
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return tuple(sorted(constraint for constraint in every if solver.value(chosen[constraint])))


def _solver() -> cp_model.CpSolver:
    """One that gives the same answer every time, on every machine, however slow: no setting names a clock."""
    solver = cp_model.CpSolver()
    settings = solver.parameters
    settings.num_workers, settings.random_seed, settings.linearization_level = 1, 1, 1
    settings.cp_model_probing_level, settings.symmetry_level, settings.max_presolve_iterations = 0, 0, 1
    settings.max_deterministic_time = EFFORT
    # Ctrl-C would end the search with the day found so far; left to Python, it ends the command.
    settings.catch_sigint_signal = False
    return solver


def _unit(problem: DayProblem) -> int:
    """Steps of 5 minutes, or of 1 where a given time does not lie on them."""
    times = [time for given in problem.given_times for time in given]
    spans = [span for gap in (*problem.gaps, *problem.soft_gaps) for span in (gap.before, gap.after)]
    zones = [edge for wish in problem.wishes for zone in wish.zones for edge in zone if edge != DAY - 1]
    every = (*times, *spans, *zones, *problem.hours.meals, problem.hours.awake)
    return STEP if reduce(gcd, every, STEP) == STEP else 1


def _only_if(condition: cp_model.IntVar, constraint: cp_model.Constraint) -> None:
    cast("Any", constraint).only_enforce_if(condition)  # its overloads are not fully typed


class _DayModel:
    """Each dose is one number: units since waking."""

    def __init__(self, problem: DayProblem, planning: Planning, constraints: frozenset[Constraint]) -> None:
        self.problem, self.planning, self.constraints = problem, planning, constraints
        self.unit = _unit(problem)
        self.day = DAY // self.unit
        self.model = _Model()
        self.penalties: list[cp_model.LinearExprT] = []
        self.doses = [self._doses(index, regimen) for index, regimen in enumerate(problem.regimens)]
        for index, gap in enumerate(problem.gaps):
            if ("gap", index) in constraints:
                for first, second in self._pairs(gap):
                    self.model.add_linear_expression_in_domain(second - first, self._circle(gap))

    def times(self, solver: cp_model.CpSolver) -> DoseTimes:
        return tuple(tuple(solver.value(dose) * self.unit for dose in doses) for doses in self.doses)

    def _doses(self, index: int, regimen: Regimen) -> list[cp_model.IntVar]:
        """In the order of the day: two doses of one thing are never told apart by the solver."""
        doses = [
            self.model.new_int_var_from_domain(self._allowed(index, regimen, number), f"{index}.{number}")
            for number in range(regimen.count)
        ]
        spaced = ("doses", index) in self.constraints
        least = regimen.least_spacing(self.problem.hours, self.planning.least_spacing_percent) // self.unit
        for earlier, later in pairwise(doses):
            self.model.add(later - earlier >= (least if spaced else 0))
        if spaced:
            self.model.add(doses[-1] - doses[0] <= self.day - least)
        return doses

    def _allowed(self, index: int, regimen: Regimen, number: int) -> cp_model.Domain:
        given = [time // self.unit for time in regimen.given]
        is_fixed = number in regimen.fixed and ("fixed", index) in self.constraints
        if given and (is_fixed or self._stays(index, regimen)):
            return cp_model.Domain(given[number], given[number])
        if ("awake", 0) in self.constraints:
            awake = cp_model.Domain(0, self.problem.hours.awake // self.unit)
            return awake.union_with(cp_model.Domain.from_values(given))
        return cp_model.Domain(0, self.day - 1)

    def _stays(self, index: int, regimen: Regimen) -> bool:
        return bool(regimen.given) and index not in self.problem.with_gaps()

    def _pairs(self, gap: MinimumGap) -> Iterable[tuple[cp_model.IntVar, cp_model.IntVar]]:
        return [(first, second) for first in self.doses[gap.first] for second in self.doses[gap.second]]

    def _circle(self, gap: MinimumGap) -> cp_model.Domain:
        """Where `second - first` may lie, the clock going round; together is never apart."""
        least = 1 if gap.before or gap.after else 0
        before, after = (max(least, -(-span // self.unit)) for span in (gap.before, gap.after))
        whole = [[before, self.day - after], [before - self.day, -after]]
        return cp_model.Domain.from_intervals([span for span in whole if span[0] <= span[1]])

    def add_wishes(self) -> None:
        """What a day loses by each wish that it misses; the least loss wins."""
        problem, weights = self.problem, self.planning.weights
        for gaps, weight in ((problem.better_gaps, weights.preferred_gap), (problem.page_gaps, weights.page_gap)):
            for gap in gaps:
                for first, second in self._pairs(gap):
                    self._prefer(second - first, self._circle(gap), weight)
        for index, regimen in enumerate(problem.regimens):
            self._wish_regimen(index, regimen)
        self._prefer_few_occasions(weights.occasion)
        self.model.minimize(sum(self.penalties))

    def _wish_regimen(self, index: int, regimen: Regimen) -> None:
        if self._stays(index, regimen):
            return
        for number, dose in enumerate(self.doses[index]):
            self._wish_dose(regimen, number, dose)
            self._wish_pages(index, regimen, dose)
        if regimen.count > 1:
            even = regimen.even_spacing(self.problem.hours) // self.unit
            for earlier, later in pairwise(self.doses[index]):
                self._penalise_distance(later - earlier, even, self.planning.weights.uneven.each_5_min)

    def _wish_dose(self, regimen: Regimen, number: int, dose: cp_model.IntVar) -> None:
        """In the waking day, and where it was."""
        weights = self.planning.weights
        if not self.problem.hours.are_given:
            awake = cp_model.Domain(0, self.problem.hours.awake // self.unit)
            given = cp_model.Domain.from_values([time // self.unit for time in regimen.given])
            self._prefer(dose, awake.union_with(given), weights.asleep)
        if regimen.given:
            weight = weights.moved_medicine if regimen.prescribed else weights.moved_supplement
            time = regimen.given[number] // self.unit
            self._prefer(dose, cp_model.Domain(time, time), weight)
            self._penalise_distance(dose, time, weight.each_5_min)

    def _wish_pages(self, index: int, regimen: Regimen, dose: cp_model.IntVar) -> None:
        wishes = [wish for wish in self.problem.wishes if wish.regimen == index]
        for wish in wishes:
            self._wish_page(wish, dose)
        meals = [m // self.unit for m in self.problem.hours.meals if all(wish.holds(m) for wish in wishes)]
        if meals and not regimen.given:
            self._prefer(dose, cp_model.Domain.from_values(meals), self.planning.weights.meal)

    def _wish_page(self, wish: Wish, dose: cp_model.IntVar) -> None:
        weight = self.planning.weights.page_wish
        zones = [[-(-low // self.unit), high // self.unit] for low, high in wish.zones]
        self._prefer(dose, cp_model.Domain.from_intervals(zones), weight)
        if wish.best is not None:
            self._penalise_distance(dose, wish.best // self.unit, weight.each_5_min)

    def _prefer(self, value: cp_model.LinearExprT, domain: cp_model.Domain, weight: Weight) -> None:
        kept = self.model.new_bool_var("")
        _only_if(kept, self.model.add_linear_expression_in_domain(value, domain))
        self.penalties.append(STEP * weight.missed * (1 - kept))

    def _penalise_distance(self, value: cp_model.LinearExprT, aim: int, each_5_min: int) -> None:
        distance = self.model.new_int_var(0, self.day, "")
        self.model.add(distance >= value - aim)
        self.model.add(distance >= aim - value)
        self.penalties.append(self.unit * each_5_min * distance)

    def _prefer_few_occasions(self, weight: Weight) -> None:
        """A dose at the time of an earlier one is no occasion of its own."""
        every = [dose for doses in self.doses for dose in doses]
        for number, dose in enumerate(every):
            joins: list[cp_model.IntVar] = []
            for earlier in every[:number]:
                together = self.model.new_bool_var("")
                _only_if(together, self.model.add(dose == earlier))
                joins.append(together)
            alone = self.model.new_bool_var("")
            self.model.add_bool_or([alone, *joins])
            self.penalties.append(STEP * weight.missed * alone)
