"""Why does the report say that? Pages with their lines, the person's values, and the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli import console
from magcheck.cli.check import text_of
from magcheck.cli.own_rules import checker_of
from magcheck.cli.profile_file import read_profile
from magcheck.core.labels import ACTIONS, field_in_words, value_in_words
from magcheck.explain.explanation import PageState, Seen
from magcheck.rendering.entries import TONES, Entry, EntryKind, Outline, Section, Tone
from magcheck.rendering.line import one_line
from magcheck.rendering.outline import outline, source_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.explain.explanation import Explanation, Known, LineSeen, PageSeen
    from magcheck.report import Cited, Report

MOST_NEAR = 12
TITLES = {
    PageState.FIRED: "What fired",
    PageState.KEPT_BACK: "Kept back",
    PageState.COULD_NOT_CHECK: "Could not be checked",
    PageState.DID_NOT_FIRE: "Did not fire",
    PageState.RETIRED: "Retired, so never used",
}
LABELS = {Seen.HOLDS: "Holds", Seen.NOT_KNOWN: "Not known", Seen.DOES_NOT_HOLD: "Does not hold"}
OUTCOMES = ACTIONS | {"ask": "Asks", "place": "A wish for the plan"}
_BLOCKED = "advice on form, dose and time waits while this stands"


def explain_profile(source: str, rule: str | None, rules: str | None, *, as_json: bool, plain: bool) -> int:
    """The exit code of the report on the profile in `source`, whose reasons are printed."""
    profile, checker = read_profile(source, rules), checker_of(rules)
    told = checker.explain(profile, rule)
    if as_json:
        console.print_data(told.model_dump_json(indent=2))
    else:
        said = _outline(told, checker.check(profile), alone=rule is not None)
        console.print_result(text_of(said, plain=plain))
    return told.exit_code


def _outline(told: Explanation, report: Report, *, alone: bool) -> Outline:
    head = outline(report)
    shown = told.pages if alone else tuple(_shown(told))
    cited = dict.fromkeys(one for page in shown if _is_told_in_full(page, alone=alone) for one in page.evidence)
    sources = {one: number for number, one in enumerate(cited, start=1)}
    sections = [
        Section(
            EntryKind.PAGES,
            title,
            tuple(_page(page, sources, alone=alone) for page in shown if page.state is state),
        )
        for state, title in TITLES.items()
    ]
    left = len(told.pages) - len(shown)
    if left:
        sections.append(
            Section(EntryKind.PAGES, "And more", (Entry(f"{left} more did not fire. All of them: --json."),))
        )
    sections.append(
        Section(EntryKind.SOURCES, "Sources", tuple(source_entry(one, number) for one, number in sources.items()))
    )
    kept = tuple(section for section in sections if section.entries)
    return Outline(head.tags, head.tone, head.headline, kept, head.foot)


def _shown(told: Explanation) -> Iterator[PageSeen]:
    """Everything but the end of a long list of pages that did not fire."""
    silent = [page for page in told.pages if page.state is PageState.DID_NOT_FIRE]
    yield from (page for page in told.pages if page.state is not PageState.DID_NOT_FIRE)
    yield from silent[:MOST_NEAR]


def _is_told_in_full(page: PageSeen, *, alone: bool) -> bool:
    return alone or page.state is not PageState.DID_NOT_FIRE


def _page(page: PageSeen, sources: dict[Cited, int], *, alone: bool) -> Entry:
    full = _is_told_in_full(page, alone=alone)
    marks = "".join(f"[{sources[one]}]" for one in dict.fromkeys(page.evidence)) if full else ""
    outcome = OUTCOMES[page.outcome].lower()
    return Entry(
        text=f"{page.rule} ({outcome}): {one_line(page.title)} {marks}".rstrip(),
        tone=_tone(page),
        details=tuple(_details(page, page.lines if full else page.needs, full=full)),
    )


def _tone(page: PageSeen) -> Tone:
    if page.state is PageState.FIRED:
        return TONES.get(page.outcome, Tone.OPEN)
    return Tone.OPEN if page.state is PageState.COULD_NOT_CHECK else Tone.QUIET


def _details(page: PageSeen, lines: Iterable[LineSeen], *, full: bool) -> Iterator[tuple[str, str]]:
    for line in lines:
        label = LABELS[line.seen] if full else "Needs"
        yield label, one_line(f"{line.said}. Here: {'; '.join(map(_known, line.facts))}")
    if page.statuses:
        yield "Your times", ", ".join(status.value for status in page.statuses)
    if page.kept_back_by:
        yield "Kept back by", f"{', '.join(page.kept_back_by)}; {_BLOCKED}"
    if page.said_by:
        yield "Said by", ", ".join(page.said_by)
    if full:
        yield "Why", one_line(page.why)
        risk = f"; {page.seriousness}" if page.seriousness else ""
        yield "How serious", one_line(f"{page.severity.value}{risk}")


def _known(one: Known) -> str:
    """ "kidney value (eGFR) 41.2 (computed ...)"."""
    if one.value is None:
        return f"{field_in_words(one.name)}: {one.origin}"
    return f"{field_in_words(one.name)}: {value_in_words(one.value, one.unit)} ({one.origin})"
