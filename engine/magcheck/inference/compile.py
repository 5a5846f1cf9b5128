"""What does a page ask of the facts? Pages in, a typed program out; the condition language lives here only."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import (
    BEYOND,
    CHOICES,
    FLAGS,
    MAGNESIUM,
    OF_THE_MEDICINE,
    PROPERTIES,
    QUANTITIES,
    choice_fact,
    product_fact,
    route_fact,
)
from magcheck.inference.program import Clause, Outcome, Program, Scope, Test
from magcheck.knowledge.conditions import Between, Choice, Condition, Flag, HasTrait, TakenCount, Taking, near
from magcheck.knowledge.terms import Terms, UnknownTermError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.rule import Rule


MAX_COMBINATIONS = 100
"""Ways in which one page can hold; ours have at most 10."""


class ClauseSubject(NamedTuple):
    """What a page is about."""

    scope: Scope
    names: tuple[str, ...]
    """Selectors or traits; empty where facts of the scope have no key."""


def compile_pages(pages: Iterable[Rule], terms: Terms) -> Program:
    """The program of all pages that are not retired. Raises UnknownTermError; the lint gate names all of them."""
    used = [rule for rule in pages if not rule.retired]
    parts = [part for rule in used for part in clauses_of(rule, terms)]
    selectors = sorted({name for subject, _ in parts for name in subject.names})
    keys = {name: number for number, name in enumerate(selectors, 1)}
    clauses = tuple(
        clause._replace(keys=tuple(sorted(keys[name] for name in subject.names)) or (0,))
        for subject, clause in parts
    )
    takings = [condition for rule in used for condition in rule.when if isinstance(condition, Taking)]
    placing = {rule.id for rule in used if rule.place is not None}
    about = _pages_about([rule for rule in used if rule.id not in placing], parts, terms)
    counts = {
        number_fact(c, terms): _counted(c, terms) for rule in used for c in rule.when if isinstance(c, TakenCount)
    }
    return Program(clauses, keys, _takes(takings, terms), _kinds(takings, terms), about, counts)


def _pages_about(
    pages: Iterable[Rule], parts: Iterable[tuple[ClauseSubject, Clause]], terms: Terms
) -> dict[str, frozenset[str]]:
    """Every name a page asks for: its subject, what is taken beside it, and what it counts."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    beside = {rule.id: [*_names_beside(rule, terms)] for rule in pages}
    for subject, clause in parts:
        about_magnesium = (MAGNESIUM,) if subject.scope in (Scope.PRODUCT, Scope.PAIR) else ()
        if clause.rule in beside:
            for name in (*subject.names, *about_magnesium, *beside[clause.rule]):
                named[name].add(clause.rule)
    return {name: frozenset(pages) for name, pages in named.items()}


def _names_beside(rule: Rule, terms: Terms) -> Iterator[str]:
    for condition in rule.when:
        if isinstance(condition, TakenCount):
            yield from (selector for selector, _ in _counted(condition, terms))
        elif isinstance(condition, Taking) and condition.elsewhere:
            yield from _selectors(condition, terms)


def _takes(takings: Iterable[Taking], terms: Terms) -> dict[str, tuple[tuple[str, str | None], ...]]:
    found: defaultdict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for taking in takings:
        if taking.elsewhere:
            selectors = _selectors(taking, terms)
            for selector in selectors:
                found[selector].add((takes_fact(selectors, taking.route), taking.route))
    return {selector: tuple(sorted(wanted, key=str)) for selector, wanted in found.items()}


def _kinds(takings: Iterable[Taking], terms: Terms) -> dict[str, frozenset[str]]:
    ours = (taking for taking in takings if not taking.elsewhere and is_magnesium(taking, terms))
    groups = {_kinds_named(taking, terms) for taking in ours}
    known = frozenset(PROPERTIES.values())
    return {kind_fact(group): frozenset(group) for group in groups if group and kind_fact(group) not in known}


