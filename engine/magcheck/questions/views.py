"""What can the pages see of a person, now or after further answers? Facts as intervals, and what moves them.

Whatever an open question can still change is left wide; so a page that cannot fire on a view cannot fire after any
answer either. Where it is not worked out which answer moves what, a view says that more questions move it, never
fewer: a question too many is put rather than one too few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from magcheck.core.bounds import MOST_INTAKES
from magcheck.core.fact_names import (
    BEYOND,
    CHOICES,
    ITEM_LISTS,
    OF_A_SUM,
    QUANTITIES,
    ROUTES,
    SCALE,
    TRAITS,
    choice_fact,
    product_fact,
    route_fact,
)
from magcheck.facts.flat import keys_of
from magcheck.inference.program import Scope
from magcheck.knowledge.load import settled_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from magcheck.facts.dose import MagnesiumPart
    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Clause, Fact, Interval, Program
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Profile

Paths = frozenset[str]
"""Open questions, by their paths."""

NOTHING: Paths = frozenset()
FREE: Interval = (-BEYOND, BEYOND)
"""Any value."""
_DAILY = QUANTITIES["daily magnesium"].fact
_FROM_CREATININE = ("person.age", "person.sex", "person.pregnancy", "person.height_cm")
"""What the kidney value depends on where it is computed."""
_KIDNEY_VALUE = ("kidney.egfr", "kidney.creatinine", "kidney.stage")
_FAILING = ("kidney.dialysis", "kidney.acute")
_OF_A_SUM = frozenset({"amount_mg", "dose_mg", "per_day", "times"})
"""Parts of an item that move what is added up of one substance."""
_OF_THE_DAY = _OF_A_SUM | {"basis", "elemental_percent", "route"}
"""Parts of a product that move the magnesium of a day."""


@dataclass(frozen=True, slots=True)
class View:
    """Something that is there, or that an open list may bring, and the open questions that move its facts."""

    scope: Scope
    keys: frozenset[int] | None
    """None: anything."""
    values: Mapping[str, Interval]
    moved: Mapping[str, Paths]
    brought_by: Paths = NOTHING
    """Open lists that may bring it; empty for what is there already."""
    assumed: bool = False
    """The product that a person is assumed to plan, until an open list brings another one."""
    times: Paths = NOTHING
    """Open clock times that decide whether its window is kept."""
    fact: Fact | None = None

    def concerns(self, clause: Clause) -> bool:
        return clause.keys == (0,) or self.keys is None or not self.keys.isdisjoint(clause.keys)

    def movers(self, name: str) -> Paths:
        """Open questions that move the fact `name`; what is not there yet has no fact until a list brings it."""
        unknown = self.brought_by if name not in self.values else NOTHING
        return unknown | self.moved.get(name, NOTHING)


@dataclass(frozen=True)
class Views:
    """All views of one person."""

    profile: Profile
    open: Mapping[str, Paths]
    """Path of an unanswered question -> all entries of the questionnaire that its answer settles or leads to."""
    book: RuleBook
    program: Program
    situation: Situation

    def all(self) -> Iterator[View]:
        moved = self._moved()
        person = self._person(moved)
        lists = self.settling(*ITEM_LISTS)
        yield View(Scope.PERSON, None, person, moved)
        for fact in self.situation.facts:
            if fact.scope is not Scope.PERSON:
                view = self._present(fact, person, moved)
                yield replace(view, brought_by=lists, assumed=True) if self._may_vanish(fact, lists) else view
        yield from self._traits(person, moved)
        if lists:
            yield from self._brought(person, moved, lists)

    def settling(self, *fields: str) -> Paths:
        """The open questions whose answer settles one of `fields`, or leads to it."""
        return frozenset(path for path, settled in self.open.items() if not settled.isdisjoint(fields))

    def _may_vanish(self, fact: Fact, lists: Paths) -> bool:
        """The product that a person is assumed to plan goes as soon as a list brings another."""
        return bool(lists) and fact.product is not None and self.situation.taken[fact.product].planned

    # What moves the facts of the person

    def _moved(self) -> dict[str, Paths]:
        """Fact of the person -> the open questions that move it."""
        moved: defaultdict[str, Paths] = defaultdict(frozenset)
        for path, fields in self.open.items():
            for field in fields:
                for fact in self._facts_of(field):
                    moved[fact] |= {path}
        lists = self.settling(*ITEM_LISTS)
        takings = lists | frozenset(path for path in self.open if path.endswith(".route"))
        if takings:
            moved |= {fact: takings for wanted in self.program.takes.values() for fact, _ in wanted}
            moved |= dict.fromkeys(self.program.counts, takings)
        products = (item for item in self.situation.taken if item.salts)
        amounts = lists.union(*(self._open_parts(item, _OF_THE_DAY) for item in products))
        if amounts:
            moved[_DAILY] = amounts
        return dict(moved)

    def _facts_of(self, field: str) -> Iterator[str]:
        """Facts of the person that an answer to `field` can move."""
        for fact, settling in settled_by().items():
            if settling == field:
                yield from self._choices(fact)
        is_source = field in _KIDNEY_VALUE or (field in _FROM_CREATININE and self._has_creatinine())
        if is_source or field in _FAILING:
            yield from self._choices(CHOICES["kidney value"][0])
        if is_source:
            yield QUANTITIES["egfr"].fact
        for other, question in self.book.questions.items():
            if field == "conditions" and question.means:
                yield from self._facts_of(other)

    def _choices(self, fact: str) -> Iterator[str]:
        """A fact with several answers is one yes-or-no fact for each of them."""
        word = next((word for word, (prefix, _) in CHOICES.items() if prefix == fact), None)
        yield from [choice_fact(fact, name) for name in self.book.terms.choices[word]] if word else [fact]

    def _has_creatinine(self) -> bool:
        return self.profile.kidney.creatinine is not None or bool(self.settling("kidney.creatinine"))

    def _open_parts(self, item: RecognisedItem, parts: Iterable[str]) -> Paths:
        """Open questions about an item; its times say how often only where nothing else does."""
        often = item.item.per_day is not None or f"{item.list}[{item.index}].per_day" in self.open
        paths = {f"{item.list}[{item.index}].{part}" for part in parts if part != "times" or not often}
        return NOTHING if item.planned else frozenset(paths & self.open.keys())

    # The facts of the person

    def _person(self, moved: Mapping[str, Paths]) -> dict[str, Interval]:
        told = next(fact for fact in self.situation.facts if fact.scope is Scope.PERSON).values
        settled = not any(path.endswith(".route") for path in self.open)
        # A longer list takes nothing away: what is taken for sure stays taken, unless its route is still open.
        surely = {fact for fact in moved if settled and fact.startswith("takes ") and told.get(fact) == (1, 1)}
        person = {fact: value for fact, value in told.items() if fact not in moved or fact in surely}
        free = {fact: FREE for fact in moved if fact not in surely}
        return person | free | ({_DAILY: self._daily()} if _DAILY in moved else {})

    def _daily(self) -> Interval:
        """Thousandths of a milligram of magnesium itself a day, over all answers that are still open."""
        ranges = [self._range(part) for part in self.situation.dose]
        high = sum(high for _, high in ranges)
        unbounded = self.settling(*ITEM_LISTS) or high >= BEYOND
        return sum(low for low, _ in ranges), BEYOND if unbounded else high

    def _range(self, part: MagnesiumPart) -> Interval:
        """The same for one product."""
        own = (item for item in self.situation.taken if (item.list, item.index) == (part.list, part.index))
        item = next(own, None)
        if item is None:  # it was not understood
            return 0, BEYOND
        open_parts = {path.rpartition(".")[2] for path in self._open_parts(item, _OF_THE_DAY)}
        if part.high is None or open_parts & {"amount_mg", "dose_mg"}:
            return 0 if open_parts else round(part.surely * SCALE), BEYOND
        often = MOST_INTAKES if open_parts & {"per_day", "times"} else 1
        low = part.low if open_parts & {"basis", "elemental_percent"} else part.surely
        # Not swallowed at all, it brings nothing.
        return 0 if "route" in open_parts else round(low * SCALE), round(part.high * SCALE * often)

    # What is there, and what may come

    def _present(self, fact: Fact, person: Mapping[str, Interval], moved: Mapping[str, Paths]) -> View:
        """One fact that is there, with all that open questions about its own items move."""
        own, times = dict(moved), NOTHING
        values = {**fact.values, **person}
        for position, is_product in ((fact.medicine, False), (fact.product, True)):
            if position is not None:
                routes = self._moved_by_route(position, is_product=is_product)
                own |= routes
                values |= dict.fromkeys(routes, FREE)
                times |= self._path_of(position, "times")
        if fact.medicine is not None:
            alike = self._alike(fact.key)
            amounts = self.settling(*ITEM_LISTS).union(*(self._open_parts(item, _OF_A_SUM) for item in alike))
            own |= dict.fromkeys(OF_A_SUM, amounts) if amounts else {}
            values |= dict.fromkeys(OF_A_SUM, FREE) if amounts else {}
        return View(fact.scope, frozenset({fact.key}), values, own, times=times, fact=fact)

    def _alike(self, key: int) -> Iterator[RecognisedItem]:
        """Items whose amounts are added up, because a page calls them the same."""
        return (item for item in self.situation.taken if key in keys_of(item, self.program))

    def _moved_by_route(self, position: int, *, is_product: bool) -> dict[str, Paths]:
        route = self._path_of(position, "route")
        facts = [route_fact(phrase) for phrase in ROUTES]
        return {product_fact(fact) if is_product else fact: route for fact in facts} if route else {}

    def _path_of(self, position: int, part: str) -> Paths:
        """The question about one part of an item, where it is open."""
        item = self.situation.taken[position]
        path = f"{item.list}[{item.index}].{part}"
        return frozenset({path}) if path in self.open and not item.planned else NOTHING

    def _traits(self, person: Mapping[str, Interval], moved: Mapping[str, Paths]) -> Iterator[View]:
        """Any condition, symptom or goal that an open question may bring."""
        for kind, field in TRAITS.items():
            paths = self.settling(field)
            keys = frozenset(key for name, key in self.program.keys.items() if name.startswith(f"{kind} "))
            if paths and keys:
                yield View(Scope.TRAIT, keys, person, moved, paths)

    def _brought(self, person: Mapping[str, Interval], moved: Mapping[str, Paths], lists: Paths) -> Iterator[View]:
        """Any medicine, any product, and any pair with what is there."""
        for scope in (Scope.MEDICINE, Scope.PRODUCT):
            yield View(scope, None, person, moved, lists)
        products = self.settling("supplements")
        if products:
            yield View(Scope.PAIR, None, person, moved, lists)
        for fact in self.situation.facts:
            if fact.scope is Scope.PRODUCT:
                view = self._present(fact, person, moved)
                yield View(Scope.PAIR, None, view.values, view.moved, lists)
