"""A day plan on request: read, solve, show, and write a calendar or a drawing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from magcheck.cli import streams
from magcheck.cli.checking import checker_of
from magcheck.cli.reading import read_profile
from magcheck.cli.timeline import plain_plan, terminal_plan
from magcheck.errors import InputError, Problem

if TYPE_CHECKING:
    from magcheck.report import Plan, Report


class Files(NamedTuple):
    """Where a plan is written besides; None where nobody asked."""

    ics: str | None = None
    svg: str | None = None


def plan_profile(source: str, rules: str | None, files: Files, *, as_json: bool, plain: bool) -> int:
    """The exit code of the report on the profile in `source`, whose plan is printed."""
    profile = read_profile(source, rules)
    report = checker_of(rules).plan(profile)
    if report.plan and report.plan.entries:
        if files.ics:
            _write(files.ics, _calendar(report.plan))
        if files.svg:
            _write(files.svg, _drawing(report.plan))
    elif any(files):
        streams.say("There is no day to write, so no file was written.")
    _show(report, as_json=as_json, plain=plain)
    return report.exit_code


def _show(report: Report, *, as_json: bool, plain: bool) -> None:
    if as_json:
        streams.print_data(report.model_dump_json(indent=2))
    elif plain or not streams.is_rich():
        streams.print_result(plain_plan(report, streams.width()))
    else:
        streams.print_result(terminal_plan(report, streams.width(), colour=streams.is_coloured()))


def _calendar(plan: Plan) -> bytes:
    from magcheck.ics import calendar  # noqa: PLC0415 - icalendar is only needed to write a calendar

    return calendar(plan, date.today())  # noqa: DTZ011 - a calendar begins on the day of the person who asks


def _drawing(plan: Plan) -> bytes:
    from magcheck.svg import drawing  # noqa: PLC0415 - only needed to write a drawing

    return drawing(plan).encode("utf-8")


def _write(path: str, content: bytes) -> None:
    """Raises InputError where nothing can be written."""
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - the name is the person's own
            file.write(content)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(
            [Problem(path[:200], f"this cannot be written: {said}.", "Write another name.")]
        ) from None
