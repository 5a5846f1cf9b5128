"""Do amounts and times stand before their names? "500 mg calcium 250 mg magnesium", "8 am iron 10 pm zinc"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from magcheck.reading.parts import QUIET, BasisPart, Count, Mark, NotRead, Schedule, Strength, TakenPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.reading.parts import Part

Kind = Literal["strength", "count", "time"]


class Names(NamedTuple):
    """Where the names of one item begin and end."""

    first: int
    last: int


class Beginning(NamedTuple):
    """Where the parts of an item begin that follows another without a separator."""

    place: int
    doubtful: tuple[Part, ...] = ()
    """Amounts before it that may be its own, too: they stand before the first name and behind the last."""


def beginnings(parts: Sequence[Part], run: Sequence[Names], start: int, end: int) -> list[Beginning]:
    """Of each item but the first. `run`: items with no separator between them, in the parts `start` to `end`."""
    before, behind = _kinds(parts[start : run[0].first]), _kinds(parts[run[-1].last + 1 : end])
    found: list[Beginning] = []
    for one, other in pairwise(run):
        tail = _tail(parts, one.last + 1, other.first)
        led = [place for place in tail if _kind(parts[place]) in before - behind]
        doubtful = tuple(parts[place] for place in tail if _kind(parts[place]) in (before & behind) - {"time"})
        found.append(Beginning(_introduced(parts, one.last + 1, min(led, default=other.first)), doubtful))
    return found


def _introduced(parts: Sequence[Part], start: int, place: int) -> int:
    """ "instead of", "(changed from": what speaks of the name behind it begins before it."""
    while place > start and _introduces(parts[place - 1]):
        place -= 1
    return place


def _introduces(part: Part) -> bool:
    return isinstance(part, TakenPart) or (isinstance(part, Mark) and part.kind == "open")


def _tail(parts: Sequence[Part], start: int, end: int) -> range:
    """The amounts and times that stand right before a name."""
    place = end
    while place > start and _belongs(parts[place - 1]):
        place -= 1
    return range(place, end)


def _belongs(part: Part) -> bool:
    return (
        _kind(part) is not None or isinstance(part, BasisPart) or (isinstance(part, Mark) and part.kind in QUIET)
    )


def _kinds(parts: Iterable[Part]) -> set[Kind]:
    return {kind for part in parts if (kind := _kind(part))}


def _kind(part: Part) -> Kind | None:
    if isinstance(part, Count):
        return "count"
    if isinstance(part, Schedule):
        return "time" if part.slots or part.times else None
    is_figure = isinstance(part, NotRead) and part.looks_like in ("amount", "both")
    return "strength" if isinstance(part, Strength) or is_figure else None
