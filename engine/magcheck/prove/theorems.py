"""The theorems: each is asked of every person at once, and broken only by a person who is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import CHOICES, FLAGS, QUANTITIES, choice_fact
from magcheck.core.scales import Action
from magcheck.inference.compile import ways
from magcheck.knowledge.condition_words import in_words
from magcheck.knowledge.promises import Side
from magcheck.prove.logic import both, every, negated, some, surely, z3
from magcheck.prove.person import Told
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
            every(surely(test, solving.world.values[test.fact]) for test in way) for way in ways(promise.when, terms)
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
            told = {**world.person.flags, fact: Told(z3.BoolVal(True), z3.BoolVal(side))}  # noqa: FBT003
            other = world.but(person=replace(world.person, flags=told))
            answer = "yes" if side else "no"
            yield weaker.theorem(f"{word}: the answer '{answer}' never weakens the verdict", other, ())
        elif QUANTITIES[word].fact == DAILY:
            yield weaker.theorem(*_dose(world, side))
        else:
            yield weaker.theorem(*_number(world, word, side))
    more = tuple(z3.Bool(f"takes {number} too") for number in range(len(world.present)))
    unread = z3.Bool("unread too")
    with_more = world.but(present=more, unread=unread)
    given = [*map(z3.Implies, world.present, more), z3.Implies(world.unread, unread)]
    yield weaker.theorem("one more thing taken never weakens the verdict", with_more, given)
    traits = {name: z3.Bool(f"{name} too") for name in world.traits}
    with_traits = world.but(traits=traits)
    given = [z3.Implies(here, traits[name]) for name, here in world.traits.items()]
    says = "one more condition, symptom or goal never weakens the verdict"
    yield weaker.theorem(says, with_traits, [*given, *implied(with_traits)])


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
        solving = self.solving
        then = solving.verdict_in(changed)
        wanted = some(
            both(solving.verdict.said[page], then.said[instead]) for page, instead in self.on_purpose
        )
        broken = both(is_weaker(solving.verdict, then), negated(wanted))
        possible = (*given, changed.person.is_possible())
        found = solving.broken_by(broken, solving.world, changed, given=possible)
        return _theorem(says, found, "the second of these gets a weaker verdict.")


Change = tuple[str, "World", list["Term"]]


def _number(world: World, word: str, side: Side) -> Change:
    """A number of the person that was told, once more and worse."""
    fact = QUANTITIES[word].fact
    now = world.person.numbers[fact]
    worse = Told(now.is_told, z3.Int(f"{fact} then"))
    moved = worse.value <= now.value if side is Side.LOWER else worse.value >= now.value
    numbers = {**world.person.numbers, fact: worse}
    other = world.but(person=replace(world.person, numbers=numbers))
    return f"{word}: a {side.value} value never weakens the verdict", other, [moved, worse.value >= 0]


def _dose(world: World, side: Side) -> Change:
    """Every amount that was told, once more and larger or smaller."""
    slots = [_again(slot) for slot in world.slots]
    pairs = [(slot, then) for slot, then in zip(world.slots, slots, strict=True) if slot.has_amount]
    grows = side is Side.HIGHER
    moved = [then.amount >= slot.amount if grows else then.amount <= slot.amount for slot, then in pairs]
    possible = [within(then, world.rules.book) for _, then in pairs]
    says = f"a {side.value} dose of anything never weakens the verdict"
    return says, world.but(slots=tuple(slots)), [*moved, *possible]


def _again(slot: Slot) -> Slot:
    return replace(slot, amount=z3.Int(f"{slot.amount} then")) if slot.has_amount else slot


def told(solving: Solving) -> Iterator[Theorem]:
    """What fires while a value is not known fires with every value that may be told, but for pages on the unknown."""
    world = solving.world
    for fact, answer in world.person.numbers.items():
        known = Told(z3.BoolVal(True), answer.value)  # noqa: FBT003
        person = replace(world.person, numbers={**world.person.numbers, fact: known})
        yield _told(solving, fact, world.but(person=person), [negated(answer.is_told)])
    for fact, answer in world.person.flags.items():
        known = Told(z3.BoolVal(True), answer.value)  # noqa: FBT003
        person = replace(world.person, flags={**world.person.flags, fact: known})
        yield _told(solving, fact, world.but(person=person), [negated(answer.is_told)])
    states = {state: z3.Bool(f"{state.value} then") for state in world.person.pregnancy}
    person = replace(world.person, pregnancy=states)
    yield _told(solving, "pregnancy", world.but(person=person), [negated(some(world.person.pregnancy.values()))])
    slots = [replace(slot, amount_told=z3.Bool(f"{slot.amount} told then")) for slot in world.slots]
    given = [
        both(z3.Implies(slot.amount_told, then.amount_told), _as_known(slot))
        for slot, then in zip(world.slots, slots, strict=True)
        if slot.has_amount
    ]
    yield _told(solving, "amount", world.but(slots=tuple(slots)), given)


def _as_known(slot: Slot) -> Term:
    """An amount is not less than what the product is known to bring, nor more."""
    low, high = slot.kind.daily
    return both(slot.amount >= low, slot.amount <= high)


def _told(solving: Solving, fact: str, then: World, given: list[Term]) -> Theorem:
    about_unknown = {
        clause.rule
        for clause in solving.rules.program.clauses
        if any(test.fact in UNKNOWN_LINES for test in clause.tests)
    }
    world = solving.world
    lost = some(
        both(world.fires(rule.id), negated(then.fires(rule.id)))
        for rule in solving.pages
        if rule.id not in about_unknown
    )
    found = solving.broken_by(lost, world, then, given=[*given, then.person.is_possible()])
    name = fact.replace("_", " ")
    says = f"{name}: no page is lost by telling it, but for those that say they are about not knowing"
    return _theorem(says, found, "a page that fires for the first is lost for the second.")


def covering(solving: Solving) -> Iterator[Theorem]:
    """Over every set of pages that could fire together, whether or not it can."""
    pages = [rule for rule in solving.pages]
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
