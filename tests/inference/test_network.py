"""Does what durable_rules is given stay inside its safe part? Read off the rules themselves, limit by limit."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import durable_rules_engine
import pytest

from magcheck import EngineFault
from magcheck.core.fact_names import BEYOND
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.network import build_network, records
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Clause, Fact, Outcome, Program, Scope
from magcheck.inference.program import Test as Bounds
from tests.inference.invented import invented_facts, invented_program
from tests.support import assert_survives, checker_of, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from magcheck import Checker
    from magcheck.inference.network import Network

    Term = dict[str, Any]

# What was measured of durable_rules 2.0.28, not what the engine believes.
LOOPS_FOR_EVER = 512
"""Different conditions on one node."""
LOSES_THE_BATCH = 64
"""Nodes of one fact waiting at once."""
CRASHES = 252
"""Properties in one fact."""

COLLIDING = "p2039599", "p2222382"


class Node(dict[str, "Node"]):
    """A node of durable_rules: each condition on it leads to another."""


def tree(network: Network) -> Node:
    """Rules with equal beginnings share them; every branch of a final `$or` is a condition of its own."""
    root = Node()
    for terms in all_terms(network):
        node = root
        for term in terms:
            if "$or" in term:
                for branch in term["$or"]:
                    node.setdefault(json.dumps(branch), Node())
            else:
                node = node.setdefault(json.dumps(term), Node())
    return root


def all_terms(network: Network) -> Iterator[list[Term]]:
    for rule in network.rules.values():
        yield rule["all"][0]["m"]["$and"]


def most_conditions(node: Node) -> int:
    return max(len(node), *map(most_conditions, node.values())) if node else 0


def is_key(condition: str) -> bool:
    return '"k"' in condition


def most_waiting(node: Node) -> int:
    """A fact has one key, so of all conditions on the key it passes one."""
    others = [child for condition, child in node.items() if not is_key(condition)]
    keyed = [child for condition, child in node.items() if is_key(condition)]
    passed = len(others) + bool(keyed)
    return max([passed, *(passed - 1 + most_waiting(child) for child in (*others, *keyed))])


def assert_within_limits(network: Network) -> None:
    types = tree(network)
    assert most_conditions(types) < LOOPS_FOR_EVER
    assert max(map(most_waiting, types.values()), default=0) < LOSES_THE_BATCH
    assert all(len(shard.columns) + 4 < CRASHES for shard in network.shards)


def people(*tests: tuple[Bounds, ...]) -> Program:
    """One clause about the person for each of `tests`."""
    clauses = [Clause(f"p{n}", Outcome.FIRES, Scope.PERSON, (0,), one) for n, one in enumerate(tests)]
    return Program(tuple(clauses), {})


def medicines(count: int, *tests: Bounds) -> list[Clause]:
    """The same tests for each of `count` medicines."""
    return [Clause(f"m{n}", Outcome.FIRES, Scope.MEDICINE, (n,), tests) for n in range(1, count + 1)]


def bands(count: int) -> Program:
    return people(*((Bounds("age", n, n + 3),) for n in range(count)))


# Limits


@pytest.mark.parametrize("count", [1, 480, 481, 511, 512, 600, 961, 3000])
@pytest.mark.parametrize("tests", [(), (Bounds("egfr", 0, 30_000),)], ids=["no test", "a test"])
def test_any_number_of_medicines_of_one_shape_fits(count: int, tests: tuple[Bounds, ...]) -> None:
    network = build_network(Program(tuple(medicines(count, *tests)), {}))
    assert_within_limits(network)
    assert sum(len(shape.clauses) for shape in network.shapes.values()) == count


@pytest.mark.parametrize("beside", [20, 31, 32, 54])
def test_a_full_list_of_medicines_leaves_room_for_the_tests_beside_it(beside: int) -> None:
    others = [medicines(1, Bounds("age", bound, BEYOND))[0] for bound in range(beside)]
    assert_within_limits(build_network(Program((*medicines(480), *others), {})))


def a_thousand_medicines_of_one_shape() -> None:
    program = Program(tuple(medicines(1000, Bounds("egfr", 0, 30_000))), {})
    facts = [Fact(Scope.MEDICINE, key, {"egfr": (20_000, 20_000)}) for key in (1, 480, 481, 512, 1000, 1001)]
    assert DurableEvaluator(program).matches(facts) == PlainEvaluator(program).matches(facts)


def five_hundred_and_twenty_conditions_on_one_node() -> None:
    others = [medicines(1, Bounds("age", bound, BEYOND))[0] for bound in range(40)]
    program = Program((*medicines(480), *others), {})
    facts = [Fact(Scope.MEDICINE, key, {"age": (20, 20)}) for key in (1, 480)]
    assert DurableEvaluator(program).matches(facts) == PlainEvaluator(program).matches(facts)


@pytest.mark.parametrize(
    "story", [a_thousand_medicines_of_one_shape, five_hundred_and_twenty_conditions_on_one_node]
)
def test_durable_rules_takes_it_and_does_not_hang(story: Callable[[], None]) -> None:
    assert_survives(story, timeout=40)


@pytest.mark.parametrize("count", [18, 19, 56, 57, 250, 1000])
def test_pages_that_one_fact_could_all_pass_are_spread_over_copies_of_it(count: int) -> None:
    network = build_network(bands(count))
    assert_within_limits(network)
    assert len(network.rules) == count
    assert sum(len(shard.shapes) for shard in network.shards) == count


def test_few_pages_share_one_copy_of_their_fact() -> None:
    assert len(build_network(bands(10)).shards) == 1


def test_many_pages_need_several_copies() -> None:
    assert len(build_network(bands(200)).shards) > 1


def test_a_fact_with_too_many_properties_is_refused() -> None:
    tests = tuple(Bounds(f"f{n:03}", 1, 2) for n in range(126))
    with pytest.raises(EngineFault, match="252 properties of one fact"):
        build_network(people(tests))


@pytest.mark.parametrize("seed", range(60))
def test_no_invented_rule_set_leaves_the_limits(seed: int) -> None:
    pick = random.Random(seed)
    assert_within_limits(build_network(invented_program(pick, pick.choice((5, 60, 250)))))


def test_the_pages_that_come_with_magcheck_stay_within_the_limits(checker: Checker) -> None:
    assert_within_limits(build_network(checker.program))


# Names


@pytest.mark.parametrize("second", [Scope.PERSON, Scope.MEDICINE])
def test_facts_that_durable_rules_would_confuse_are_refused(second: Scope) -> None:
    """Sums of characters of 32 bits: the same beginnings collide with any ending."""
    one, other = COLLIDING
    clauses = (
        Clause("a", Outcome.FIRES, Scope.PERSON, (0,), (Bounds(one, 1, BEYOND),)),
        Clause("b", Outcome.FIRES, second, (0,), (Bounds(other, 1, BEYOND),)),
    )
    with pytest.raises(EngineFault, match=rf"cannot tell .*({one}.*{other}|{other}.*{one}).* apart"):
        build_network(Program(clauses, {}))


def test_durable_rules_really_confuses_them() -> None:
    """Should a later version mend this, the refusal can go."""
    one, other = COLLIDING
    rules = {"r": {"all": [{"m": {one: 1}}]}, "other": {"all": [{"m": {"t": 1}}]}}
    handle = durable_rules_engine.create_ruleset("confusing", json.dumps(rules))
    facts = [{"t": 1, "id": "a", "sid": "1"}, {other: 1, "id": "b", "sid": "1"}]
    _, state = durable_rules_engine.assert_facts(handle, json.dumps(facts))
    fired = [durable_rules_engine.start_action_for_state(handle, state)[1]]
    while message := durable_rules_engine.complete_and_start_action(handle, state):
        fired.append(message)
    assert [re.findall(r'^\{ ?"(\w+)"', message)[0] for message in fired] == ["r", "other"]


# The language


@cache
def networks() -> tuple[Network, ...]:
    picks = [random.Random(seed) for seed in range(30)]
    return tuple(build_network(invented_program(pick, pick.choice((5, 60, 250)))) for pick in picks)


def test_a_rule_is_one_pattern_that_begins_with_the_type_of_its_fact() -> None:
    for network in networks():
        types = {shard.type for shard in network.shards}
        for rule in network.rules.values():
            assert rule.keys() == {"all"}
            (pattern,) = rule["all"]
            assert pattern.keys() == {"m"}
            assert pattern["m"].keys() == {"$and"}
            assert pattern["m"]["$and"][0].keys() == {"t"}
            assert pattern["m"]["$and"][0]["t"] in types


def test_only_safe_operators_are_used_and_every_literal_is_an_integer() -> None:
    for network in networks():
        for first, *rest in all_terms(network):
            assert set(map(type, first.values())) == {str}
            for term in rest:
                assert_safe(term)


def assert_safe(term: Term) -> None:
    ((operator, operand),) = term.items()
    if operator == "$or":
        assert len(operand) > 1
        assert all(type(branch["k"]) is int and len(branch) == 1 for branch in operand)
    elif operator == "k":
        assert type(operand) is int
    else:
        assert operator in ("$gte", "$lte")
        ((name, bound),) = operand.items()
        assert type(name) is str
        assert type(bound) is int
        assert abs(bound) < 2**53


def test_alternatives_stand_last_and_only_once() -> None:
    """Written before a comparison of two facts they would switch it off; last, they never can."""
    for network in networks():
        for terms in all_terms(network):
            assert not any("$or" in term for term in terms[:-1])


def test_no_two_rules_of_the_pages_have_the_same_pattern(checker: Checker) -> None:
    """256 of them would crash the process."""
    patterns = Counter(json.dumps(terms) for terms in all_terms(build_network(checker.program)))
    assert set(patterns.values()) == {1}


def test_a_type_belongs_to_one_copy_only() -> None:
    for network in networks():
        types = [shard.type for shard in network.shards]
        assert len(set(types)) == len(types)
        assert not {"begin", "done", "never"} & set(types)


# Shapes


def test_pages_of_one_shape_are_one_rule() -> None:
    names = ["ciprofloxacin", "doxycycline", "levothyroxine", "alendronate", "raltegravir"]
    found = checker_of(*(page(f"about-{name}", {"taking": f"{name} by mouth"}) for name in names))
    network = build_network(found.program)
    (shape,) = network.shapes.values()
    assert sorted(shape.clauses) == sorted(found.program.keys.values())
    assert len(network.rules) == 1


def test_two_pages_about_one_medicine_both_hang_on_its_key() -> None:
    twice = [
        page(f"page-{n}", {"taking": "ciprofloxacin"}, {"egfr": {"below": 30}}, action="monitor") for n in (1, 2)
    ]
    network = build_network(checker_of(*twice).program)
    (shape,) = network.shapes.values()
    assert list(shape.clauses.values()) == [(0, 1)]


def test_pages_that_differ_in_a_figure_are_two_rules() -> None:
    two = [page(f"page-{n}", {"egfr": {"below": n}}) for n in (15, 30)]
    assert len(build_network(checker_of(*two).program).rules) == 2


def test_surely_and_perhaps_are_two_rules() -> None:
    both = [(Bounds("age", 1, 2, surely=surely),) for surely in (True, False)]
    assert len(build_network(people(*both)).rules) == 2


def test_a_bound_that_nothing_can_break_is_left_out() -> None:
    (terms,) = all_terms(build_network(people((Bounds("age", -BEYOND, BEYOND),))))
    assert terms == [{"t": "p0"}]


def test_no_pages_are_no_rules() -> None:
    network = build_network(Program((), {}))
    assert (network.rules, network.shards) == ({}, ())


# The facts


def test_a_record_is_flat_and_holds_integers_only() -> None:
    for seed in range(40):
        pick = random.Random(seed)
        program = invented_program(pick, pick.choice((5, 60, 250)))
        network, facts = build_network(program), invented_facts(pick, program)
        for record in map(json.loads, records(network, facts)):
            texts = {name for name, value in record.items() if type(value) is str}
            assert texts == {"t", "id", "sid"}
            assert all(type(value) is int for name, value in record.items() if name not in texts)
            assert len(record) < CRASHES


def test_every_record_has_a_name_of_its_own() -> None:
    network = build_network(bands(200))
    facts = [Fact(Scope.PERSON, 0, {"age": (5, 5)})] * 3
    names = [json.loads(record)["id"] for record in records(network, facts)]
    assert len(set(names)) == len(names) == 3 * len(network.shards)


def test_a_fact_that_no_page_is_about_is_not_told() -> None:
    network = build_network(bands(5))
    assert records(network, [Fact(Scope.TRAIT, 4, {"age": (5, 5)})]) == []


def test_a_record_says_nothing_that_no_page_asks() -> None:
    network = build_network(people((Bounds("age", 1, 2),)))
    (record,) = records(network, [Fact(Scope.PERSON, 0, {"age": (1, 1), "weight": (70, 70)})])
    assert "weight" not in record
