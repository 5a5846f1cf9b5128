"""What is known about this person? Recognised items, kidneys and doses become flat facts for the evaluators."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from magcheck.core.fact_names import (
    BEYOND,
    FLAGS,
    MAGNESIUM,
    PROPERTIES,
    QUANTITIES,
    ROUTES,
    SCALE,
    choice_fact,
    route_fact,
)
from magcheck.facts.budget import refuse_too_much
from magcheck.facts.counts import counted, number
from magcheck.facts.dose import MagnesiumPart, intakes, magnesium_part, told_amount
from magcheck.facts.kidney import kidney_state
from magcheck.facts.recognition import NOTHING_CHOSEN, planned_product, recognise
from magcheck.facts.traits import traits_of, with_traits
from magcheck.inference.compile import product_fact, trait_key
from magcheck.inference.program import Fact, Interval, Scope
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Pregnancy, Route, Sex
from magcheck.report import FactUsed
from magcheck.terminology.magnesium_salts import property_interval
from magcheck.terminology.vocabulary import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck.facts.counts import Counted
    from magcheck.facts.kidney import KidneyState
    from magcheck.facts.recognition import RecognisedItem, Unread
    from magcheck.facts.traits import Trait
    from magcheck.inference.program import Program
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.wording.facts import OriginWords
    from magcheck.profile import Profile, SerumMagnesium
    from magcheck.reading.profile import ReadProfile
    from magcheck.terminology.vocabulary import Meaning, Substance

SERUM_UNIT = "mg/dL"
NO, YES, PERHAPS = (0, 0), (1, 1), (0, 1)
UNKNOWN: Interval = (0, BEYOND)


@dataclass(frozen=True)
class Situation:
    """Everything that the rules can see of one person."""

    read: ReadProfile
    taken: tuple[RecognisedItem, ...]
    not_taken: tuple[RecognisedItem, ...]
    """Shown, and seen by no page."""
    unread: tuple[Unread, ...]
    traits: tuple[Trait, ...]
    kidney: KidneyState
    dose: tuple[MagnesiumPart, ...]
    known: Mapping[str, FactUsed]
    """Fact -> what the report says about it."""
    facts: tuple[Fact, ...]
    counted: Mapping[str, Counted]
    """Fact "so many different ones are taken" -> what was counted."""
    asked: tuple[tuple[str, str], ...] = ()
    """(field, why): what words about an illness leave open."""
    said: tuple[tuple[str, str], ...] = ()
    """(field, what was understood of it)."""

    @property
    def profile(self) -> Profile:
        """As read: every line turned into fields."""
        return self.read.profile


def situation(
    profile: Profile,
    book: RuleBook,
    program: Program,
    chosen: Mapping[tuple[str, int], Meaning] = NOTHING_CHOSEN,
    known: ReadProfile | None = None,
) -> Situation:
    """Raises InputError where told facts contradict each other. `known`: as for `read_profile`."""
    recognised = recognise(profile, book, chosen, known)
    profile, taken, unread = recognised.read.profile, recognised.taken, recognised.unread
    if not any(item.salts and item.found.route is Route.ORAL for item in taken):
        taken.append(planned_product(book.vocabulary, len(profile.supplements)))
    refuse_too_much(taken)
    read = traits_of(profile, book)
    traits = read.traits
    told = with_traits(profile, traits, book)
    kidney = kidney_state(told, book)
    parts = (*doses(taken, book), *_unread_parts(unread, book))
    person, used = _person(told, book, kidney, parts)
    counts = {fact: counted(taken, things) for fact, things in program.counts.items()}
    person |= _takes(taken, program) | {fact: number(found) for fact, found in counts.items()}
    facts = _facts(taken, traits, person, book, program)
    unsure = (*unread, *read.unread)
    not_taken = tuple(recognised.not_taken)
    return Situation(
        recognised.read,
        tuple(taken),
        not_taken,
        unsure,
        tuple(traits),
        kidney,
        parts,
        used,
        tuple(facts),
        counts,
        tuple(read.asked),
        tuple(read.said),
    )


def _unread_parts(unread: Iterable[Unread], book: RuleBook) -> Iterator[MagnesiumPart]:
    """What was not understood may bring magnesium, so no total has an upper bound beside it."""
    for item in unread:
        meanings = item.why.could_be
        harmless = meanings and item.why.reason in (
            Reason.AMBIGUOUS,
            Reason.WHICH_ONE,
            Reason.STANDING,
            Reason.TWICE,
        )
        if not (harmless and not any(MAGNESIUM in s.selectors for m in meanings for s in m.substances)):
            how = book.wording.facts.dose.name_not_understood
            yield MagnesiumPart(item.list, item.index, 0.0, None, how, (), told=False)


def doses(taken: Iterable[RecognisedItem], book: RuleBook) -> tuple[MagnesiumPart, ...]:
    """The magnesium of every product that is swallowed."""
    return tuple(magnesium_part(item, book) for item in taken if item.salts and item.found.route is Route.ORAL)


def person_values(
    profile: Profile, traits: Sequence[Trait], parts: tuple[MagnesiumPart, ...], book: RuleBook
) -> dict[str, Interval]:
    """The facts of the person alone. Raises InputError where told facts contradict each other."""
    told = with_traits(profile, traits, book)
    return _person(told, book, kidney_state(told, book), parts)[0]


def _exactly(value: int) -> Interval:
    return value, value


def _floor(value: float) -> int:
    """Exactly: 29.9999996 is below 30."""
    return math.floor(Decimal(str(value)) * SCALE)


def _ceil(value: float) -> int:
    return math.ceil(round(value * SCALE, 3))


def _person(
    profile: Profile, book: RuleBook, kidney: KidneyState, parts: tuple[MagnesiumPart, ...]
) -> tuple[dict[str, Interval], dict[str, FactUsed]]:
    """Facts of the person, each rounded towards the safer side."""
    known: dict[str, FactUsed] = {}
    values: dict[str, Interval] = {
        "age": UNKNOWN,
        "egfr": UNKNOWN,
        "serum_magnesium": UNKNOWN,
        "daily_magnesium": daily_magnesium(parts),
    }
    words = book.wording.facts.origins
    if parts:
        known["daily_magnesium"] = _added_up(parts, words)
    if profile.person.age is not None:
        values["age"] = _exactly(_floor(profile.person.age))
        known["age"] = FactUsed(name="person.age", value=profile.person.age, unit="years", origin=words.given)
    if kidney.reading:
        egfr = kidney.reading.egfr
        values["egfr"] = _exactly(_floor(egfr))
        known["egfr"] = FactUsed(
            name="kidney.egfr", value=round(egfr, 1), unit="mL/min/1.73 m2", origin=kidney.reading.origin
        )
    if profile.labs.magnesium:
        serum = book.equations.serum_mg_dl(profile.labs.magnesium)
        values["serum_magnesium"] = _exactly(_ceil(serum))
        known["serum_magnesium"] = FactUsed(
            name="labs.magnesium",
            value=round(serum, 2),
            unit=SERUM_UNIT,
            origin=_origin_of(profile.labs.magnesium, words),
        )
    values |= _kidney_flags(profile, kidney, words, known)
    values |= _choices(profile, book, known)
    return values, known


def _origin_of(serum: SerumMagnesium, words: OriginWords) -> str:
    unit = serum.unit.value
    return words.given if unit == SERUM_UNIT else fill(words.given_as, value=f"{serum.value:g}", unit=unit)


def _added_up(parts: tuple[MagnesiumPart, ...], words: OriginWords) -> FactUsed:
    """What the report says of the magnesium of a day."""
    sure = sum(part.surely for part in parts)
    origin = words.added_up if all(part.told for part in parts) else words.added_up_partly
    return FactUsed(name="dose.elemental_mg_per_day", value=round(sure, 1), unit="mg", origin=origin)


def daily_magnesium(parts: tuple[MagnesiumPart, ...]) -> Interval:
    """Thousandths of a milligram of magnesium itself a day."""
    sure = sum(part.surely for part in parts)
    highs = [part.high for part in parts if part.high is not None]
    return _ceil(sure), (_ceil(sum(highs)) if len(highs) == len(parts) else BEYOND)


def _kidney_flags(
    profile: Profile, kidney: KidneyState, words: OriginWords, known: dict[str, FactUsed]
) -> dict[str, Interval]:
    told = profile.kidney
    flags = {"dialysis": told.dialysis, "acute_kidney_injury": told.acute, "kidney_disease": told.disease}
    for fact, value in flags.items():
        if value is not None:
            field = {"dialysis": "dialysis", "acute_kidney_injury": "acute", "kidney_disease": "disease"}[fact]
            known[fact] = FactUsed(name=f"kidney.{field}", value=value, origin=words.given)
    values = {fact: PERHAPS if value is None else _exactly(int(value)) for fact, value in flags.items()}
    settled = kidney.reading is not None or bool(told.dialysis or told.acute)
    values[choice_fact("kidney_value", "known")] = YES if settled else NO
    values[choice_fact("kidney_value", "unknown")] = NO if settled else YES
    return values


def _choices(profile: Profile, book: RuleBook, known: dict[str, FactUsed]) -> dict[str, Interval]:
    values: dict[str, Interval] = {}
    words = book.wording.facts.origins
    pregnancy = Pregnancy.NONE if profile.person.sex is Sex.MALE else profile.person.pregnancy
    for state in Pregnancy:
        fact = choice_fact("pregnancy", state.value)
        values[fact] = PERHAPS if pregnancy is None else _exactly(int(pregnancy is state))
        if pregnancy is not None:
            known[fact] = FactUsed(name="person.pregnancy", value=pregnancy.value, origin=words.given)
    country = profile.country or book.default_country
    here = book.region_of(country)
    told = FactUsed(name="country", value=country, origin=words.given if profile.country else words.assumed)
    for region in book.regions_for_limits:
        fact = choice_fact("country", region)
        values[fact] = YES if region == here else NO
        known[fact] = told
    return values


def _takes(taken: Iterable[RecognisedItem], program: Program) -> dict[str, Interval]:
    """Is a substance or class taken at all? Only where a page asks."""
    values = dict(program.nothing_taken)
    for item in taken:
        for substance in item.found.meaning.substances:
            for selector in substance.selectors & program.takes.keys():
                for fact, phrase in program.takes[selector]:
                    if phrase is None or item.found.route.value in ROUTES[phrase]:
                        values[fact] = YES
    return values


def _facts(
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
    products = {
        position: _product_values(item, book, program) for position, item in enumerate(taken) if item.salts
    }
    for position, values in products.items():
        yield Fact(Scope.PRODUCT, 0, person | values, product=position)
    amounts = amounts_a_day(taken, program)
    for position, item in enumerate(taken):
        own = person | _MEDICINE_ROUTES[item.found.route]
        for key, ingredient in keys_of(item, program).items():
            amount = amounts[key, item.found.route]
            values = {**own, _AMOUNT: amount, _TOLD: _flag(amount[1] < BEYOND)}
            alone = Fact(Scope.MEDICINE, key, values, medicine=position, ingredient=ingredient)
            if key in program.keys_used[Scope.MEDICINE]:
                yield alone
            if key in program.keys_used[Scope.PAIR]:
                yield from _pairs(alone, products)


def _pairs(alone: Fact, products: dict[int, dict[str, Interval]]) -> Iterable[Fact]:
    """A medicine together with each product with magnesium but itself."""
    for product, values in products.items():
        if product != alone.medicine:
            both = {**alone.values, **values}
            yield Fact(Scope.PAIR, alone.key, both, alone.medicine, alone.ingredient, product)


_AMOUNT = QUANTITIES["amount a day"].fact
_TOLD = FLAGS["amount told"][0]


def amounts_a_day(taken: Iterable[RecognisedItem], program: Program) -> dict[tuple[int, Route], Interval]:
    """Key and route -> thousandths of a milligram a day of all items that have the key."""
    totals: dict[tuple[int, Route], Interval] = {}
    for item in taken:
        low, high = _amount(item)
        for key in keys_of(item, program):
            so_far = totals.get((key, item.found.route), (0, 0))
            totals[key, item.found.route] = so_far[0] + low, min(BEYOND, so_far[1] + high)
    return totals


def _amount(item: RecognisedItem) -> Interval:
    """Milligrams of the medicine or supplement itself a day; of a mixture nobody knows whose they are."""
    amount = told_amount(item.item)
    inside = len(item.found.meaning.substances) + len(item.found.meaning.others)
    if amount is None or inside > 1 or item.open:
        return UNKNOWN
    return _exactly(_ceil(amount * intakes(item.item)))


def keys_of(item: RecognisedItem, program: Program) -> dict[int, str]:
    """Key of every selector that a page uses -> the ingredient that has it."""
    keys: dict[int, str] = {}
    for substance in item.found.meaning.substances:
        for key in program.keys_of(substance.selectors):
            keys.setdefault(key, substance.name)
    return keys


def _flag(value: object) -> Interval:
    return YES if value else NO


_MEDICINE_ROUTES = {
    route: {route_fact(phrase): _flag(route.value in meant) for phrase, meant in ROUTES.items()} for route in Route
}
_PRODUCT_ROUTES = {
    route: {product_fact(fact): value for fact, value in values.items()}
    for route, values in _MEDICINE_ROUTES.items()
}


def _product_values(item: RecognisedItem, book: RuleBook, program: Program) -> dict[str, Interval]:
    values = dict(_PRODUCT_ROUTES[item.found.route])
    members = item.members or (item.salts,)
    for fact in PROPERTIES.values():
        values[fact] = _hull(property_interval(salts, book.forms, fact) for salts in members)
    for fact, kinds in program.kinds.items():
        values[fact] = _hull(_flag(_is_one_of(salts, kinds)) for salts in members)
    return values


def _is_one_of(salts: Iterable[Substance], kinds: frozenset[str]) -> bool:
    return any(not kinds.isdisjoint(salt.selectors) for salt in salts)


def _hull(intervals: Iterable[Interval]) -> Interval:
    """What holds of each of several possible things: sure only where it is sure of all."""
    lows, highs = zip(*intervals, strict=True)
    return min(lows), max(highs)
