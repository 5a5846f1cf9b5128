"""What stands in a resource that may hold anything? Parts of the kind that was asked for, or nothing."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

Resource = dict[str, Any]
"""A FHIR resource, or a part of one, as plain data."""
MONTHS = 12


def part(value: object) -> Resource:
    return cast("Resource", value) if isinstance(value, dict) else {}


def parts(value: object) -> list[Resource]:
    """The objects of a list; an object that stands where a list belongs is a list of one."""
    if is_object(value):
        return [part(value)]
    entries = cast("list[object]", value) if is_list(value) else []
    return [part(entry) for entry in entries if is_object(entry)]


def is_object(value: object) -> bool:
    return isinstance(value, dict)


def is_list(value: object) -> bool:
    return isinstance(value, list)


def text(value: object) -> str:
    """In one line."""
    return whole(" ".join(value.split())) if isinstance(value, str) else ""


def whole(written: str) -> str:
    """JSON lets half a character through, which nobody can send on: a question mark stands for it."""
    return written if written.isascii() else written.encode("utf-8", "replace").decode("utf-8")


def texts(value: object) -> list[str]:
    """The texts of a list; a text that stands where a list belongs is a list of one."""
    entries = cast("list[object]", value) if is_list(value) else [value]
    return [written for entry in entries if (written := text(entry))]


def number(value: object) -> float | None:
    """A number that can be counted with; also one that is written as text, as some records do."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def day(value: object) -> date | None:
    """The day of a date or a moment; of a year or a month, its first."""
    pieces = text(value).partition("T")[0].split("-")
    try:
        year, month, of_month = (int(piece) for piece in (*pieces, "1", "1")[:3])
        return date(year, month, of_month)
    except ValueError:
        return None


def codings(concept: object) -> list[Resource]:
    return parts(part(concept).get("coding"))


def codes(concept: object, system: str) -> list[str]:
    """The codes of a concept that belong to `system`."""
    found = (text(coding.get("code")) for coding in codings(concept) if text(coding.get("system")) == system)
    return [code for code in found if code]


def wordings(concept: object) -> Iterator[str]:
    """Everything that says a concept in words, each once: its text, and what its codes are displayed as."""
    written = [text(part(concept).get("text")), *(text(coding.get("display")) for coding in codings(concept))]
    yield from dict.fromkeys(words for words in written if words)
