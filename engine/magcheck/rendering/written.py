"""A report as text: the first screen, and whatever else somebody asked for below it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from magcheck.rendering.day_outline import day_sections
from magcheck.rendering.density import MOST_LINES, WHOLE
from magcheck.rendering.depth import SCREEN
from magcheck.rendering.first_screen import first_screen, packed
from magcheck.rendering.for_professionals import by_grade, in_particular, professional_screen
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import Section, SectionKind, filled, text_in
from magcheck.rendering.report_outline import edition, report_outline, sources_section
from magcheck.rendering.text import plain_text
from magcheck.rendering.unchecked import unchecked
from magcheck.rendering.voice import Voice
from magcheck.rendering.voices import cited, numbered, reasoned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.depth import Depth
    from magcheck.rendering.outline import Entry, Outline
    from magcheck.rendering.voices import Numbers
    from magcheck.report import Report

COLUMNS = 80
MORE = SectionKind.MISSING, SectionKind.CHANGES, SectionKind.DOSE, SectionKind.ASSUMED
"""Sections of the whole report that stand below the first screen where somebody asked for more."""


def text_of(
    report: Report,
    words: Wording,
    *,
    depth: Depth = SCREEN,
    voice: Voice = Voice.PLAIN,
    columns: int = COLUMNS,
) -> str:
    """Plain lines of at most `columns`, addresses apart."""
    draw = partial(plain_text, columns=columns)
    return draw(outline_of(report, words, draw, depth=depth, voice=voice, columns=columns))


def outline_of(  # noqa: PLR0913 - what, how much and for whom
    report: Report,
    words: Wording,
    draw: Callable[[Outline], str],
    *,
    depth: Depth = SCREEN,
    voice: Voice = Voice.PLAIN,
    columns: int = COLUMNS,
) -> Outline:
    """`draw` is what shall fit on one screen; a narrow one is longer."""
    most = max(MOST_LINES, MOST_LINES * COLUMNS // columns)
    if voice is Voice.PROFESSIONAL:
        screen = professional_screen(report, words)
    elif depth.more:
        screen = packed(report, words, WHOLE)
    else:
        screen = first_screen(report, words, lambda outline: draw(outline).count("\n") <= most)
    below = filled(_below(report, words, depth, voice))
    foot = (one_line(report.notice), edition(report, words.report)) if depth.more else screen.foot
    return replace(screen, sections=(*screen.sections, *below), foot=foot)


def _below(report: Report, words: Wording, depth: Depth, voice: Voice) -> Iterator[Section]:
    sources = _sources(report, voice) if depth.sources else {}
    if depth.more:
        yield from (
            in_particular(report, words) if voice is Voice.PROFESSIONAL else _reasons(report, words, sources)
        )
        if report.plan.day is not None or report.plan.conflict:
            yield from day_sections(report, words, voice)
    if sources:
        yield sources_section(sources, words)


def _sources(report: Report, voice: Voice) -> Numbers:
    """In the order of the findings; for professionals the surest first."""
    sources = cited(report.findings)
    return numbered(sorted(sources, key=by_grade)) if voice is Voice.PROFESSIONAL else sources


def _reasons(report: Report, words: Wording, sources: Numbers) -> Iterator[Section]:
    reasons = tuple(reasoned(report.findings, sources, words))
    yield Section(SectionKind.ADVICE, words.screen.titles.reasons, reasons)
    said = text_in([unchecked(report, words, WHOLE)])
    for section in report_outline(report, words).sections:
        if section.kind in MORE:
            entries = section.entries if section.kind is not SectionKind.ASSUMED else _new(section.entries, said)
            yield replace(section, entries=entries)


def _new(entries: Iterable[Entry], said: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.text not in said)
