"""How fast are other engines on our pages? Each gets them from the compiled program, and must find the same.

`python -m benchmarks.peers [PEOPLE] [SECONDS]`: ratio of processor time to the same pages as plain hand-written
`if`s, over the same people. A peer that takes longer than SECONDS is measured on as many people as fit.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.findings import SEED, Crowd
from benchmarks.run import hand_written

from magcheck import Checker, InputError, Profile
from magcheck.core.fact_names import BEYOND
from magcheck.facts.situation import situation
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.plain import PlainEvaluator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from magcheck.inference.program import Clause, Fact, Matches, Program, Scope, Test

    Matcher = Callable[[Sequence[Fact]], Matches]

PEOPLE, SECONDS = 1_200, 20.0


class Peer(NamedTuple):
    name: str
    module: str
    """What must be installed."""
    build: Callable[[Program], Matcher]


class Measured(NamedTuple):
    microseconds: float
    """Of one person."""
    people: int
    differing: int


def names_of(program: Program) -> dict[str, str]:
    """Fact -> how a language without spaces in its names calls it; "l" and "h" follow for its two ends."""
    facts = sorted({test.fact for clause in program.clauses for test in clause.tests})
    return {fact: f"f{number}" for number, fact in enumerate(facts)}


def given(fact: Fact, names: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"scope": fact.scope.value, "key": fact.key}
    for name, (low, high) in fact.values.items():
        if name in names:
            data[f"{names[name]}l"], data[f"{names[name]}h"] = low, high
    return data


def bounds(test: Test, names: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """(variable, comparison, figure) of one test."""
    low, high = ("l", "h") if test.surely else ("h", "l")
    if test.low > -BEYOND:
        yield f"{names[test.fact]}{low}", ">=", test.low
    if test.high < BEYOND:
        yield f"{names[test.fact]}{high}", "<=", test.high


def expression(clause: Clause, names: dict[str, str], also: str) -> str:
    """The clause in the languages whose comparisons all look the same; `also` is how they write "and"."""
    parts = [f'scope == "{clause.scope.value}"', f"key in [{', '.join(map(str, clause.keys))}]"]
    parts += [" ".join(map(str, bound)) for test in clause.tests for bound in bounds(test, names)]
    return f" {also} ".join(parts)


def keyed(program: Program) -> dict[tuple[Scope, int], list[int]]:
    """(scope, key) -> the clauses about it: no peer is shown a clause that is about something else."""
    found: defaultdict[tuple[Scope, int], list[int]] = defaultdict(list)
    for number, clause in enumerate(program.clauses):
        for key in clause.keys:
            found[clause.scope, key].append(number)
    return dict(found)


def one_by_one(program: Program, holds: Callable[[int, dict[str, Any]], bool]) -> Matcher:
    """For engines that answer one expression for one fact."""
    names, clauses = names_of(program), keyed(program)

    def matches(facts: Sequence[Fact]) -> Matches:
        found: set[tuple[int, int]] = set()
        for place, fact in enumerate(facts):
            data = given(fact, names)
            concerned = clauses.get((fact.scope, fact.key), ())
            found.update((number, place) for number in concerned if holds(number, data))
        return frozenset(found)

    return matches


def expressions(program: Program, also: str) -> list[str]:
    names = names_of(program)
    return [expression(clause, names, also) for clause in program.clauses]


def cel_rust(program: Program) -> Matcher:
    cel = import_module("cel")
    compiled = [cel.compile(text) for text in expressions(program, "&&")]
    return one_by_one(program, lambda number, data: compiled[number].execute(data) is True)


def celpy(program: Program) -> Matcher:
    library = import_module("celpy")
    environment = library.Environment()
    made = [environment.program(environment.compile(text)) for text in expressions(program, "&&")]

    def holds(number: int, data: dict[str, Any]) -> bool:
        return bool(made[number].evaluate(library.json_to_cel(data)))

    return one_by_one(program, holds)


def rule_engine(program: Program) -> Matcher:
    library = import_module("rule_engine")
    rules = [library.Rule(text) for text in expressions(program, "and")]
    return one_by_one(program, lambda number, data: rules[number].matches(data))


def json_logic(program: Program) -> Matcher:
    logic, names = import_module("json_logic").jsonLogic, names_of(program)
    rules = [_as_json_logic(clause, names) for clause in program.clauses]
    return one_by_one(program, lambda number, data: bool(logic(rules[number], data)))


def _as_json_logic(clause: Clause, names: dict[str, str]) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {"==": [{"var": "scope"}, clause.scope.value]},
        {"in": [{"var": "key"}, list(clause.keys)]},
    ]
    every = (bound for test in clause.tests for bound in bounds(test, names))
    parts += [{comparison: [{"var": name}, figure]} for name, comparison, figure in every]
    return {"and": parts}


def zen(program: Program) -> Matcher:
    """For each key a decision table whose rows are all collected; a row is one expression."""
    names, texts = names_of(program), expressions(program, "and")
    engine = import_module("zen").ZenEngine()
    decisions = {
        about: engine.create_decision(json.dumps(_decision({number: texts[number] for number in numbers})))
        for about, numbers in keyed(program).items()
    }

    def matches(facts: Sequence[Fact]) -> Matches:
        found: set[tuple[int, int]] = set()
        for place, fact in enumerate(facts):
            if (fact.scope, fact.key) in decisions:
                answer = decisions[fact.scope, fact.key].evaluate(given(fact, names))["result"]
                found.update((row["clause"], place) for row in answer or ())
        return frozenset(found)

    return matches


def _decision(texts: dict[int, str]) -> dict[str, Any]:
    rules = [{"_id": str(number), "when": text, "clause": str(number)} for number, text in texts.items()]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": "clause", "name": "clause", "field": "clause"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{start}-{end}", "sourceId": start, "targetId": end, "type": "edge"}
        for start, end in (("in", "table"), ("table", "out"))
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def clips(program: Program) -> Matcher:
    """A template with a slot for each end of a fact, and a rule for each clause."""
    names, environment = names_of(program), import_module("clips").Environment()
    found: set[tuple[int, int]] = set()
    environment.define_function(lambda number, place: found.add((int(number), int(place))), name="found")
    ends = " ".join(f"(slot {name}{end} (default 0))" for name in names.values() for end in "lh")
    environment.build(f"(deftemplate fact (slot place) (slot scope) (slot key) {ends})")
    for number, clause in enumerate(program.clauses):
        environment.build(_as_clips(number, clause, names))
    template = environment.find_template("fact")

    def matches(facts: Sequence[Fact]) -> Matches:
        found.clear()
        environment.reset()
        for place, fact in enumerate(facts):
            template.assert_fact(place=place, **given(fact, names))
        environment.run()
        return frozenset(found)

    return matches


def _as_clips(number: int, clause: Clause, names: dict[str, str]) -> str:
    slots: dict[str, list[str]] = {}
    for test in clause.tests:
        for name, comparison, figure in bounds(test, names):
            slots.setdefault(name, []).append(f"({comparison} ?{name} {figure})")
    tests = " ".join(f"({name} ?{name}&:(and {' '.join(asked)} TRUE))" for name, asked in slots.items())
    keys = "|".join(map(str, clause.keys))
    pattern = f'(fact (place ?place) (scope "{clause.scope.value}") (key {keys}) {tests})'
    return f"(defrule clause-{number} {pattern} => (found {number} ?place))"


def both(program: Program) -> Matcher:
    durable, plain = DurableEvaluator(program), PlainEvaluator(program)

    def matches(facts: Sequence[Fact]) -> Matches:
        found = durable.matches(facts)
        return found if found == plain.matches(facts) else frozenset({(-1, -1)})

    return matches


PEERS = (
    Peer("plain evaluator", "magcheck", lambda program: PlainEvaluator(program).matches),
    Peer("durable_rules", "magcheck", lambda program: DurableEvaluator(program).matches),
    Peer("both evaluators", "magcheck", both),
    Peer("zen-engine", "zen", zen),
    Peer("CEL (Rust)", "cel", cel_rust),
    Peer("CLIPS", "clips", clips),
    Peer("JSON-Logic", "json_logic", json_logic),
    Peer("rule-engine", "rule_engine", rule_engine),
    Peer("celpy", "celpy", celpy),
)


def crowd(checker: Checker, count: int) -> list[tuple[Fact, ...]]:
    """The facts of so many plausible people, who are the same at every run."""
    people, found = Crowd(SEED), list[tuple["Fact", ...]]()
    while len(found) < count:
        with suppress(InputError):
            profile = Profile.model_validate(people.anybody())
            found.append(situation(profile, checker.book, checker.program).facts)
    return found


def measured(matcher: Matcher, people: Iterable[tuple[Fact, ...]], expected: Matcher, seconds: float) -> Measured:
    spent, count, differing = 0.0, 0, 0
    for facts in people:
        start = time.process_time()
        found = matcher(facts)
        spent += time.process_time() - start
        count += 1
        differing += found != expected(facts)
        if spent > seconds:
            break
    return Measured(spent / count * 1e6, count, differing)


def rows(program: Program, people: Sequence[tuple[Fact, ...]], seconds: float) -> Iterator[str]:
    """The table, row by row."""
    by_hand = hand_written(program)
    measured(by_hand, people[:50], by_hand, seconds)
    base = measured(by_hand, people, by_hand, seconds)
    yield "| engine | ratio | microseconds | people | findings |"
    yield "|---|---:|---:|---:|---|"
    yield f"| hand-written `if`s | 1.00 | {base.microseconds:,.0f} | {base.people:,} | |"
    for peer in PEERS:
        try:
            import_module(peer.module)
        except ImportError:
            yield f"| {peer.name} | | | | not installed |"
            continue
        matcher = peer.build(program)
        measured(matcher, people, by_hand, seconds / 4)  # warm
        took = measured(matcher, people, by_hand, seconds)
        same = f"{took.differing:,} people differ" if took.differing else "identical"
        ratio = took.microseconds / base.microseconds
        yield f"| {peer.name} | {ratio:,.2f} | {took.microseconds:,.0f} | {took.people:,} | {same} |"


def main(count: int = PEOPLE, seconds: float = SECONDS) -> None:
    checker = Checker()
    print(f"{len(checker.book.rules)} pages, {len(checker.program.clauses)} clauses, {count:,} people")
    for row in rows(checker.program, crowd(checker, count), seconds):
        print(row, flush=True)


if __name__ == "__main__":
    main(*(kind(word) for kind, word in zip((int, float), sys.argv[1:], strict=False)))
