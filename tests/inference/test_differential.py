"""Do both evaluators find the same, on the real pages and on rule sets that nobody would write?"""

from __future__ import annotations

import json
import random
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import EngineFault, InputError
from magcheck.core.fact_names import BEYOND
from magcheck.facts.situation import situation
from magcheck.inference import durable, sections
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.network import build_network, records
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Clause, Fact, Outcome, Program, Scope
from magcheck.inference.program import Test as Bounds
from tests.inference.invented import People, invented_facts, invented_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from magcheck import Checker
    from magcheck.inference.network import Network
    from magcheck.inference.program import Matches

    Rules = dict[str, Any]
    Term = dict[str, Any]

pytestmark = pytest.mark.thorough

CHUNKS = 8
PEOPLE_IN_A_CHUNK = 1300
"""In all 20,800."""
PROGRAMS_IN_A_CHUNK = 13
"""In all 208; 20 lists of facts for each."""


def disagreements(program: Program, lists: Iterable[Sequence[Fact]]) -> int:
    """How many lists of facts are read differently; an engine that stumbles counts, too."""
    plain, durable = PlainEvaluator(program), DurableEvaluator(program, most_kept=0)
    found = 0
    for facts in lists:
        try:
            found += durable.matches(facts) != plain.matches(facts)
        except EngineFault:
            found += 1
    durable.close()
    return found


# The pages that come with magcheck


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_both_evaluators_agree_about_everybody(checker: Checker, seed: int) -> None:
    people, plain = People(checker, seed), PlainEvaluator(checker.program)
    durable = DurableEvaluator(checker.program, most_kept=0)
    holding: Counter[str] = Counter()
    seen = 0
    while seen < PEOPLE_IN_A_CHUNK:
        person = people.person()
        with suppress(InputError):
            facts = situation(person, checker.book, checker.program).facts
            matches = plain.matches(facts)
            assert durable.matches(facts) == matches, person.model_dump_json(exclude_defaults=True)
            holding.update({checker.program.clauses[number].rule for number, _ in matches})
            seen += 1
    durable.close()
    assert_meets_the_pages(holding, checker)


def assert_meets_the_pages(holding: Counter[str], checker: Checker) -> None:
    """The people are worth nothing when they pass most pages by."""
    pages = {clause.rule for clause in checker.program.clauses}
    missed = sorted(pages - holding.keys())
    assert len(missed) <= len(pages) * 0.1, missed


def test_the_order_of_the_facts_does_not_matter_to_the_real_pages(checker: Checker) -> None:
    people, pick = People(checker, 1000), random.Random(1)
    durable = DurableEvaluator(checker.program, most_kept=0)
    for _ in range(100):
        with suppress(InputError):
            facts = situation(people.person(), checker.book, checker.program).facts
            assert_any_order(checker.program, durable, facts, pick)
    durable.close()


# Rule sets that nobody wrote


def invented(seed: int, clauses: int | None = None) -> tuple[Program, list[list[Fact]]]:
    pick = random.Random(seed)
    program = invented_program(pick, clauses or pick.choice((5, 20, 60, 120, 250)))
    return program, [invented_facts(pick, program) for _ in range(20)]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_evaluators_agree_about_any_rule_set(chunk: int) -> None:
    for number in range(PROGRAMS_IN_A_CHUNK):
        seed = chunk * PROGRAMS_IN_A_CHUNK + number
        assert disagreements(*invented(seed)) == 0, f"seed {seed}"


def test_the_invented_rule_sets_find_something() -> None:
    """Otherwise their agreement would prove nothing."""
    found = 0
    for seed in range(20):
        program, lists = invented(seed)
        evaluator = PlainEvaluator(program)
        found += sum(bool(evaluator.matches(facts)) for facts in lists)
    assert found > 150


@pytest.mark.parametrize("scope", list(Scope))
def test_a_fact_of_which_everything_holds_is_not_too_much(scope: Scope) -> None:
    """Every node of the network is passed at once, which is what durable_rules can bear least."""
    pick = random.Random(7)
    names = [f"f{number}" for number in range(60)]
    clauses = tuple(
        Clause(f"page-{number}", Outcome.FIRES, scope, (0,), tuple(sorted(_loose(pick, names))))
        for number in range(250)
    )
    program = Program(clauses, {})
    facts = [Fact(scope, 0, dict.fromkeys(names, (-BEYOND, BEYOND)))] * 3
    assert len(DurableEvaluator(program).matches(facts)) == 250 * 3
    assert disagreements(program, [facts]) == 0


def _loose(pick: random.Random, names: Sequence[str]) -> set[Bounds]:
    chosen = pick.sample(names, pick.choice((1, 2, 3, 5)))
    return {Bounds(name, pick.randint(-9, 0), pick.randint(0, 9), surely=False) for name in chosen}


