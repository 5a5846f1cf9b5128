"""The theorems: each is asked of every person at once, and broken only by a person who is shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import BEYOND, CHOICES, FLAGS, MAGNESIUM, QUANTITIES, ROUTES, choice_fact
from magcheck.inference.compile import takes_fact, ways
from magcheck.inference.program import Test
from magcheck.knowledge.condition_words import in_words
from magcheck.knowledge.promises import Side
from magcheck.profile import Route
from magcheck.prove.logic import ValueRange, both, every, negated, some, surely, z3
from magcheck.prove.person import GivenAnswer
from magcheck.prove.solving import is_weaker
from magcheck.prove.verdict import SymbolicVerdict
from magcheck.prove.world import DAILY, implied, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from magcheck.knowledge.promises import Promises
    from magcheck.prove.logic import Term
    from magcheck.prove.solving import Profiles, Solving
    from magcheck.prove.world import Slot, World

UNKNOWN_LINES = (choice_fact(CHOICES["kidney value"][0], "unknown"), FLAGS["amount told"][0])
"""A page that tests one of these says itself that it is for people of whom a value is not known."""


MOST_THINGS = 3
"""In the person who breaks a theorem on amounts; without a bound the sums are too hard for the solver."""
WEAKER = "the second of these gets a weaker verdict."
LOST = "a page that fires for the first is lost for the second."


BY_MOUTH = next(phrase for phrase, routes in ROUTES.items() if Route.ORAL in routes)


class Theorem(NamedTuple):
    """What was asked, and what came of it."""

    says: str
    broken: str | None = None
    """Why it does not hold; None where it is proven."""
    profiles: Profiles = ()
    """Who breaks it: before and after, where two are compared."""

    @property
    def holds(self) -> bool:
        return self.broken is None


def _theorem(says: str, found: Profiles | None, broken: str) -> Theorem:
    return Theorem(says) if found is None else Theorem(says, broken, found)


def promised(solving: Solving, promises: Promises) -> Iterator[Theorem]:
    """Whatever else holds, the verdict is at least what was promised."""
    terms = solving.rules.book.terms
    for promise in promises.always:
        holds = some(
            every(surely(test, solving.world.values[test.fact]) for test in way)
            for way in ways(promise.when, terms)
        )
        weak = both(holds, negated(solving.verdict.at_least(promise.verdict)))
        says = f"{in_words(promise.when)}: always at least '{promise.verdict.value}'"
        yield _theorem(says, solving.broken_by(weak), "this person gets something weaker.")


def monotone(solving: Solving, promises: Promises) -> Iterator[Theorem]:
    """Whoever is worse off is never told less."""
    weaker = _Weaker(solving, promises)
    world = solving.world
    for word, side in promises.never_weaker.items():
        if isinstance(side, bool):
            fact = FLAGS[word][0]
            told = {**world.person.flags, fact: GivenAnswer(z3.BoolVal(True), z3.BoolVal(side))}  # noqa: FBT003
            other = world.but(person=replace(world.person, flags=told))
            answer = "yes" if side else "no"
            yield weaker.theorem(f"{word}: the answer '{answer}' never weakens the verdict", other, ())
        elif QUANTITIES[word].fact == DAILY:
            yield _dose(weaker, side)
        else:
            yield weaker.theorem(*_number(world, word, side))
    yield _one_more_thing(weaker)
    traits = {name: z3.Bool(f"{name} too") for name in world.traits}
    with_traits = world.but(traits=traits)
    given = [z3.Implies(here, traits[name]) for name, here in world.traits.items()]
    says = "one more condition, symptom or goal never weakens the verdict"
    yield weaker.theorem(says, with_traits, [*given, *implied(with_traits)])


def assumed(solving: Solving) -> Iterator[Theorem]:
    """Whoever lists no magnesium by mouth is checked as somebody who thinks of it; some pages rest on that."""
    fact = takes_fact((MAGNESIUM,), BY_MOUTH)
    if fact in solving.world.values:
        found = solving.broken_by(negated(surely(Test(fact, 1, BEYOND), solving.world.values[fact])))
        yield _theorem("magnesium by mouth is always taken, or assumed", found, "for this person it is not.")


class _Weaker:
    """Asks whether a changed world can have a weaker verdict, but for what is so on purpose."""

    def __init__(self, solving: Solving, promises: Promises) -> None:
        self.solving = solving
        self.on_purpose = [
            (pair.page, pair.instead)
            for pair in promises.on_purpose
            if {pair.page, pair.instead} <= solving.verdict.pages.keys()
        ]

    def theorem(self, says: str, changed: World, given: Iterable[Term]) -> Theorem:
        possible = (*given, changed.person.is_possible())
        broken = self.broken(self.solving.world, changed)
        found = self.solving.broken_by(broken, self.solving.world, changed, given=possible)
        return _theorem(says, found, WEAKER)

    def broken(self, now: World, then: World) -> Term:
        first, second = self.solving.verdict_in(now), self.solving.verdict_in(then)
        wanted = some(both(first.said[page], second.said[instead]) for page, instead in self.on_purpose)
        return both(is_weaker(first, second), negated(wanted))


def _one_more_thing(weaker: _Weaker) -> Theorem:
    """Whatever is taken, and anything besides; magnesium that was assumed may go once some is told."""
    world = weaker.solving.world
    says = "one more thing taken never weakens the verdict"
    more = tuple(z3.Bool(f"takes {number} too") for number in range(len(world.present)))
    unread = z3.Bool("unread too")
    given = [*map(z3.Implies, world.present, more), z3.Implies(world.unread, unread)]
    other = world.but(present=more, unread=unread)
    now, then = _any_dose("now"), _any_dose("then")
    doses = [
        then.low >= now.low,
        some((world.assumes, then.high >= now.high)),
        *(z3.Implies(here.assumes, dose.high == BEYOND) for here, dose in ((world, now), (other, then))),
        *_spans(now, then),
    ]
    loose = WorldPair(world.but(any_dose=now), other.but(any_dose=then), [*given, *doses])
    found = _first_loosely(weaker.solving, weaker.broken, loose, WorldPair(world, other, given))
    return _theorem(says, found, WEAKER)


Change = tuple[str, "World", list["Term"]]


def _number(world: World, word: str, side: Side) -> Change:
    """A number of the person that was told, once more and worse."""
    fact = QUANTITIES[word].fact
    now = world.person.numbers[fact]
    worse = GivenAnswer(now.is_told, z3.Int(f"{fact} then"))
    moved = worse.value <= now.value if side is Side.LOWER else worse.value >= now.value
    numbers = {**world.person.numbers, fact: worse}
    other = world.but(person=replace(world.person, numbers=numbers))
    return f"{word}: a {side.value} value never weakens the verdict", other, [moved, worse.value >= 0]


def _dose(weaker: _Weaker, side: Side) -> Theorem:
    """Any magnesium of a day, once more and larger or smaller; if that fails, the amounts of real things."""
    world = weaker.solving.world
    says = f"a {side.value} dose of magnesium never weakens the verdict"
    now, then = _any_dose("now"), _any_dose("then")
    grows = side is Side.HIGHER
    moved = [above >= below if grows else above <= below for below, above in zip(now, then, strict=True)]
    slots = [_again(slot) for slot in world.slots]
    pairs = [(slot, again) for slot, again in zip(world.slots, slots, strict=True) if slot.has_amount]
    given = [again.amount >= slot.amount if grows else again.amount <= slot.amount for slot, again in pairs]
    possible = [within(again, world.rules.book) for _, again in pairs]
    doses = [*moved, *_spans(now, then)]
    loose = WorldPair(world.but(any_dose=now), world.but(any_dose=then), doses)
    exact = WorldPair(world, world.but(slots=tuple(slots)), [*given, *possible])
    found = _first_loosely(weaker.solving, weaker.broken, loose, exact)
    return _theorem(says, found, WEAKER)


class WorldPair(NamedTuple):
    """Two worlds that are compared, and what is given of them."""

    now: World
    then: World
    given: list[Term]


def _first_loosely(
    solving: Solving, broken: Callable[[World, World], Term], loose: WorldPair, exact: WorldPair
) -> Profiles | None:
    """With any dose at all, which is easy; only if that fails, with the sums of the amounts of real things.

    What fails with any dose names the things to try; if no amount of theirs does it, a few others are tried.
    """
    worlds = loose.now, loose.then
    things = solving.things_of(broken(*worlds), worlds, loose.given)
    if things is None:
        return None
    present, worlds = exact.then.present, (exact.now, exact.then)
    others = [negated(here) for number, here in enumerate(present) if number not in things]
    few = [z3.AtMost(*present, MOST_THINGS)]
    tries = (solving.broken_by(broken(*worlds), *worlds, given=[*exact.given, *limit]) for limit in (others, few))
    return next((found for found in tries if found is not None), None)


def _any_dose(name: str) -> ValueRange:
    return ValueRange(z3.Int(f"least dose {name}"), z3.Int(f"most dose {name}"))


def _spans(*spans: ValueRange) -> list[Term]:
    return [z3.And(span.low >= 0, span.low <= span.high, span.high <= BEYOND) for span in spans]


def _again(slot: Slot) -> Slot:
    return replace(slot, amount=z3.Int(f"{slot.amount} then")) if slot.has_amount else slot


def told(solving: Solving) -> Iterator[Theorem]:
    """Pages that fire while a value is not known fire with every value too, but for pages on the unknown."""
    world = solving.world
    for fact, answer in world.person.numbers.items():
        known = GivenAnswer(z3.BoolVal(True), answer.value)  # noqa: FBT003
        person = replace(world.person, numbers={**world.person.numbers, fact: known})
        yield _told(solving, fact, world.but(person=person), [negated(answer.is_told)])
    for fact, answer in world.person.flags.items():
        known = GivenAnswer(z3.BoolVal(True), answer.value)  # noqa: FBT003
        person = replace(world.person, flags={**world.person.flags, fact: known})
        yield _told(solving, fact, world.but(person=person), [negated(answer.is_told)])
    states = {state: z3.Bool(f"{state.value} then") for state in world.person.pregnancy}
    person = replace(world.person, pregnancy=states)
    yield _told(solving, "pregnancy", world.but(person=person), [negated(some(world.person.pregnancy.values()))])
    yield _told_dose(solving)


def _told_dose(solving: Solving) -> Theorem:
    """What is known of the dose of a day becomes narrower: fewer products without an amount."""
    world = solving.world
    now, then = _any_dose("now"), _any_dose("then")
    given = [*_spans(now, then), then.low >= now.low, then.high <= now.high]
    slots = [replace(slot, amount_told=z3.Bool(f"{slot.amount} told then")) for slot in world.slots]
    told_too = [
        both(z3.Implies(slot.amount_told, again.amount_told), _as_known(slot))
        for slot, again in zip(world.slots, slots, strict=True)
        if slot.has_amount
    ]
    loose = WorldPair(world.but(any_dose=now), world.but(any_dose=then), given)
    exact = WorldPair(world, world.but(slots=tuple(slots)), told_too)
    found = _first_loosely(solving, partial(_lost, solving), loose, exact)
    return _theorem(_told_says("amount of magnesium"), found, LOST)


def _as_known(slot: Slot) -> Term:
    """An amount is not less than what the product is known to bring, nor more."""
    low, high = slot.kind.daily
    return both(slot.amount >= low, slot.amount <= high) if slot.thing.is_swallowed else True


def _told_says(fact: str) -> str:
    name = fact.replace("_", " ")
    return f"{name}: telling it loses no page, but those that say they are about not knowing"


def _told(solving: Solving, fact: str, then: World, given: list[Term]) -> Theorem:
    world = solving.world
    possible = [*given, then.person.is_possible()]
    found = solving.broken_by(_lost(solving, world, then), world, then, given=possible)
    return _theorem(_told_says(fact), found, LOST)


def _lost(solving: Solving, now: World, then: World) -> Term:
    """A page fires now and no longer then."""
    about_unknown = {
        clause.rule
        for clause in solving.rules.program.clauses
        if any(test.fact in UNKNOWN_LINES for test in clause.tests)
    }
    return some(
        both(now.fires(rule.id), negated(then.fires(rule.id)))
        for rule in solving.pages
        if rule.id not in about_unknown
    )


def covering(solving: Solving) -> Iterator[Theorem]:
    """Over every set of pages that could fire together, whether or not it can."""
    pages = solving.pages
    fires = {rule.id: z3.Bool(f"fires {rule.id}") for rule in pages}
    said = SymbolicVerdict(pages, fires.__getitem__)
    plain = SymbolicVerdict(pages, fires.__getitem__, covers=False)
    yield _of_pages("'covers' never hides anything stronger", is_weaker(plain, said), fires)
    more = {name: z3.Bool(f"{name} too") for name in fires}
    then = SymbolicVerdict(pages, more.__getitem__)
    given = every(z3.Implies(fires[name], more[name]) for name in fires)
    yield _of_pages("one more page that fires never weakens the verdict", both(is_weaker(said, then), given), more)


def _of_pages(says: str, broken: Term, fires: dict[str, Term]) -> Theorem:
    solver = z3.Solver()
    solver.add(broken)
    if solver.check() == z3.unsat:
        return Theorem(says)
    for most in range(1, len(fires) + 1):
        solver.push()
        solver.add(z3.PbLe([(term, 1) for term in fires.values()], most))
        if solver.check() == z3.sat:
            model = solver.model()
            names = [name for name, term in fires.items() if z3.is_true(model.eval(term))]
            return Theorem(says, f"not where these fire together: {', '.join(names)}.")
        solver.pop()
    return Theorem(says, "it does not hold.")
