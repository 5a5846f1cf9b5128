"""The small typed form between pages and evaluators: clauses that are tested on flat facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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


@dataclass(frozen=True, slots=True, order=True)
class Test:
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


@dataclass(frozen=True, slots=True)
class Clause:
    """All `tests` on one fact whose key is among `keys` (0: any fact of the scope)."""

    page: str
    outcome: Outcome
    scope: Scope
    keys: tuple[int, ...]
    tests: tuple[Test, ...]


Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fact:
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
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fact "the product is of this kind" -> selector of the kind."""
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
