"""What is one told item? The line of its name, its codes and its own fields, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from magcheck.core.lazy import cached_property
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Route
from magcheck.reading.codes import by_code, identified, unknown
from magcheck.reading.doubt import Doubt
from magcheck.reading.fields import assumed, filled, open_fields
from magcheck.reading.line import read_line
from magcheck.reading.told_route import doubtful_route
from magcheck.terminology.vocabulary import Found, NotFound, Reason, describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Item
    from magcheck.reading.codes import Identified
    from magcheck.reading.line import LineItem
    from magcheck.reading.routes import Routes
    from magcheck.reading.setting import Setting
    from magcheck.terminology.vocabulary import Meaning

Made = TypeVar("Made")
_INJECTED = frozenset({Route.INTRAVENOUS, Route.INJECTION})


@dataclass(frozen=True)
class ReadItem:
    """One item as the rules see it."""

    told: str
    """What the person wrote, whole."""
    item: Item
    """With everything that the line says in fields of its own; its name is the identity alone."""
    found: Found | NotFound
    line: LineItem | None = None
    """None where only a code was told."""
    taken: bool = True
    amount_low: float | None = None
    """Milligrams of one intake at the lower end of a range."""
    amount_read: bool = False
    """The amount stands in the name, not in its own field."""
    open: frozenset[str] = frozenset()
    """Fields that were told and not understood: "amount", "per_day"."""
    assumed: tuple[tuple[str, str], ...] = ()
    """(field, what was taken for granted)."""
    doubts: tuple[Doubt, ...] = ()

    @cached_property
    def _kept(self) -> dict[str, object]:
        return {}

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What follows from this reading and the rules alone: made when first asked for, and kept with it."""
        if name not in self._kept:
            self._kept[name] = make()
        return cast("Made", self._kept[name])


def read_item(item: Item, setting: Setting) -> tuple[ReadItem, ...]:
    """The items that one entry of a profile holds; mostly one, and more where its name names several things."""
    vocabulary = setting.vocabulary
    lines = read_line(item.name, vocabulary, vocabulary.lexicon, setting.country) if item.name else ()
    if not lines:
        coded, doubts = by_code(item, vocabulary)
        nameless = isinstance(coded, NotFound) and item.name is not None
        found = NotFound(Reason.UNKNOWN) if nameless else _found(coded, None, item, setting.book)
        return (ReadItem(item.told, _without_a_doubtful_route(item, found), found, doubts=doubts),)
    parts = tuple(identified(item, lines, vocabulary))
    return tuple(_read(item, part, setting, alone=len(parts) == 1) for part in parts)


def _found(read: Meaning | NotFound, route: Route | None, item: Item, book: RuleBook) -> Found | NotFound:
    """`route`: of the line; with one, that of the field is told twice, and no longer doubted."""
    if isinstance(read, NotFound):
        return read
    if not read.substances:
        return NotFound(Reason.UNCOVERED, (describe(read),))
    told = item.route or route
    doubtful = None if route else doubtful_route(told, read, book)
    if doubtful:
        return doubtful
    return Found(read, told or read.route or Route.ORAL, by_default=told is None)


def _without_a_doubtful_route(item: Item, found: Found | NotFound) -> Item:
    """What is asked is not told: any answer to it must be able to count."""
    asked = isinstance(found, NotFound) and found.reason is Reason.ROUTE and item.route is not None
    return item.model_copy(update={"route": None}) if asked else item


def _read(item: Item, part: Identified, setting: Setting, *, alone: bool) -> ReadItem:
    """`alone`: it is the only part of its line."""
    line = part.line
    route, found = _routed(item, line, part.read, setting)
    if isinstance(found, Found) and line.taken is None:
        question = fill(setting.book.wording.reading.is_it_taken, item=line.text)
        found = NotFound(Reason.STANDING, (), (found.meaning,), question)
    known = isinstance(found, Found)
    full = filled(item, line, setting, named=known or not alone)
    called = item.told if alone else line.text
    strange = [Doubt(word, unknown(word, setting.vocabulary, Reason.PARTLY)) for word in line.words if known]
    twice = [Doubt(called, NotFound(Reason.TWICE, question=question)) for question in full.twice]
    return ReadItem(
        told=item.told,
        item=_without_a_doubtful_route(full.item, found),
        found=found,
        line=line,
        taken=line.taken is not False,
        amount_low=line.amount.low if full.amount_read else None,
        amount_read=full.amount_read,
        open=frozenset(open_fields(item, line)),
        assumed=tuple(assumed(item, line, full.item.times, route, setting)),
        doubts=(*part.doubts, *strange, *twice),
    )


def _routed(
    item: Item, line: LineItem, read: Meaning | NotFound, setting: Setting
) -> tuple[Route | None, Found | NotFound]:
    """The route that the line tells, and what was found; unclear and contradicting routes are not checked."""
    book = setting.book
    if isinstance(read, NotFound) or line.routes is None or _is_settled_beside(line.routes, item, read):
        return None, _found(read, None, item, book)
    routes = _narrowed(line.routes.possible, read.route)
    if item.route is not None and _agrees(item.route, routes):
        said_twice = item.route if Route.OTHER not in routes else None
        return None, _found(read, said_twice, item, book)
    if item.route is None and len(routes) == 1:
        route = next(iter(routes))
        return route, _found(read, route, item, book)
    every: list[Route] = sorted(routes | ({item.route} if item.route else frozenset[Route]()))
    could_be = tuple(read._replace(route=route) for route in every)
    meanwhile = read if line.routes.by_form and Route.ORAL in every else None
    question = setting.book.questions["medications.route"].question
    ways = tuple(route.value for route in every)
    return None, NotFound(Reason.ROUTE, ways, could_be, question, meanwhile)


def _is_settled_beside(routes: Routes, item: Item, read: Meaning) -> bool:
    """ "gel" leaves it to a field or to the product."""
    settled = item.route is not None or read.route in routes.possible
    return routes.by_form and not routes.apart and settled


def _narrowed(routes: frozenset[Route], of_product: Route | None) -> frozenset[Route]:
    """Of several routes that of the product; into a vein and by needle are not told apart."""
    if of_product is not None and len(routes) > 1 and of_product in routes:
        return frozenset({of_product})
    return frozenset({Route.INJECTION}) if len(routes) > 1 and routes <= _INJECTED else routes


def _agrees(told: Route, read: frozenset[Route]) -> bool:
    """Where a word is unclear and may mean any way ("in the moning"), the one told beside the line settles it."""
    is_any = Route.OTHER in read and len(read) > 1
    return is_any or told in read or (told in _INJECTED and bool(read & _INJECTED))
