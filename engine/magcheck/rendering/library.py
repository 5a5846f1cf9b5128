"""How does a program show a report? As text, as a page and as a calendar, in the words that come with magcheck."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from magcheck.checker import default_checker
from magcheck.core.errors import InputError, Problem
from magcheck.core.extras import refuse_without
from magcheck.rendering.depth import Depth
from magcheck.rendering.written import text_of

if TYPE_CHECKING:
    from magcheck.profile import Profile
    from magcheck.report import Report


def text(report: Report, width: int, *, more: bool) -> str:
    return text_of(report, default_checker().book.wording, depth=Depth(more, sources=more), columns=width)


def html(report: Report, profile: Profile | None) -> str:
    from magcheck.rendering.html.page import handout  # noqa: PLC0415 - only needed to write one

    return handout(report, profile, default_checker().book.wording)


def ics(report: Report, first_day: date | None) -> str:
    """Raises InputError for a report without a day."""
    refuse_without("icalendar", "a calendar", "plan")
    from magcheck.rendering.ical import calendar  # noqa: PLC0415 - icalendar is not always installed

    if not report.plan.entries:
        what = report.plan.status.value
        raise InputError(
            [Problem("plan", f"there is no day to write ({what}).", "Make it with Checker.plan(profile).")]
        )
    begins = first_day or date.today()  # noqa: DTZ011 - a calendar begins on the day of the person who asks
    return calendar(report.plan, begins, default_checker().book.wording.calendar).decode("utf-8")
