"""What does a colleague see first? A table of drugs with severity, interval, direction, mechanism and grade."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.density import WHOLE
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import Entry, Listing, Outline, Section, SectionKind, Table, filled
from magcheck.rendering.read_back import read_back
from magcheck.rendering.report_outline import (
    above,
    amount_in_words,
    edition,
    report_outline,
    tags_of,
    tone_of_report,
)
from magcheck.rendering.unchecked import unchecked
from magcheck.rendering.voice import Voice
from magcheck.rendering.voices import tone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.report import Cited, Finding, Report, Separation

GRADES = ("label", "authority", "study", "reference", "unconfirmed")
"""The surest first."""


def professional_screen(report: Report, words: Wording) -> Outline:
    return Outline(
        tags=tuple(tags_of(report, words.labels)),
        tone=tone_of_report(report),
        headline=_dose(report, words),
        sections=filled(
            (_table(report, words), read_back(report, words, WHOLE, ""), unchecked(report, words, WHOLE))
        ),
        foot=(f"{words.screen.more}\n{edition(report, words.report)}",),
        above=above(report, words),
    )


def in_particular(report: Report, words: Wording) -> Iterator[Section]:
    """Everything else of the report, without what is written for patients."""
    for section in report_outline(report, words, Voice.PROFESSIONAL).sections:
        if section.kind is not SectionKind.SOURCES:
            yield replace(section, entries=tuple(_without_patients(entry, words) for entry in section.entries))


def by_grade(cited: Cited) -> int:
    """Labels stand before compendia."""
    return GRADES.index(cited.grade) if cited.grade in GRADES else len(GRADES)


def _without_patients(entry: Entry, words: Wording) -> Entry:
    label = words.report.details.patient_reads
    return replace(entry, details=tuple(detail for detail in entry.details if detail[0] != label))


def _dose(report: Report, words: Wording) -> str:
    dose, form = report.dose, words.screen.professional
    if dose is None:
        return form.no_dose
    amount = amount_in_words(dose.low, dose.high, words.report)
    limit = f"{dose.limit_mg_per_day:g}" if dose.limit_mg_per_day else form.nothing
    return fill(form.dose, amount=amount, limit=limit)


def _table(report: Report, words: Wording) -> Section:
    rows = tuple(_row(finding, words) for finding in report.findings)
    entries = tuple(
        Entry("; ".join(row), tone=tone_of(finding), is_row=True)
        for finding, row in zip(report.findings, rows, strict=True)
    )
    title, columns = words.report.titles.findings, words.screen.professional.columns
    table = Table(title, columns, rows, "professional") if rows else None
    return Section(SectionKind.ADVICE, title, entries, Listing.TABLE, table=table)


def _row(finding: Finding, words: Wording) -> tuple[str, ...]:
    form, window = words.screen.professional, finding.separation
    drugs = dict.fromkeys(one_line(subject.is_) for subject in finding.subjects)
    others = [drug for drug in drugs if MAGNESIUM not in drug.casefold()] or list(drugs)
    grades = sorted(finding.evidence, key=by_grade)
    return (
        ", ".join(others) or form.person,
        finding.severity.value,
        _interval(window, words) if window else form.nothing,
        fill(form.direction, status=window.status.value) if window else finding.action.value.replace("_", " "),
        one_line(finding.mechanism or form.nothing),
        grades[0].grade if grades else form.nothing,
    )


def _interval(window: Separation, words: Wording) -> str:
    if window.before_h is None or window.after_h is None:
        return words.screen.professional.nothing
    return f"{words.labels.hours(window.before_h)} / {words.labels.hours(window.after_h)}"
