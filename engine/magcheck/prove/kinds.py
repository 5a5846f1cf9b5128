"""What can be taken? One thing of every kind that the pages can tell apart, as the real step to the facts sees it.

Nothing of that step is written down again: each name of the vocabulary is taken once alone and once beside plain
magnesium, by every route that a page names, and what the facts then hold is what the proofs count with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.core.fact_names import BEYOND, MAGNESIUM, OF_A_SUM, ROUTES
from magcheck.facts.situation import daily_magnesium, situation
from magcheck.inference.program import Scope
from magcheck.profile import Profile, Route

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Interval, Program
    from magcheck.knowledge.load import RuleBook

Values = tuple[tuple[str, "Interval"], ...]
"""Facts in the order of their names."""
NOTHING: Interval = (0, 0)


class ThingKind(NamedTuple):
    """What one thing is to the pages; all things of one kind are alike to every page."""

    keys: frozenset[int]
    """Of the pages that may be about it as a medicine."""
    own: Values
    """What is known of it as a medicine, its amount apart."""
    product: Values | None
    """What is known of it as a product with magnesium; None where it brings none."""
    takes: frozenset[str]
    """Facts "something called so is taken" that it makes true."""
    counted: frozenset[tuple[str, str]]
    """(fact "so many different ones are taken", the substance that it adds to it)."""
    assumes: bool
    """Alone with it, the person is still assumed to think of magnesium."""
    daily: Interval
    """The magnesium that it brings while nobody tells its amount."""
    sums: bool
    """Its milligrams count towards `amount a day`."""


@dataclass(frozen=True)
class Thing:
    """An entry of a profile that is of this kind."""

    kind: ThingKind
    name: str
    route: Route | None

    @property
    def is_swallowed(self) -> bool:
        """Does it add to the magnesium of the day?"""
        return self.kind.daily != NOTHING

    @property
    def list(self) -> str:
        """Where in a profile it stands."""
        return "supplements" if self.is_swallowed else "medications"

    @property
    def amount_field(self) -> str:
        return "amount_mg" if self.is_swallowed else "dose_mg"

    def entry(self, **told: object) -> dict[str, object]:
        route = {} if self.route is None else {"route": self.route.value}
        return {"name": self.name, **route, **told}


@dataclass(frozen=True)
class Kinds:
    """One thing of each kind, and what holds of somebody who takes nothing."""

    things: tuple[Thing, ...]
    nobody: Situation
    """Nothing is told."""
    assumed: ThingKind | None
    """The magnesium that is assumed then."""
    unsettled: frozenset[str] = field(default=frozenset())
    """Names that are more than one thing, or none; the proofs do not look at them."""


def kinds_of(book: RuleBook, program: Program) -> Kinds:
    """Every kind that a name of the vocabulary can be."""
    probe = _Probe(book, program)
    found: dict[ThingKind, Thing] = {}
    unsettled: set[str] = set()
    for name in _names(book, program):
        for route in _routes(program):
            kind = probe.kind(name, route)
            if kind is None:
                unsettled.add(name)
            elif _is_seen(kind):
                found.setdefault(kind, Thing(kind, name, route))
    return Kinds(tuple(found.values()), probe.nobody, probe.assumed(), frozenset(unsettled))


def _is_seen(kind: ThingKind) -> bool:
    return bool(kind.keys or kind.product or kind.takes or kind.counted)


def _names(book: RuleBook, program: Program) -> Iterator[str]:
    """One written name for each set of ingredients that the pages can tell apart."""
    used = {*program.keys, *program.takes, *(name for names in program.kinds.values() for name in names)}
    used |= {name for things in program.counts.values() for name, _ in things}
    seen: set[object] = set()
    counted = {name for things in program.counts.values() for name, _ in things}
    for meanings in book.vocabulary.names.values():
        for meaning in meanings:
            inside = frozenset(
                (s.selectors & used, s.name if MAGNESIUM in s.selectors or s.selectors & counted else "")
                for s in meaning.substances
            )
            known = book.content_of(meaning)
            look = inside, meaning.route, known and (known.low_mg, known.high_mg)
            if look not in seen and any(selectors or name for selectors, name in inside):
                seen.add(look)
                yield meaning.label


def _routes(program: Program) -> tuple[Route | None, ...]:
    """By default, one route for each way that a page names, and one that no page names."""
    tested = {test.fact for clause in program.clauses for test in clause.tests}
    wanted = [phrase for things in (*program.takes.values(), *program.counts.values()) for _, phrase in things]
    named = [
        Route(min(routes))
        for phrase, routes in ROUTES.items()
        if phrase in wanted or any(fact.endswith(phrase.replace(" ", "_")) for fact in tested)
    ]
    return (None, *named, Route.OTHER)


class _Probe:
    """Asks the step to the facts what one thing brings."""

    def __init__(self, book: RuleBook, program: Program) -> None:
        self.book, self.program = book, program
        self.tested = {test.fact for clause in program.clauses for test in clause.tests}
        summed = [clause for clause in program.clauses if any(test.fact in OF_A_SUM for test in clause.tests)]
        self.summed = {key for clause in summed for key in clause.keys}
        self.nobody = self._seen({})
        self.beside = self._seen({"supplements": [MAGNESIUM]})

    def _seen(self, given: dict[str, Any]) -> Situation:
        return situation(Profile.model_validate(given), self.book, self.program)

    def assumed(self) -> ThingKind | None:
        planned = [position for position, item in enumerate(self.nobody.taken) if item.planned]
        return self._kind(self.nobody, planned[0], self.nobody) if planned else None

    def kind(self, name: str, route: Route | None) -> ThingKind | None:
        """None where the name is not exactly one thing that is taken."""
        entry = {"name": name} | ({} if route is None else {"route": route.value})
        alone = self._seen({"medications": [entry]})
        told = [position for position, item in enumerate(alone.taken) if not item.planned]
        if len(told) != 1 or alone.unread:
            return None
        with_other = self._seen({"medications": [entry], "supplements": [MAGNESIUM]})
        return self._kind(alone, told[0], with_other)

    def _kind(self, alone: Situation, position: int, with_other: Situation) -> ThingKind:
        item = alone.taken[position]
        person = alone.facts[0].values
        product = _first(alone, Scope.PRODUCT, position)
        shared = person.keys() | (_first(self.beside, Scope.PRODUCT, None) or {}).keys()
        records = [fact for fact in with_other.facts if fact.medicine == position and fact.ingredient]
        own = {name: value for fact in records for name, value in fact.values.items() if name not in shared}
        parts = tuple(part for part in alone.dose if (part.list, part.index) == (item.list, item.index))
        return ThingKind(
            frozenset(fact.key for fact in records),
            self._values(own, OF_A_SUM),
            None if product is None else self._values(product, person),
            frozenset(fact for fact in self.program.nothing_taken if alone.facts[0].values[fact] == (1, 1)),
            frozenset(
                (fact, name) for fact, found in alone.counted.items() for at, _, name in found if at == position
            ),
            any(other.planned for other in alone.taken),
            daily_magnesium(parts) if parts else NOTHING,
            any(fact.key in self.summed for fact in records) and self._sums(item.item.told, item.found.route),
        )

    def _values(self, values: Mapping[str, Interval], without: Container[str]) -> Values:
        kept = ((name, value) for name, value in values.items() if name in self.tested and name not in without)
        return tuple(sorted(kept))

    def _sums(self, name: str, route: Route) -> bool:
        entry = {"name": name, "route": route.value, "dose_mg": 7}
        seen = self._seen({"medications": [entry], "supplements": [MAGNESIUM]})
        amounts = [fact.values[OF_A_SUM[0]] for fact in seen.facts if fact.medicine == 0 and fact.ingredient]
        return bool(amounts) and all(high < BEYOND for _, high in amounts)


def _first(seen: Situation, scope: Scope, position: int | None) -> Mapping[str, Interval] | None:
    """The values of the first fact of `scope` about the item at `position` (None: any)."""
    found = (fact for fact in seen.facts if fact.scope is scope and position in (None, fact.product))
    return next((fact.values for fact in found), None)
