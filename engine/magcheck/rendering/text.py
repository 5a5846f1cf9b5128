"""An outline as plain lines: no colour, no boxes, in an order that a screen reader can read aloud."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from magcheck.rendering.outline import Listing, is_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.rendering.outline import Entry, Outline, Section, Table

INDENT = "  "
"""Of everything that goes on below its first line."""
BELOW = "      "
"""Of lines below an entry: as wide as a clock time and a blank."""
GUTTER = "  "
_LEAST_FOR_A_TABLE = 60
"""Columns."""
_SECOND = "\u2060"
"""Stands for the second column of a wide letter while lines are measured."""


def plain_text(outline: Outline, columns: int) -> str:
    """Lines of at most `columns`, addresses apart."""
    lines = [*_head(outline, columns)]
    for section in outline.sections:
        lines += ["", section.title.upper(), *_section(section, columns)]
    for paragraph in outline.foot:
        lines += ["", *(line for part in paragraph.split("\n") for line in wrapped(part, columns))]
    return "\n".join(lines) + "\n"


def _head(outline: Outline, columns: int) -> Iterator[str]:
    if outline.above:
        yield from (*wrapped(outline.above, columns), "")
    if outline.title:
        yield outline.title.upper()
        yield from wrapped(outline.lead, columns)
        yield from wrapped(outline.headline, columns)
    else:
        yield from wrapped(f"{'. '.join(outline.tags).upper()}. {outline.headline}", columns)


def _section(section: Section, columns: int) -> Iterator[str]:
    rows = table_lines(section.table, columns) if section.table and section.listing is Listing.TABLE else []
    yield from rows
    tag = ""
    for entry in section.entries:
        if rows and entry.is_row:
            continue
        if entry.tag != tag:
            tag = entry.tag
            yield f"{tag}:"
        yield from _entry(entry, section.listing, columns)


def _entry(entry: Entry, listing: Listing, columns: int) -> Iterator[str]:
    mark = "" if listing in (Listing.LINES, Listing.TABLE) else f"[{entry.number}] " if entry.number else "- "
    yield from wrapped(f"{mark}{entry.text}", columns, INDENT)
    for line in entry.below:
        yield from wrapped(f"{BELOW}{line}", columns, INDENT)
    for label, text in entry.details:
        yield from (
            [f"{INDENT}{text}"] if is_address(text) else wrapped(f"{INDENT}{label}: {text}", columns, 2 * INDENT)
        )


def table_lines(table: Table, columns: int) -> list[str]:
    """The table in columns, whose cells are broken where they must be; empty where there is no room for it."""
    if columns < _LEAST_FOR_A_TABLE:
        return []
    rows = [table.columns, *table.rows]
    widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    room = columns - len(GUTTER) * (len(widths) - 1)
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return [line for row in rows for line in _row(row, widths)]


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        padded = (part + " " * (width - _width(part)) for part, width in zip(parts, widths, strict=True))
        yield GUTTER.join(padded).rstrip()


def _width(text: str) -> int:
    """Columns that it takes."""
    return len(text) + sum(east_asian_width(letter) in "WF" for letter in text)


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """Lines of at most `columns`; an address is never broken, so that it can be opened."""
    spread = "".join(letter + _SECOND if east_asian_width(letter) in "WF" else letter for letter in text)
    lines = wrap(spread, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_SECOND, "") for line in lines]
