"""How does it go into the body? The words and forms of one item, put together."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from magcheck.profile import Route
from magcheck.reading.parts import QUIET, Count, Mark, Name, NotRead, Schedule, Strength, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from magcheck.reading.parts import MarkKind, Part


class Known(NamedTuple):
    """What the tables say of ways; asked only where a word of a way stands apart from its name."""

    sold: Callable[[], Collection[Route]]
    """The ways in which just this item is known to be sold."""
    is_form: Callable[[Way], bool]
    """Is it a dose form ("eye drops"), and not "in the eye"?"""


_SITES = frozenset({Route.EYE, Route.EAR})
_JOINTS = frozenset({"comma", "also"})
_INJECTED = frozenset({Route.INTRAVENOUS, Route.INJECTION})
_DEPOT = frozenset({Route.INJECTION, Route.ORAL})
"""What "depot" can mean."""
_INTO_A_VEIN = frozenset({Route.INTRAVENOUS})
_WEIGHED = frozenset({"mg", "g", "mcg"})


class Routes(NamedTuple):
    """The routes that a line leaves possible: one, or several where it is unclear."""

    possible: frozenset[Route]
    by_form: bool = False
    """A form leaves it open ("gel"), and nothing else tells it."""
    apart: bool = False
    """Of such a form: it is joined to the name by a word ("and gel"), so that it may be another thing."""


def routes_of(parts: Sequence[Part], known: Known) -> Routes | None:
    """None where the line says nothing of it."""
    told = _told(parts, known)
    left_open = [(place, part.left_open) for place, part in enumerate(parts) if _leaves_it_open(part)]
    apart = any("also" in _joints(_to_the_name(parts, place)) for place, _ in left_open)
    if not left_open or (told and not apart):
        return Routes(told) if told else None
    possible = _together([frozenset(ways) if apart else _likely(ways, known) for _, ways in left_open])
    if possible <= {Route.ORAL}:
        return None
    return Routes(possible | (told or frozenset()), by_form=True, apart=apart)


def _leaves_it_open(part: Part) -> TypeGuard[Way | Count]:
    return isinstance(part, Way | Count) and bool(part.left_open)


def _likely(ways: Sequence[Route], known: Known) -> frozenset[Route]:
    """The usual way of the form, by mouth where it allows that, and every other one in which it is sold."""
    return frozenset(way for way in ways if way in (ways[0], Route.ORAL) or way in known.sold())


def _told(parts: Sequence[Part], known: Known) -> frozenset[Route] | None:
    """The routes that words tell, and forms of which there is one way."""
    ways = list(_ways(parts, known))
    if not ways:
        return None
    sure = _together([routes for routes in ways if len(routes) == 1])
    if not sure:
        return _together(ways)
    against = next((routes for routes in ways if not routes & sure), None)
    return sure | against if against else sure


def _ways(parts: Sequence[Part], known: Known) -> Iterator[frozenset[Route]]:
    for place, part in enumerate(parts):
        if isinstance(part, Way) and not part.left_open:
            doubtful = _may_be_a_complaint(parts, place, part) or _may_be_a_numeral(parts, place, part)
            doubtful = doubtful or _may_be_something_else(parts, place, part, known)
            doubtful = doubtful or _is_among_strange_words(parts, place, part, known)
            routes = _without_needle(part.routes, known)
            yield routes | {Route.ORAL} if doubtful else routes
        elif isinstance(part, Count) and part.swallowed:
            yield frozenset({Route.ORAL})


def _without_needle(routes: frozenset[Route], known: Known) -> frozenset[Route]:
    """ "Magnesium Depot" is a tablet where nothing of it is known to be injected."""
    if routes != _DEPOT or not _INJECTED.isdisjoint(known.sold()):
        return routes
    return frozenset({Route.ORAL})


def _may_be_a_complaint(parts: Sequence[Part], place: int, way: Way) -> bool:
    """ "500 mg for an infection in the left ear": where it hurts, or where it goes? Drops are seldom weighed."""
    if way.by_form or not way.routes <= _SITES:
        return False
    beside = (*parts[max(place - 1, 0) : place], *parts[place + 1 : place + 2])
    strange = any(isinstance(part, NotRead) and part.looks_like == "word" for part in beside)
    return strange or any(
        isinstance(part, Strength) and part.per_ml is None and part.unit in _WEIGHED for part in parts
    )


def _may_be_a_numeral(parts: Sequence[Part], place: int, way: Way) -> bool:
    """ "week IV", "cycle IV": the fourth of something, or into a vein?"""
    before = parts[place - 1] if place else None
    return way.routes == _INTO_A_VEIN and isinstance(before, NotRead)


def _is_among_strange_words(parts: Sequence[Part], place: int, way: Way, known: Known) -> bool:
    """ "doxycycline for nasal congestion": it is not sold so; "levothyroxine after injection": of what?"""
    if way.by_form or len(way.routes) > 1:
        return False
    sides = (reversed(parts[:place]), parts[place + 1 :])
    nearest = [next((part for part in side if not _is_quiet(part)), None) for side in sides]
    before, _ = looks = [part.looks_like if isinstance(part, NotRead) else "" for part in nearest]
    strange = "word" in looks or "schedule" in looks
    return before == "schedule" or (strange and way.routes.isdisjoint(known.sold()))


def _is_quiet(part: Part) -> bool:
    return isinstance(part, Mark) and part.kind in QUIET


def _may_be_something_else(parts: Sequence[Part], place: int, way: Way, known: Known) -> bool:
    """ "levothyroxine, eye drops" are two things: it is not sold for the eye. "timolol, eye drops" is one."""
    if way.by_form or len(way.routes) > 1 or not known.is_form(way):
        return False
    (route,) = way.routes
    leads = any(isinstance(part, Name) for part in parts[place:])
    if leads and route not in _INJECTED and route not in known.sold():
        return True  # "inhaler digoxin"
    between = _to_the_name(parts, place)
    joints = _joints(between)
    mixed = _joined(parts)
    if not (joints or mixed):
        return False
    apart = "also" in joints or (route in _INJECTED and _is_bare(between, parts))
    return (apart and not mixed) or route not in known.sold()


def _to_the_name(parts: Sequence[Part], place: int) -> Sequence[Part]:
    """What stands between a word of a way and the name before it, nearest first; else the one behind it."""
    before = list(takewhile(lambda part: not isinstance(part, Name), reversed(parts[:place])))
    if len(before) < place:
        return before
    behind = list(takewhile(lambda part: not isinstance(part, Name), parts[place + 1 :]))
    return behind if place + 1 + len(behind) < len(parts) else ()


def _joints(between: Sequence[Part]) -> list[MarkKind]:
    return [part.kind for part in between if _is_joint(part)]


def _is_joint(part: Part) -> TypeGuard[Mark]:
    """A comma, "and"; "PO/IV" are two ways of one thing."""
    return isinstance(part, Mark) and part.kind in _JOINTS and part.text != "/"


def _joined(parts: Sequence[Part]) -> bool:
    """ "cipro & hydrocortisone cream": two names as one product, and each may be one by itself."""
    names = [place for place, part in enumerate(parts) if isinstance(part, Name)]
    between = parts[names[0] : names[-1]] if names else ()
    return any(_is_joint(part) and part.kind == "also" for part in between)


def _is_bare(between: Sequence[Part], parts: Sequence[Part]) -> bool:
    """ "levothyroxine, weekly injection"; in "metronidazole 500 mg, IV, daily" the amount is that of the drip."""
    segment = takewhile(lambda part: not _is_joint(part), between)
    return any(isinstance(part, Schedule) for part in segment) or not any(
        isinstance(part, Strength) for part in parts
    )


def _together(ways: Sequence[frozenset[Route]]) -> frozenset[Route]:
    return frozenset(route for routes in ways for route in routes)
