"""Which clauses can concern a person at all? The pages as several small rule sets; few of them are needed at once.

Every state of durable_rules begins by visiting each rule of its rule set, so what is not in the set costs nothing.
A section is left out only where no fact has a scope and key that one of its clauses asks for: none can hold then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.lazy import cached_property
from magcheck.inference.network import build_network
from magcheck.inference.program import Program, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.inference.network import Network
    from magcheck.inference.program import Clause, Fact, Place, Test

    Tests = tuple[Test, ...]

SMALL = 60
"""Different tests of a program up to which one rule set is as fast as several."""
COMMON = 8
"""Keys from which on the same tests stand in every section of their scope that has one of the keys."""
FULL = 8
"""Different tests about few keys in one section."""


@dataclass(frozen=True)
class ClauseSection:
    """A part of the clauses, and where the facts are that they can be about."""

    clauses: tuple[Clause, ...]
    numbers: tuple[int, ...]
    """Of each clause, its number in the whole program."""

    @cached_property
    def network(self) -> Network:
        return build_network(Program(self.clauses, {}))


@dataclass(frozen=True)
class Sections:
    """All sections; together they hold every clause under every key."""

    all: tuple[ClauseSection, ...]
    of_scope: dict[Scope, int]
    """Scopes that stand whole in one section."""
    of_place: dict[Place, int]

    def concerned(self, facts: Sequence[Fact]) -> dict[int, list[int]]:
        """Number of each section that can hold of these facts -> positions of the facts it is given.

        The first is always among them, so that every check has seen durable_rules come to its end.
        """
        concerned: defaultdict[int, list[int]] = defaultdict(list, {0: []})
        for position, fact in enumerate(facts):
            section = self.of_scope.get(fact.scope, self.of_place.get((fact.scope, fact.key)))
            if section is not None:
                concerned[section].append(position)
        return concerned


def sections_of(program: Program) -> Sections:
    """One section where the pages are few; else scopes without keys in one, the others by key."""
    by_scope: defaultdict[Scope, dict[int, Clause]] = defaultdict(dict)
    for number, clause in enumerate(program.clauses):
        by_scope[clause.scope][number] = clause
    small = len({(clause.scope, clause.tests) for clause in program.clauses}) <= SMALL
    whole = [scope for scope, clauses in by_scope.items() if small or _is_whole(clauses.values())]
    first = [(number, clause) for scope in whole for number, clause in by_scope[scope].items()]
    made = [_section(first)]
    of_place: dict[Place, int] = {}
    for scope in [scope for scope in by_scope if scope not in whole]:
        for keys in _groups(by_scope[scope].values()):
            of_place |= dict.fromkeys(((scope, key) for key in keys), len(made))
            made.append(_section(_about(by_scope[scope], keys)))
    return Sections(tuple(made), dict.fromkeys(Scope if small else whole, 0), of_place)


def _is_whole(clauses: Iterable[Clause]) -> bool:
    """Some clauses are about any fact of the scope, or all their tests fit into one section."""
    kept = list(clauses)
    return any(0 in clause.keys for clause in kept) or len({clause.tests for clause in kept}) <= 2 * FULL


def _section(clauses: Iterable[tuple[int, Clause]]) -> ClauseSection:
    ordered = sorted(clauses, key=lambda numbered: numbered[0])
    return ClauseSection(tuple(clause for _, clause in ordered), tuple(number for number, _ in ordered))


def _about(clauses: dict[int, Clause], keys: frozenset[int]) -> Iterator[tuple[int, Clause]]:
    """The clauses about some of `keys`, about those alone."""
    for number, clause in clauses.items():
        kept = tuple(key for key in clause.keys if key in keys)
        if kept:
            yield number, clause._replace(keys=kept)


def _groups(clauses: Iterable[Clause]) -> Iterator[frozenset[int]]:
    """The keys of a scope: those with common tests only, then the others, few different tests at a time."""
    tests_of: defaultdict[int, set[Tests]] = defaultdict(set)
    for clause in clauses:
        for key in clause.keys:
            tests_of[key].add(clause.tests)
    keys_with = Counter(tests for of_key in tests_of.values() for tests in of_key)
    rare = {
        key: tuple(sorted(tests for tests in of_key if keys_with[tests] < COMMON))
        for key, of_key in tests_of.items()
    }
    yield frozenset(key for key in rare if not rare[key])
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
