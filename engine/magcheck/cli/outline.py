"""What does the report say, in which order? One outline, from which every text rendering is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from magcheck.cli.streams import one_line
from magcheck.report import Verdict
from magcheck.words import (
    ACTIONS,
    GRADES,
    KEPT,
    NOT_COMPLETE,
    URGENCIES,
    capital,
    counted_in_words,
    field_in_words,
    hours,
    place_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.report import Cited, Dose, DosePart, Finding, Missing, NotChecked, Report, Separation

MOST_CANDIDATES = 6
MOST_CHANGES = 5


class Tone(Enum):
    """How serious an entry is; a rendering may colour it."""

    STOP = auto()
    ASK = auto()
    CHANGE = auto()
    WATCH = auto()
    FINE = auto()
    OPEN = auto()
    QUIET = auto()


TONES: dict[str, Tone] = {
    "avoid": Tone.STOP,
    "ask_first": Tone.ASK,
    "separate": Tone.CHANGE,
    "lower_dose": Tone.CHANGE,
    "monitor": Tone.WATCH,
    "note": Tone.WATCH,
    "clear": Tone.FINE,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said: a text, below a tag shared with its neighbours, with labelled details."""

    text: str
    tag: str = ""
    tone: Tone = Tone.QUIET
    details: tuple[tuple[str, str], ...] = ()
    window: Window | None = None
    number: int = 0
    """Of a source; 0 where nothing is numbered."""


@dataclass(frozen=True, slots=True)
class Window:
    """A gap in hours on both sides of magnesium."""

    take: str
    around: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The magnesium of a day against its limit, milligrams."""

    low: float
    high: float | None
    limit: float | None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    entries: tuple[Entry, ...]
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    tags: tuple[str, ...]
    """The verdict in words, and whether it is complete."""
    tone: Tone
    headline: str
    sections: tuple[Section, ...] = field(default=())
    foot: tuple[str, ...] = ()


def outline(report: Report) -> Outline:
    """Every section that has something to say, most important first."""
    sources = _sources(report.findings)
    sections = (
        Section("What to do", tuple(_advice(one) for one in report.findings if one.counts)),
        Section("Already right", tuple(_advice(one) for one in report.findings if not one.counts)),
        Section("Could not be checked", tuple(_unread(one) for one in report.not_checked)),
        Section("Answers that are missing", tuple(_missing(one) for one in report.missing)),
        Section("What would change this", tuple(_changes(report))),
        *_dose(report),
        Section("Understood as", tuple(_understood(report))),
        Section("Assumed, and not told", tuple(_assumed(report))),
        Section("Why", tuple(_why(one, sources) for one in report.findings)),
        Section("Sources", tuple(source_entry(cited, number) for cited, number in sources.items())),
    )
    return Outline(
        tags=tuple(_tags(report)),
        tone=_tone(report),
        headline=one_line(report.headline),
        sections=tuple(section for section in sections if section.entries),
        foot=(one_line(report.notice), f"Rules {report.rules.version}, {report.rules.digest[:19]}"),
    )


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


def _advice(finding: Finding) -> Entry:
    action = finding.action.value
    tag = ACTIONS[action] if finding.counts else KEPT
    if finding.urgency and finding.counts:
        tag = f"{URGENCIES[finding.urgency.value]}: {tag.lower()}"
    return Entry(
        text=one_line(finding.what_to_do) or one_line(finding.title),
        tag=tag,
        tone=TONES[action] if finding.counts else Tone.FINE,
        details=tuple(_context(finding)),
        window=_window(finding.separation),
    )


def _context(finding: Finding) -> Iterator[tuple[str, str]]:
    if about := _subjects(finding):
        yield "About", about
    yield "Because", one_line(finding.title)


def _subjects(finding: Finding) -> str:
    return "; ".join(dict.fromkeys(_same(one.input, one.is_) for one in finding.subjects))


def _same(told: str, name: str) -> str:
    """ "Cipro 500 mg (ciprofloxacin)", or the name alone where nothing else was told."""
    told = one_line(told)
    return told if told.casefold() == name.casefold() else f"{told} ({name})"


def _window(separation: Separation | None) -> Window | None:
    if separation is None or separation.before_h is None or separation.after_h is None:
        return None
    return Window(separation.take, separation.around, hours(separation.before_h), hours(separation.after_h))


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
    parts = (_part(report, part) for part in dose.parts)
    total = Sum(dose.low, dose.high, dose.limit_mg_per_day)
    yield Section("Magnesium itself, a day", (*parts, _total(dose, report.verdict)), total)


def _part(report: Report, part: DosePart) -> Entry:
    told = [one.input for one in report.recognised if (one.list, one.index) == (part.list, part.index)]
    name = one_line(told[0]) if told else place_in_words(part.list, part.index)
    return Entry(f"{name}: {_amount(part.low, part.elemental_mg_per_day)}", details=(("How", part.how),))


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


def _understood(report: Report) -> Iterator[Entry]:
    for one in report.recognised:
        if one_line(one.input).casefold() != one.is_.casefold():
            yield Entry(f"{one_line(one.input)} = {one.is_}")
    unnamed = dict.fromkeys(one.is_ for one in report.recognised if not one.rules)
    if unnamed:
        yield Entry(f"Known, but no rule of ours is about it: {', '.join(unnamed)}.", tone=Tone.OPEN)


def _assumed(report: Report) -> Iterator[Entry]:
    for one in report.assumed:
        yield Entry(f"{capital(field_in_words(one.field))}: {one_line(one.what)}")
    if report.untold:
        yield Entry(f"Not told, so not checked: {', '.join(report.untold)}.")


def _sources(findings: Iterable[Finding]) -> dict[Cited, int]:
    """Everything cited, numbered in the order of its first use."""
    cited = dict.fromkeys(one for finding in findings for one in finding.evidence)
    return {one: number for number, one in enumerate(cited, start=1)}


def _why(finding: Finding, sources: dict[Cited, int]) -> Entry:
    marks = "".join(f"[{sources[one]}]" for one in dict.fromkeys(finding.evidence))
    return Entry(
        text=f"{one_line(finding.title)} {marks}".rstrip(),
        tone=TONES[finding.action.value] if finding.counts else Tone.FINE,
        details=tuple(_reasons(finding)),
    )


def _reasons(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "Why", one_line(finding.why)
    risk = f"; {one_line(finding.seriousness)}" if finding.seriousness else ""
    yield "How serious", f"{finding.severity.value}{risk}"
    facts = [f"{counted_in_words(one.name, one.value, one.unit)} ({one.origin})" for one in finding.facts]
    if facts:
        yield "Counted", one_line("; ".join(facts))


def source_entry(cited: Cited, number: int) -> Entry:
    where = f", {cited.where}" if cited.where else ""
    address = (("At", cited.url),) if cited.url else ()
    grade = GRADES.get(cited.grade, cited.grade)
    return Entry(f"{one_line(cited.source + where)} ({grade})", details=address, number=number)


def is_address(text: str) -> bool:
    """An address stands alone on its line, so that it can be opened."""
    return text.startswith(("https://", "http://"))