def clauses_of(rule: Rule, terms: Terms) -> list[tuple[ClauseSubject, Clause]]:
    """The clauses of one page, their keys still named."""
    subject = subject_of(rule, terms)
    alternatives = [ways(condition, terms) for condition in rule.when]
    count = prod(map(len, alternatives))
    if count > MAX_COMBINATIONS:
        raise UnknownTermError(
            f"its lists multiply to {count:,} combinations; there can be {MAX_COMBINATIONS}. Write several pages."
        )
    parts: list[tuple[ClauseSubject, Clause]] = []
    for chosen in product(*alternatives):
        tests = tuple(test for tests in chosen for test in tests)
        parts += [
            (subject, Clause(rule.id, outcome, subject.scope, (), tuple(sorted(set(members)))))
            for outcome, members in _outcomes(rule, tests, terms)
        ]
    return parts


def _outcomes(rule: Rule, tests: tuple[Test, ...], terms: Terms) -> Iterable[tuple[Outcome, tuple[Test, ...]]]:
    fires = tests
    if rule.limit is not None:
        yield Outcome.APPLIES, tests
        fires = (*tests, Test(QUANTITIES["daily magnesium"].fact, rule.limit + 1, BEYOND))
    yield Outcome.FIRES, fires
    missed = terms.always_missed | _kinds_by_property(rule, terms)
    perhaps = tuple(t._replace(surely=False) if t.fact in missed else t for t in fires)
    if perhaps != fires and rule.place is None:
        yield Outcome.POSSIBLE, perhaps


def _kinds_by_property(rule: Rule, terms: Terms) -> set[str]:
    """Facts about kinds of which one is a property, so that nobody knows it of a product of no known kind."""
    ours = (
        line for line in rule.when if isinstance(line, Taking) and not line.elsewhere and is_magnesium(line, terms)
    )
    return {kind_fact(_kinds_named(line, terms)) for line in ours if not PROPERTIES.keys().isdisjoint(line.names)}


def unknown_names(condition: Condition, terms: Terms) -> Iterator[str]:
    """What is wrong with each name of one line that means nothing."""
    names = condition.values if isinstance(condition, Choice) else getattr(condition, "names", ())
    for name in names:
        try:
            _resolve(condition, name, terms)
        except UnknownTermError as error:
            yield str(error)


def _resolve(condition: Condition, name: str, terms: Terms) -> object:
    match condition:
        case Choice(word, _):
            return _choice(word, name, terms)
        case HasTrait(kind, _):
            return terms.trait(kind, name)
        case Taking():
            return name in PROPERTIES or terms.selector(name)
        case TakenCount():
            return terms.selector(name)
        case _:
            return None


def subject_of(rule: Rule, terms: Terms) -> ClauseSubject:
    takings = [c for c in rule.when if isinstance(c, Taking) and not c.elsewhere]
    medicines = [c for c in takings if not is_magnesium(c, terms)]
    traits = [c for c in rule.when if isinstance(c, HasTrait)]
    if len(medicines) + len(traits) > 1 or len(takings) - len(medicines) > 1:
        raise UnknownTermError("a page is about one medicine or one condition. Use 'also taking' for the rest.")
    if not medicines:
        _refuse_amounts_of_nothing(rule)
    if traits:
        if takings:
            raise UnknownTermError("a page about a condition uses 'also taking' for medicines.")
        return ClauseSubject(
            Scope.TRAIT,
            tuple(trait_key(traits[0].kind, terms.trait(traits[0].kind, name)) for name in traits[0].names),
        )
    if medicines:
        scope = Scope.PAIR if len(takings) > 1 else Scope.MEDICINE
        return ClauseSubject(scope, tuple(terms.selector(name) for name in medicines[0].names))
    return ClauseSubject(Scope.PRODUCT if takings else Scope.PERSON, ())


def _refuse_amounts_of_nothing(rule: Rule) -> None:
    for condition in rule.when:
        word = getattr(condition, "quantity", getattr(condition, "word", None))
        if word in OF_THE_MEDICINE:
            raise UnknownTermError(f"'{word}' needs a line 'taking' that names whose amount it is.")