def test_every_way_in_which_two_intervals_can_lie_is_read_alike() -> None:
    ends = (-BEYOND, -1, 0, 1, 2, BEYOND)
    intervals = [(low, high) for low, high in product(ends, ends) if low <= high]
    tests = [Bounds("x", *interval, surely=surely) for interval in intervals for surely in (True, False)]
    clauses = tuple(Clause(str(n), Outcome.FIRES, Scope.PERSON, (0,), (test,)) for n, test in enumerate(tests))
    lists = [[Fact(Scope.PERSON, 0, {"x": interval})] for interval in intervals]
    assert disagreements(Program(clauses, {}), lists) == 0


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_facts_does_not_matter_to_invented_pages(seed: int) -> None:
    program, lists = invented(seed, 60)
    durable, pick = DurableEvaluator(program), random.Random(seed)
    for facts in lists:
        assert_any_order(program, durable, facts, pick)
    durable.close()


def assert_any_order(
    program: Program, durable: DurableEvaluator, facts: Sequence[Fact], pick: random.Random
) -> None:
    order = list(range(len(facts)))
    pick.shuffle(order)
    shuffled = [facts[place] for place in order]
    for evaluator in (durable, PlainEvaluator(program)):
        expected = evaluator.matches(facts)
        assert {(clause, order[place]) for clause, place in evaluator.matches(shuffled)} == expected


# Would it be noticed?


def terms_of(network: Network) -> Iterable[list[Term]]:
    for rule in network.rules.values():
        for pattern in rule["all"]:
            yield pattern["m"]["$and"]


def changed(change: Callable[[list[Term]], list[Term]]) -> Callable[[Program], Network]:
    """The network of `build_network`, with the terms of every rule changed."""

    def build(program: Program) -> Network:
        network = build_network(program)
        rules: Rules = json.loads(json.dumps(network.rules))
        altered = replace(network, rules=rules)
        for terms in terms_of(altered):
            terms[:] = change(terms)
        return altered

    return build


def rewritten(old: str, new: str) -> Callable[[list[Term]], list[Term]]:
    def change(terms: list[Term]) -> list[Term]:
        again: list[Term] = json.loads(json.dumps(terms).replace(old, new))
        return again

    return change


def without_the_last_comparison(terms: list[Term]) -> list[Term]:
    places = [place for place, term in enumerate(terms) if "$lte" in term or "$gte" in term]
    return [term for place, term in enumerate(terms) if place not in places[-1:]]


def without_one_key(terms: list[Term]) -> list[Term]:
    return [{"$or": term["$or"][1:]} if "$or" in term else term for term in terms]


def without_keys(terms: list[Term]) -> list[Term]:
    return [term for term in terms if "k" not in term and "$or" not in term]


def off_by_one(terms: list[Term]) -> list[Term]:
    return [
        {"$gte": {name: bound + 1 for name, bound in term["$gte"].items()}} if "$gte" in term else term
        for term in terms
    ]


def swapped_ends(terms: list[Term]) -> list[Term]:
    text = json.dumps(terms).replace("lowest", "?").replace("highest", "lowest").replace("?", "highest")
    again: list[Term] = json.loads(text)
    return again


@pytest.mark.parametrize(
    "change",
    [
        rewritten("$gte", "$lte"),
        rewritten("$lte", "$gte"),
        rewritten("$gte", "$gt"),
        rewritten("$lte", "$lt"),
        without_the_last_comparison,
        without_one_key,
        without_keys,
        off_by_one,
        swapped_ends,
    ],
    ids=[
        "at least becomes at most",
        "at most becomes at least",
        "at least becomes more than",
        "at most becomes less than",
        "a dropped test",
        "a dropped key",
        "no keys",
        "off by one",
        "lowest and highest swapped",
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_network_that_was_built_wrong_is_noticed(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[list[Term]], list[Term]], seed: int
) -> None:
    assert disagreements(*invented(seed, 120)) == 0
    monkeypatch.setattr(sections, "build_network", changed(change))
    assert disagreements(*invented(seed, 120)) > 0


def without_first(batch: list[Rules]) -> list[Rules]:
    return batch[1:]


def without_last(batch: list[Rules]) -> list[Rules]:
    return batch[:-1]


def of_another_kind(batch: list[Rules]) -> list[Rules]:
    return [{**record, "t": f"{record['t']}0"} for record in batch]


def with_other_numbers(batch: list[Rules]) -> list[Rules]:
    return [{n: -v if isinstance(v, int) and n != "k" else v for n, v in one.items()} for one in batch]


@pytest.mark.parametrize("change", [without_first, without_last, of_another_kind, with_other_numbers])
@pytest.mark.parametrize("seed", range(3))
def test_facts_that_are_told_wrong_are_noticed(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[list[Rules]], list[Rules]], seed: int
) -> None:
    def told(network: Network, facts: Sequence[Fact]) -> list[str]:
        batch = [json.loads(record) for record in records(network, facts)]
        return [json.dumps(record) for record in (change(batch) if batch else [])]

    monkeypatch.setattr(durable, "records", told)
    assert disagreements(*invented(seed, 120)) > 0


def test_an_interval_read_too_narrowly_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plain evaluator is not above suspicion either."""
    right = PlainEvaluator.matches

    def narrow(self: PlainEvaluator, facts: Sequence[Fact]) -> Matches:
        low = [one._replace(values={name: (v[0], v[0]) for name, v in one.values.items()}) for one in facts]
        return right(self, low)

    monkeypatch.setattr(PlainEvaluator, "matches", narrow)
    assert disagreements(*invented(0, 120)) > 0
