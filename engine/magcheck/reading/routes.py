"""How does it go into the body? The words and forms of one item, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.profile import Route
from magcheck.reading.parts import Count, NotRead, Strength, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.reading.parts import Part


_SITES = frozenset({Route.EYE, Route.EAR})
_WEIGHED = frozenset({"mg", "g", "mcg"})


def routes_of(parts: Sequence[Part]) -> frozenset[Route] | None:
    """The routes that the line leaves possible: None where it says none, several where it is unclear."""
    ways = list(_ways(parts))
    if not ways:
        return None
    sure = _together([routes for routes in ways if len(routes) == 1])
    if not sure:
        return _together(ways)
    against = next((routes for routes in ways if not routes & sure), None)
    return sure | against if against else sure


def _ways(parts: Sequence[Part]) -> Iterator[frozenset[Route]]:
    for place, part in enumerate(parts):
        if isinstance(part, Way):
            yield part.routes | {Route.ORAL} if _may_be_a_complaint(parts, place, part) else part.routes
        elif isinstance(part, Count) and part.swallowed:
            yield frozenset({Route.ORAL})


def _may_be_a_complaint(parts: Sequence[Part], place: int, way: Way) -> bool:
    """ "500 mg for an infection in the left ear": where it hurts, or where it goes? Drops are seldom weighed."""
    if way.by_form or not way.routes <= _SITES:
        return False
    beside = (*parts[max(place - 1, 0) : place], *parts[place + 1 : place + 2])
    strange = any(isinstance(part, NotRead) and part.looks_like == "word" for part in beside)
    return strange or any(
        isinstance(part, Strength) and part.per_ml is None and part.unit in _WEIGHED for part in parts
    )


def _together(ways: Sequence[frozenset[Route]]) -> frozenset[Route]:
    return frozenset(route for routes in ways for route in routes)
