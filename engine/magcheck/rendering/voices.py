"""How is one finding told? In plain words, or with what a colleague asks for; both from the same finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from magcheck.core.labels import (
    ACTIONS,
    GRADES,
    KEPT,
    URGENCIES,
    counted_in_words,
    hours,
    value_in_words,
)
from magcheck.core.scales import Urgency
from magcheck.rendering.entries import TONES, Entry, Tone, Window
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.report import Cited, FactUsed, Finding, Separation

Numbers: TypeAlias = "dict[Cited, int]"


def cited(findings: Iterable[Finding]) -> Numbers:
    """Everything cited, numbered in the order of its first use."""
    sources = dict.fromkeys(one for finding in findings for one in finding.evidence)
    return {one: number for number, one in enumerate(sources, start=1)}


def plainly(finding: Finding, sources: Numbers) -> Entry:
    """Plain: what to do stands first, then why."""
    return Entry(
        text=one_line(finding.what_to_do) or one_line(finding.title),
        tag=_tag(finding),
        tone=_tone_of(finding),
        urgent=_is_urgent(finding),
        details=tuple(_reasons(finding, sources)),
        window=_window(finding.separation),
    )


def _tag(finding: Finding) -> str:
    tag = ACTIONS[finding.action.value] if finding.counts else KEPT
    if finding.urgency and finding.counts:
        return f"{URGENCIES[finding.urgency.value]}: {tag.lower()}"
    return tag


def _is_urgent(finding: Finding) -> bool:
    return finding.urgency is Urgency.EMERGENCY and finding.counts


def _tone_of(finding: Finding) -> Tone:
    return TONES[finding.action.value] if finding.counts else Tone.FINE


def _reasons(finding: Finding, sources: Numbers) -> Iterator[tuple[str, str]]:
    if about := _subjects(finding):
        yield "About", about
    yield "Because", one_line(f"{_sentence(finding.title)} {finding.why}")
    if finding.seriousness:
        yield "Risk", one_line(finding.seriousness)
    if finding.facts:
        yield "Counted", "; ".join(map(_in_words, finding.facts))
    if numbers := _numbers(finding, sources):
        yield "Sources", " ".join(f"[{number}]" for number in numbers)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _in_words(fact: FactUsed) -> str:
    return one_line(f"{counted_in_words(fact.name, fact.value, fact.unit)} ({fact.origin})")


def _counted(fact: FactUsed, name: str) -> str:
    return one_line(f"{name} {value_in_words(fact.value, fact.unit)} ({fact.origin})")


def _numbers(finding: Finding, sources: Numbers) -> list[int]:
    return [sources[one] for one in dict.fromkeys(finding.evidence)]


def professionally(finding: Finding, sources: Numbers) -> Entry:
    """What a colleague asks for: rule, mechanism, severity, figures, evidence; then what the patient reads."""
    return Entry(
        text=one_line(finding.title),
        tag=_tag(finding),
        tone=_tone_of(finding),
        urgent=_is_urgent(finding),
        details=tuple(_particulars(finding, sources)),
        window=_window(finding.separation),
    )


def _particulars(finding: Finding, sources: Numbers) -> Iterator[tuple[str, str]]:
    yield "Rule", finding.rule
    if about := _subjects(finding):
        yield "About", about
    if finding.mechanism:
        yield "Mechanism", one_line(finding.mechanism)
    yield "Severity", finding.severity.value
    if finding.seriousness:
        yield "Seriousness", one_line(finding.seriousness)
    if finding.separation:
        yield "Window", window_in_figures(finding.separation)
    if finding.facts:
        yield "Facts used", "; ".join(_counted(one, one.name) for one in finding.facts)
    yield "Rationale", one_line(finding.why)
    if finding.evidence:
        yield "Evidence", "; ".join(_graded(one, sources[one]) for one in dict.fromkeys(finding.evidence))
    if finding.what_to_do:
        yield "Patient reads", one_line(finding.what_to_do)


def _graded(one: Cited, number: int) -> str:
    where = f", {one_line(one.where)}" if one.where else ""
    return f"[{number}] {GRADES.get(one.grade, one.grade)}{where}"


def window_in_figures(separation: Separation) -> str:
    """ "ciprofloxacin 2 h before or 6 h after magnesium; preferred 4 h / 6 h; status: broken"."""
    sides = separation.before_h, separation.after_h
    better = separation.preferred_before_h, separation.preferred_after_h
    parts = [_sides(*sides, separation)]
    if better != sides:
        parts.append(f"preferred: {_sides(*better, separation)}")
    return one_line("; ".join(part for part in (*parts, f"status: {separation.status.value}") if part))


def _sides(before: float | None, after: float | None, separation: Separation) -> str:
    if before is None or after is None:
        return ""
    return f"{separation.take} {hours(before)} before or {hours(after)} after {separation.around}"


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
