"""Which clauses hold? Read directly, without an engine: the second opinion on every check."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.inference.program import Clause, Fact, Matches, Program, Scope


class PlainEvaluator:
    """Tests every clause that could concern a fact, one after the other."""

    def __init__(self, program: Program) -> None:
        index: defaultdict[tuple[Scope, int], list[tuple[int, Clause]]] = defaultdict(list)
        for number, clause in enumerate(program.clauses):
            for key in clause.keys:
                index[clause.scope, key].append((number, clause))
        self._index = dict(index)

    def matches(self, facts: Sequence[Fact]) -> Matches:
        return frozenset(
            (number, position)
            for position, fact in enumerate(facts)
            for number, clause in self._index.get((fact.scope, fact.key), ())
            if holds(clause, fact)
        )


def holds(clause: Clause, fact: Fact) -> bool:
    values = fact.values
    for test in clause.tests:  # noqa: SIM110 - half the time of all(...), on every check
        if not test.holds(*values[test.fact]):
            return False
    return True
