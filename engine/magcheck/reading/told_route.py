"""Can a route be that is told in a field of its own? What it would silence is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM, ROUTES, SWALLOWED
from magcheck.profile import Route
from magcheck.terminology.vocabulary import NotFound, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook
    from magcheck.terminology.vocabulary import Meaning, Substance, Vocabulary


def doubtful_route(told: Route | None, read: Meaning, book: RuleBook) -> NotFound | None:
    """The question how it is taken, where it is not known to be sold as told, and that would silence a page."""
    if told in (None, Route.ORAL, read.route) or not read.substances:
        return None
    sold, named = _sold(read, book.vocabulary), _named(read, book)
    if told in sold or SWALLOWED not in named or any(told in ROUTES[phrase] for phrase in named):
        return None
    possible = sorted({Route.ORAL, *sold} - {Route.OTHER})
    return NotFound(
        Reason.ROUTE,
        tuple(route.value for route in possible),
        tuple(read._replace(route=route) for route in possible),
    )


def _sold(read: Meaning, vocabulary: Vocabulary) -> frozenset[Route]:
    """The ways of just this product, and those that each of its ingredients has."""
    first, *others = (frozenset(_ways(substance, vocabulary)) for substance in read.substances)
    return vocabulary.ways_of(read.substances) | first.intersection(*others)


def _ways(substance: Substance, vocabulary: Vocabulary) -> Iterator[Route]:
    """Those of one salt of magnesium are those of each: "magnesium" alone may be any."""
    alike = vocabulary.within(MAGNESIUM) if MAGNESIUM in substance.selectors else (substance,)
    for known in alike:
        yield from vocabulary.ways_of((known,))


def _named(read: Meaning, book: RuleBook) -> frozenset[str]:
    """The routes by which pages ask for any of it."""
    selectors = frozenset(name for substance in read.substances for name in substance.selectors)
    return frozenset(route for name in selectors for route in book.routes_named.get(name, ()))
