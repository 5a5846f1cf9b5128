"""Which facts can some clauses not be about? One test of each is asked before durable_rules is."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import BEYOND

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.inference.program import Clause, Fact, Test


class Guard(NamedTuple):
    """A test, or several on one fact put together: one end is at least `low`, and one is at most `high`."""

    fact: str
    lower_end: int
    low: int
    upper_end: int
    high: int


def rarest_tests(clauses: Sequence[Clause]) -> list[Test | None]:
    """Of each clause the test of what the fewest clauses ask; None where it has no test."""
    asking = Counter(fact for clause in clauses for fact in {test.fact for test in clause.tests})

    def rarity(test: Test) -> tuple[int, bool, Test]:
        return asking[test.fact], test.low <= -BEYOND, test

    return [min(clause.tests, key=rarity, default=None) for clause in clauses]


def guards_of(tests: Iterable[Test | None]) -> tuple[Guard, ...] | None:
    """Where none of them holds, none of `tests` does; None where a clause is held back by nothing."""
    bounds: defaultdict[tuple[str, bool], list[Test]] = defaultdict(list)
    for test in tests:
        if test is None:
            return None
        bounds[test.fact, test.surely].append(test)
    return tuple(_together(*asked, bounds[asked]) for asked in sorted(bounds))


def _together(fact: str, surely: bool, tests: Iterable[Test]) -> Guard:  # noqa: FBT001 - a key
    low, high = min(test.low for test in tests), max(test.high for test in tests)
    return Guard(fact, 0 if surely else 1, low, 1 if surely else 0, high)


def one_holds(guards: Iterable[Guard], fact: Fact) -> bool:
    values = fact.values
    for name, lower_end, low, upper_end, high in guards:
        value = values[name]
        if value[lower_end] >= low and value[upper_end] <= high:
            return True
    return False
