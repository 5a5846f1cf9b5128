"""Why does the report say that? Pages with their lines, the person's values, and the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.explain.explanation import PageState
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.density import WHOLE
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import TONES, Entry, Outline, Section, SectionKind, Tone
from magcheck.rendering.report_outline import report_outline, sources_section
from magcheck.rendering.unchecked import unchecked
from magcheck.rendering.voices import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.explain.explanation import Explanation, Known, LineSeen, PageSeen
    from magcheck.knowledge.wording.labels import Labels
    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.voices import Numbers
    from magcheck.report import Report

MOST_NEAR = 12
"""Pages that did not fire, of those that are shown."""


def explanation_outline(explanation: Explanation, report: Report, words: Wording, *, alone: bool) -> Outline:
    """`alone`: the explanation is of one page, which is then told in full whatever became of it."""
    shown = explanation.pages if alone else tuple(_shown(explanation))
    in_full = [page for page in shown if _is_told_in_full(page, alone=alone)]
    sources = numbered(source for page in in_full for source in page.evidence)
    sections = (
        *(_pages(state, shown, sources, words, alone=alone) for state in PageState),
        _more(len(explanation.pages) - len(shown), words),
        unchecked(report, words, WHOLE),
        sources_section(sources, words),
    )
    return report_outline(report, words).with_sections(sections)


def _shown(explanation: Explanation) -> Iterator[PageSeen]:
    """Everything but the end of a long list of pages that did not fire."""
    silent = [page for page in explanation.pages if page.state is PageState.DID_NOT_FIRE]
    yield from (page for page in explanation.pages if page.state is not PageState.DID_NOT_FIRE)
    yield from silent[:MOST_NEAR]


def _is_told_in_full(page: PageSeen, *, alone: bool) -> bool:
    return alone or page.state is not PageState.DID_NOT_FIRE


def _pages(
    state: PageState, shown: tuple[PageSeen, ...], sources: Numbers, words: Wording, *, alone: bool
) -> Section:
    entries = tuple(_page(page, sources, words, alone=alone) for page in shown if page.state is state)
    return Section(SectionKind.PAGES, words.explanation.states[state.value], entries)


def _more(left: int, words: Wording) -> Section:
    entries = (Entry(fill(words.explanation.more, count=left)),) if left else ()
    return Section(SectionKind.PAGES, words.explanation.more_title, entries)


def _page(page: PageSeen, sources: Numbers, words: Wording, *, alone: bool) -> Entry:
    full = _is_told_in_full(page, alone=alone)
    marks = "".join(f"[{sources[source]}]" for source in dict.fromkeys(page.evidence)) if full else ""
    outcomes = words.labels.actions | words.explanation.outcomes
    return Entry(
        text=f"{page.rule} ({outcomes[page.outcome].lower()}): {one_line(page.title)} {marks}".rstrip(),
        tone=_tone(page),
        details=tuple(_details(page, words, full=full)),
    )


def _tone(page: PageSeen) -> Tone:
    if page.state is PageState.FIRED:
        return TONES.get(page.outcome, Tone.OPEN)
    return Tone.OPEN if page.state is PageState.COULD_NOT_CHECK else Tone.QUIET


def _details(page: PageSeen, words: Wording, *, full: bool) -> Iterator[tuple[str, str]]:
    labels = words.explanation
    for line in page.lines if full else page.needs:
        yield labels.lines[line.seen.value] if full else labels.needs, _line(line, words)
    if page.statuses:
        yield labels.your_times, ", ".join(status.value for status in page.statuses)
    if page.kept_back_by:
        yield labels.kept_back_by, fill(labels.blocked, pages=", ".join(page.kept_back_by))
    if page.said_by:
        yield labels.said_by, ", ".join(page.said_by)
    if full:
        yield labels.why, one_line(page.why)
        risk = f"; {page.seriousness}" if page.seriousness else ""
        yield labels.how_serious, one_line(f"{page.severity.value}{risk}")


def _line(line: LineSeen, words: Wording) -> str:
    facts = "; ".join(_known(fact, words.labels) for fact in line.facts)
    return one_line(fill(words.explanation.here, line=line.said, facts=facts))


def _known(fact: Known, labels: Labels) -> str:
    """ "kidney value (eGFR) 41.2 (computed ...)"."""
    if fact.value is None:
        return f"{labels.field(fact.name)}: {fact.origin}"
    return f"{labels.field(fact.name)}: {labels.value(fact.value, fact.unit)} ({fact.origin})"
