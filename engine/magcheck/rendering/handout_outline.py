"""What does the handout say, in which order? The report with its day, what may wait, and what was told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.core.scales import Action
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.card import card
from magcheck.rendering.day_outline import day_sections, day_title
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import Entry, Listing, Outline, Section, SectionKind, Table
from magcheck.rendering.profile_table import told
from magcheck.rendering.report_outline import report_outline
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.profile import Profile
    from magcheck.report import Report

BEFORE_THE_DAY = SectionKind.ADVICE, SectionKind.UNREAD, SectionKind.MISSING
"""What was not checked stands before the day, because the day does not hold it."""


def handout_outline(report: Report, profile: Profile | None, words: Wording, voice: Voice) -> Outline:
    """The verdict, what to do, the day; then what is open, and what it all rests on."""
    outline = report_outline(report, words, voice)
    return outline.with_sections(_sections(outline, report, profile, words, voice))


def _sections(
    outline: Outline, report: Report, profile: Profile | None, words: Wording, voice: Voice
) -> Iterator[Section]:
    sections = {section.kind: section for section in outline.sections}
    notes = _without_notes(sections, words)
    if voice is Voice.PLAIN:
        yield card(report, words)
    yield from (sections[kind] for kind in BEFORE_THE_DAY if kind in sections)
    yield _day(report, words, voice)
    yield Section(SectionKind.NOTES, words.handout.notes, notes)
    for kind, section in sections.items():
        if kind not in (*BEFORE_THE_DAY, SectionKind.SOURCES):
            yield section
    if profile is not None:
        yield _told(profile, words)
    if SectionKind.SOURCES in sections:
        yield sections[SectionKind.SOURCES]


def _without_notes(sections: dict[SectionKind, Section], words: Wording) -> tuple[Entry, ...]:
    """Taken out of what to do: nothing has to be done about a note, so it may wait until after the day."""
    advice = sections.get(SectionKind.ADVICE)
    if advice is None:
        return ()
    note = words.labels.actions[Action.NOTE.value]
    rest = tuple(entry for entry in advice.entries if entry.tag != note)
    sections[SectionKind.ADVICE] = replace(advice, entries=rest)
    return tuple(replace(entry, tag="") for entry in advice.entries if entry.tag == note)


def _day(report: Report, words: Wording, voice: Voice) -> Section:
    """A day never reads as whole where something was not checked."""
    status = words.handout.day_status if report.complete else words.handout.day_status_incomplete
    tag = fill(status, status=day_title(report, words.day))
    statement = Entry(one_line(report.plan.said), tag=tag)
    return Section(SectionKind.THE_DAY, words.handout.day, (statement,), parts=day_sections(report, words, voice))


def _told(profile: Profile, words: Wording) -> Section:
    form, rows = words.handout.told, tuple(told(profile, words))
    if not rows:
        return Section(SectionKind.TOLD, form.title, (Entry(form.nothing),), Listing.LINES)
    entries = tuple(Entry(f"{label}: {value}", is_row=True) for label, value in rows)
    return Section(SectionKind.TOLD, form.title, entries, table=Table(form.caption, (), rows))
