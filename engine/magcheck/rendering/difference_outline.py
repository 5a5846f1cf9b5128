"""What does a change in a profile change in the report? First what was told otherwise, then what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import TONES, Entry, Outline, Section, SectionKind, Tone
from magcheck.rendering.report_outline import LONGEST_INPUT, amount_in_words, report_outline
from magcheck.rendering.voices import action_in_words, tone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.explain.difference import Difference, DoseSum, InputChange, ReportState
    from magcheck.knowledge.wording.labels import Labels
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.report import Finding, Report

LONGEST_VALUE = 200


def difference_outline(difference: Difference, report: Report, words: Wording) -> Outline:
    """`report`: the one on the new profile."""
    form, titles = words.difference, words.report.titles

    def section(title: str, entries: Iterable[Entry]) -> Section:
        return Section(SectionKind.COMPARED, title, tuple(entries))

    inputs = tuple(_input(change, words) for change in difference.inputs) or (Entry(form.same),)
    return report_outline(report, words).with_sections(
        (
            section(form.told, inputs),
            section(form.report, _report(difference, words)),
            *(section(title, _findings(difference, kind, words)) for kind, title in form.kinds.items()),
            section(titles.missing, _missing(difference, words)),
            section(titles.unread, _unread(difference, words)),
        )
    )


def _input(change: InputChange, words: Wording) -> Entry:
    """ "kidney value (eGFR): 45 -> 28", "medicine 2 is new: Cipro 500 mg"."""
    form, name = words.difference, words.labels.field(change.field)
    old, new = _value(change.old, words), _value(change.new, words)
    if "." not in change.field and change.kind == "added":
        return Entry(fill(form.added, item=name, value=new))
    if "." not in change.field and change.kind == "removed":
        return Entry(fill(form.removed, item=name, value=old))
    of = f" ({one_line(change.of)[:LONGEST_INPUT]})" if change.of else ""
    return Entry(f"{name}{of}: {old} -> {new}")


def _value(value: float | str | bool | None, words: Wording) -> str:  # noqa: FBT001 - a value of the profile
    return words.difference.not_told if value is None else one_line(words.labels.value(value))[:LONGEST_VALUE]


def _report(difference: Difference, words: Wording) -> Iterator[Entry]:
    form = words.difference
    if difference.is_nothing:
        yield Entry(form.nothing, tone=Tone.FINE)
        return
    old, new = _verdict(difference.old, words), _verdict(difference.new, words)
    verdict = fill(form.verdict, old=old, new=new) if old != new else fill(form.verdict_same, verdict=new)
    yield Entry(verdict, tone=TONES[difference.new.verdict.value] if difference.new.complete else Tone.OPEN)
    if difference.dose_old != difference.dose_new:
        sums = {"old": _sum(difference.dose_old, words), "new": _sum(difference.dose_new, words)}
        yield Entry(fill(form.dose, **sums))


def _verdict(change: ReportState, words: Wording) -> str:
    verdict = words.labels.actions[change.verdict.value].lower()
    return verdict if change.complete else fill(words.difference.not_complete, verdict=verdict)


def _sum(dose: DoseSum | None, words: Wording) -> str:
    if dose is None:
        return words.difference.no_product
    amount = amount_in_words(dose.low or 0, dose.high, words.report)
    return fill(words.difference.limit, amount=amount, limit=f"{dose.limit:g}") if dose.limit else amount


def _findings(difference: Difference, kind: str, words: Wording) -> Iterator[Entry]:
    form = words.difference
    for change in difference.findings:
        finding = change.new or change.old
        if finding and change.kind == kind:
            before = [(form.before, _advice(change.old, words.labels))] if change.old and change.new else []
            details = (*before, (form.because, one_line(finding.title)))
            yield Entry(_advice(finding, words.labels), tone=tone_of(finding), details=details)


def _advice(finding: Finding, labels: Labels) -> str:
    return f"{action_in_words(finding, labels)}: {one_line(finding.what_to_do) or one_line(finding.title)}"


def _missing(difference: Difference, words: Wording) -> Iterator[Entry]:
    form = words.difference
    for title, gaps in ((form.new, difference.missing_came), (form.gone, difference.missing_went)):
        for gap in gaps:
            became = words.labels.actions[gap.could_become.value].lower()
            details = ((words.report.details.could_become, became),)
            yield Entry(f"{title}: {one_line(gap.question)}", tone=Tone.OPEN, details=details)


def _unread(difference: Difference, words: Wording) -> Iterator[Entry]:
    form = words.difference
    for title, items in ((form.new, difference.not_checked_came), (form.gone, difference.not_checked_went)):
        for item in items:
            yield Entry(f'{title}: "{one_line(item.input)[:LONGEST_INPUT]}", {item.reason}', tone=Tone.OPEN)
