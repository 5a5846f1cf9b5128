"""Which clauses can concern a person at all? The pages as several small rule sets; few of them are needed at once.

Every state of durable_rules begins by visiting each rule of its rule set, so what is not in the set costs nothing.
A section is left out only where no fact has a scope and key that one of its clauses asks for, or where one test of
each clause does not hold for any such fact: none of the clauses can hold then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.lazy import cached_property
from magcheck.inference.guards import guards_of, one_holds, rarest_tests
from magcheck.inference.network import build_network
from magcheck.inference.program import Program, Scope

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from magcheck.inference.guards import Guard
    from magcheck.inference.network import Network
    from magcheck.inference.program import Clause, Fact, Place, Test

    Tests = tuple[Test, ...]

SMALL = 60
"""Different tests of a program up to which one rule set is as fast as several."""
COMMON = 8
"""Keys from which on the same tests stand in every section of their scope that has one of the keys."""
FULL = 8
"""Different tests in one section, unless it is about many keys."""


@dataclass(frozen=True)
class ClauseSection:
    """A part of the clauses, and which facts they can be about; its rules are made when they are first asked."""

    program: Program
    """The whole."""
    numbers: tuple[int, ...]
    """Of each clause, its number in the whole."""
    keys: frozenset[int] | None = None
    """The keys that the section is about; None: all."""
    guards: tuple[Guard, ...] | None = None
    """Where none of them holds, no clause does; None: nothing is asked before the rules are."""

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(self._here(self.program.clauses[number]) for number in self.numbers)

    def _here(self, clause: Clause) -> Clause:
        if self.keys is None:
            return clause
        return clause._replace(keys=tuple(key for key in clause.keys if key in self.keys))

    @cached_property
    def network(self) -> Network:
        """Raises EngineFault where the section does not fit into durable_rules."""
        return build_network(Program(self.clauses, {}))

    def can_hold(self, fact: Fact) -> bool:
        return self.guards is None or one_holds(self.guards, fact)


@dataclass(frozen=True)
class Sections:
    """All sections; together they hold every clause under every key."""

    all: tuple[ClauseSection, ...]
    of_scope: dict[Scope, tuple[int, ...]]
    """Scopes whose sections are about any key."""
    of_place: dict[Place, tuple[int, ...]]

    def concerned(self, facts: Sequence[Fact]) -> dict[int, list[int]]:
        """Number of each section that can hold of these facts -> positions of the facts it is given.

        There is always one, the first where nothing can hold: whoever is asked sees durable_rules reach its end.
        """
        concerned: defaultdict[int, list[int]] = defaultdict(list)
        for position, fact in enumerate(facts):
            sections = self.of_scope.get(fact.scope) or self.of_place.get((fact.scope, fact.key), ())
            for section in sections:
                if self.all[section].can_hold(fact):
                    concerned[section].append(position)
        return concerned or {0: []}


def sections_of(program: Program) -> Sections:
    """One section where the pages are few; else by key, and by what is tested where a scope has no keys."""
    if len({(clause.scope, clause.tests) for clause in program.clauses}) <= SMALL:
        whole = ClauseSection(program, tuple(range(len(program.clauses))))
        return Sections((whole,), dict.fromkeys(Scope, (0,)), {})
    by_key: defaultdict[Scope, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, clause in enumerate(program.clauses):
        for key in clause.keys:
            by_key[clause.scope][key].append(number)
    made = [ClauseSection(program, ())]
    of_scope: dict[Scope, tuple[int, ...]] = {}
    of_place: dict[Place, tuple[int, ...]] = {}
    for scope, numbers_of in by_key.items():
        if 0 in numbers_of:
            guarded = [*_guarded(program, sorted({number for of_key in numbers_of.values() for number in of_key}))]
            of_scope[scope] = tuple(range(len(made), len(made) + len(guarded)))
            made += guarded
            continue
        for keys in _groups(program, numbers_of):
            of_place |= dict.fromkeys(((scope, key) for key in keys), (len(made),))
            numbers = sorted({number for key in keys for number in numbers_of[key]})
            made.append(ClauseSection(program, tuple(numbers), keys))
    return Sections(tuple(made), of_scope, of_place)


def _guarded(program: Program, numbers: Sequence[int]) -> Iterator[ClauseSection]:
    """The clauses of one scope; those whose rarest tests ask the same stand together."""
    test_of = dict(zip(numbers, rarest_tests([program.clauses[number] for number in numbers]), strict=True))
    numbers_of: defaultdict[str, list[int]] = defaultdict(list)
    for number, test in test_of.items():
        numbers_of[test.fact if test else ""].append(number)
    room: list[int] = []
    for fact in sorted(numbers_of):
        together = [*room, *numbers_of[fact]]
        if room and len({program.clauses[number].tests for number in together}) > FULL:
            yield ClauseSection(program, tuple(sorted(room)), guards=guards_of(map(test_of.get, room)))
            together = numbers_of[fact]
        room = together
    yield ClauseSection(program, tuple(sorted(room)), guards=guards_of(map(test_of.get, room)))


def _groups(program: Program, numbers_of: Mapping[int, Collection[int]]) -> Iterator[frozenset[int]]:
    """The keys of a scope: those with common tests only, then the others, few different tests at a time."""
    tests_of = {key: {program.clauses[number].tests for number in numbers} for key, numbers in numbers_of.items()}
    keys_with = Counter(tests for of_key in tests_of.values() for tests in of_key)
    rare = {
        key: tuple(sorted(tests for tests in of_key if keys_with[tests] < COMMON))
        for key, of_key in tests_of.items()
    }
    common = frozenset(key for key in rare if not rare[key])
    if common:
        yield common
    room: set[int] = set()
    tests: set[Tests] = set()
    for key in sorted((key for key in rare if rare[key]), key=lambda key: (rare[key], key)):
        if room and len(tests.union(rare[key])) > FULL:
            yield frozenset(room)
            room, tests = set(), set()
        room.add(key)
        tests.update(rare[key])
    if room:
        yield frozenset(room)
