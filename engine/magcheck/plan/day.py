"""Is there a day that keeps every gap? The findings in, a plan out, or the proof that there is none.

How this room works: `from_evaluation` and `wishes` turn an evaluation into a `DayProblem` (`problem`): regimens,
hard gaps, and wishes that are weighed. Given times that agree with each other stay. Otherwise `solver` (alone with
OR-Tools) looks for the best day. Where it proves that there is none, `conflict` finds the smallest set of hard
constraints that cannot live together, and `repairs` what would help. The `*_texts` word the plan.
Only counted effort ends a search, so the same person has the same plan on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.findings.policy import is_blocked
from magcheck.plan.conflict_texts import ConflictTexts
from magcheck.plan.day_texts import DayTexts
from magcheck.plan.from_evaluation import plan_input

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.findings.evaluation import Evaluation
    from magcheck.plan.from_evaluation import PlanInput
    from magcheck.plan.problem import DayProblem
    from magcheck.plan.solver import Solution
    from magcheck.profile import Day
    from magcheck.report import Finding, Plan


def day_plan(evaluation: Evaluation, findings: Iterable[Finding], day: Day) -> Plan:
    """The one function that decides which kind of answer a plan is."""
    status = evaluation.book.wording.plan.status
    given = plan_input(evaluation, day)
    problem, texts = given.problem, DayTexts(given, evaluation)
    if is_blocked(findings, evaluation.book):
        return texts.nothing(status.blocked)
    given_times_work = all(gap.is_kept(problem.given_times) for gap in problem.gaps)
    if given_times_work and not _has_doses_to_place(given):
        return texts.unmoved(problem.given_times)
    if problem.doses > evaluation.book.planning.most_doses:
        return texts.not_solved(status.too_many.replace("{count}", str(problem.doses)))
    filled = _best(problem.as_given(), evaluation).times if given_times_work else None
    return texts.unmoved(filled) if filled else _solved(given, evaluation, texts)


def _has_doses_to_place(given: PlanInput) -> bool:
    """Is there a dose without a time, on a day on which hours matter?"""
    hours_matter = given.problem.untimed() or given.as_needed_gaps or given.as_needed_better_gaps
    return bool(hours_matter) and any(not regimen.given for regimen in given.problem.regimens)


def _solved(given: PlanInput, evaluation: Evaluation, texts: DayTexts) -> Plan:
    solution = _best(given.problem, evaluation)
    if solution.times:
        return texts.feasible(solution.times)
    if not solution.impossible:
        return texts.not_solved(evaluation.book.wording.plan.status.not_solved)
    return _impossible(given, evaluation)


def _impossible(given: PlanInput, evaluation: Evaluation) -> Plan:
    from magcheck.plan.conflict import smallest_conflict  # noqa: PLC0415 - it loads the solver
    from magcheck.plan.repairs import repairs  # noqa: PLC0415 - so does this

    planning = evaluation.book.planning
    conflict, changes = smallest_conflict(given.problem, planning), repairs(given.problem, planning)
    return ConflictTexts(given, evaluation).impossible(conflict, changes)


def _best(problem: DayProblem, evaluation: Evaluation) -> Solution:
    """The best day, or any day where the search for the best one ends without one."""
    from magcheck.plan.solver import solve  # noqa: PLC0415 - the solver is only loaded when there is a day to solve

    solution = solve(problem, evaluation.book.planning)
    if solution.times is None and not solution.impossible:
        return solve(problem, evaluation.book.planning, wishes=False)
    return solution
