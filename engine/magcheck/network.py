"""What is durable_rules given? Clauses of the same shape share one rule; its known limits are kept statically."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from magcheck.errors import EngineFault
from magcheck.fields import BEYOND
from magcheck.ir import Scope, Test

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from magcheck.ir import Fact, Program

MAX_NODES_PASSED = 56
"""durable_rules loses the batch when one fact passes more than 64 nodes at once."""
MAX_CONDITIONS = 480
"""512 different conditions on one node make it loop for ever."""
MAX_PROPERTIES = 200
"""252 properties in one fact crash the process."""

TYPE, KEY, IDENTITY, STATE = "t", "k", "id", "sid"


@dataclass(frozen=True)
class Shape:
    """All clauses of a scope with the same tests: one durable rule, whatever their keys."""

    tests: tuple[Test, ...]
    clauses: Mapping[int, tuple[int, ...]]
    """Key -> numbers of the clauses that hold when the shape does."""


@dataclass(frozen=True)
class Shard:
    """Shapes that share one copy of the facts of their scope."""

    type: str
    scope: Scope
    shapes: tuple[Shape, ...]

    @property
    def columns(self) -> tuple[tuple[str, str, bool], ...]:
        """(property, fact, whether it is the lowest value) of every property that a test reads."""
        read = {read for shape in self.shapes for test in shape.tests for read in _reads(test)}
        return tuple(sorted((property_name(fact, low=low), fact, low) for fact, low in read))


@dataclass(frozen=True)
class Network:
    """The rule set as durable_rules takes it, and the way back from its rule names to clauses."""

    shards: tuple[Shard, ...]
    rules: Mapping[str, Any]
    shapes: Mapping[str, Shape]


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
            rules[name] = {"all": [{"m": {"$and": _terms(shard.type, shape)}}]}
    _refuse_colliding_names({column[0] for shard in shards for column in shard.columns})
    return Network(shards, rules, shapes)


def _shards(scope: Scope, program: Program) -> Iterable[Shard]:
    room: list[Shape] = []
    nodes = 0
    number = 0
    for shape in _shapes(scope, program):
        passed = len(_terms("", shape))
        if room and nodes + passed > MAX_NODES_PASSED:
            yield Shard(f"{scope.value}{number}", scope, tuple(room))
            room, nodes, number = [], 0, number + 1
        room.append(shape)
        nodes += passed
    if room:
        yield Shard(f"{scope.value}{number}", scope, tuple(room))


def _shapes(scope: Scope, program: Program) -> list[Shape]:
    grouped: defaultdict[tuple[Test, ...], defaultdict[int, list[int]]]
    grouped = defaultdict(lambda: defaultdict(list))
    for number, clause in enumerate(program.clauses):
        if clause.scope is scope:
            for key in clause.keys:
                grouped[clause.tests][key].append(number)
    shapes: list[Shape] = []
    for tests, keyed in sorted(grouped.items()):
        numbers = sorted(keyed)
        for start in range(0, len(numbers), MAX_CONDITIONS):
            part = numbers[start : start + MAX_CONDITIONS]
            shapes.append(Shape(tests, {key: tuple(keyed[key]) for key in part}))
    return shapes


def _terms(type_: str, shape: Shape) -> list[dict[str, Any]]:
    """Plain comparisons first; the one `$or`, of equalities, last (written first it would disable them)."""
    terms: list[dict[str, Any]] = [{TYPE: type_}]
    for test in shape.tests:
        terms += _comparisons(test)
    if set(shape.clauses) != {0}:
        keys = [{KEY: key} for key in shape.clauses]
        terms.append(keys[0] if len(keys) == 1 else {"$or": keys})
    return terms


def _comparisons(test: Test) -> Iterable[dict[str, Any]]:
    for fact, low in _reads(test):
        name = property_name(fact, low=low)
        if low is test.surely:
            yield {"$gte": {name: test.low}}
        else:
            yield {"$lte": {name: test.high}}


def _reads(test: Test) -> Iterable[tuple[str, bool]]:
    """(fact, whether its lowest value) that a test needs; bounds that nothing can break are left out."""
    if test.low > -BEYOND:
        yield test.fact, test.surely
    if test.high < BEYOND:
        yield test.fact, not test.surely


def property_name(fact: str, *, low: bool) -> str:
    return f"{fact} {'lowest' if low else 'highest'}"


def records(network: Network, facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """The facts as durable_rules reads them: one flat record for each shard of their scope."""
    by_scope: defaultdict[Scope, list[Shard]] = defaultdict(list)
    for shard in network.shards:
        by_scope[shard.scope].append(shard)
    batch: list[dict[str, Any]] = []
    for place, fact in enumerate(facts):
        for shard in by_scope[fact.scope]:
            record: dict[str, Any] = {TYPE: shard.type, KEY: fact.key, IDENTITY: f"{place}.{shard.type}"}
            for name, source, low in shard.columns:
                record[name] = fact.values[source][0 if low else 1]
            batch.append(record)
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
