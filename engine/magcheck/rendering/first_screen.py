"""What stands on the first screen? The verdict, what to do, what to keep apart, what was read and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.rendering.apart_table import apart_sections
from magcheck.rendering.day_lines import day_lines
from magcheck.rendering.density import DENSITIES
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import Entry, Listing, Outline, Section, SectionKind, Tone, filled, text_in
from magcheck.rendering.read_back import read_back
from magcheck.rendering.report_outline import above, missing_in_words, tags_of, tone_of_report
from magcheck.rendering.steps import steps
from magcheck.rendering.unchecked import unchecked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.density import Density
    from magcheck.report import Report


def first_screen(report: Report, words: Wording, fits: Callable[[Outline], bool]) -> Outline:
    """The airiest one that fits; nothing is left out without a word, however much there is."""
    outline = packed(report, words, DENSITIES[0])
    for density in DENSITIES[1:]:
        if fits(outline):
            break
        outline = packed(report, words, density)
    return outline


def in_two_lines(report: Report, words: Wording) -> tuple[str, ...]:
    """The verdict, and below it the first step, or the first answer that is missing."""
    tags = ". ".join(tags_of(report, words.labels)).upper()
    verdict = f"{tags}. {one_line(report.headline)}"
    first = [step.in_words(DENSITIES[-1].sentences) for step in steps(report, words)[:1]]
    first = first or [missing_in_words(gap, report, words) for gap in report.missing[:1]]
    return (verdict, *first)


def packed(report: Report, words: Wording, density: Density) -> Outline:
    sections = filled(_sections(report, words, density))
    return Outline(
        tags=tuple(tags_of(report, words.labels)),
        tone=tone_of_report(report),
        headline=one_line(report.headline),
        sections=(*sections, *filled(_told(report, words, density, sections))),
        foot=(f"{words.screen.more}\n{one_line(report.notice)}",),
        above=above(report, words),
    )


def _sections(report: Report, words: Wording, density: Density) -> Iterator[Section]:
    said = steps(report, words)
    shown = [
        Entry(step.in_words(density.sentences, density.sentences_of_a_note), tone=step.tone)
        for step in said[: density.steps]
    ]
    numbered = tuple(Entry(f"{number}. {entry.text}", tone=entry.tone) for number, entry in enumerate(shown, 1))
    if len(said) > density.steps:
        rest = fill(words.screen.more_steps, count=len(said) - density.steps)
        numbered = (*numbered, Entry(rest, tone=Tone.QUIET))
    yield Section(SectionKind.ADVICE, words.report.titles.advice, numbered, Listing.LINES)
    yield from apart_sections(report, words, density)
    yield day_lines(report, words)


def _told(report: Report, words: Wording, density: Density, above_: Sequence[Section]) -> Iterator[Section]:
    """What was read, and what was not. Names that stand above already are not told again where room is short."""
    yield read_back(report, words, density, text_in(above_))
    yield unchecked(report, words, density)
