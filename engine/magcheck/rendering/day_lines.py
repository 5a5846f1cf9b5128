"""The times of a planned day where there is little room: a line for each time, from waking on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.rendering.day_chart import day_chart
from magcheck.rendering.day_outline import is_more_than_hours
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import Entry, Listing, Section, SectionKind
from magcheck.report import PlanStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.report import Report


def day_lines(report: Report, words: Wording) -> Section:
    """Empty where no day was asked for."""
    plan = report.plan
    if plan.status is PlanStatus.NOT_MADE or (plan.day is None and not plan.conflict):
        return Section(SectionKind.THE_DAY, words.handout.day, ())
    return Section(SectionKind.THE_DAY, words.handout.day, tuple(_entries(report, words)), Listing.LINES)


def _entries(report: Report, words: Wording) -> Iterator[Entry]:
    plan = report.plan
    is_alone = plan.status is PlanStatus.FEASIBLE and is_more_than_hours(report)
    yield Entry(f"{one_line(plan.said)} {words.screen.hours_alone}" if is_alone else one_line(plan.said))
    if chart := day_chart(plan, words.day):
        yield from (Entry(f"{dose.time} {dose.said}") for dose in chart.doses)
    for change in plan.changes[:1]:
        yield Entry(fill(words.screen.would_help, change=one_line(change.said)))
