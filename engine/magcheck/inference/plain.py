"""Which clauses hold? Read directly, without an engine: the second opinion on every check."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.inference.program import Clause, Fact, Interval, Matches, Place, Program, Test

    Bounds = tuple[str, int, int, int, int]
    """Fact, the end that is at least a bound, that bound, the end that is at most a bound, that bound."""


class PlainEvaluator:
    """Tests every clause that could concern a fact, one after the other."""

    def __init__(self, program: Program) -> None:
        asking = Counter((clause.scope, test.fact) for clause in program.clauses for test in clause.tests)
        index: defaultdict[Place, list[tuple[int, tuple[Bounds, ...]]]] = defaultdict(list)
        for number, clause in enumerate(program.clauses):
            rarest_first = sorted(clause.tests, key=lambda test: (asking[clause.scope, test.fact], test))
            bounds = tuple(map(_bounds, rarest_first))
            for key in clause.keys:
                index[clause.scope, key].append((number, bounds))
        self._index = dict(index)

    def matches(self, facts: Sequence[Fact]) -> Matches:
        """No call for a clause or a test: what is written out here takes less than half the time."""
        found: list[tuple[int, int]] = []
        for position, fact in enumerate(facts):
            values = fact.values
            for number, bounds in self._index.get((fact.scope, fact.key), ()):
                for name, lower_end, low, upper_end, high in bounds:
                    value: Interval = values[name]
                    if value[lower_end] < low or value[upper_end] > high:
                        break
                else:
                    found.append((number, position))
        return frozenset(found)


def _bounds(test: Test) -> Bounds:
    """Surely inside: the lowest value is not below, the highest not above; perhaps: the other way round."""
    lower_end, upper_end = (0, 1) if test.surely else (1, 0)
    return test.fact, lower_end, test.low, upper_end, test.high


def holds(clause: Clause, fact: Fact) -> bool:
    values = fact.values
    for test in clause.tests:  # noqa: SIM110 - half the time of all(...)
        if not test.holds(*values[test.fact]):
            return False
    return True
