"""What was read, and about what of it was nothing found? Everything that was told is named here or above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import cut, one_line
from magcheck.rendering.outline import Entry, Listing, Section, SectionKind
from magcheck.rendering.report_outline import not_understood, read_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.density import Density
    from magcheck.report import Recognised, Report, Subject


def read_back(report: Report, words: Wording, density: Density) -> Section:
    told = _in_full(report, words) if density.is_told_in_full else _in_a_line(report, words, density)
    entries = (*told, *_nothing_found(report, words, density))
    return Section(SectionKind.UNDERSTOOD, words.report.titles.understood, tuple(entries), Listing.DASHES)


def _in_full(report: Report, words: Wording) -> Iterator[Entry]:
    """A line for each medicine and product, one for everything else."""
    for item in report.recognised:
        yield Entry(read_in_words(item, words.report), details=tuple(not_understood(item, words.report)))
    if report.traits:
        yield Entry("; ".join(dict.fromkeys(map(_trait, report.traits))))


def _in_a_line(report: Report, words: Wording, density: Density) -> Iterator[Entry]:
    names = [*(_item(item, density, words) for item in report.recognised), *map(_trait, report.traits)]
    yield from _listed("{names}", names, words, density)


def _item(item: Recognised, density: Density, words: Wording) -> str:
    """ "Cipro 500 mg = ciprofloxacin", or one name where both are the same."""
    written, name = cut(one_line(item.input), density.letters), item.is_
    said = written if name.casefold() in written.casefold() else f"{written} = {cut(name, density.letters)}"
    return said if item.read.taken else fill(words.report.not_taken, item=said)


def _trait(trait: Subject) -> str:
    written = one_line(trait.input)
    if not trait.is_ or trait.is_.casefold() in written.casefold():
        return written
    return f"{written} = {trait.is_}"


def _nothing_found(report: Report, words: Wording, density: Density) -> Iterator[Entry]:
    told_above = {(part.list, part.index) for part in report.dose.parts} if report.dose else set[tuple[str, int]]()
    found = told_above | {
        (subject.list, subject.index) for finding in report.findings for subject in finding.subjects
    }
    names = [
        cut(item.is_, density.letters)
        for item in report.recognised
        if item.read.taken and (item.list, item.index) not in found
    ]
    yield from _listed(words.screen.nothing_found, names, words, density)


def _listed(form: str, names: Iterable[str], words: Wording, density: Density) -> Iterator[Entry]:
    if named := in_a_line(list(dict.fromkeys(names)), words, density):
        yield Entry(fill(form, names=named))


def in_a_line(names: Sequence[str], words: Wording, density: Density) -> str:
    """The names, and how many more there are where there is no room for all."""
    shown = "; ".join(names[: density.names])
    more = len(names) - density.names
    return fill(words.screen.more_names, names=shown, count=more) if more > 0 else shown
