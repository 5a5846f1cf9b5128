"""In which hours is each thing not to be taken, at the times that were told? Nothing is solved and nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.findings.policy import is_blocked
from magcheck.plan.day_texts import DayTexts
from magcheck.plan.from_evaluation import plan_input
from magcheck.plan.problem import MinimumGap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Day
    from magcheck.report import Closed, Finding


def closed_as_told(evaluation: Evaluation, findings: Iterable[Finding], day: Day) -> tuple[Closed, ...]:
    """Hours around the doses of both sides of each gap; none where there shall be no magnesium at all."""
    if is_blocked(findings, evaluation.book):
        return ()
    given = plan_input(evaluation, day)
    gaps, times = given.problem.gaps, given.problem.given_times
    both_sides = (*gaps, *map(_from_the_other_side, gaps))
    return tuple(dict.fromkeys(DayTexts(given, evaluation).closed(both_sides, times)))


def _from_the_other_side(gap: MinimumGap) -> MinimumGap:
    return MinimumGap(gap.second, gap.first, gap.after, gap.before, gap.rule, gap.form)
