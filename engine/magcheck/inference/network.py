"""What is durable_rules given? Clauses of the same shape share one rule; its known limits are kept statically."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.core.errors import EngineFault
from magcheck.core.fact_names import BEYOND
from magcheck.core.lazy import cached_property
from magcheck.inference.program import Scope, Test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from magcheck.inference.program import Fact, Program

MAX_WAITING = 56
"""durable_rules loses the batch when more than 64 nodes of one fact wait to be visited."""
MAX_CONDITIONS = 480
"""512 different conditions on one node make it loop for ever."""
MAX_PROPERTIES = 200
"""252 properties in one fact crash the process."""

TYPE, KEY, IDENTITY, STATE = "t", "k", "id", "sid"
ONLY_STATE = "1"
GREATER, LESS = "$gte", "$lte"


class Shape(NamedTuple):
    """All clauses of a scope with the same tests: one durable rule, whatever their keys."""

    tests: tuple[Test, ...]
    """The most common first, so that rules share their beginnings."""
    clauses: Mapping[int, tuple[int, ...]]
    """Key -> numbers of the clauses that hold when the shape does."""


class Comparison(NamedTuple):
    """One term of a rule: one end of the interval of a fact against a bound."""

    fact: str
    lowest: bool
    """The lower end is compared, not the upper one."""
    operator: str
    bound: int

    @property
    def name(self) -> str:
        return f"{self.fact} {'lowest' if self.lowest else 'highest'}"


class Column(NamedTuple):
    """One property of a record, and what all comparisons of it ask together."""

    name: str
    text: str
    """How the property begins in JSON, after another one."""
    fact: str
    end: int
    """0: the lowest value of the fact, 1: the highest."""
    at_least: int
    at_most: int


@dataclass(frozen=True)
class Shard:
    """Shapes that share one copy of the facts of their scope."""

    type: str
    scope: Scope
    shapes: tuple[Shape, ...]
    _columns_of: dict[int, tuple[Column, ...] | None] = field(
        default_factory=dict[int, tuple[Column, ...] | None], repr=False, compare=False
    )

    @cached_property
    def kinds(self) -> Mapping[int, int]:
        """Key -> number of its kind: keys that no shape tells apart are one to durable_rules, which tries each."""
        shapes_of: defaultdict[int, list[int]] = defaultdict(list)
        for number, shape in enumerate(self.shapes):
            for key in shape.clauses:
                shapes_of[key].append(number)
        numbers: dict[tuple[int, ...], int] = {}
        return {key: numbers.setdefault(tuple(of_key), len(numbers)) for key, of_key in shapes_of.items()}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every property that a test of this shard compares."""
        return _columns(self.shapes)

    def opening(self, key: int) -> str:
        """How the record of a fact with this key begins; its position and the type of the shard follow."""
        return f'{{"{TYPE}": "{self.type}", "{KEY}": {self.kinds[key]}, "{STATE}": "{ONLY_STATE}", "{IDENTITY}": "'

    def columns_of(self, key: int) -> tuple[Column, ...] | None:
        """What is asked of a fact with this key; None where nothing is said about such facts."""
        if key not in self._columns_of:
            asking = [shape for shape in self.shapes if key in shape.clauses]
            self._columns_of[key] = _columns(asking) if asking else None
        return self._columns_of[key]


def _columns(shapes: Iterable[Shape]) -> tuple[Column, ...]:
    asked: defaultdict[tuple[str, str, bool], list[Comparison]] = defaultdict(list)
    for shape in shapes:
        for test in shape.tests:
            for comparison in comparisons(test):
                asked[comparison.name, comparison.fact, comparison.lowest].append(comparison)
    return tuple(_column(*key, asked[key]) for key in sorted(asked))


def _column(name: str, fact: str, lowest: bool, asked: Iterable[Comparison]) -> Column:  # noqa: FBT001 - a key
    at_least = [comparison.bound for comparison in asked if comparison.operator == GREATER]
    at_most = [comparison.bound for comparison in asked if comparison.operator == LESS]
    bounds = min(at_least, default=BEYOND + 1), max(at_most, default=-BEYOND - 1)
    return Column(name, f", {json.dumps(name)}: ", fact, 0 if lowest else 1, *bounds)


@dataclass(frozen=True)
class Network:
    """The rule set as durable_rules takes it, and the way back from its rule names to clauses."""

    shards: tuple[Shard, ...]
    rules: Mapping[str, Any]
    shapes: Mapping[str, Shape]

    @cached_property
    def shards_of(self) -> dict[Scope, list[Shard]]:
        return {scope: [shard for shard in self.shards if shard.scope is scope] for scope in Scope}


def build_network(program: Program) -> Network:
    """Raises EngineFault where the pages do not fit into the safe part of durable_rules."""
    shards = tuple(shard for scope in Scope for shard in _shards(scope, program))
    rules: dict[str, Any] = {}
    shapes: dict[str, Shape] = {}
    for shard in shards:
        if len(shard.columns) > MAX_PROPERTIES:
            raise EngineFault(f"the pages read {len(shard.columns)} properties of one fact.")
        for shape in shard.shapes:
            name = f"r{len(shapes)}"
            shapes[name] = shape
            rules[name] = {"all": [{"m": {"$and": _terms(shard, shape)}}]}
    _refuse_colliding_names({column.name for shard in shards for column in shard.columns})
    return Network(shards, rules, shapes)


