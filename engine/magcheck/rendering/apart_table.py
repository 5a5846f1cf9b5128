"""Which gaps to magnesium are there? One table for what weighs, one for what weighs little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.scales import Status
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import Entry, Listing, Section, SectionKind, Table
from magcheck.rendering.steps import has_window, is_weighty
from magcheck.rendering.voices import tone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.report import Finding, Report, Separation


def apart_sections(report: Report, words: Wording, most: int) -> Iterator[Section]:
    """At most `most` rows in all, the weightiest and those that are not kept first; the others in a line."""
    windows = [finding for finding in report.findings if has_window(finding)]
    weighty = [finding for finding in windows if is_weighty(finding)]
    small = [finding for finding in windows if not is_weighty(finding)]
    titles = words.screen.titles
    yield _section(titles.apart, weighty, words, most)
    yield _section(titles.apart_small, small, words, max(0, most - len(weighty)))


def _section(title: str, windows: Sequence[Finding], words: Wording, most: int) -> Section:
    rows = tuple(row for finding in windows[:most] for row in _row(finding, words))
    lines = tuple(
        Entry("; ".join(row), tone=tone_of(finding), is_row=True)
        for finding, row in zip(windows, rows, strict=False)
    )
    rest = [row for finding in windows[most:] for row in _row(finding, words)]
    more = "; ".join(fill(words.screen.in_a_line, medicine=row[0], gap=row[1], yours=row[2]) for row in rest)
    entries = (*lines, Entry(more)) if more else lines
    table = Table(title, words.screen.columns, rows, "apart") if rows else None
    return Section(SectionKind.APART, title, entries, Listing.TABLE, table=table)


def _row(finding: Finding, words: Wording) -> Iterator[tuple[str, ...]]:
    """Medicine, gap, yours, why."""
    window = finding.separation
    if window and window.before_h is not None and window.after_h is not None:
        hours = {"before": words.labels.hours(window.before_h), "after": words.labels.hours(window.after_h)}
        why = one_line(finding.short or "")
        yield one_line(window.take), fill(words.screen.gap, **hours), _yours(window, words), why


def _yours(window: Separation, words: Wording) -> str:
    yours = words.screen.yours
    if window.status is not Status.BROKEN:
        return yours.kept if window.status is Status.KEPT else yours.unplanned
    if window.yours_before_h:
        return fill(yours.before, gap=words.labels.hours(window.yours_before_h))
    if window.yours_after_h:
        return fill(yours.after, gap=words.labels.hours(window.yours_after_h))
    return yours.same
