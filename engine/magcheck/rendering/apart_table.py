"""Which gaps to magnesium are there? One table for what weighs, one for what weighs little."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from magcheck.core.scales import Status
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import one_line
from magcheck.rendering.names import in_a_line
from magcheck.rendering.outline import Entry, Listing, Section, SectionKind, Table
from magcheck.rendering.steps import has_window, is_weighty
from magcheck.rendering.voices import tone_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.density import Density
    from magcheck.report import Finding, Report, Separation


def apart_sections(report: Report, words: Wording, density: Density) -> Iterator[Section]:
    """The weightiest rows first, and those that are not kept; what has no row stands in a line."""
    windows = _widest([finding for finding in report.findings if has_window(finding)])
    weighty = [finding for finding in windows if is_weighty(finding)]
    small = [finding for finding in windows if not is_weighty(finding)]
    titles, most = words.screen.titles, density.rows
    if density.are_gaps_in_one_line:
        yield _section(titles.apart, (), _in_one_line([*weighty, *small], words, density), words)
        return
    left = max(0, most - len(weighty))
    below = [*weighty[most:], *small[left:]]
    yield _section(titles.apart, weighty[:most], _in_lines(below, words), words)
    yield _section(titles.apart_small, small[:left], (), words)


def _widest(windows: Sequence[Finding]) -> list[Finding]:
    """Without those of a medicine that is to be kept farther away on both sides, as strictly."""
    return [finding for finding in windows if not any(_is_within(finding, other) for other in windows)]


def _is_within(finding: Finding, other: Finding) -> bool:
    one, two = finding.separation, other.separation
    if (
        not one
        or not two
        or one.take != two.take
        or (other.severity, finding.counts) != (finding.severity, other.counts)
    ):
        return False
    mine, theirs = (one.before_h or 0, one.after_h or 0), (two.before_h or 0, two.after_h or 0)
    return mine != theirs and mine[0] <= theirs[0] and mine[1] <= theirs[1]


def _section(title: str, windows: Sequence[Finding], lines: Iterable[str], words: Wording) -> Section:
    rows = tuple(row for finding in windows for row in _row(finding, words))
    entries = tuple(
        Entry("; ".join(row), tone=tone_of(finding), is_row=True)
        for finding, row in zip(windows, rows, strict=True)
    )
    table = Table(title, words.screen.columns, rows, "apart") if rows else None
    return Section(SectionKind.APART, title, (*entries, *map(Entry, lines)), Listing.TABLE, table=table)


def _in_lines(windows: Sequence[Finding], words: Wording) -> Iterator[str]:
    """The medicines of each gap; what weighs little and what is kept already are told apart from the others."""
    named: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    screen = words.screen
    for finding in windows:
        for _, gap, _, _ in _row(finding, words):
            form = screen.in_a_line if is_weighty(finding) else screen.in_a_line_small
            named[(form, gap) if finding.counts else (screen.kept_in_a_line, "")].append(finding)
    for (form, gap), findings in named.items():
        yield _filled(form, gap, ", ".join(_medicines(findings, words)))


def _filled(form: str, gap: str, medicines: str) -> str:
    return fill(form, gap=gap, medicines=medicines)


def _in_one_line(windows: Sequence[Finding], words: Wording, density: Density) -> Iterator[str]:
    """ "ciprofloxacin 2 h / 6 h; ...", with what is not kept first, and a count where there is no room for all."""
    order = sorted(windows, key=lambda finding: not finding.counts)
    gaps = [_in_figures(finding, words) for finding in order]
    if gaps:
        yield fill(words.screen.gaps, medicines=in_a_line(gaps, words, density))


def _in_figures(finding: Finding, words: Wording) -> str:
    window = finding.separation
    before, after = (window.before_h or 0, window.after_h or 0) if window else (0, 0)
    hours = words.labels.hours
    return f"{window.take if window else ''} {hours(before)}/{hours(after)}"


def _medicines(windows: Iterable[Finding], words: Wording) -> list[str]:
    return [medicine for finding in windows for medicine, *_ in _row(finding, words)]


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
