"""How do one's own entries join ours? Added beside them; one that is ours already is a problem that names both."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from magcheck.core.errors import Problem
from magcheck.core.fact_names import TRAITS
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from magcheck.knowledge.document import Document, Path

KEYS: Mapping[str, tuple[str, ...]] = {
    "atc.csv": ("atc",),
    "contents.csv": ("name",),
    "dose_forms.csv": ("word",),
    "families.csv": ("name",),
    "forms.csv": ("substance",),
    "icd10.csv": ("code",),
    "products.csv": ("product", "rxcui"),
    "rxnorm.csv": ("rxcui",),
    "substances.csv": ("substance", "rxcui"),
}
"""Table -> the columns whose values belong to one row alone."""
_ANOTHER = "Give yours another name, or leave it out."


class TableText(NamedTuple):
    """The text of a table, and its name in a message."""

    text: str
    shown: str


def joined_rows(name: str, ours: TableText, own: TableText, problems: list[Problem]) -> str:
    """The rows of both; `problems` grows by each own row that does not fit or is ours already."""
    header, *known = csv.reader(io.StringIO(ours.text))
    rows = _own_rows(header, own, problems)
    taken = {(column, key) for row in known if row for column, key in _keys(name, header, row)}
    for number, row in rows:
        for column, key in _keys(name, header, row):
            if (column, key) in taken:
                what = f"the {column} '{key}' stands in {ours.shown} too."
                problems.append(Problem(f"{own.shown}:{number}", what, _ANOTHER))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(row for _, row in rows)
    return f"{ours.text.rstrip()}\n{text.getvalue()}"


def _own_rows(header: list[str], own: TableText, problems: list[Problem]) -> list[tuple[int, list[str]]]:
    """(line, cells) of each row of one's own that has the columns of ours."""
    reader = csv.reader(io.StringIO(own.text))
    if next(reader, None) != header:
        problems.append(Problem(f"{own.shown}:1", "the first line must name the columns:", ",".join(header)))
        return []
    rows: list[tuple[int, list[str]]] = []
    for row in reader:
        if row and len(row) != len(header):
            what = f"{len(row)} cells instead of {len(header)}."
            problems.append(
                Problem(f"{own.shown}:{reader.line_num}", what, "Fill every column, or leave it empty.")
            )
        elif row:
            rows.append((reader.line_num, row))
    return rows


def _keys(name: str, header: list[str], row: list[str]) -> Iterator[tuple[str, str]]:
    """(column, value) of everything that must be this row's alone."""
    for column in KEYS[name]:
        cells = row[header.index(column)].split("; ")
        yield from ((column, normal(cell)) for cell in cells if cell)


def joined_texts(ours: Document, own: Document) -> object:
    """Our data with each key that `own` writes in its place, however deep it stands."""
    return _over(ours.data, own.data)


def _over(ours: object, own: object) -> object:
    if not (isinstance(ours, dict) and isinstance(own, dict)):
        return own
    kept, new = cast("dict[str, object]", ours), cast("dict[str, object]", own)
    return kept | {key: _over(kept[key], value) if key in kept else value for key, value in new.items()}


def joined_entries(layers: Iterable[Document], problems: list[Problem]) -> dict[str, tuple[Any, Document]]:
    """Name -> (entry, the file that it stands in); `layers`: ours first."""
    entries: dict[str, tuple[Any, Document]] = {}
    for document in layers:
        data: object = document.data
        if not isinstance(data, dict):
            problems.append(Problem(document.where(), "this must hold names and entries."))
            continue
        for name, entry in cast("dict[str, object]", data).items():
            if name in entries:
                problems.append(_clash(name, (name,), document, entries[name][1]))
            entries.setdefault(name, (entry, document))
    return entries


def joined_classes(layers: Iterable[Document], problems: list[Problem]) -> list[Mapping[str, Any]]:
    """The classes of all files."""
    found: dict[str, tuple[Mapping[str, Any], Document]] = {}
    for document in layers:
        for number, entry in enumerate(document.data):
            name = entry["name"]
            if name in found:
                problems.append(_clash(name, (number,), document, found[name][1], ()))
            found.setdefault(name, (entry, document))
    return [entry for entry, _ in found.values()]


def joined_traits(layers: Iterable[Document], problems: list[Problem]) -> dict[str, dict[str, str]]:
    """Kind of trait -> normalised word -> canonical name."""
    traits: dict[str, dict[str, str]] = {kind: {} for kind in TRAITS}
    earlier = ""
    for document in layers:
        problems += _strange_sections(document)
        for kind, section in TRAITS.items():
            own = dict(_words_of(document, section))
            for word in own.keys() & traits[kind].keys():
                what = f"'{word}' means '{traits[kind][word]}' in {earlier}."
                problems.append(Problem(document.where((section, own[word])), what, _ANOTHER))
            traits[kind] |= own
        earlier = document.name
    return traits


def _words_of(document: Document, section: str) -> Iterator[tuple[str, str]]:
    """(normalised word, canonical name) of one section of a file of traits."""
    data: dict[str, dict[str, list[str] | None]] = document.data
    for name, words in data.get(section, {}).items():
        yield from ((normal(word), name) for word in (name, *(words or ())))


def _strange_sections(document: Document) -> Iterator[Problem]:
    for section in document.data.keys() - set(TRAITS.values()):
        known = ", ".join(TRAITS.values())
        yield Problem(document.where((section,)), f"no section is called '{section}'.", f"There are: {known}.")


def _clash(name: str, path: Path, own: Document, ours: Document, ours_path: Path | None = None) -> Problem:
    there = ours.where(path if ours_path is None else ours_path)
    return Problem(own.where(path), f"'{name}' stands in {there} too.", _ANOTHER)
