"""In which hours is each thing not to be taken, at the times that were told? Nothing is solved or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.plan.day_texts import DayTexts
from magcheck.plan.from_evaluation import plan_input

if TYPE_CHECKING:
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Day
    from magcheck.report import Plan, Report


def hours_as_told(evaluation: Evaluation, report: Report, day: Day) -> Plan:
    """Of the gaps that the report tells, no others, so that hours and words never differ."""
    given = plan_input(evaluation, day)
    told = {finding.rule for finding in report.findings if finding.separation}
    gaps = tuple(gap for gap in given.problem.gaps if gap.rule in told)
    return DayTexts(given, evaluation).as_told(gaps, report.plan)
