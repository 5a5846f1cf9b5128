"""The small typed form between pages and evaluators: clauses that are tested on flat facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import BEYOND, OF_A_SUM, PROPERTIES, QUANTITIES, ROUTES, product_fact, route_fact
from magcheck.core.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_FREE = 64
"""Sets of free facts for which the parts of all clauses are kept."""
MOST_REMEMBERED = 4096
"""Different substances, or products, for which an answer is kept."""


class Scope(StrEnum):
    """What kind of thing one fact describes."""

    PERSON = "p"
    TRAIT = "c"
    """A condition, symptom or goal."""
    MEDICINE = "m"
    PRODUCT = "s"
    """A product with magnesium."""
    PAIR = "q"
    """A medicine and a product with magnesium."""


class Outcome(StrEnum):
    FIRES = "fires"
    POSSIBLE = "possible"
    """Would fire if an unknown fact were so."""
    APPLIES = "applies"
    """A limit is the one for this person, exceeded or not."""


class Test(NamedTuple):
    """A fact lies in [low, high]: surely, or (where `surely` is false) perhaps."""

    fact: str
    low: int
    high: int
    surely: bool = True

    def holds(self, lowest: int, highest: int) -> bool:
        """Does it hold for a value known to lie in [lowest, highest]?"""
        if self.surely:
            return self.low <= lowest and highest <= self.high
        return self.low <= highest and lowest <= self.high


class Clause(NamedTuple):
    """All `tests` on one fact whose key is among `keys` (0: facts of the scope have no key)."""

    rule: str
    outcome: Outcome
    scope: Scope
    keys: tuple[int, ...]
    tests: tuple[Test, ...]


class Parted(NamedTuple):
    """A clause that makes a page fire, its tests parted by whether the facts that they ask are free."""

    number: int
    free: tuple[Test, ...]
    told: tuple[Test, ...]


Interval = tuple[int, int]
Place = tuple[Scope, int]
"""Scope and key."""


class Fact(NamedTuple):
    """A flat record: a key and, for each name, the interval in which its value lies."""

    scope: Scope
    key: int
    values: Mapping[str, Interval]
    medicine: int | None = None
    """Position in the list of recognised items."""
    ingredient: str | None = None
    product: int | None = None
    trait: int | None = None


Matches = frozenset[tuple[int, int]]
"""(number of the clause, number of the fact) of everything that holds."""


def _is_added_up(test: Test) -> bool:
    """Does it take all things together? It is then asked last."""
    return test.fact in _ADDED_UP


_ADDED_UP = frozenset({QUANTITIES["daily magnesium"].fact, *OF_A_SUM})


def split(matches: Matches, sizes: Sequence[int]) -> list[Matches]:
    """`matches` on the facts of several people: those of each, by the places of their own facts."""
    owners = [person for person, size in enumerate(sizes) for _ in range(size)]
    starts = list(accumulate(sizes, initial=0))
    found: list[list[tuple[int, int]]] = [[] for _ in sizes]
    for clause, position in matches:
        person = owners[position]
        found[person].append((clause, position - starts[person]))
    return list(map(frozenset, found))


@dataclass(frozen=True)
class Program:
    """The compiled pages."""

    clauses: tuple[Clause, ...]
    keys: Mapping[str, int]
    """Selector or trait -> key."""
    takes: Mapping[str, tuple[tuple[str, str | None], ...]] = field(
        default_factory=dict[str, tuple[tuple[str, str | None], ...]]
    )
    """Selector -> (fact "something called so is taken", route it must have) that a page asks for."""
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """Fact "the product is of one of these kinds" -> the kinds: selectors, and names of `PROPERTIES`."""
    pages_about: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """Selector -> pages that name it, whether they fire or not."""
    counts: Mapping[str, tuple[tuple[str, str | None], ...]] = field(
        default_factory=dict[str, tuple[tuple[str, str | None], ...]]
    )
    """Fact "so many different ones are taken" -> (selector, route it must have) of what is counted."""
    keys_used: Mapping[Scope, frozenset[int]] = field(init=False)

    def __post_init__(self) -> None:
        used = {
            scope: frozenset(key for clause in self.clauses if clause.scope is scope for key in clause.keys)
            for scope in Scope
        }
        object.__setattr__(self, "keys_used", used)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every substance and class that a page can tell from others."""
        counted = frozenset(selector for things in self.counts.values() for selector, _ in things)
        return counted.union(self.keys, self.takes, *self.kinds.values()) - PROPERTIES.keys()

    @cached_property
    def nothing_taken(self) -> dict[str, Interval]:
        """The facts "something called so is taken" of somebody who takes nothing."""
        return {fact: (0, 0) for wanted in self.takes.values() for fact, _ in wanted}

    @cached_property
    def taken_by(self) -> Callable[[frozenset[str]], tuple[tuple[str, str | None], ...]]:
        """Selectors of a substance -> what of `takes` asks for it; the answers are kept."""

        def found(selectors: frozenset[str]) -> tuple[tuple[str, str | None], ...]:
            return tuple(wanted for name in selectors & self.takes.keys() for wanted in self.takes[name])

        return lru_cache(MOST_REMEMBERED)(found)

    @cached_property
    def keys_of(self) -> Callable[[frozenset[str]], tuple[int, ...]]:
        """Selectors of a substance -> keys of those that a page uses; the answers are kept."""

        def found(selectors: frozenset[str]) -> tuple[int, ...]:
            return tuple(sorted(self.keys[name] for name in selectors & self.keys.keys()))

        return lru_cache(MOST_REMEMBERED)(found)

    @cached_property
    def kinds_among(self) -> Callable[[tuple[frozenset[str], ...]], Mapping[str, Interval]]:
        """Selectors of each salt of a product -> does each fact of `kinds` hold by them? The answers are kept."""

        def found(salts: tuple[frozenset[str], ...]) -> Mapping[str, Interval]:
            named = frozenset[str]().union(*salts)
            return {fact: ((0, 0) if kinds.isdisjoint(named) else (1, 1)) for fact, kinds in self.kinds.items()}

        return lru_cache(MOST_REMEMBERED)(found)

    @cached_property
    def kinds_with_properties(self) -> Mapping[str, tuple[str, ...]]:
        """Of `kinds`, those that hold by a property, too -> the facts of these properties."""
        by_property = {
            fact: tuple(PROPERTIES[kind] for kind in sorted(kinds & PROPERTIES.keys()))
            for fact, kinds in self.kinds.items()
        }
        return {fact: properties for fact, properties in by_property.items() if properties}

    @cached_property
    def pages_naming(self) -> Callable[[tuple[frozenset[str], ...]], tuple[str, ...]]:
        """Selectors of each substance of a product -> pages that name one of them; the answers are kept."""

        def found(substances: tuple[frozenset[str], ...]) -> tuple[str, ...]:
            named = frozenset[str]().union(*substances) & self.pages_about.keys()
            return tuple(sorted({rule for name in named for rule in self.pages_about[name]}))

        return lru_cache(MOST_REMEMBERED)(found)

    @cached_property
    def firing(self) -> Mapping[Place, tuple[int, ...]]:
        """Scope and key -> numbers of the clauses that make a page fire there."""
        found: defaultdict[Place, list[int]] = defaultdict(list)
        for number, clause in enumerate(self.clauses):
            for key in clause.keys if clause.outcome is Outcome.FIRES else ():
                found[clause.scope, key].append(number)
        return {place: tuple(numbers) for place, numbers in found.items()}

    @cached_property
    def parted(self) -> Callable[[frozenset[str]], Mapping[Place, tuple[Parted, ...]]]:
        """Names of facts that are free -> the part of `firing` that asks one of them; the answers are kept."""

        def found(free: frozenset[str]) -> Mapping[Place, tuple[Parted, ...]]:
            places = {
                place: tuple(parted for number in numbers if (parted := self._parted(number, free)).free)
                for place, numbers in self.firing.items()
            }
            return {place: clauses for place, clauses in places.items() if clauses}

        return lru_cache(MOST_FREE)(found)

    @cached_property
    def keys_summed(self) -> frozenset[int]:
        """Keys of which a page asks how much is taken a day, of everything that has the key."""
        return frozenset(key for _, key in self.parted(frozenset(OF_A_SUM)))

    def _parted(self, number: int, free: frozenset[str]) -> Parted:
        tests = self.clauses[number].tests
        return Parted(
            number,
            tuple(sorted((test for test in tests if test.fact in free), key=_is_added_up)),
            tuple(test for test in tests if test.fact not in free),
        )

    @cached_property
    def moved_by_a_product(self) -> frozenset[str]:
        """The facts that another product with magnesium, or another kind of it, would change."""
        kinds = {*PROPERTIES.values(), *self.kinds, *self.counts, QUANTITIES["daily magnesium"].fact, *OF_A_SUM}
        taken = (fact for wanted in self.takes.values() for fact, _ in wanted)
        return frozenset(kinds.union(map(product_fact, map(route_fact, ROUTES)), taken))

    @cached_property
    def thresholds(self) -> Mapping[str, tuple[int, ...]]:
        """Fact -> every value at which a test on it begins or ceases to hold."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for clause in self.clauses:
            for test in clause.tests:
                found[test.fact] |= {bound for bound in (test.low, test.high + 1) if abs(bound) < BEYOND}
        return {fact: tuple(sorted(bounds)) for fact, bounds in found.items()}
