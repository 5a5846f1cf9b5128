"""What was read, and about what of it was nothing found? Everything that was told is named here or above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import cut, one_line
from magcheck.rendering.names import in_a_line
from magcheck.rendering.outline import Entry, Listing, Section, SectionKind
from magcheck.rendering.report_outline import not_understood, read_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.wording.wording import Wording
    from magcheck.rendering.density import Density
    from magcheck.report import Recognised, Report, Subject
_LETTERS_OF_A_PAIR = 24
"""With less room, only what was told is shown."""


def read_back(report: Report, words: Wording, density: Density, above: str) -> Section:
    """`above`: what the screen says already."""
    silent = list(_nothing_found(report, words, density))
    if density.is_told_in_full:
        entries = [*_in_full(report, words), *silent]
    else:
        said = "\n".join((above, *(entry.text for entry in silent))) if density.are_names_told_once else ""
        entries = [*silent, *_in_a_line(report, words, density, said)]
    return Section(SectionKind.UNDERSTOOD, words.report.titles.understood, tuple(entries), Listing.DASHES)


def _in_full(report: Report, words: Wording) -> Iterator[Entry]:
    """A line for each medicine and product, one for everything else."""
    for item in report.recognised:
        yield Entry(read_in_words(item, words.report), details=tuple(not_understood(item, words.report)))
    if report.traits:
        yield Entry("; ".join(dict.fromkeys(map(_trait, report.traits))))


def _in_a_line(report: Report, words: Wording, density: Density, said: str) -> Iterator[Entry]:
    """Names alone; those that are `said` already are left out."""
    items = (item for item in report.recognised if not _is_named(item, density, said))
    traits = (
        cut(_trait(trait), density.letters) for trait in report.traits if not _is_named(trait, density, said)
    )
    names = [*(_item(item, density, words) for item in items), *traits]
    yield from _listed("{names}", names, words, density)


def _is_named(told: Subject, density: Density, said: str) -> bool:
    """Under the name that was told or the one that was read, as far as it is shown."""
    shown = said.casefold()
    names = (cut(one_line(name), density.letters).casefold() for name in (told.input, told.is_) if name)
    return any(name in shown for name in names)


def _item(item: Recognised, density: Density, words: Wording) -> str:
    """ "Cipro 500 mg = ciprofloxacin", or one name where both are the same."""
    written, name = cut(one_line(item.input), density.letters), item.is_
    is_one = density.letters < _LETTERS_OF_A_PAIR or name.casefold() in written.casefold()
    said = written if is_one else f"{written} = {cut(name, density.letters)}"
    return said if item.read.taken else fill(words.report.not_taken, item=said)


def _trait(trait: Subject) -> str:
    written = one_line(trait.input)
    if not trait.is_ or trait.is_.casefold() in written.casefold():
        return written
    return f"{written} = {trait.is_}"


def _nothing_found(report: Report, words: Wording, density: Density) -> Iterator[Entry]:
    counted = {(part.list, part.index) for part in report.dose.parts} if report.dose else set[tuple[str, int]]()
    names = [
        cut(item.is_, density.letters)
        for item in report.recognised
        if item.read.taken and not item.found and (item.list, item.index) not in counted
    ]
    yield from _listed(words.screen.nothing_found, names, words, density)


def _listed(form: str, names: Iterable[str], words: Wording, density: Density) -> Iterator[Entry]:
    if named := in_a_line(list(dict.fromkeys(names)), words, density):
        yield Entry(fill(form, names=named))
