"""Which facts can no rule tell apart? What durable_rules fired for one of a cell, it would fire for all of it.

A rule is about one fact and compares its values with bounds, so between two bounds that stand next to each other
every value is the same to it. What is answered with yes or no stands in the cell as it is told.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from operator import index, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.errors import EngineFault
from magcheck.core.fact_names import QUANTITIES
from magcheck.inference.network import GREATER, comparisons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from magcheck.inference.program import Clause, Fact, Interval, Place, Program

Cell = tuple[object, ...]
Answer = tuple[int, ...]
"""Numbers of the clauses that hold."""

_MEASURED = frozenset(quantity.fact for quantity in QUANTITIES.values())


class Measured(NamedTuple):
    """One end of a quantity, and where the rules cut it."""

    fact: str
    end: int
    """0: the lowest value of the fact, 1: the highest."""
    cuts: tuple[int, ...]
    """Every value at which a comparison begins or ceases to hold."""


class Asked(NamedTuple):
    """What the clauses about one scope and key ask of a fact."""

    number: int
    as_told: Callable[[Mapping[str, Interval]], object]
    measured: tuple[Measured, ...]


class Cells:
    """The cells of one program."""

    def __init__(self, program: Program) -> None:
        self._clauses: defaultdict[Place, list[Clause]] = defaultdict(list)
        for clause in program.clauses:
            for key in clause.keys:
                self._clauses[clause.scope, key].append(clause)
        self._asked: dict[Place, Asked | None] = {}

    def of(self, fact: Fact) -> Cell | None:
        """None where no clause is about such a fact. Raises EngineFault for a fact that cannot be asked."""
        place = fact.scope, fact.key
        if place not in self._asked:
            self._asked[place] = self._asked_of(place)
        asked = self._asked[place]
        if asked is None:
            return None
        values = fact.values
        try:
            measured = [bisect(cuts, index(values[name][end])) for name, end, cuts in asked.measured]
            return asked.number, asked.as_told(values), *measured
        except KeyError as error:
            raise EngineFault(f"a fact lacks {error}, which a page asks for.") from error
        except TypeError as error:
            raise EngineFault(f"a fact holds what is no integer: {error}.") from error

    def _asked_of(self, place: Place) -> Asked | None:
        clauses = self._clauses.get(place)
        if not clauses:
            return None
        names = sorted({test.fact for clause in clauses for test in clause.tests} - _MEASURED)
        return Asked(len(self._asked), itemgetter(*names) if names else _nothing, measured_by(clauses))


def _nothing(_: Mapping[str, Interval]) -> object:
    return ()


def measured_by(clauses: Iterable[Clause]) -> tuple[Measured, ...]:
    """Every end of a quantity that these clauses compare."""
    cuts: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for clause in clauses:
        for test in clause.tests:
            for fact, lowest, operator, bound in comparisons(test) if test.fact in _MEASURED else ():
                cuts[fact, 0 if lowest else 1].add(bound if operator == GREATER else bound + 1)
    return tuple(Measured(fact, end, tuple(sorted(cuts[fact, end]))) for fact, end in sorted(cuts))


class KeptAnswers:
    """What durable_rules fired for each cell; of more than `most`, those that were asked for last."""

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._newer: dict[Cell, Answer] = {}
        self._older: dict[Cell, Answer] = {}

    def __len__(self) -> int:
        return len(self._newer) + len(self._older)

    def get(self, cell: Cell) -> Answer | None:
        answer = self._newer.get(cell)
        if answer is None and self._older:
            answer = self._older.pop(cell, None)
            if answer is not None:
                self.add(cell, answer)
        return answer

    def add(self, cell: Cell, answer: Answer) -> None:
        if len(self._newer) >= self._half:
            self._newer, self._older = {}, self._newer
        if self._half:
            self._newer[cell] = answer

    def clear(self) -> None:
        self._newer, self._older = {}, {}