def is_magnesium(taking: Taking, terms: Terms) -> bool:
    """Is it the line about the magnesium, and not about a medicine?"""
    kinds = set(map(terms.is_magnesium, taking.names))
    if len(kinds) > 1:
        raise UnknownTermError("one line names either medicines or magnesium, not both.")
    return kinds.pop()


def names_medicine(taking: Taking, terms: Terms) -> bool:
    """Does it name anything else than magnesium?"""
    return not all(map(terms.is_magnesium, taking.names))


def trait_key(kind: str, name: str) -> str:
    return f"{kind} {name}"


def ways(condition: Condition, terms: Terms) -> list[tuple[Test, ...]]:
    """The ways in which `condition` can hold; each way is a conjunction."""
    match condition:
        case Between() | TakenCount():
            return [(Test(_measured(condition, terms), condition.low, condition.high),)]
        case Flag(word, value):
            return [(_is(FLAGS[word][0], value=value),)]
        case Choice(word, values):
            return [(_is(_choice(word, value, terms)),) for value in values]
        case HasTrait():
            return [()]
        case Taking(elsewhere=True):
            return [(_is(takes_fact(_selectors(condition, terms), condition.route)),)]
        case Taking():
            return _taking_tests(condition, terms)


def _measured(condition: Between | TakenCount, terms: Terms) -> str:
    if isinstance(condition, TakenCount):
        return number_fact(condition, terms)
    return QUANTITIES[condition.quantity].fact


def _taking_tests(taking: Taking, terms: Terms) -> list[tuple[Test, ...]]:
    if not is_magnesium(taking, terms):
        return [(_is(route_fact(taking.route)),) if taking.route else ()]
    route = (_is(product_fact(route_fact(taking.route))),) if taking.route else ()
    return [(*route, *kind) for kind in _kind_tests(taking, terms)]


def _kind_tests(taking: Taking, terms: Terms) -> Iterator[tuple[Test, ...]]:
    """Kinds that are named together are one fact: a name of two things may be one of these or one of those."""
    kinds = _kinds_named(taking, terms)
    if kinds:
        yield (_is(kind_fact(kinds)),)
    if MAGNESIUM in _called(taking, terms):
        yield ()


def _kinds_named(taking: Taking, terms: Terms) -> tuple[str, ...]:
    return tuple(sorted(_called(taking, terms) - {MAGNESIUM}))


def _called(taking: Taking, terms: Terms) -> set[str]:
    """Selectors, and names of properties."""
    return {name if name in PROPERTIES else terms.selector(name) for name in taking.names}


def _selectors(taking: Taking, terms: Terms) -> tuple[str, ...]:
    return tuple(sorted({terms.selector(name) for name in taking.names}))


def _is(fact: str, *, value: bool = True) -> Test:
    """A yes-or-no fact (0 or 1); one bound says all."""
    return Test(fact, 1, BEYOND) if value else Test(fact, -BEYOND, 0)


def kind_fact(kinds: tuple[str, ...]) -> str:
    """The fact that the product of a pair is of one of these kinds."""
    return (
        PROPERTIES.get(kinds[0], product_fact(kinds[0])) if len(kinds) == 1 else product_fact(" or ".join(kinds))
    )


def takes_fact(selectors: tuple[str, ...], route: str | None) -> str:
    """The fact that something called by one of `selectors` is taken at all."""
    return f"takes {' or '.join(selectors)} {route or 'by any route'}"


def number_fact(number: TakenCount, terms: Terms) -> str:
    """The fact how many different substances of these are taken."""
    counted = (f"{selector} {phrase or 'by any route'}" for selector, phrase in _counted(number, terms))
    return f"number of {', '.join(counted)}"


def _counted(number: TakenCount, terms: Terms) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted({(terms.selector(name), phrase) for name, phrase in number.things}, key=str))


def _choice(word: str, value: str, terms: Terms) -> str:
    known = terms.choices[word]
    if value not in known:
        raise UnknownTermError(f"'{value}' is no answer to '{word}'. {near(value, known)}")
    return choice_fact(CHOICES[word][0], value)
