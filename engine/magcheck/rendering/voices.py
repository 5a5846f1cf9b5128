"""How is one finding told? In plain words, or with what a colleague asks for; both from the same finding."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from magcheck.core.scales import Urgency
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import one_line
from magcheck.rendering.line import sentences as sentences_of
from magcheck.rendering.outline import TONES, Entry, GapHours, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.wording.labels import Labels
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.report import Cited, FactUsed, Finding, Separation

_NUMBERS = re.compile(r"\[\d+\]( \[\d+\])*")

Numbers: TypeAlias = "dict[Cited, int]"


def cited(findings: Iterable[Finding]) -> Numbers:
    """Everything cited, numbered in the order of its first use."""
    return numbered(source for finding in findings for source in finding.evidence)


def numbered(sources: Iterable[Cited]) -> Numbers:
    """Each source once, from 1 on."""
    return {source: number for number, source in enumerate(dict.fromkeys(sources), start=1)}


def plainly(findings: Iterable[Finding], sources: Numbers, words: Wording) -> list[Entry]:
    """Plain: what to do stands first, then why. A sentence stands once; who adds none joins who said it first.

    A window is told in full: its last sentences speak of its own medicine.
    """
    entries: list[Entry] = []
    said: dict[str, int] = {}
    for finding in findings:
        advice = one_line(finding.what_to_do) or one_line(finding.title)
        sentences = [advice] if finding.separation else sentences_of(advice)
        new = [sentence for sentence in sentences if sentence not in said]
        text = " ".join(new) or _sentence(one_line(finding.title))
        entry = _entry(finding, text, _reasons(finding, sources, words), words)
        if new or entries[said[sentences[0]]].tag != entry.tag:
            said |= dict.fromkeys(new, len(entries))
            entries.append(entry)
        else:
            first = said[sentences[0]]
            entries[first] = _joined(entries[first], entry)
    return entries


def _joined(first: Entry, second: Entry) -> Entry:
    """One instruction for both, with the reasons of both."""
    details = dict(first.details)
    for label, text in second.details:
        details[label] = _both(details[label], text) if label in details else text
    return replace(first, details=tuple(details.items()), urgent=first.urgent or second.urgent)


def _both(first: str, second: str) -> str:
    """Two details of one label: numbers of sources each once, sentences one after the other, else a list."""
    if _NUMBERS.fullmatch(first) and _NUMBERS.fullmatch(second):
        return " ".join(dict.fromkeys([*first.split(), *second.split()]))
    if first == second:
        return first
    return f"{first} {second}" if first.endswith((".", "!", "?")) else f"{first}; {second}"


def professionally(findings: Iterable[Finding], sources: Numbers, words: Wording) -> Iterator[Entry]:
    """What a colleague asks for: rule, mechanism, severity, figures, evidence; then what the patient reads."""
    for finding in findings:
        yield _entry(finding, one_line(finding.title), _particulars(finding, sources, words), words)


def reasoned(findings: Iterable[Finding], sources: Numbers, words: Wording) -> Iterator[Entry]:
    """Why: the title of each page with its reasons, where what to do stands above already."""
    for finding in findings:
        reasons = _reasons(finding, sources, words, title=False)
        yield _entry(finding, _sentence(one_line(finding.title)), reasons, words)


def _entry(finding: Finding, text: str, details: Iterable[tuple[str, str]], words: Wording) -> Entry:
    return Entry(
        text=text,
        tag=_tag(finding, words),
        tone=tone_of(finding),
        urgent=finding.urgency is Urgency.EMERGENCY and finding.counts,
        details=tuple(details),
        window=_window(finding.separation, words.labels),
    )


def _tag(finding: Finding, words: Wording) -> str:
    tag = action_in_words(finding, words.labels)
    if finding.urgency and finding.counts:
        urgency = words.labels.urgencies[finding.urgency.value]
        return fill(words.report.urgent, urgency=urgency, action=tag.lower())
    return tag


def action_in_words(finding: Finding, labels: Labels) -> str:
    """What is to be done, or that it is done already."""
    return labels.actions[finding.action.value] if finding.counts else labels.kept


def tone_of(finding: Finding) -> Tone:
    return TONES[finding.action.value] if finding.counts else Tone.FINE


def _reasons(
    finding: Finding, sources: Numbers, words: Wording, *, title: bool = True
) -> Iterator[tuple[str, str]]:
    """`title`: does its title stand among them, and not above?"""
    labels = words.report.details
    if about := _subjects(finding):
        yield labels.about, about
    yield labels.because, one_line(f"{_sentence(finding.title)} {finding.why}" if title else finding.why)
    if finding.seriousness:
        yield labels.risk, one_line(finding.seriousness)
    if finding.facts:
        yield labels.counted, "; ".join(_counted(fact, words.labels) for fact in finding.facts)
    if numbers := [sources[source] for source in dict.fromkeys(finding.evidence) if source in sources]:
        yield labels.sources, " ".join(f"[{number}]" for number in numbers)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _counted(fact: FactUsed, labels: Labels) -> str:
    return one_line(f"{labels.counted(fact.name, fact.value, fact.unit)} ({fact.origin})")


def _particulars(finding: Finding, sources: Numbers, words: Wording) -> Iterator[tuple[str, str]]:
    labels = words.report.details
    yield labels.rule, finding.rule
    if about := _subjects(finding):
        yield labels.about, about
    if finding.mechanism:
        yield labels.mechanism, one_line(finding.mechanism)
    yield labels.severity, finding.severity.value
    if finding.seriousness:
        yield labels.seriousness, one_line(finding.seriousness)
    if finding.separation:
        yield labels.window, window_in_figures(finding.separation, words)
    if finding.facts:
        yield labels.facts, "; ".join(_by_name(fact, words.labels) for fact in finding.facts)
    yield labels.rationale, one_line(finding.why)
    if finding.evidence:
        graded = (_graded(source, sources[source], words.labels) for source in dict.fromkeys(finding.evidence))
        yield labels.evidence, "; ".join(graded)
    if finding.what_to_do:
        yield labels.patient_reads, one_line(finding.what_to_do)


def _by_name(fact: FactUsed, labels: Labels) -> str:
    return one_line(f"{fact.name} {labels.value(fact.value, fact.unit)} ({fact.origin})")


def _graded(source: Cited, number: int, labels: Labels) -> str:
    where = f", {one_line(source.where)}" if source.where else ""
    return f"[{number}] {labels.grades.get(source.grade, source.grade)}{where}"


def window_in_figures(separation: Separation, words: Wording) -> str:
    """ "ciprofloxacin 2 h before or 6 h after magnesium; preferred 4 h / 6 h; status: broken"."""
    form = words.report.window
    sides = separation.before_h, separation.after_h
    better = separation.preferred_before_h, separation.preferred_after_h
    parts = [_sides(*sides, separation, words)]
    if better != sides and (preferred := _sides(*better, separation, words)):
        parts.append(fill(form.preferred, window=preferred))
    parts.append(fill(form.status, status=separation.status.value))
    return one_line("; ".join(part for part in parts if part))


def _sides(before: float | None, after: float | None, separation: Separation, words: Wording) -> str:
    if before is None or after is None:
        return ""
    hours = {"before": words.labels.hours(before), "after": words.labels.hours(after)}
    return fill(words.report.window.sides, medicine=separation.take, magnesium=separation.around, **hours)


def _subjects(finding: Finding) -> str:
    return "; ".join(dict.fromkeys(_same(subject.input, subject.is_) for subject in finding.subjects))


def _same(as_told: str, name: str) -> str:
    """ "Cipro 500 mg (ciprofloxacin)", or the name alone where nothing else was told."""
    as_told = one_line(as_told)
    return as_told if as_told.casefold() == name.casefold() else f"{as_told} ({name})"


def _window(separation: Separation | None, labels: Labels) -> GapHours | None:
    if separation is None or separation.before_h is None or separation.after_h is None:
        return None
    before, after = labels.hours(separation.before_h), labels.hours(separation.after_h)
    return GapHours(separation.take, separation.around, before, after)
