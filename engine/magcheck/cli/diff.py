"""What does a change in a profile change in the report? First what was told otherwise, then what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.cli.check import text_of
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import STDIN, read_profile
from magcheck.core.errors import InputError, Problem
from magcheck.core.labels import ACTIONS, KEPT, field_in_words, value_in_words
from magcheck.rendering.entries import TONES, Entry, EntryKind, Outline, Section, Tone
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.explain.difference import Difference, DoseSum, InputChange, ReportState
    from magcheck.report import Finding, Report

NOTHING = "Nothing changes. The report says the same."
SAME = "The two profiles say the same."
NOT_TOLD = "not told"
KINDS = {"came": "New", "changed": "Said otherwise", "went": "Gone"}


def compare_profiles(old: str, new: str, rules: str | None, *, as_json: bool, plain: bool) -> int:
    """The exit code of the report on `new`; what it says otherwise than that on `old` is printed."""
    if old == new == STDIN:
        raise InputError([Problem("magcheck diff", "only one profile can be read from stdin.", "Name a file.")])
    checker = checker_of(rules)
    profiles = read_profile(old, rules), read_profile(new, rules)
    found = checker.difference(*profiles)
    if as_json:
        console.print_data(found.model_dump_json(indent=2))
    else:
        console.print_result(text_of(_outline(found, checker.check(profiles[1])), plain=plain))
    return found.exit_code


def _outline(found: Difference, report: Report) -> Outline:
    head = outline(report)
    told = tuple(_input(one) for one in found.inputs) or (Entry(SAME),)
    sections = (
        Section(EntryKind.COMPARED, "Told otherwise", told),
        Section(EntryKind.COMPARED, "The report", tuple(_report(found))),
        *(Section(EntryKind.COMPARED, title, tuple(_findings(found, kind))) for kind, title in KINDS.items()),
        Section(EntryKind.COMPARED, "Answers that are missing", tuple(_missing(found))),
        Section(EntryKind.COMPARED, "Could not be checked", tuple(_unread(found))),
    )
    return Outline(head.tags, head.tone, head.headline, tuple(one for one in sections if one.entries), head.foot)


def _input(one: InputChange) -> Entry:
    """ "kidney value (eGFR): 45 -> 28", "medicine 2 is new: Cipro 500 mg"."""
    name = field_in_words(one.field)
    old, new = _value(one.old), _value(one.new)
    if "." not in one.field and one.kind != "changed":
        return Entry(f"{name}, new: {new}" if one.kind == "added" else f"{name}, gone: {old}")
    of = f" ({one_line(one.of)[:80]})" if one.of else ""
    return Entry(f"{name}{of}: {old} -> {new}")


def _value(value: float | str | bool | None) -> str:  # noqa: FBT001 - a value of the profile
    return NOT_TOLD if value is None else one_line(value_in_words(value))[:200]


def _report(found: Difference) -> Iterator[Entry]:
    if found.is_nothing:
        yield Entry(NOTHING, tone=Tone.FINE)
        return
    old, new = _verdict(found.old), _verdict(found.new)
    yield Entry(f"Verdict: {old} -> {new}" if old != new else f"Verdict: {new}, as before", tone=_tone(found.new))
    if found.dose_old != found.dose_new:
        yield Entry(f"Magnesium itself a day: {_sum(found.dose_old)} -> {_sum(found.dose_new)}")


def _verdict(said: ReportState) -> str:
    complete = "" if said.complete else ", not complete"
    return f"{ACTIONS[said.verdict.value].lower()}{complete}"


def _tone(said: ReportState) -> Tone:
    return TONES[said.verdict.value] if said.complete else Tone.OPEN


def _sum(dose: DoseSum | None) -> str:
    if dose is None:
        return "no product"
    high = "not known" if dose.high is None else f"{dose.high:g} mg"
    amount = high if dose.low == dose.high or dose.high is None else f"{dose.low:g} to {high}"
    return f"{amount} (limit {dose.limit:g} mg)" if dose.limit else amount


def _findings(found: Difference, kind: str) -> Iterator[Entry]:
    for change in found.findings:
        finding = change.new or change.old
        if finding and change.kind == kind:
            before = [("Before", _advice(change.old))] if change.old and change.new else []
            details = (*before, ("Because", one_line(finding.title)))
            yield Entry(_advice(finding), tone=_finding_tone(finding), details=details)


def _advice(finding: Finding) -> str:
    action = ACTIONS[finding.action.value] if finding.counts else KEPT
    return f"{action}: {one_line(finding.what_to_do) or one_line(finding.title)}"


def _finding_tone(finding: Finding) -> Tone:
    return TONES[finding.action.value] if finding.counts else Tone.FINE


def _missing(found: Difference) -> Iterator[Entry]:
    for title, gaps in (("New", found.missing_came), ("Gone", found.missing_went)):
        for gap in gaps:
            became = ACTIONS[gap.could_become.value].lower()
            said = f"{title}: {one_line(gap.question)}"
            yield Entry(said, tone=Tone.OPEN, details=(("Could become", became),))


def _unread(found: Difference) -> Iterator[Entry]:
    for title, unread in (("New", found.not_checked_came), ("Gone", found.not_checked_went)):
        for one in unread:
            yield Entry(f'{title}: "{one_line(one.input)[:80]}", {one.reason}', tone=Tone.OPEN)