def _shards(scope: Scope, program: Program) -> list[Shard]:
    """One shard where everything fits, else as many as are needed."""
    shapes = _shapes(scope, program)
    whole = Node()
    for shape in shapes:
        whole.grow(shape)
    if shapes and whole.fits():
        return [Shard(f"{scope.value}0", scope, tuple(shapes))]
    return list(_split(scope, shapes))


def _split(scope: Scope, shapes: Iterable[Shape]) -> Iterator[Shard]:
    room: list[Shape] = []
    tree = Node()
    number = 0
    for shape in shapes:
        tree.grow(shape)
        if room and not tree.fits():
            yield Shard(f"{scope.value}{number}", scope, tuple(room))
            room, tree, number = [], Node(), number + 1
            tree.grow(shape)
        room.append(shape)
    if room:
        yield Shard(f"{scope.value}{number}", scope, tuple(room))


@dataclass
class Node:
    """What durable_rules makes of the terms of several rules; equal beginnings are shared."""

    children: dict[str, Node] = field(default_factory=dict[str, "Node"])
    keys: set[int] = field(default_factory=set[int])

    def grow(self, shape: Shape) -> None:
        node = self
        for test in shape.tests:
            for comparison in comparisons(test):
                key = f"{comparison.name} {comparison.operator} {comparison.bound}"
                node = node.children.setdefault(key, Node())
        node.keys |= shape.clauses.keys() - {0}

    def fits(self) -> bool:
        return self.most_waiting() <= MAX_WAITING and self.most_conditions() <= MAX_CONDITIONS

    def most_waiting(self) -> int:
        """The most nodes that can wait at once while it is walked depth first; of the keys only one can hold."""
        here = len(self.children) + bool(self.keys)
        deepest = max((child.most_waiting() for child in self.children.values()), default=0)
        return max(here, here - 1 + deepest)

    def most_conditions(self) -> int:
        """The most conditions that hang on one node."""
        deepest = max((child.most_conditions() for child in self.children.values()), default=0)
        return max(len(self.children) + len(self.keys), deepest)


def _shapes(scope: Scope, program: Program) -> list[Shape]:
    common = Counter(test for clause in program.clauses if clause.scope is scope for test in clause.tests)
    grouped: defaultdict[tuple[Test, ...], defaultdict[int, list[int]]]
    grouped = defaultdict(lambda: defaultdict(list))
    for number, clause in enumerate(program.clauses):
        if clause.scope is scope:
            tests = tuple(sorted(clause.tests, key=lambda test: (-common[test], test)))
            for key in clause.keys:
                grouped[tests][key].append(number)
    shapes: list[Shape] = []
    for tests, keyed in sorted(grouped.items()):
        numbers = sorted(keyed)
        for start in range(0, len(numbers), MAX_CONDITIONS):
            part = numbers[start : start + MAX_CONDITIONS]
            shapes.append(Shape(tests, {key: tuple(keyed[key]) for key in part}))
    return shapes


def _terms(shard: Shard, shape: Shape) -> list[dict[str, Any]]:
    """Plain comparisons first; the one `$or`, of equalities on the kind of key, last."""
    terms: list[dict[str, Any]] = [{TYPE: shard.type}]
    for test in shape.tests:
        terms += [{asked.operator: {asked.name: asked.bound}} for asked in comparisons(test)]
    if set(shape.clauses) != {0}:
        kinds = [{KEY: kind} for kind in sorted({shard.kinds[key] for key in shape.clauses})]
        terms.append(kinds[0] if len(kinds) == 1 else {"$or": kinds})
    return terms


def comparisons(test: Test) -> Iterable[Comparison]:
    """Bounds that nothing can break are left out."""
    if test.low > -BEYOND:
        yield Comparison(test.fact, test.surely, GREATER, test.low)
    if test.high < BEYOND:
        yield Comparison(test.fact, not test.surely, LESS, test.high)


def records(network: Network, facts: Iterable[Fact]) -> list[str]:
    """The facts as durable_rules reads them: one flat JSON object for each shard that says something about them.

    A value for which no comparison could hold is left out: an absent property never matches. The text is put
    together here, because all names are ours and all values are integers: json.dumps takes twice as long.
    """
    batch: list[str] = []
    for position, fact in enumerate(facts):
        values = fact.values
        for shard in network.shards_of[fact.scope]:
            columns = shard.columns_of(fact.key)
            if columns is None:
                continue
            properties = [
                f"{text}{values[of][end]:d}"
                for _, text, of, end, at_least, at_most in columns
                if values[of][end] >= at_least or values[of][end] <= at_most
            ]
            batch.append(f'{shard.opening(fact.key)}{position}.{shard.type}"{"".join(properties)}}}')
    return batch


def _refuse_colliding_names(names: Iterable[str]) -> None:
    """durable_rules compares property names by a 32-bit hash only."""
    seen: dict[int, str] = {}
    for name in [*names, TYPE, KEY, IDENTITY, STATE]:
        other = seen.setdefault(_hash(name), name)
        if other != name:
            raise EngineFault(f"durable_rules cannot tell the facts '{name}' and '{other}' apart.")


def _hash(name: str) -> int:
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value
