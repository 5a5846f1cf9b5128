"""Is there a day that keeps every gap? The findings in, a plan out, or the proof that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.findings.policy import is_blocked
from magcheck.plan.obstacles import Obstacles
from magcheck.plan.posing import read
from magcheck.plan.problem import given_times_keep_every_gap
from magcheck.plan.texts import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.findings.evaluation import Evaluation
    from magcheck.plan.posing import Posed
    from magcheck.plan.problem import Task
    from magcheck.plan.solver import Solution
    from magcheck.profile import Day
    from magcheck.report import Finding, Plan


def day_plan(evaluation: Evaluation, findings: Iterable[Finding], day: Day) -> Plan:
    """The one function that decides which kind of answer a plan is."""
    words = evaluation.book.wording.plan
    reading = read(evaluation, day)
    task, teller = reading.task, Teller(reading, evaluation)
    if is_blocked(findings, evaluation.book):
        return teller.nothing(words.status.blocked)
    works = given_times_keep_every_gap(task)
    if works and not _has_doses_to_place(reading):
        return teller.unmoved(tuple(line.told for line in task.lines))
    if task.doses > evaluation.book.planning.most_doses:
        return teller.not_solved(words.status.too_many.replace("{count}", str(task.doses)))
    filled = _best(task.as_told(), evaluation).times if works else None
    return teller.unmoved(filled) if filled else _solved(reading, evaluation, teller)


def _has_doses_to_place(reading: Posed) -> bool:
    """Is there a dose without a time, on a day on which hours matter?"""
    hours_matter = reading.task.untimed() or reading.needed_gaps or reading.needed_better
    return bool(hours_matter) and any(not line.told for line in reading.task.lines)


def _solved(reading: Posed, evaluation: Evaluation, teller: Teller) -> Plan:
    task = reading.task
    solution = _best(task, evaluation)
    if solution.times:
        return teller.feasible(solution.times)
    if not solution.impossible:
        return teller.not_solved(evaluation.book.wording.plan.status.not_solved)
    from magcheck.plan.conflict import changes, conflict  # noqa: PLC0415 - it loads the solver

    planning = evaluation.book.planning
    obstacles = Obstacles(reading, evaluation)
    return obstacles.impossible(conflict(task, planning), changes(task, planning))


def _best(task: Task, evaluation: Evaluation) -> Solution:
    """The best day, or any day where the search for the best one ends without one."""
    from magcheck.plan.solver import solve  # noqa: PLC0415 - the solver is only loaded when there is a day to solve

    solution = solve(task, evaluation.book.planning)
    if solution.times is None and not solution.impossible:
        return solve(task, evaluation.book.planning, wishes=False)
    return solution
