"""Everything that can be told at once, as one formula: for each page, when does it fire?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from math import ceil, floor
from typing import TYPE_CHECKING

from magcheck.core.bounds import ANY_AMOUNT_MG
from magcheck.core.fact_names import BEYOND, FLAGS, OF_A_SUM, QUANTITIES, SCALE
from magcheck.core.lazy import cached_property
from magcheck.inference.program import Outcome, Scope
from magcheck.prove.logic import Truth, Value, ValueRange, both, every, negated, some, surely, z3
from magcheck.prove.person import EGFR, FLAG_FIELDS, any_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from magcheck.inference.program import Clause, Interval, Program, Test
    from magcheck.knowledge.load import RuleBook
    from magcheck.prove.kinds import Kinds, Thing, ThingKind, Values
    from magcheck.prove.logic import Term
    from magcheck.prove.person import SymbolicPerson

DAILY, AMOUNT, AMOUNT_TOLD = QUANTITIES["daily magnesium"].fact, OF_A_SUM[0], FLAGS["amount told"][0]


@dataclass(frozen=True)
class Slot:
    """Room for one thing in the profile; of a kind that can meet itself there are two."""

    thing: Thing
    amount_told: Term
    amount: Term
    """Thousandths of a milligram a day: of magnesium itself where it brings some, else of the thing."""

    @property
    def kind(self) -> ThingKind:
        return self.thing.kind

    @property
    def has_amount(self) -> bool:
        """Can its amount make any difference?"""
        return self.thing.is_swallowed or self.kind.sums


@dataclass(frozen=True)
class Rules:
    """What a proof is about."""

    book: RuleBook
    program: Program
    kinds: Kinds

    @cached_property
    def product_facts(self) -> frozenset[str]:
        """Facts about the product of a pair."""
        known = [thing.kind for thing in self.kinds.things] + [kind for kind in (self.kinds.assumed,) if kind]
        return frozenset(fact for kind in known for fact, _ in kind.product or ())

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(_slots(self.kinds))

    @cached_property
    def medicines(self) -> Callable[[tuple[int, ...], tuple[Test, ...]], tuple[tuple[int, tuple[Test, ...]], ...]]:
        """Keys and tests of a clause -> slots that can be its medicine, with the tests that hang on amounts."""

        def found(keys: tuple[int, ...], tests: tuple[Test, ...]) -> tuple[tuple[int, tuple[Test, ...]], ...]:
            fitting = ((at, slot) for at, slot in enumerate(self.slots) if not slot.kind.keys.isdisjoint(keys))
            left = ((at, _left(slot.kind.own, tests)) for at, slot in fitting)
            return tuple((at, rest) for at, rest in left if rest is not None)

        return cache(found)

    @cached_property
    def products(self) -> Callable[[tuple[Test, ...]], tuple[int, ...]]:
        """Tests of a clause -> slots that can be its product; -1 for the one that is assumed."""

        def found(tests: tuple[Test, ...]) -> tuple[int, ...]:
            kinds = [(at, slot.kind) for at, slot in enumerate(self.slots)]
            kinds += [(-1, self.kinds.assumed)] if self.kinds.assumed else []
            return tuple(at for at, kind in kinds if kind.product is not None and _left(kind.product, tests) == ())

        return cache(found)

    @cached_property
    def traits(self) -> list[str]:
        """Conditions, symptoms and goals that a page or an answer knows, by key."""
        implying = (f"condition {condition}" for _, condition, _ in self.book.implied)
        kinds = tuple(f"{kind} " for kind in self.book.traits)
        return sorted({*(key for key in self.program.keys if key.startswith(kinds)), *implying})


@dataclass(frozen=True)
class World:
    """One person with everything that was told, none of it fixed."""

    rules: Rules
    person: SymbolicPerson
    slots: tuple[Slot, ...]
    """As those of the rules, number for number; their amounts may differ."""
    present: tuple[Term, ...]
    """Is the thing of this slot taken?"""
    traits: Mapping[str, Term]
    unread: Term
    """Something was told that nobody understands."""
    any_dose: ValueRange | None = None
    """The magnesium of the day, whatever is taken: more than can be told, which only makes a proof stronger."""

    @cached_property
    def assumes(self) -> Term:
        """Is the person assumed to think of magnesium?"""
        if self.rules.kinds.assumed is None:
            return False
        ends = (here for here, slot in zip(self.present, self.slots, strict=True) if not slot.kind.assumes)
        return negated(some(ends))

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """The facts of the person, which every record carries."""
        return {**dict(self.person.facts()), DAILY: self.any_dose or self._daily, **self._takes, **self._counts}

    @property
    def _daily(self) -> ValueRange:
        lows: list[Term] = []
        highs: list[Term] = []
        is_open = [self.unread]
        for here, slot in self._taken:
            if slot.thing.is_swallowed:
                low, high = slot.kind.daily
                lows.append(z3.If(here, z3.If(slot.amount_told, slot.amount, low), 0))
                if high < BEYOND:
                    highs.append(z3.If(here, z3.If(slot.amount_told, slot.amount, high), 0))
                else:
                    highs.append(z3.If(z3.And(here, slot.amount_told), slot.amount, 0))
                    is_open.append(z3.And(here, z3.Not(slot.amount_told)))
        if self.rules.kinds.assumed is not None and self.rules.kinds.assumed.daily[1] >= BEYOND:
            is_open.append(self.assumes)
        return ValueRange(z3.Sum(lows), z3.If(some(is_open), BEYOND, z3.Sum(highs)))

    @property
    def _taken(self) -> Iterator[tuple[Term, Slot]]:
        return zip(self.present, self.slots, strict=True)

    @property
    def _takes(self) -> dict[str, Truth]:
        found: dict[str, list[Term]] = {fact: [] for fact in self.rules.program.nothing_taken}
        for here, slot in self._taken:
            for fact in slot.kind.takes:
                found[fact].append(here)
        for fact in self.rules.kinds.assumed.takes if self.rules.kinds.assumed else ():
            found[fact].append(self.assumes)
        answers = {fact: some(terms) for fact, terms in found.items()}
        return {fact: Truth(yes, negated(yes)) for fact, yes in answers.items()}

    @property
    def _counts(self) -> dict[str, ValueRange]:
        """How many different substances: each counts once, however many things hold it."""
        found: dict[str, dict[str, list[Term]]] = {fact: {} for fact in self.rules.program.counts}
        for here, slot in self._taken:
            for fact, substance in slot.kind.counted:
                found[fact].setdefault(substance, []).append(here)
        numbers = {
            fact: z3.Sum([z3.If(some(terms), SCALE, 0) for terms in by_substance.values()])
            for fact, by_substance in found.items()
        }
        return {fact: ValueRange(number, number) for fact, number in numbers.items()}

    def fires(self, page: str) -> Term:
        """Some clause of the page holds on some record of this person."""
        return self._fires[page]

    @cached_property
    def _fires(self) -> Mapping[str, Term]:
        firing = [clause for clause in self.rules.program.clauses if clause.outcome is Outcome.FIRES]
        pages = groupby(sorted(firing, key=lambda clause: clause.rule), key=lambda clause: clause.rule)
        return {page: some(self._holds(clause) for clause in clauses) for page, clauses in pages}

    def _holds(self, clause: Clause) -> Term:
        about_person = [test for test in clause.tests if test.fact in self.values]
        others = tuple(test for test in clause.tests if test.fact not in self.values)
        of_product = tuple(test for test in others if test.fact in self.rules.product_facts)
        of_medicine = tuple(test for test in others if test not in of_product)
        match clause.scope:
            case Scope.PERSON:
                record = True
            case Scope.TRAIT:
                keys = self.rules.program.keys
                record = some(here for name, here in self.traits.items() if keys.get(name) in clause.keys)
            case Scope.MEDICINE:
                record = self._any(self._medicines(clause.keys, of_medicine))
            case Scope.PRODUCT:
                record = self._any(self._products(of_product))
            case Scope.PAIR:
                record = self._apart(self._medicines(clause.keys, of_medicine), self._products(of_product))
        return every((*(surely(test, self.values[test.fact]) for test in about_person), record))

    def _medicines(self, keys: tuple[int, ...], tests: tuple[Test, ...]) -> dict[int, Term]:
        """Number of the slot -> is there something in it that can be the medicine of such a clause?"""
        found: dict[int, Term] = {}
        for number, own in self.rules.medicines(keys, tests):
            if own:
                slot = self.slots[number]
                ways = (
                    every(surely(test, self._amount(key, slot.kind.own)[test.fact]) for test in own)
                    for key in slot.kind.keys.intersection(keys)
                )
                found[number] = both(self.present[number], some(ways))
            else:
                found[number] = self.present[number]
        return found

    def _products(self, tests: tuple[Test, ...]) -> dict[int, Term]:
        """As `_medicines`, of the products with magnesium; -1 for the one that is assumed."""
        return {at: self.assumes if at < 0 else self.present[at] for at in self.rules.products(tests)}

    def _apart(self, medicines: Mapping[int, Term], products: Mapping[int, Term]) -> Term:
        """There are one of these and one of those, and they are not the same thing."""
        same = medicines.keys() & products.keys()
        other_medicines = {at: term for at, term in medicines.items() if at not in same}
        other_products = {at: term for at, term in products.items() if at not in same}
        ends = [medicines[at] for at in sorted(same)]
        return some(
            (
                both(self._any(other_medicines), self._any(products)),
                both(self._any(medicines), self._any(other_products)),
                z3.AtLeast(*ends, 2) if len(ends) > 1 else False,
            )
        )

    def _any(self, terms: Mapping[int, Term]) -> Term:
        """One of these; the same question is asked of many clauses, and its formula is made once."""
        return self._disjunction(tuple(terms.values()))

    @cached_property
    def _disjunction(self) -> Callable[[tuple[Term, ...]], Term]:
        return cache(some)

    @cached_property
    def _amount(self) -> Callable[[int, Values], dict[str, Value]]:
        """Key and route -> what is taken a day of everything that has both."""

        def found(key: int, route: Values) -> dict[str, Value]:
            same = [(here, slot) for here, slot in self._taken if key in slot.kind.keys and slot.kind.own == route]
            known = [(z3.And(here, slot.amount_told), slot) for here, slot in same if slot.kind.sums]
            is_open = some(both(here, z3.Not(slot.amount_told) if slot.kind.sums else True) for here, slot in same)
            low = z3.Sum([z3.If(here, slot.amount, 0) for here, slot in known])
            high = z3.If(is_open, BEYOND, low)
            return {AMOUNT: ValueRange(low, high), AMOUNT_TOLD: Truth(negated(is_open), is_open)}

        return cache(found)

    def but(self, **changed: object) -> World:
        """The same with some of it told otherwise."""
        return replace(self, **changed)  # type: ignore[arg-type]


def _left(values: Iterable[tuple[str, Interval]], tests: tuple[Test, ...]) -> tuple[Test, ...] | None:
    """The tests that these values do not settle; None where one of them fails."""
    known = dict(values)
    if all(test.holds(*known[test.fact]) for test in tests if test.fact in known):
        return tuple(test for test in tests if test.fact not in known)
    return None


def any_world(rules: Rules) -> tuple[World, Term]:
    """Somebody of whom nothing is fixed, and what keeps the answers possible."""
    person, possible = any_person(rules.book, "person")
    slots = rules.slots
    world = World(
        rules,
        person,
        slots,
        tuple(z3.Bool(f"takes {number}") for number in range(len(slots))),
        {name: z3.Bool(name) for name in rules.traits},
        z3.Bool("unread"),
    )
    amounts = every(within(slot, rules.book) for slot in slots if slot.has_amount)
    return world, every((possible, amounts, *implied(world)))


def _slots(kinds: Kinds) -> Iterator[Slot]:
    for number, thing in enumerate(kinds.things):
        meets_itself = thing.kind.product is not None and thing.kind.keys
        for copy in range(2 if meets_itself else 1):
            name = f"amount {number} {copy}"
            yield Slot(thing, z3.Bool(f"{name} told"), z3.Int(name))


def within(slot: Slot, book: RuleBook) -> Term:
    low, high = book.questions[f"{slot.thing.list}.{slot.thing.amount_field}"].range or ANY_AMOUNT_MG
    return z3.And(ceil(low * SCALE) <= slot.amount, slot.amount <= floor(high * SCALE))


def implied(world: World) -> Iterator[Term]:
    """Words about an illness that answer a question of the kidneys."""
    stages = world.rules.book.equations.stages
    egfr = world.person.numbers[EGFR]
    for field, condition, answer in world.rules.book.implied:
        here = world.traits[f"condition {condition}"]
        for fact, name in FLAG_FIELDS.items():
            if name == field and answer is True:
                yield z3.Implies(here, world.person.flags[fact].answer.yes)
        if field == "kidney.stage":
            _, above = stages[str(answer)]
            yield z3.Implies(here, both(egfr.is_told, egfr.value < round(above * SCALE)))
