"""How does it go into the body? The words and forms of one item, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.profile import Route
from magcheck.reading.parts import Count, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.reading.parts import Part


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
    for part in parts:
        if isinstance(part, Way):
            yield part.routes
        elif isinstance(part, Count) and part.swallowed:
            yield frozenset({Route.ORAL})


def _together(ways: Sequence[frozenset[Route]]) -> frozenset[Route]:
    return frozenset(route for routes in ways for route in routes)
