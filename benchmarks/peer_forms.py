"""Our pages in the form of each engine, made from the compiled program: the fastest form of each that we know.

No engine is shown a clause about another scope or key, and each is handed only the values that are asked there.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.core.fact_names import BEYOND
from magcheck.inference.network import build_network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from magcheck.inference.network import Network
    from magcheck.inference.program import Clause, Fact, Matches, Place, Program, Test

    Matcher = Callable[[Sequence[Fact]], Matches]
    Values = list[int]
    Answers = Callable[[Values], Sequence[object]]
    """The values that are asked -> whether each clause holds."""

DONE = "done"


class Questions(NamedTuple):
    """What the clauses about one scope and key ask."""

    numbers: tuple[int, ...]
    clauses: tuple[Clause, ...]
    ends: tuple[tuple[str, int], ...]
    """Fact, and which end of it: where each value stands in the list that is handed over."""


def questions(program: Program) -> dict[Place, Questions]:
    numbers_of: defaultdict[Place, list[int]] = defaultdict(list)
    for number, clause in enumerate(program.clauses):
        for key in clause.keys:
            numbers_of[clause.scope, key].append(number)
    return {place: _questions(program, numbers) for place, numbers in numbers_of.items()}


def _questions(program: Program, numbers: Sequence[int]) -> Questions:
    clauses = tuple(program.clauses[number] for number in numbers)
    ends = sorted({(fact, end) for clause in clauses for test in clause.tests for fact, end, _, _ in bounds(test)})
    return Questions(tuple(numbers), clauses, tuple(ends))


def bounds(test: Test) -> Iterator[tuple[str, int, str, int]]:
    """(fact, end, comparison, figure) of one test."""
    low, high = (0, 1) if test.surely else (1, 0)
    if test.low > -BEYOND:
        yield test.fact, low, ">=", test.low
    if test.high < BEYOND:
        yield test.fact, high, "<=", test.high


def one_list(program: Program, answers_of: Callable[[Questions], Answers]) -> Matcher:
    """For engines that answer all clauses about a fact in one evaluation."""
    asked = {place: (of.numbers, of.ends, answers_of(of)) for place, of in questions(program).items()}

    def matches(facts: Sequence[Fact]) -> Matches:
        found: set[tuple[int, int]] = set()
        for position, fact in enumerate(facts):
            if (fact.scope, fact.key) in asked:
                numbers, ends, answers = asked[fact.scope, fact.key]
                values = fact.values
                holding = answers([values[name][end] for name, end in ends])
                found.update((number, position) for number, holds in zip(numbers, holding, strict=True) if holds)
        return frozenset(found)

    return matches


def expression(asked: Questions, also: str) -> str:
    """A list with one condition for each clause; `also` is how the language writes "and"."""
    places = {end: place for place, end in enumerate(asked.ends)}
    conditions = [
        f" {also} ".join(
            f"v[{places[fact, end]}] {comparison} {figure}"
            for test in clause.tests
            for fact, end, comparison, figure in bounds(test)
        )
        for clause in asked.clauses
    ]
    return f"[{', '.join(condition or 'true' for condition in conditions)}]"


def zen(program: Program) -> Matcher:
    compiled = import_module("zen").compile_expression

    def answers_of(asked: Questions) -> Answers:
        made = compiled(expression(asked, "and"))
        return lambda values: made.evaluate({"v": values})

    return one_list(program, answers_of)


def cel_rust(program: Program) -> Matcher:
    compiled = import_module("cel").compile

    def answers_of(asked: Questions) -> Answers:
        made = compiled(expression(asked, "&&"))
        return lambda values: made.execute({"v": values})

    return one_list(program, answers_of)


def celpy(program: Program) -> Matcher:
    library = import_module("celpy")
    environment = library.Environment()

    def answers_of(asked: Questions) -> Answers:
        made = environment.program(environment.compile(expression(asked, "&&")))
        return lambda values: made.evaluate({"v": library.json_to_cel(values)})

    return one_list(program, answers_of)


def rule_engine(program: Program) -> Matcher:
    rule = import_module("rule_engine").Rule

    def answers_of(asked: Questions) -> Answers:
        made = rule(expression(asked, "and"))
        return lambda values: made.evaluate({"v": values})

    return one_list(program, answers_of)


def json_logic(program: Program) -> Matcher:
    logic = import_module("json_logic").jsonLogic

    def answers_of(asked: Questions) -> Answers:
        rules = [_as_json_logic(clause, asked.ends) for clause in asked.clauses]
        return lambda values: [logic(rule, values) for rule in rules]

    return one_list(program, answers_of)


def _as_json_logic(clause: Clause, ends: Sequence[tuple[str, int]]) -> object:
    every = [bound for test in clause.tests for bound in bounds(test)]
    parts = [{sign: [{"var": ends.index((fact, end))}, figure]} for fact, end, sign, figure in every]
    return {"and": parts} if parts else True


def clips(program: Program) -> Matcher:
    """A template for each scope and key, with a slot for each end that is asked, and a rule for each clause."""
    environment, found = import_module("clips").Environment(), set[tuple[int, int]]()
    environment.define_function(lambda number, place: found.add((int(number), int(place))), name="found")
    asked = {place: (f"t{number}", of) for number, (place, of) in enumerate(questions(program).items())}
    for name, of in asked.values():
        slots = " ".join(f"(slot v{place})" for place in range(len(of.ends)))
        environment.build(f"(deftemplate {name} (slot place) {slots})")
        for number, clause in zip(of.numbers, of.clauses, strict=True):
            environment.build(
                f"(defrule {name}-{number} {_as_clips(name, clause, of)} => (found {number} ?place))"
            )

    def matches(facts: Sequence[Fact]) -> Matches:
        found.clear()
        environment.reset()
        told = [
            _told_to_clips(*asked[fact.scope, fact.key], position, fact.values)
            for position, fact in enumerate(facts)
            if (fact.scope, fact.key) in asked
        ]
        environment.load_facts("\n".join(told))
        environment.run()
        return frozenset(found)

    return matches


def _as_clips(name: str, clause: Clause, asked: Questions) -> str:
    slots: defaultdict[int, list[str]] = defaultdict(list)
    for test in clause.tests:
        for fact, end, comparison, figure in bounds(test):
            place = asked.ends.index((fact, end))
            slots[place].append(f"({comparison} ?v{place} {figure})")
    tests = " ".join(f"(v{place} ?v{place}&:(and {' '.join(parts)} TRUE))" for place, parts in slots.items())
    return f"({name} (place ?place) {tests})"


def _told_to_clips(name: str, asked: Questions, position: int, values: Mapping[str, tuple[int, int]]) -> str:
    slots = " ".join(f"(v{place} {values[fact][end]})" for place, (fact, end) in enumerate(asked.ends))
    return f"({name} (place {position}) {slots})"


def durable_host(program: Program) -> Matcher:
    """durable_rules as its documentation calls it, but without the timers, which lose findings."""
    engine, network = import_module("durable.engine"), build_network(program)
    fired: list[tuple[str, str]] = []

    class Host(engine.Host):  # type: ignore[misc, name-defined]
        def _run(self) -> None:
            """No background threads."""

    def rule(name: str, patterns: Mapping[str, Any]) -> dict[str, Any]:
        return {**patterns, "run": lambda c: fired.append((name, c.m.id))}

    rules = {name: rule(name, patterns) for name, patterns in network.rules.items()}
    rules[DONE] = rule(DONE, {"all": [{"m": {"t": DONE}}]})
    rules["absorber"] = rule("absorber", {"all": [{"x": {"$ex": {"t": 1}}}, {"never": {"t": "never"}}]})
    host = Host()
    host.set_rulesets({"pages": rules})

    def matches(facts: Sequence[Fact]) -> Matches:
        fired.clear()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of the library itself
            host.assert_facts("pages", [_sealed("begin"), *_records(network, facts), _sealed(DONE)])
        host.delete_state("pages", "1")
        named = [(name, int(identity.partition(".")[0])) for name, identity in fired if name != DONE]
        keyed = [(network.shapes[name].clauses, facts[position].key, position) for name, position in named]
        return frozenset((number, place) for clauses, key, place in keyed for number in clauses[key])

    return matches


def _sealed(name: str) -> dict[str, object]:
    return {"t": name, "id": name, "sid": "1"}


def _records(network: Network, facts: Sequence[Fact]) -> Iterator[dict[str, object]]:
    for position, fact in enumerate(facts):
        for shard in network.shards_of[fact.scope]:
            if (columns := shard.columns_of(fact.key)) is not None:
                kind = shard.kinds.get(fact.key, 0)
                record = {"t": shard.type, "k": kind, "id": f"{position}.{shard.type}", "sid": "1"}
                yield record | {column.name: fact.values[column.fact][column.end] for column in columns}
