"""What does a day plan say, in which order?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.scales import Action
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.day_chart import day_chart
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import Entry, Listing, Outline, Section, SectionKind, Table, Tone, filled
from magcheck.rendering.report_outline import above
from magcheck.rendering.voice import Voice
from magcheck.rendering.voices import window_in_figures
from magcheck.report import PlanStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.wording.day import DayWords
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.day_chart import ChartDose, DayChart
    from magcheck.report import Change, Plan, PlanWish, Report


def day_outline(report: Report, words: Wording, voice: Voice = Voice.PLAIN) -> Outline:
    """The day alone. It is about hours; what else was found, and what was not checked, stands in the report."""
    return Outline(
        tags=(),
        tone=Tone.QUIET,
        title=day_title(report, words.day),
        lead=one_line(report.plan.said),
        headline=one_line(report.headline),
        sections=day_sections(report, words, voice),
        foot=(f"{words.day.elsewhere}\n{one_line(report.notice)}",),
        above=above(report, words),
    )


def day_title(report: Report, words: DayWords) -> str:
    """Where something speaks against magnesium at all, there is no day, and nothing is "not needed"."""
    if report.plan.day is None:
        return words.none
    status = words.statuses[report.plan.status]
    is_alone = report.plan.status is PlanStatus.FEASIBLE and is_more_than_hours(report)
    return fill(words.hours_alone, status=status) if is_alone else status


def is_more_than_hours(report: Report) -> bool:
    """Does something else than hours have to change, or was something not checked?"""
    changing = (finding for finding in report.findings if finding.counts and not finding.separation)
    return not report.complete or any(finding.action.rank <= Action.LOWER_DOSE.rank for finding in changing)


def day_sections(report: Report, words: Wording, voice: Voice) -> tuple[Section, ...]:
    """The times, then everything else, most important first."""
    plan, titles = report.plan, words.day.titles
    chart = day_chart(plan, words.day)
    return filled(
        (
            *([_times(chart, words.day)] if chart else []),
            _section(titles.moved, _moved(plan, words.day), Listing.LINES),
            _section(titles.as_needed, (item.said for item in plan.as_needed if item.said)),
            _section(titles.anytime, (item.is_ for item in plan.anytime), Listing.LINES),
            _section(titles.conflict, (part.said for part in plan.conflict)),
            _section(titles.changes, (_change(change) for change in plan.changes)),
            _section(titles.questions, plan.questions),
            _section(titles.wishes, (_wish(wish, words.day, voice) for wish in plan.wishes), Listing.LINES),
            _section(titles.notes, plan.notes),
            _section(titles.windows, _windows(report, words) if voice is Voice.PROFESSIONAL else ()),
        )
    )


def _section(title: str, lines: Iterable[str], listing: Listing = Listing.DASHES) -> Section:
    return Section(SectionKind.OF_THE_DAY, title, tuple(Entry(one_line(line)) for line in lines), listing)


def _times(chart: DayChart, words: DayWords) -> Section:
    picture = words.picture
    rows = tuple((dose.time, dose.said, _away_of(dose, words)) for dose in chart.doses)
    return Section(
        SectionKind.TIMES,
        words.titles.times,
        tuple(_dose(dose, words) for dose in chart.doses),
        Listing.LINES,
        table=Table(picture.table, picture.columns, rows, "day-table"),
        chart=chart,
    )


def _dose(dose: ChartDose, words: DayWords) -> Entry:
    below = tuple(fill(words.away, item=away.item, start=away.start, end=away.end) for away in dose.away)
    return Entry(f"{dose.time} {dose.said}", below=below, is_row=True)


def _away_of(dose: ChartDose, words: DayWords) -> str:
    form = words.picture.away
    away_from_it = "; ".join(fill(form, item=away.item, start=away.start, end=away.end) for away in dose.away)
    return away_from_it or words.picture.nothing_away


def _moved(plan: Plan, words: DayWords) -> Iterator[str]:
    for moved in plan.moved:
        hours = {"to": moved.to, "from": moved.from_}
        yield fill(words.moved, item=moved.item.is_, because=moved.because, **hours)


def _change(change: Change) -> str:
    """Fewer doses than told say also when they would be taken."""
    return f"{change.said} ({', '.join(change.to)})" if change.kind == "fewer" and change.to else change.said


def _wish(wish: PlanWish, words: DayWords, voice: Voice) -> str:
    rule = f" ({wish.rule})" if voice is Voice.PROFESSIONAL else ""
    return fill(words.granted if wish.granted else words.not_granted, wish=f"{wish.said}{rule}")


def _windows(report: Report, words: Wording) -> Iterator[str]:
    for finding in report.findings:
        if finding.separation:
            yield f"{window_in_figures(finding.separation, words)} ({finding.rule})"
