"""The report as plain lines: no colour, no boxes, in an order that a screen reader can read aloud."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from magcheck.rendering.entries import is_address
from magcheck.rendering.outline import outline
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.rendering.entries import Entry, Outline, Section
    from magcheck.report import Report

_SECOND = "\u2060"
"""Stands for the second column of a wide letter while lines are measured."""


def plain_report(report: Report, columns: int, voice: Voice = Voice.PLAIN) -> str:
    return plain_outline(outline(report, voice), columns)


def plain_outline(said: Outline, columns: int) -> str:
    lines = wrapped(f"{'. '.join(said.tags).upper()}. {said.headline}", columns)
    for section in said.sections:
        lines += ["", section.title.upper(), *_section(section, columns)]
    for text in said.foot:
        lines += ["", *wrapped(text, columns)]
    return "\n".join(lines) + "\n"


def _section(section: Section, columns: int) -> Iterator[str]:
    tag = ""
    for entry in section.entries:
        if entry.tag != tag:
            tag = entry.tag
            yield f"{tag}:"
        yield from _entry(entry, columns)


def _entry(entry: Entry, columns: int) -> Iterator[str]:
    mark = f"[{entry.number}]" if entry.number else "-"
    yield from wrapped(f"{mark} {entry.text}", columns, "  ")
    for label, text in entry.details:
        yield from [f"  {text}"] if is_address(text) else wrapped(f"  {label}: {text}", columns, "    ")


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """Lines of at most `columns`; an address is never broken, so that it can be opened."""
    spread = "".join(one + _SECOND if east_asian_width(one) in "WF" else one for one in text)
    lines = wrap(spread, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_SECOND, "") for line in lines]
