"""What was not checked? Names that nobody knows, answers that are missing, and what was not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import cut, one_line
from magcheck.rendering.names import in_a_line
from magcheck.rendering.outline import Entry, Listing, Section, SectionKind, Tone
from magcheck.rendering.report_outline import candidates_in_words, missing_in_words, unread_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.density import Density
    from magcheck.report import Report


def unchecked(report: Report, words: Wording, density: Density) -> Section:
    """What keeps the report from being complete never goes without a word."""
    told = _in_full(report, words) if density.is_told_in_full else _in_lines(report, words, density)
    entries = tuple(Entry(text, tone=Tone.OPEN) for text in (*told, *_untold(report, words)))
    return Section(SectionKind.UNREAD, words.screen.titles.unchecked, entries, Listing.DASHES)


def _in_full(report: Report, words: Wording) -> Iterator[str]:
    for item in report.not_checked:
        names = candidates_in_words(item, words)
        offer = f" {words.report.details.did_you_mean}: {names}?" if names else ""
        yield f"{unread_in_words(item, words)}{offer}"
    yield from _meanwhile(report, words)
    for gap in report.missing:
        yield missing_in_words(gap, report, words)


def _in_lines(report: Report, words: Wording, density: Density) -> Iterator[str]:
    names = [f'"{cut(one_line(item.input), density.letters)}"' for item in report.not_checked]
    if names:
        unknown = fill(words.screen.not_known, names=in_a_line(list(dict.fromkeys(names)), words, density))
        yield " ".join((unknown, *_meanwhile(report, words)))
    if report.missing:
        fields = dict.fromkeys(words.labels.field(gap.field) for gap in report.missing)
        worst = min((gap.could_become for gap in report.missing), key=lambda verdict: verdict.rank)
        become = words.labels.actions[worst.value].lower()
        yield fill(words.screen.to_answer, fields=in_a_line(list(fields), words, density), action=become)


def _meanwhile(report: Report, words: Wording) -> Iterator[str]:
    """What to do with unknown medicines until somebody has looked, said once."""
    if any(item.meanwhile for item in report.not_checked):
        yield words.screen.meanwhile


def _untold(report: Report, words: Wording) -> Iterator[str]:
    if report.untold:
        yield fill(words.report.untold, things=", ".join(report.untold))
