"""Which open question can still change the verdict, and how much? Read from the compiled pages.

Open answers are intervals, like everything that is not known: a page that no completion of them can fire, or that
every completion fires, waits for nothing. What is left, and stronger than what is certain, is worth a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from magcheck.core.fact_names import (
    BEYOND,
    CHOICES,
    OF_A_SUM,
    QUANTITIES,
    ROUTES,
    SCALE,
    TRAITS,
    choice_fact,
    route_fact,
)
from magcheck.core.scales import Action, Urgency
from magcheck.core.time_of_day import gaps
from magcheck.facts.plausibility import questioned
from magcheck.facts.situation import keys_of, situation
from magcheck.inference.compile import product_fact
from magcheck.inference.program import Outcome, Scope
from magcheck.knowledge.load import settled_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from magcheck.facts.dose import MagnesiumPart
    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Clause, Fact, Interval, Program
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.profile import Profile

DAILY = QUANTITIES["daily magnesium"].fact
MOST_INTAKES = 24
LISTS = ("medications", "supplements")
_NOTHING: frozenset[str] = frozenset()
_FREE: Interval = (-BEYOND, BEYOND)
_URGENCIES = (Urgency.EMERGENCY, Urgency.TODAY, None)
_PART = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")
_FROM_CREATININE = ("person.age", "person.sex", "person.pregnancy", "person.height_cm")
_KIDNEY_VALUE = ("kidney.egfr", "kidney.creatinine", "kidney.stage")
_FAILING = ("kidney.dialysis", "kidney.acute")
_COUNTED = frozenset({"amount_mg", "dose_mg", "per_day", "times"})
_OF_DOSE = _COUNTED | {"basis", "elemental_percent", "route"}
"""Parts of a product that move the magnesium of a day."""

Paths = frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Strength:
    """How strong a page is; less is stronger."""

    urgency: int = len(_URGENCIES) - 1
    action: int = len(Action)

    def and_(self, other: Strength) -> Strength:
        return Strength(min(self.urgency, other.urgency), min(self.action, other.action))

    def exceeds(self, certain: Strength) -> bool:
        return self.urgency < certain.urgency or self.action < certain.action


def strength_of(rule: Rule) -> Strength:
    return Strength(_URGENCIES.index(rule.urgency), rule.strongest.rank)


@dataclass(frozen=True, slots=True)
class View:
    """Something that is there, or that an open list may bring, and the open questions that move its facts."""

    scope: Scope
    keys: frozenset[int] | None
    """None: anything."""
    values: Mapping[str, Interval]
    moved: Mapping[str, Paths]
    brought_by: Paths = _NOTHING
    """Open lists that may bring it; empty for what is there already."""
    assumed: bool = False
    """The product that a person is assumed to plan, until an open list brings another one."""
    times: Paths = _NOTHING
    """Open clock times that decide whether its window is kept."""
    fact: Fact | None = None

    def concerns(self, clause: Clause) -> bool:
        return clause.keys == (0,) or self.keys is None or not self.keys.isdisjoint(clause.keys)

    def movers(self, name: str) -> Paths:
        unknown = self.brought_by if name not in self.values else _NOTHING
        return unknown | self.moved.get(name, _NOTHING)


def relevance(
    profile: Profile, open_: Mapping[str, Paths], book: RuleBook, program: Program
) -> dict[str, Strength]:
    """Open path -> the strongest page that waits for its answer and could change the verdict.

    `open_`: path of an unanswered question -> all entries that its answer settles or leads to.
    Raises InputError for a profile that contradicts itself.
    """
    questioned(profile, book)
    seen = situation(profile, book, program)
    views = tuple(_Views(profile, open_, book, program, seen).all())
    certain, likely = Strength(), Strength()
    waiting: list[tuple[Strength, Paths]] = []
    for clause, rule, view in _pairs(views, book, program):
        paths = _waits_for(clause, rule, view, seen)
        if paths is None:
            continue
        strength = strength_of(rule)
        if paths or view.brought_by:
            waiting.append((strength, paths | view.brought_by))
        else:
            certain = certain.and_(strength)
        if view.assumed and not paths:
            likely = likely.and_(strength)
    lists = {path for path, settled in open_.items() if not settled.isdisjoint(LISTS)}
    bars = {path: certain if path in lists else certain.and_(likely) for path in open_}
    return _strongest(waiting, bars)


def _strongest(waiting: Iterable[tuple[Strength, Paths]], bars: Mapping[str, Strength]) -> dict[str, Strength]:
    best: dict[str, Strength] = {}
    for strength, paths in waiting:
        for path in paths:
            if strength.exceeds(bars[path]):
                best[path] = min(strength, best.get(path, strength))
    return best


def _pairs(views: Iterable[View], book: RuleBook, program: Program) -> Iterator[tuple[Clause, Rule, View]]:
    by_scope: defaultdict[Scope, list[View]] = defaultdict(list)
    for view in views:
        by_scope[view.scope].append(view)
    for clause in program.clauses:
        rule = book.rules_by_id[clause.rule]
        if clause.outcome is Outcome.FIRES and rule.ask is None and rule.place is None:
            for view in by_scope[clause.scope]:
                if view.concerns(clause):
                    yield clause, rule, view


def _waits_for(clause: Clause, rule: Rule, view: View, seen: Situation) -> Paths | None:
    """Open questions that decide if `clause` holds of `view`: none where it surely does, None where it cannot."""
    paths = _NOTHING
    for test in clause.tests:
        movers = view.movers(test.fact)
        low, high = view.values.get(test.fact, _FREE)
        if movers and test.low <= high and low <= test.high:
            paths |= _NOTHING if test.low <= low and high <= test.high else movers
        elif movers or not test.holds(low, high):
            return None
    if rule.separate is None or rule.separate.no_safe_gap or view.fact is None:
        return paths
    return paths | view.times if view.times else None if _is_kept(rule, view.fact, seen) else paths


def _is_kept(rule: Rule, fact: Fact, seen: Situation) -> bool:
    window = rule.separate
    if window is None or fact.medicine is None or fact.product is None:
        return False
    medicine, product = seen.taken[fact.medicine].item.times, seen.taken[fact.product].item.times
    least = window.before or 0, window.after or 0
    return bool(medicine and product) and all(gap.keeps(*least) for gap in gaps(medicine, product))


@dataclass(frozen=True)
class _Views:
    """What the pages can see of this person, now or after further answers."""

    profile: Profile
    open: Mapping[str, Paths]
    book: RuleBook
    program: Program
    seen: Situation

    def all(self) -> Iterator[View]:
        moved = self._moved()
        person = self._person(moved)
        lists = self._settling(*LISTS)
        yield View(Scope.PERSON, None, person, moved)
        for fact in self.seen.facts:
            if fact.scope is not Scope.PERSON:
                view = self._present(fact, person, moved)
                yield replace(view, brought_by=lists, assumed=True) if self._may_vanish(fact, lists) else view
        yield from self._traits(person, moved)
        if lists:
            yield from self._brought(person, moved, lists)

    def _settling(self, *fields: str) -> Paths:
        """The open questions whose answer settles one of `fields`, or leads to it."""
        return frozenset(path for path, settled in self.open.items() if not settled.isdisjoint(fields))

    def _may_vanish(self, fact: Fact, lists: Paths) -> bool:
        """The product that a person is assumed to plan goes as soon as a list brings another."""
        return bool(lists) and fact.product is not None and self.seen.taken[fact.product].planned

    def _moved(self) -> dict[str, Paths]:
        """Fact of the person -> the open questions that move it."""
        moved: defaultdict[str, Paths] = defaultdict(frozenset)
        for path, fields in self.open.items():
            for field in fields:
                for fact in self._facts_of(field):
                    moved[fact] |= {path}
        lists, routes = self._settling(*LISTS), frozenset(p for p in self.open if p.endswith(".route"))
        if lists | routes:
            moved |= {fact: lists | routes for wanted in self.program.takes.values() for fact, _ in wanted}
            moved |= dict.fromkeys(self.program.counts, lists | routes)
        amounts = _NOTHING.union(*(self._open_parts(t, _OF_DOSE) for t in self.seen.taken if t.salts))
        if lists | amounts:
            moved[DAILY] = lists | amounts
        return dict(moved)

    def _open_parts(self, taken: RecognisedItem, parts: Iterable[str]) -> Paths:
        """Open questions about an item; its times say how often only where nothing else does."""
        often = taken.item.per_day is not None or f"{taken.list}[{taken.index}].per_day" in self.open
        paths = {f"{taken.list}[{taken.index}].{part}" for part in parts if part != "times" or not often}
        return _NOTHING if taken.planned else frozenset(paths & self.open.keys())

    def _facts_of(self, field: str) -> Iterator[str]:
        """Facts of the person that an answer to `field` can move."""
        settled = settled_by()
        for fact, by in settled.items():
            if by == field:
                yield from self._choices(fact)
        if field in (*_KIDNEY_VALUE, *_FAILING) or (field in _FROM_CREATININE and self._has_creatinine()):
            yield from self._choices(CHOICES["kidney value"][0])
        if field in _KIDNEY_VALUE or (field in _FROM_CREATININE and self._has_creatinine()):
            yield QUANTITIES["egfr"].fact
        for other, question in self.book.questions.items():
            if field == "conditions" and question.means:
                yield from self._facts_of(other)

    def _choices(self, fact: str) -> Iterator[str]:
        """A fact with several answers is one yes-or-no fact for each of them."""
        word = next((word for word, (prefix, _) in CHOICES.items() if prefix == fact), None)
        yield from [choice_fact(fact, one) for one in self.book.terms.choices[word]] if word else [fact]

    def _has_creatinine(self) -> bool:
        return self.profile.kidney.creatinine is not None or bool(self._settling("kidney.creatinine"))

    def _person(self, moved: Mapping[str, Paths]) -> dict[str, Interval]:
        told = next(fact for fact in self.seen.facts if fact.scope is Scope.PERSON).values
        settled = not any(path.endswith(".route") for path in self.open)
        surely = {fact for fact in moved if settled and fact.startswith("takes ") and told.get(fact) == (1, 1)}
        person = {fact: value for fact, value in told.items() if fact not in moved or fact in surely}
        free = {fact: _FREE for fact in moved if fact not in surely}
        return person | free | ({DAILY: self._daily()} if DAILY in moved else {})

    def _daily(self) -> Interval:
        """Thousandths of a milligram of magnesium itself a day, over all answers that are still open."""
        ranges = [self._range(part) for part in self.seen.dose]
        high = sum(high for _, high in ranges)
        unbounded = self._settling(*LISTS) or high >= BEYOND
        return sum(low for low, _ in ranges), BEYOND if unbounded else high

    def _range(self, part: MagnesiumPart) -> Interval:
        """The same for one product."""
        taken = next(t for t in self.seen.taken if (t.list, t.index) == (part.list, part.index))
        open_ = {path.rpartition(".")[2] for path in self._open_parts(taken, _OF_DOSE)}
        often = MOST_INTAKES if open_ & {"per_day", "times"} else 1
        if part.high is None or open_ & {"amount_mg", "dose_mg"}:
            return 0 if open_ else round(part.surely * SCALE), BEYOND
        low = 0.0 if "route" in open_ else part.low if open_ & {"basis", "elemental_percent"} else part.surely
        return round(low * SCALE), round(part.high * SCALE * often)

    def _present(self, fact: Fact, person: Mapping[str, Interval], moved: Mapping[str, Paths]) -> View:
        own, times = dict(moved), _NOTHING
        values = {**fact.values, **person}
        for place, is_product in ((fact.medicine, False), (fact.product, True)):
            if place is not None:
                mine = self._moved_of(place, is_product=is_product)
                own |= mine
                values |= dict.fromkeys(mine, _FREE)
                times |= self._path_of(place, "times")
        if fact.medicine is not None:
            amounts = self._settling(*LISTS).union(*(self._open_parts(t, _COUNTED) for t in self._alike(fact.key)))
            own |= dict.fromkeys(OF_A_SUM, amounts) if amounts else {}
            values |= dict.fromkeys(OF_A_SUM, _FREE) if amounts else {}
        return View(fact.scope, frozenset({fact.key}), values, own, times=times, fact=fact)

    def _alike(self, key: int) -> Iterator[RecognisedItem]:
        """Items whose amounts are added up, because a page calls them the same."""
        return (taken for taken in self.seen.taken if key in keys_of(taken, self.program))

    def _moved_of(self, place: int, *, is_product: bool) -> dict[str, Paths]:
        route = self._path_of(place, "route")
        facts = [route_fact(phrase) for phrase in ROUTES]
        return {product_fact(fact) if is_product else fact: route for fact in facts} if route else {}

    def _path_of(self, place: int, part: str) -> Paths:
        taken = self.seen.taken[place]
        path = f"{taken.list}[{taken.index}].{part}"
        return frozenset({path}) if path in self.open and not taken.planned else _NOTHING

    def _traits(self, person: Mapping[str, Interval], moved: Mapping[str, Paths]) -> Iterator[View]:
        for kind, field in TRAITS.items():
            paths = self._settling(field)
            keys = frozenset(key for name, key in self.program.keys.items() if name.startswith(f"{kind} "))
            if paths and keys:
                yield View(Scope.TRAIT, keys, person, moved, paths)

    def _brought(self, person: Mapping[str, Interval], moved: Mapping[str, Paths], lists: Paths) -> Iterator[View]:
        """Any medicine, any product, and any pair with what is there."""
        for scope in (Scope.MEDICINE, Scope.PRODUCT):
            yield View(scope, None, person, moved, lists)
        products = self._settling("supplements")
        if products:
            yield View(Scope.PAIR, None, person, moved, lists)
        for fact in self.seen.facts:
            if fact.scope is Scope.PRODUCT:
                view = self._present(fact, person, moved)
                yield View(Scope.PAIR, None, view.values, view.moved, lists)
