"""What is taken, as flat facts for the evaluators: products, medicines, and each medicine with each product."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import (
    BEYOND,
    FLAGS,
    QUANTITIES,
    ROUTES,
    SCALE,
    product_fact,
    route_fact,
)
from magcheck.facts.dose import intakes, told_amount
from magcheck.inference.compile import trait_key
from magcheck.inference.program import Fact, Interval, Scope
from magcheck.profile import Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.facts.traits import Trait
    from magcheck.inference.program import Program
    from magcheck.knowledge.load import RuleBook
    from magcheck.terminology.vocabulary import Found, Substance

NO, YES, PERHAPS = (0, 0), (1, 1), (0, 1)
UNKNOWN: Interval = (0, BEYOND)


def takes(taken: Iterable[RecognisedItem], program: Program) -> dict[str, Interval]:
    """Is a substance or class taken at all? Only where a page asks."""
    values = dict(program.nothing_taken)
    for item in taken:
        values |= takes_of(item.found, program)
    return values


def takes_of(found: Found, program: Program) -> dict[str, Interval]:
    """What this one thing answers with yes."""
    wanted = program.taken_by
    return {
        fact: YES
        for substance in found.meaning.substances
        for fact, phrase in wanted(substance.selectors)
        if phrase is None or found.route.value in ROUTES[phrase]
    }


def takes_of_any(substances: Iterable[Substance], route: Route, program: Program) -> frozenset[str]:
    """What one of these things or another, taken this way, answers with yes."""
    selectors = frozenset[str]().union(*(substance.selectors for substance in substances))
    asked = program.taken_by(selectors)
    return frozenset(fact for fact, phrase in asked if phrase is None or route.value in ROUTES[phrase])


def flat_facts(
    taken: list[RecognisedItem],
    traits: list[Trait],
    person: dict[str, Interval],
    book: RuleBook,
    program: Program,
) -> Iterable[Fact]:
    yield Fact(Scope.PERSON, 0, person)
    for position, trait in enumerate(traits):
        key = program.keys.get(trait_key(trait.kind, trait.name))
        if key:
            yield Fact(Scope.TRAIT, key, person, trait=position)
    products = {position: product_values(item, book, program) for position, item in enumerate(taken) if item.salts}
    for position, values in products.items():
        yield Fact(Scope.PRODUCT, 0, person | values, product=position)
    keys = [keys_of(item, program) for item in taken]
    amounts = amounts_a_day(taken, keys)
    for position, item in enumerate(taken):
        own = Medicine(position, item.found.route, keys[position])
        yield from medicine_facts(own, person, amounts, products, program)


class Medicine(NamedTuple):
    """Something taken, as pages about medicines see it."""

    position: int
    route: Route
    keys: Mapping[int, str]
    """Key -> the ingredient that has it."""


def medicine_facts(
    medicine: Medicine,
    person: Mapping[str, Interval],
    amounts: Mapping[tuple[int, Route], Interval],
    products: Mapping[int, Mapping[str, Interval]],
    program: Program,
) -> Iterator[Fact]:
    """Alone, and with each of `products`. `amounts`: as `amounts_a_day` adds them up."""
    own = {**person, **_MEDICINE_ROUTES[medicine.route]}
    for key, ingredient in medicine.keys.items():
        values = {**own, **summed(amounts[key, medicine.route])}
        alone = Fact(Scope.MEDICINE, key, values, medicine=medicine.position, ingredient=ingredient)
        if key in program.keys_used[Scope.MEDICINE]:
            yield alone
        if key in program.keys_used[Scope.PAIR]:
            yield from _pairs(alone, products)


def summed(amount: Interval) -> dict[str, Interval]:
    """The facts about a sum (`OF_A_SUM`)."""
    return {_AMOUNT: amount, _TOLD: _flag(amount[1] < BEYOND)}


def _pairs(alone: Fact, products: Mapping[int, Mapping[str, Interval]]) -> Iterable[Fact]:
    """A medicine together with each product with magnesium but itself."""
    for product, values in products.items():
        if product != alone.medicine:
            both = {**alone.values, **values}
            yield Fact(Scope.PAIR, alone.key, both, alone.medicine, alone.ingredient, product)


_AMOUNT = QUANTITIES["amount a day"].fact
_TOLD = FLAGS["amount told"][0]


def amounts_a_day(
    taken: Iterable[RecognisedItem], keys: Iterable[Iterable[int]]
) -> dict[tuple[int, Route], Interval]:
    """Key and route -> thousandths of a milligram a day of all items that have the key. `keys`: of each item."""
    totals: dict[tuple[int, Route], Interval] = {}
    for item, own in zip(taken, keys, strict=True):
        low, high = own_amount(item)
        for key in own:
            totals[key, item.found.route] = together(totals.get((key, item.found.route), (0, 0)), (low, high))
    return totals


def together(one: Interval, other: Interval) -> Interval:
    return one[0] + other[0], min(BEYOND, one[1] + other[1])


def own_amount(item: RecognisedItem) -> Interval:
    """Milligrams of the medicine or supplement itself a day; of a mixture nobody knows whose they are."""
    amount = told_amount(item.item)
    if amount is None or item.is_mixture or item.open:
        return UNKNOWN
    of_the_day = ceil(amount * intakes(item.item))
    return of_the_day, of_the_day


def keys_of(item: RecognisedItem, program: Program) -> dict[int, str]:
    """Key of every selector that a page uses -> the ingredient that has it."""
    keys: dict[int, str] = {}
    for substance in item.found.meaning.substances:
        for key in program.keys_of(substance.selectors):
            keys.setdefault(key, substance.name)
    return keys


def ceil(value: float) -> int:
    """In thousandths, rounded towards the safer side."""
    return math.ceil(round(value * SCALE, 3))


def _flag(value: object) -> Interval:
    return YES if value else NO


_MEDICINE_ROUTES = {
    route: {route_fact(phrase): _flag(route.value in meant) for phrase, meant in ROUTES.items()} for route in Route
}
_PRODUCT_ROUTES = {
    route: {product_fact(fact): value for fact, value in values.items()}
    for route, values in _MEDICINE_ROUTES.items()
}


def product_values(item: RecognisedItem, book: RuleBook, program: Program) -> dict[str, Interval]:
    """What a page can ask of a product; of one that may be several things, what holds of all of them."""
    first, *others = (_values_of(salts, book, program) for salts in item.members or (item.salts,))
    for other in others:
        first = {fact: _hull(value, other[fact]) for fact, value in first.items()}
    return {**_PRODUCT_ROUTES[item.found.route], **first}


def _values_of(salts: tuple[Substance, ...], book: RuleBook, program: Program) -> dict[str, Interval]:
    properties = book.properties_of(salts)
    values = {**properties, **program.kinds_among(tuple(salt.selectors for salt in salts))}
    for fact, among in program.kinds_with_properties.items():
        values[fact] = _either(values[fact], *(properties[name] for name in among))
    return values


def _either(*holds: Interval) -> Interval:
    """Sure where one is sure."""
    return max(low for low, _ in holds), max(high for _, high in holds)


def _hull(one: Interval, other: Interval) -> Interval:
    """Sure only where it is sure of both."""
    return min(one[0], other[0]), max(one[1], other[1])
