"""What would one pin to the fridge? Three steps, the day, and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.rendering.day_lines import day_lines
from magcheck.rendering.density import DENSITIES
from magcheck.rendering.outline import Entry, Listing, Section, SectionKind, filled
from magcheck.rendering.report_outline import missing_in_words
from magcheck.rendering.steps import steps

if TYPE_CHECKING:
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.report import Report

MOST_QUESTIONS = 3


def card(report: Report, words: Wording) -> Section:
    """Below the verdict; what is still to be answered takes the place of steps where there are none."""
    airy, form = DENSITIES[0], words.handout.card
    entries = tuple(
        Entry(step.in_words(airy.sentences), tone=step.tone) for step in steps(report, words)[: airy.steps]
    )
    open_ = tuple(Entry(missing_in_words(gap, report, words)) for gap in report.missing[:MOST_QUESTIONS])
    call = Section(SectionKind.NOTES, form.whom, (Entry(form.call),), Listing.LINES)
    parts = filled((day_lines(report, words), call))
    return Section(SectionKind.CARD, form.title, entries or open_, Listing.LINES, parts=parts)
