"""What does the report say, in which order?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.text import capital
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import TONES, Entry, Outline, Section, SectionKind, Sum, Table, Tone, filled
from magcheck.rendering.voice import Voice
from magcheck.rendering.voices import cited, plainly, professionally
from magcheck.report import PlanStatus, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from magcheck.knowledge.wording.labels import Labels
    from magcheck.knowledge.wording.report import BarWords, ReportWords
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.report import Cited, Dose, DosePart, Missing, NotChecked, Recognised, Report

MOST_CANDIDATES = 6
MOST_CHANGES = 5
LONGEST_INPUT = 80
"""Characters of what somebody wrote."""
SHORT_DIGEST = 19


def report_outline(report: Report, words: Wording, voice: Voice = Voice.PLAIN) -> Outline:
    """Every section that has something to say, most important first."""
    return Outline(
        tags=tuple(tags_of(report, words.labels)),
        tone=tone_of_report(report),
        headline=one_line(report.headline),
        sections=filled(_sections(report, words, voice)),
        foot=tuple(_foot(report, words.report)),
        above=above(report, words),
    )


def above(report: Report, words: Wording) -> str:
    """Nobody takes a report made with other pages for one of ours."""
    return one_line(words.report.only) if report.rules.only else ""


def _sections(report: Report, words: Wording, voice: Voice) -> Iterator[Section]:
    titles, sources = words.report.titles, cited(report.findings)
    tell = professionally if voice is Voice.PROFESSIONAL else plainly
    advice, kept = (
        (titles.findings, titles.windows_kept) if voice is Voice.PROFESSIONAL else (titles.advice, titles.kept)
    )
    counting = [finding for finding in report.findings if finding.counts]
    settled = [finding for finding in report.findings if not finding.counts]

    def section(kind: SectionKind, title: str, entries: Iterable[Entry]) -> Section:
        return Section(kind, title, tuple(entries))

    yield section(SectionKind.ADVICE, advice, tell(counting, sources, words))
    yield section(SectionKind.KEPT, kept, tell(settled, sources, words))
    yield section(SectionKind.UNREAD, titles.unread, _unread_all(report, words))
    yield section(SectionKind.MISSING, titles.missing, (_missing(gap, report, words) for gap in report.missing))
    yield section(SectionKind.CHANGES, titles.changes, _changes(report))
    if report.dose:
        yield _dose(report, report.dose, words)
    yield section(SectionKind.UNDERSTOOD, titles.understood, _understood(report, words.report, voice))
    yield section(SectionKind.ASSUMED, titles.assumed, _assumed(report, words))
    yield sources_section(sources, words)


def _foot(report: Report, words: ReportWords) -> Iterator[str]:
    if report.plan.status is PlanStatus.NOT_MADE:
        yield words.hours
    yield one_line(report.notice)
    yield edition(report, words)


def edition(report: Report, words: ReportWords) -> str:
    """Which rules were used."""
    return fill(words.edition, version=report.rules.version, digest=report.rules.digest[:SHORT_DIGEST])


def tags_of(report: Report, labels: Labels) -> Iterator[str]:
    urgent = [finding.urgency.value for finding in report.findings if finding.urgency and finding.counts]
    if urgent:
        yield labels.urgencies[urgent[0]]
    if report.complete or not _is_weak(report):
        yield labels.actions[report.verdict.value]
    if not report.complete:
        yield labels.not_complete
    elif report.untold and _is_weak(report):
        yield labels.not_all_told


def tone_of_report(report: Report) -> Tone:
    is_open = not report.complete or report.untold
    return Tone.OPEN if _is_weak(report) and is_open else TONES[report.verdict.value]


def _is_weak(report: Report) -> bool:
    """A verdict that would read as "safe" if all were told and checked."""
    return report.verdict in (Verdict.MONITOR, Verdict.NOTE, Verdict.CLEAR)


def _unread_all(report: Report, words: Wording) -> Iterator[Entry]:
    """Each of them, and what to do until somebody has looked, said once for all."""
    for item in report.not_checked:
        yield _unread(item, words)
    waiting = [item for item in report.not_checked if item.meanwhile]
    if len(waiting) > 1:
        names = ", ".join(dict.fromkeys(one_line(item.input)[:LONGEST_INPUT] for item in waiting))
        yield Entry(fill(words.unknown_names.many, names=names), tone=Tone.OPEN)
    elif waiting:
        yield Entry(one_line(waiting[0].meanwhile or ""), tone=Tone.OPEN)


def _unread(item: NotChecked, words: Wording) -> Entry:
    return Entry(unread_in_words(item, words), tone=Tone.OPEN, details=tuple(_unread_details(item, words)))


def unread_in_words(item: NotChecked, words: Wording) -> str:
    question = item.question or words.report.reasons.get(item.reason) or f"{capital(item.reason)}."
    return f'"{one_line(item.input)[:LONGEST_INPUT]}": {one_line(question)}'


def _unread_details(item: NotChecked, words: Wording) -> Iterator[tuple[str, str]]:
    details = words.report.details
    if names := candidates_in_words(item, words):
        yield details.did_you_mean, names
    if item.could_become:
        became = words.labels.actions[item.could_become.value].lower()
        names = ", ".join(map(one_line, item.could_become_as[:MOST_CANDIDATES]))
        yield details.could_become, f"{became} ({names})" if names else became


def _missing(gap: Missing, report: Report, words: Wording) -> Entry:
    details = words.report.details
    became = words.labels.actions[gap.could_become.value].lower()
    return Entry(
        text=missing_in_words(gap, report, words),
        tone=Tone.OPEN,
        details=((details.why, one_line(gap.why)), (details.could_become, became)),
    )


def candidates_in_words(item: NotChecked, words: Wording) -> str:
    """The nearest names; empty where there is none."""
    more = len(item.candidates) - MOST_CANDIDATES
    names = ", ".join(item.candidates[:MOST_CANDIDATES])
    return fill(words.report.more_candidates, names=names, count=more) if more > 0 else names


def missing_in_words(gap: Missing, report: Report, words: Wording) -> str:
    """The question, and about which item it is, in the words told."""
    place, _, _ = gap.field.partition("].")
    items = (item for item in report.recognised if f"{item.list}[{item.index}" == place)
    told = next(items, None)
    if told:
        return f"{one_line(told.input)[:LONGEST_INPUT]}: {one_line(gap.question)}"
    where = f" ({words.labels.field(gap.field)})" if "[" in gap.field else ""
    return f"{one_line(gap.question)}{where}"


def _changes(report: Report) -> Iterator[Entry]:
    """The best first, and an honest word where none is enough."""
    changes = report.what_would_change or ()
    most = MOST_CHANGES - bool(report.no_single_change)
    yield from (Entry(one_line(change.said), tone=TONES[change.verdict.value]) for change in changes[:most])
    if changes and report.no_single_change:
        yield Entry(one_line(report.no_single_change), tone=Tone.OPEN)


def _dose(report: Report, dose: Dose, words: Wording) -> Section:
    """The magnesium of each product, and of all together."""
    form, rows = words.report, tuple(_dose_row(report, part, words) for part in dose.parts)
    parts = (
        Entry(f"{name}: {amount}", details=((form.details.how, how),), is_row=True) for name, amount, how in rows
    )
    return Section(
        SectionKind.DOSE,
        form.titles.dose,
        (*parts, _total(dose, report.verdict, form)),
        sum=_sum(dose, form.bar),
        table=Table(words.handout.dose, words.handout.dose_columns, rows),
    )


def _dose_row(report: Report, part: DosePart, words: Wording) -> tuple[str, str, str]:
    """(product, its magnesium a day, how that was counted)."""
    amount = amount_in_words(part.low, part.elemental_mg_per_day, words.report)
    return _product(report, part, words.labels), amount, one_line(part.how)


def _sum(dose: Dose, words: BarWords) -> Sum:
    limit_said = fill(words.limit, limit=f"{dose.limit_mg_per_day or 0:g}")
    return Sum(dose.low, dose.high, dose.limit_mg_per_day, words.surely, words.perhaps, limit_said)


def _product(report: Report, part: DosePart, labels: Labels) -> str:
    inputs = [item.input for item in report.recognised if (item.list, item.index) == (part.list, part.index)]
    return one_line(inputs[0]) if inputs else labels.item(part.list, part.index)


def amount_in_words(low: float, high: float | None, words: ReportWords) -> str:
    """Milligrams between `low` and `high`; None where nobody knows how high."""
    form, figures = words.amount.of(low, high)
    return fill(form, **figures)


def _total(dose: Dose, verdict: Verdict, words: ReportWords) -> Entry:
    """That there is no limit is not said beside a word against magnesium itself."""
    source = ((words.details.from_, one_line(dose.limit_source)),) if dose.limit_source else ()
    amount = amount_in_words(dose.low, dose.high, words)
    if dose.limit_mg_per_day:
        total = fill(words.total_limit, amount=amount, limit=f"{dose.limit_mg_per_day:g}")
    else:
        is_against = verdict in (Verdict.AVOID, Verdict.ASK_FIRST)
        total = fill(words.total if is_against else words.total_no_limit, amount=amount)
    return Entry(total, tone=Tone.WATCH, details=source)


def _understood(report: Report, words: ReportWords, voice: Voice) -> Iterator[Entry]:
    for item in report.recognised:
        details = (*not_understood(item, words), *(_identity(item, words) if voice is Voice.PROFESSIONAL else ()))
        yield Entry(read_in_words(item, words), details=details)
    unnamed = dict.fromkeys(item.is_ for item in report.recognised if not item.has_rules and item.read.taken)
    if unnamed:
        yield Entry(fill(words.no_rule, names=", ".join(unnamed)), tone=Tone.OPEN)


def read_in_words(item: Recognised, words: ReportWords) -> str:
    """What was written beside its reading, once where the reading begins with it; what is inside follows."""
    written, echo = one_line(item.input), one_line(item.read.echo)
    line = echo if f"{echo},".casefold().startswith(f"{written},".casefold()) else f"{written} = {echo}"
    if item.is_.casefold() not in echo.casefold():
        line = f"{line} ({item.is_})"
    return line if item.read.taken else fill(words.not_taken, item=line)


def not_understood(item: Recognised, words: ReportWords) -> Iterator[tuple[str, str]]:
    if item.read.not_read:
        yield words.details.not_understood, ", ".join(f'"{one_line(part)}"' for part in item.read.not_read)


def _identity(item: Recognised, words: ReportWords) -> Iterator[tuple[str, str]]:
    details = words.details
    if item.classes:
        yield details.classes, ", ".join(item.classes)
    yield details.route, item.route
    yield details.found_by, item.by
    if item.rxcui:
        yield details.rxcui, item.rxcui


def _assumed(report: Report, words: Wording) -> Iterator[Entry]:
    for assumed in report.assumed:
        yield Entry(f"{capital(words.labels.field(assumed.field))}: {one_line(assumed.what)}")
    if report.untold:
        yield Entry(fill(words.report.untold, things=", ".join(report.untold)))


def sources_section(sources: Mapping[Cited, int], words: Wording) -> Section:
    """Everything cited, by its number."""
    entries = tuple(_source(source, number, words) for source, number in sources.items())
    return Section(SectionKind.SOURCES, words.report.titles.sources, entries)


def _source(source: Cited, number: int, words: Wording) -> Entry:
    is_said = (source.where or "").casefold() in source.source.casefold()
    where = "" if is_said else f", {source.where}"
    address = ((words.report.details.at, source.url),) if source.url else ()
    grade = words.labels.grades.get(source.grade, source.grade)
    return Entry(f"{one_line(source.source + where)} ({grade})", details=address, number=number)
