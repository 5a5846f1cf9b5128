"""What does the report say, in which order? One outline, from which every rendering for people is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.bounds import SHORT_DIGEST
from magcheck.core.labels import (
    ACTIONS,
    GRADES,
    NOT_COMPLETE,
    URGENCIES,
    capital,
    field_in_words,
    place_in_words,
)
from magcheck.rendering.entries import TONES, Entry, EntryKind, Outline, Section, Sum, Tone
from magcheck.rendering.line import one_line
from magcheck.rendering.voice import Voice
from magcheck.rendering.voices import cited, plainly, professionally
from magcheck.report import PlanStatus, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.report import Cited, Dose, DosePart, Missing, NotChecked, Recognised, Report

MOST_CANDIDATES = 6
MOST_CHANGES = 5
HOURS = "To find hours that keep every gap: magcheck plan, with the same profile."
TITLES: dict[Voice, tuple[str, str]] = {
    Voice.PLAIN: ("What to do", "Already right"),
    Voice.PROFESSIONAL: ("Findings", "Windows kept"),
}


def outline(report: Report, voice: Voice = Voice.PLAIN) -> Outline:
    """Every section that has something to say, most important first."""
    sources = cited(report.findings)
    say = professionally if voice is Voice.PROFESSIONAL else plainly
    first, kept = TITLES[voice]
    sections = (
        Section(EntryKind.ADVICE, first, tuple(say(one, sources) for one in report.findings if one.counts)),
        Section(EntryKind.KEPT, kept, tuple(say(one, sources) for one in report.findings if not one.counts)),
        Section(EntryKind.UNREAD, "Could not be checked", tuple(_unread(one) for one in report.not_checked)),
        Section(EntryKind.MISSING, "Answers that are missing", tuple(_missing(one) for one in report.missing)),
        Section(EntryKind.CHANGES, "What would change this", tuple(_changes(report))),
        *_dose(report),
        Section(EntryKind.UNDERSTOOD, "Understood as", tuple(_understood(report, voice))),
        Section(EntryKind.ASSUMED, "Assumed, and not told", tuple(_assumed(report))),
        Section(EntryKind.SOURCES, "Sources", tuple(source_entry(one, number) for one, number in sources.items())),
    )
    return Outline(
        tags=tuple(_tags(report)),
        tone=_tone(report),
        headline=one_line(report.headline),
        sections=tuple(section for section in sections if section.entries),
        foot=(
            *_day(report),
            one_line(report.notice),
            f"Rules {report.rules.version}, {report.rules.digest[:SHORT_DIGEST]}",
        ),
    )


def _day(report: Report) -> Iterator[str]:
    if report.plan.status is PlanStatus.NOT_MADE:
        yield HOURS


def _tags(report: Report) -> Iterator[str]:
    urgent = [one.urgency.value for one in report.findings if one.urgency and one.counts]
    if urgent:
        yield URGENCIES[urgent[0]]
    if report.complete or not _is_weak(report):
        yield ACTIONS[report.verdict.value]
    if not report.complete:
        yield NOT_COMPLETE


def _tone(report: Report) -> Tone:
    return Tone.OPEN if _is_weak(report) and not report.complete else TONES[report.verdict.value]


def _is_weak(report: Report) -> bool:
    """A verdict that would read as "safe" if it were complete."""
    return report.verdict in (Verdict.MONITOR, Verdict.NOTE, Verdict.CLEAR)


def _unread(one: NotChecked) -> Entry:
    place = place_in_words(one.list, one.index) if one.index is not None else field_in_words(one.list)
    said = one.question or f"{capital(one.reason)}."
    return Entry(
        text=f'"{one_line(one.input)[:80]}" ({place}): {one_line(said)}',
        tone=Tone.OPEN,
        details=tuple(_unread_details(one)),
    )


def _unread_details(one: NotChecked) -> Iterator[tuple[str, str]]:
    if one.candidates:
        more = len(one.candidates) - MOST_CANDIDATES
        shown = ", ".join(one.candidates[:MOST_CANDIDATES])
        yield "Did you mean", f"{shown} and {more} more" if more > 0 else shown
    if one.could_become:
        yield "Could become", ACTIONS[one.could_become.value].lower()


def _missing(one: Missing) -> Entry:
    place = f" ({field_in_words(one.field)})" if "[" in one.field else ""
    became = ACTIONS[one.could_become.value].lower()
    return Entry(
        text=f"{one_line(one.question)}{place}",
        tone=Tone.OPEN,
        details=(("Why", one_line(one.why)), ("Could become", became)),
    )


def _changes(report: Report) -> Iterator[Entry]:
    """The best first, and an honest word where none is enough."""
    changes = report.what_would_change or ()
    most = MOST_CHANGES - bool(report.no_single_change)
    yield from (Entry(one_line(one.said), tone=TONES[one.verdict.value]) for one in changes[:most])
    if changes and report.no_single_change:
        yield Entry(one_line(report.no_single_change), tone=Tone.OPEN)


def _dose(report: Report) -> Iterator[Section]:
    dose = report.dose
    if dose is None:
        return
    parts = (Entry(f"{name}: {amount}", details=(("How", how),)) for name, amount, how in dose_parts(report))
    total = Sum(dose.low, dose.high, dose.limit_mg_per_day)
    yield Section(EntryKind.DOSE, "Magnesium itself, a day", (*parts, _total(dose, report.verdict)), total)


def dose_parts(report: Report) -> Iterator[tuple[str, str, str]]:
    """(product, its magnesium a day, how that was counted)."""
    for part in report.dose.parts if report.dose else ():
        yield _product(report, part), _amount(part.low, part.elemental_mg_per_day), one_line(part.how)


def _product(report: Report, part: DosePart) -> str:
    told = [one.input for one in report.recognised if (one.list, one.index) == (part.list, part.index)]
    return one_line(told[0]) if told else place_in_words(part.list, part.index)


def _amount(low: float, high: float | None) -> str:
    if high is None:
        return f"at least {low:g} mg, the rest is not known" if low else "not known"
    return f"{high:g} mg" if low == high else f"{low:g} to {high:g} mg"


def _total(dose: Dose, verdict: Verdict) -> Entry:
    source = (("From", one_line(dose.limit_source)),) if dose.limit_source else ()
    said = f"Together: {_amount(dose.low, dose.high)}{_limit(dose, verdict)}"
    return Entry(said, tone=Tone.WATCH, details=source)


def _limit(dose: Dose, verdict: Verdict) -> str:
    """That there is no limit is not said beside a word against magnesium itself."""
    if dose.limit_mg_per_day:
        return f"; the limit is {dose.limit_mg_per_day:g} mg"
    return "" if verdict in (Verdict.AVOID, Verdict.ASK_FIRST) else "; no limit of ours applies"


def _understood(report: Report, voice: Voice) -> Iterator[Entry]:
    for one in report.recognised:
        if voice is Voice.PROFESSIONAL:
            yield Entry(f"{one_line(one.input)} = {one.is_}", details=tuple(_identity(one)))
        elif one_line(one.input).casefold() != one.is_.casefold():
            yield Entry(f"{one_line(one.input)} = {one.is_}")
    unnamed = dict.fromkeys(one.is_ for one in report.recognised if not one.rules)
    if unnamed:
        yield Entry(f"Known, but no rule of ours is about it: {', '.join(unnamed)}.", tone=Tone.OPEN)


def _identity(one: Recognised) -> Iterator[tuple[str, str]]:
    if one.classes:
        yield "Classes", ", ".join(one.classes)
    yield "Route", one.route
    yield "Found by", one.by
    if one.rxcui:
        yield "RxCUI", one.rxcui


def _assumed(report: Report) -> Iterator[Entry]:
    for one in report.assumed:
        yield Entry(f"{capital(field_in_words(one.field))}: {one_line(one.what)}")
    if report.untold:
        yield Entry(f"Not told, so not checked: {', '.join(report.untold)}.")


def source_entry(one: Cited, number: int) -> Entry:
    where = f", {one.where}" if one.where else ""
    address = (("At", one.url),) if one.url else ()
    grade = GRADES.get(one.grade, one.grade)
    return Entry(f"{one_line(one.source + where)} ({grade})", details=address, number=number)
