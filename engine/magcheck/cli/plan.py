"""A day plan on request: read, solve, show, and write a calendar or a drawing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from magcheck.cli import console
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import read_told
from magcheck.cli.save import refuse_unwritable, write_whole
from magcheck.cli.show import show
from magcheck.core.extras import refuse_without
from magcheck.rendering.depth import SCREEN
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.depth import Depth
    from magcheck.report import Plan


class Files(NamedTuple):
    """Where a plan is written besides; None where nobody asked."""

    ics: str | None = None
    svg: str | None = None
    force: bool = False
    """Over files that are there already."""

    @property
    def named(self) -> list[str]:
        return [path for path in (self.ics, self.svg) if path is not None]


def plan_profile(  # noqa: PLR0913 - one parameter for each option
    source: str,
    rules: Chosen | None,
    files: Files,
    *,
    as_json: bool,
    plain: bool,
    voice: Voice = Voice.PLAIN,
    depth: Depth = SCREEN,
    rules_of_names: bool = False,
) -> int:
    """The exit code of the report on the profile in `source`, whose plan is printed."""
    for path in files.named:
        refuse_unwritable(path, replace=files.force)
    if files.ics:
        refuse_without("icalendar", "a calendar", "plan")
    checker = checker_of(rules)
    report, words = checker.plan(read_told(source, rules), rules_of_names=rules_of_names), checker.book.wording
    code = report.exit_code  # before anything is printed: what is printed is vouched for
    if report.plan.entries:
        _write(report.plan, words, files)
    elif files.named:
        console.say(words.talk.no_day)
    show(report, words, as_json=as_json, plain=plain, voice=voice, depth=depth)
    return code


def _write(plan: Plan, words: Wording, files: Files) -> None:
    if files.ics:
        write_whole(_calendar(plan, words), files.ics)
    if files.svg:
        write_whole(_drawing(plan, words), files.svg)


def _calendar(plan: Plan, words: Wording) -> str:
    from magcheck.rendering.ical import calendar  # noqa: PLC0415 - icalendar is only needed to write a calendar

    today = date.today()  # noqa: DTZ011 - a calendar begins on the day of the person who asks
    return calendar(plan, today, words.calendar).decode("utf-8")


def _drawing(plan: Plan, words: Wording) -> str:
    from magcheck.rendering.day_chart import day_chart  # noqa: PLC0415 - only needed to write a drawing
    from magcheck.rendering.svg import svg_file  # noqa: PLC0415

    chart = day_chart(plan, words.day)
    return svg_file(chart) if chart else ""
