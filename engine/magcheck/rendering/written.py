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
from magcheck.rendering.outline import Section, SectionKind, filled
from magcheck.rendering.report_outline import report_outline, sources_section
from magcheck.rendering.text import plain_text
from magcheck.rendering.voice import Voice
from magcheck.rendering.voices import cited, numbered, reasoned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.depth import Depth
    from magcheck.rendering.outline import Outline
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
    return draw(outline_of(report, words, draw, depth=depth, voice=voice))


def outline_of(
    report: Report,
    words: Wording,
    draw: Callable[[Outline], str],
    *,
    depth: Depth = SCREEN,
    voice: Voice = Voice.PLAIN,
) -> Outline:
    """`draw` is what shall fit on one screen."""
    if voice is Voice.PROFESSIONAL:
        screen = professional_screen(report, words)
    elif depth.more:
        screen = packed(report, words, WHOLE)
    else:
        screen = first_screen(report, words, lambda outline: draw(outline).count("\n") <= MOST_LINES)
    below = filled(_below(report, words, depth, voice))
    return replace(screen, sections=(*screen.sections, *below)) if below else screen


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
    yield from (section for section in report_outline(report, words).sections if section.kind in MORE)
