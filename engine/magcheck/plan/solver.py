"""At which times does everything fit? The whole formulation for the solver (OR-Tools CP-SAT), on one page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING, Any, cast

from ortools.sat.python import cp_model

from magcheck.core.time_of_day import DAY
from magcheck.plan.problem import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.knowledge.entries import Planning, Weight
    from magcheck.plan.problem import Apart, Line, Task, Times

EFFORT, LONGEST_S = 0.07, 2.0
"""Where the search ends: a measure that is the same on every machine, and seconds for a very slow one."""

HardRule = tuple[str, int]
"""A hard rule of the day: ("gap", 0), ("fixed", 2), ("doses", 1) or ("awake", 0)."""


@dataclass(frozen=True, slots=True)
class Solution:
    """`times` where there is a day; without, `impossible` says whether that is proven."""

    times: Times | None
    impossible: bool


def rules_of(task: Task) -> tuple[HardRule, ...]:
    """Every hard rule; a day is impossible because of some of them."""
    fixed = [("fixed", place) for place, line in enumerate(task.lines) if line.fixed]
    doses = [("doses", place) for place, line in enumerate(task.lines) if line.count > 1]
    awake = [("awake", 0)] if task.hours.told else []
    return (*(("gap", place) for place in range(len(task.gaps))), *awake, *doses, *fixed)


def kept_by(times: Times, task: Task, planning: Planning) -> frozenset[HardRule]:
    """The hard rules that a day keeps, counted without the solver."""

    def keeps(kind: str, place: int) -> bool:
        if kind == "gap":
            gap = task.gaps[place]
            return all(gap.keeps(one, other) for one in times[gap.first] for other in times[gap.second])
        if kind == "awake":
            lines = zip(task.lines, times, strict=True)
            return all(time <= task.hours.awake or time in line.told for line, own in lines for time in own)
        line, own = task.lines[place], times[place]
        if kind == "fixed":
            return all(own[number] == line.told[number] for number in line.fixed)
        least = line.least_spacing(task.hours, planning.least_spacing_percent)
        return all((later - earlier) % DAY >= least for earlier, later in pairwise((*own, own[0])))

    return frozenset(rule for rule in rules_of(task) if keeps(*rule))


def solve(
    task: Task, planning: Planning, rules: Iterable[HardRule] | None = None, *, wishes: bool = True
) -> Solution:
    """The best day that keeps `rules` (all of them, unless named); any such day without `wishes`."""
    model = _Model(task, planning, frozenset(rules_of(task) if rules is None else rules))
    if wishes:
        model.wish()
    solver = _solver()
    status = solver.solve(model.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solution(model.times(solver), impossible=False)
    return Solution(None, impossible=status == cp_model.INFEASIBLE)


def sharing_with_each(groups: Iterable[frozenset[HardRule]], every: Sequence[HardRule]) -> tuple[HardRule, ...]:
    """The fewest rules such that each group holds one of them."""
    model = cp_model.CpModel()
    chosen = {rule: model.new_bool_var("") for rule in every}
    for group in groups:
        model.add_bool_or([chosen[rule] for rule in sorted(group)])
    model.minimize(sum(chosen.values()))
    solver = _solver()
    solver.solve(model)
    return tuple(sorted(rule for rule in every if solver.value(chosen[rule])))


def _solver() -> cp_model.CpSolver:
    """One that gives the same answer every time, on every machine."""
    solver = cp_model.CpSolver()
    settings = solver.parameters
    settings.num_workers, settings.random_seed, settings.linearization_level = 1, 1, 1
    settings.cp_model_probing_level, settings.symmetry_level, settings.max_presolve_iterations = 0, 0, 1
    settings.max_deterministic_time, settings.max_time_in_seconds = EFFORT, LONGEST_S
    return solver


def _unit(task: Task) -> int:
    """Steps of 5 minutes, or of 1 where a given time does not lie on them."""
    times = [time for line in task.lines for time in line.told]
    spans = [span for gap in (*task.gaps, *task.better, *task.page_gaps) for span in (gap.before, gap.after)]
    zones = [edge for wish in task.wishes for zone in wish.zones for edge in zone if edge != DAY - 1]
    every = (*times, *spans, *zones, *task.hours.meals, task.hours.awake)
    return STEP if reduce(gcd, every, STEP) == STEP else 1


def _only_if(condition: cp_model.IntVar, constraint: cp_model.Constraint) -> None:
    cast("Any", constraint).only_enforce_if(condition)  # its overloads are not fully typed


class _Model:
    """Each dose is one number: units since waking."""

    def __init__(self, task: Task, planning: Planning, rules: frozenset[HardRule]) -> None:
        self.task, self.planning, self.rules = task, planning, rules
        self.unit = _unit(task)
        self.day = DAY // self.unit
        self.model = cp_model.CpModel()
        self.lost: list[cp_model.LinearExprT] = []
        self.doses = [self._line(place, line) for place, line in enumerate(task.lines)]
        for place, gap in enumerate(task.gaps):
            if ("gap", place) in rules:
                for first, second in self._pairs(gap):
                    self.model.add_linear_expression_in_domain(second - first, self._circle(gap))

    def times(self, solver: cp_model.CpSolver) -> Times:
        return tuple(tuple(solver.value(dose) * self.unit for dose in doses) for doses in self.doses)

    def _line(self, place: int, line: Line) -> list[cp_model.IntVar]:
        doses = [
            self.model.new_int_var_from_domain(self._allowed(place, line, number), f"{place}.{number}")
            for number in range(line.count)
        ]
        least = line.least_spacing(self.task.hours, self.planning.least_spacing_percent) // self.unit
        for earlier, later in pairwise(doses):
            self.model.add(later - earlier >= (least if ("doses", place) in self.rules else 0))
        if ("doses", place) in self.rules:
            self.model.add(doses[-1] - doses[0] <= self.day - least)
        return doses

    def _allowed(self, place: int, line: Line, number: int) -> cp_model.Domain:
        told = [time // self.unit for time in line.told]
        if told and ((number in line.fixed and ("fixed", place) in self.rules) or self._stays(place, line)):
            return cp_model.Domain(told[number], told[number])
        if ("awake", 0) in self.rules:
            awake = cp_model.Domain(0, self.task.hours.awake // self.unit)
            return awake.union_with(cp_model.Domain.from_values(told))
        return cp_model.Domain(0, self.day - 1)

    def _stays(self, place: int, line: Line) -> bool:
        return bool(line.told) and place not in self.task.touched()

    def _pairs(self, gap: Apart) -> Iterable[tuple[cp_model.IntVar, cp_model.IntVar]]:
        return [(one, other) for one in self.doses[gap.first] for other in self.doses[gap.second]]

    def _circle(self, gap: Apart) -> cp_model.Domain:
        """Where `second - first` may lie, the clock going round; together is never apart."""
        least = 1 if gap.before or gap.after else 0
        before, after = (max(least, -(-span // self.unit)) for span in (gap.before, gap.after))
        whole = [[before, self.day - after], [before - self.day, -after]]
        return cp_model.Domain.from_intervals([span for span in whole if span[0] <= span[1]])

    def wish(self) -> None:
        weights = self.planning.weights
        for gaps, weight in ((self.task.better, weights.preferred_gap), (self.task.page_gaps, weights.page_gap)):
            for gap in gaps:
                for first, second in self._pairs(gap):
                    self._rather(second - first, self._circle(gap), weight)
        for place, line in enumerate(self.task.lines):
            self._wish_line(place, line)
        self._few_occasions(weights.occasion)
        self.model.minimize(sum(self.lost))

    def _wish_line(self, place: int, line: Line) -> None:
        weights = self.planning.weights
        if self._stays(place, line):
            return
        for number, dose in enumerate(self.doses[place]):
            if not self.task.hours.told:
                awake = cp_model.Domain(0, self.task.hours.awake // self.unit)
                told = cp_model.Domain.from_values([time // self.unit for time in line.told])
                self._rather(dose, awake.union_with(told), weights.asleep)
            if line.told:
                weight = weights.moved_medicine if line.prescribed else weights.moved_supplement
                self._near(dose, line.told[number], weight)
            self._wish_pages(place, line, dose)
        if line.count > 1:
            even = line.even_spacing(self.task.hours) // self.unit
            for earlier, later in pairwise(self.doses[place]):
                self._distance(later - earlier, even, weights.uneven.each_5_min)

    def _wish_pages(self, place: int, line: Line, dose: cp_model.IntVar) -> None:
        weights = self.planning.weights
        wishes = [wish for wish in self.task.wishes if wish.line == place]
        for wish in wishes:
            zones = [[-(-low // self.unit), high // self.unit] for low, high in wish.zones]
            self._rather(dose, cp_model.Domain.from_intervals(zones), weights.page_wish)
            if wish.best is not None:
                self._distance(dose, wish.best // self.unit, weights.page_wish.each_5_min)
        meals = [meal // self.unit for meal in self.task.hours.meals if all(wish.holds(meal) for wish in wishes)]
        if meals and not line.told:
            self._rather(dose, cp_model.Domain.from_values(meals), weights.meal)

    def _rather(self, value: cp_model.LinearExprT, domain: cp_model.Domain, weight: Weight) -> None:
        kept = self.model.new_bool_var("")
        _only_if(kept, self.model.add_linear_expression_in_domain(value, domain))
        self.lost.append(STEP * weight.missed * (1 - kept))

    def _near(self, dose: cp_model.IntVar, time: int, weight: Weight) -> None:
        place = time // self.unit
        self._rather(dose, cp_model.Domain(place, place), weight)
        self._distance(dose, place, weight.each_5_min)

    def _distance(self, value: cp_model.LinearExprT, aim: int, each: int) -> None:
        off = self.model.new_int_var(0, self.day, "")
        self.model.add(off >= value - aim)
        self.model.add(off >= aim - value)
        self.lost.append(self.unit * each * off)

    def _few_occasions(self, weight: Weight) -> None:
        """A dose at the time of an earlier one is no occasion of its own."""
        every = [dose for doses in self.doses for dose in doses]
        for place, dose in enumerate(every):
            joins: list[cp_model.IntVar] = []
            for other in every[:place]:
                together = self.model.new_bool_var("")
                _only_if(together, self.model.add(dose == other))
                joins.append(together)
            alone = self.model.new_bool_var("")
            self.model.add_bool_or([alone, *joins])
            self.lost.append(STEP * weight.missed * alone)
