"""The first screen as parts of a page: what the terminal says first, in the same words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from magcheck.rendering.density import DENSITIES, WHOLE
from magcheck.rendering.first_screen import packed
from magcheck.rendering.html.markup import Markup, element, together
from magcheck.rendering.html.page import below, verdict
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import SectionKind

if TYPE_CHECKING:
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.outline import Outline, Section
    from magcheck.report import Report

FIRST_STEPS = DENSITIES[0].steps
_DENSITY = WHOLE._replace(sentences=DENSITIES[0].sentences, sentences_of_a_note=DENSITIES[0].sentences_of_a_note)
"""A page can be scrolled: every row and every name has room."""


class HtmlScreen(NamedTuple):
    first: Markup
    more_steps: Markup
    """Empty where the first screen holds all of them."""


def screen(report: Report, words: Wording) -> HtmlScreen:
    outline = packed(report, words, _DENSITY)
    sections = (_section(_with_first_steps(section), words) for section in outline.sections)
    above = (element("p", outline.above, class_="above"),) if outline.above else ()
    notice = element("p", one_line(report.notice), class_="notice")
    return HtmlScreen(
        first=together(*above, verdict(outline, "h2"), *sections, notice), more_steps=_more_steps(outline)
    )


def _with_first_steps(section: Section) -> Section:
    if section.kind is not SectionKind.ADVICE:
        return section
    return replace(section, entries=section.entries[:FIRST_STEPS])


def _more_steps(outline: Outline) -> Markup:
    advice = [section for section in outline.sections if section.kind is SectionKind.ADVICE]
    return together(*(element("p", entry.text) for part in advice for entry in part.entries[FIRST_STEPS:]))


def _section(section: Section, words: Wording) -> Markup:
    name = section.kind.name.lower().replace("_", "-")
    return element("section", element("h3", section.title), *below(section, words), class_=name)
