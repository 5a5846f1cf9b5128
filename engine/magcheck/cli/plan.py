"""A day plan on request: read, solve, show, and write a calendar or a drawing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from magcheck.cli import console
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import read_profile
from magcheck.cli.save import refuse_unwritable, write_whole
from magcheck.core.extras import refuse_without
from magcheck.rendering.timeline import plain_plan, terminal_plan
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from magcheck.report import Plan, Report


class Files(NamedTuple):
    """Where a plan is written besides; None where nobody asked."""

    ics: str | None = None
    svg: str | None = None


def plan_profile(  # noqa: PLR0913 - one parameter for each option
    source: str, rules: str | None, files: Files, *, as_json: bool, plain: bool, voice: Voice = Voice.PLAIN
) -> int:
    """The exit code of the report on the profile in `source`, whose plan is printed."""
    for path in files:
        if path is not None:
            refuse_unwritable(path, replace=False)
    if files.ics:
        refuse_without("icalendar", "a calendar", "plan")
    report = checker_of(rules).plan(read_profile(source, rules))
    if report.plan.entries:
        if files.ics:
            write_whole(_calendar(report.plan), files.ics)
        if files.svg:
            write_whole(_drawing(report.plan), files.svg)
    elif any(files):
        console.say("There is no day to write, so no file was written.")
    _show(report, as_json=as_json, plain=plain, voice=voice)
    return report.exit_code


def _show(report: Report, *, as_json: bool, plain: bool, voice: Voice) -> None:
    if as_json:
        console.print_data(report.model_dump_json(indent=2))
    elif plain or not console.is_rich():
        console.print_result(plain_plan(report, console.width(), voice))
    else:
        colour = console.is_coloured()
        console.print_result(terminal_plan(report, console.width(), colour=colour, voice=voice))


def _calendar(plan: Plan) -> str:
    from magcheck.rendering.ical import calendar  # noqa: PLC0415 - icalendar is only needed to write a calendar

    made = calendar(plan, date.today())  # noqa: DTZ011 - a calendar begins on the day of the person who asks
    return made.decode("utf-8")


def _drawing(plan: Plan) -> str:
    from magcheck.rendering.svg import drawing  # noqa: PLC0415 - only needed to write a drawing

    return drawing(plan)
