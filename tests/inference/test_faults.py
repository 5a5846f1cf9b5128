"""Is there ever an answer that cannot be vouched for? A fault on any side of a check, and what comes out."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

import durable_rules_engine
import pytest

from magcheck import EngineFault
from magcheck.facts.situation import situation
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.network import build_network
from magcheck.inference.plain import PlainEvaluator
from tests.support import checker_of, durable_of, page, profile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from magcheck import Checker, Profile
    from magcheck.inference.program import Fact, Matches

    Record = dict[str, Any]
    Change = Callable[[list[Record]], list[Record]]
    """What is done to the records between the two sentinels."""

from tests.inference.tampering import PERSON, Tampered, dropped, is_the_end, losing, one_less, with_records

EXPECTED = frozenset({"weak-kidneys", "quinolone", "grown-up"})


@pytest.fixture
def checker() -> Checker:
    """Pages about a person and about a medicine; the last one is not about `PERSON`."""
    return checker_of(
        page("weak-kidneys", {"egfr": {"below": 30}}),
        page("grown-up", {"age": {"from": 18}}),
        page("quinolone", {"taking": "ciprofloxacin by mouth"}),
        page("child", {"age": {"below": 18}}),
    )


def checker_facts(checker: Checker) -> Sequence[Fact]:
    return situation(PERSON, checker.book, checker.program).facts


def fired(checker: Checker, whose: Profile = PERSON) -> frozenset[str]:
    return frozenset(finding.rule for finding in checker.check(whose).findings)


def refuse_then_recover(checker: Checker, monkeypatch: pytest.MonkeyPatch, tampered: Tampered) -> None:
    """No report while the native part is tampered with, and the right one after."""
    assert fired(checker) == EXPECTED
    durable_of(checker).discard()
    with monkeypatch.context() as fault:
        fault.setattr(durable_of(checker), "_native", tampered)
        with pytest.raises(EngineFault):
            checker.check(PERSON)
    whole = Tampered()
    monkeypatch.setattr(durable_of(checker), "_native", whole)
    assert fired(checker) == EXPECTED
    assert whole.built == 1


# The answer of one evaluator


def one_more(matches: Matches) -> Matches:
    return matches | {(3, 0)}


@pytest.mark.parametrize("change", [one_less, one_more])
@pytest.mark.parametrize("evaluator", [DurableEvaluator, PlainEvaluator])
def test_evaluators_that_differ_give_no_report(
    checker: Checker,
    monkeypatch: pytest.MonkeyPatch,
    evaluator: type[DurableEvaluator | PlainEvaluator],
    change: Callable[[Matches], Matches],
) -> None:
    right = evaluator.matches

    def wrong(self: Any, facts: Sequence[Fact]) -> Matches:
        return change(right(self, facts))

    assert fired(checker) == EXPECTED
    with monkeypatch.context() as fault:
        fault.setattr(evaluator, "matches", wrong)
        with pytest.raises(EngineFault, match="the two evaluators disagree about"):
            checker.check(PERSON)
    assert fired(checker) == EXPECTED


def test_the_pages_that_the_evaluators_differ_about_are_named(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PlainEvaluator, "matches", lambda _, __: frozenset())
    with pytest.raises(EngineFault, match=r"disagree about grown-up, quinolone, weak-kidneys\.$"):
        checker.check(PERSON)


def test_the_pages_of_an_example_are_not_told_either(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PlainEvaluator, "matches", lambda _, __: frozenset())
    with pytest.raises(EngineFault):
        checker.pages(PERSON)


def test_after_a_disagreement_the_engine_is_built_anew(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Tampered()
    monkeypatch.setattr(durable_of(checker), "_native", whole)
    with monkeypatch.context() as fault:
        fault.setattr(PlainEvaluator, "matches", lambda _, __: frozenset())
        with pytest.raises(EngineFault):
            checker.check(PERSON)
    assert fired(checker) == EXPECTED
    assert whole.built == 1


# The native part of durable_rules


@pytest.mark.parametrize(
    "call", ["assert_facts", "start_action_for_state", "complete_and_start_action", "delete_state"]
)
@pytest.mark.parametrize("error", [Exception, MemoryError, ValueError])
def test_an_engine_that_raises_gives_no_report(
    checker: Checker, monkeypatch: pytest.MonkeyPatch, call: str, error: type[Exception]
) -> None:
    def stumble(*_: object) -> None:
        raise error("error code: 303")

    refuse_then_recover(checker, monkeypatch, Tampered(**{call: stumble}))


@pytest.mark.parametrize("answer", [1, 2, 3, -1])
def test_facts_that_are_not_all_taken_give_no_report(
    checker: Checker, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    def half_taken(handle: int, batch: str) -> tuple[int, object]:
        return answer, durable_rules_engine.assert_facts(handle, batch)[1]

    refuse_then_recover(checker, monkeypatch, Tampered(assert_facts=half_taken))


def test_an_engine_that_fires_nothing_at_all_gives_no_report(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_then_recover(checker, monkeypatch, Tampered(start_action_for_state=lambda *_: None))


def test_a_batch_whose_end_is_not_seen_gives_no_report(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_then_recover(checker, monkeypatch, losing(is_the_end))


@pytest.mark.parametrize("place", range(4))
def test_a_lost_finding_gives_no_report(checker: Checker, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    assert len(durable_of(checker).matches(checker_facts(checker))) == 4
    durable_of(checker).discard()
    turn = count()
    fault = losing(lambda firing: not is_the_end(firing) and next(turn) == place)
    monkeypatch.setattr(durable_of(checker), "_native", fault)
    with pytest.raises(EngineFault, match="the two evaluators disagree"):
        checker.check(PERSON)


def test_a_batch_is_sealed_at_both_ends(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty batch, or one whose first fact cannot be read, would crash durable_rules."""
    batches: list[list[Record]] = []

    def told(handle: int, batch: str) -> object:
        batches.append(json.loads(batch))
        return durable_rules_engine.assert_facts(handle, batch)

    monkeypatch.setattr(durable_of(checker), "_native", Tampered(assert_facts=told))
    checker.check(PERSON)
    durable_of(checker).matches([])
    for first, *_, last in batches:
        assert (first["t"], last["t"]) == ("begin", "done")
    assert [len(batch) > 2 for batch in batches] == [True, False]
    assert {record["sid"] for batch in batches for record in batch} == {"1"}


def test_a_truncated_batch_is_refused(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_its_end(handle: int, batch: str) -> object:
        return durable_rules_engine.assert_facts(handle, json.dumps(json.loads(batch)[:-1]))

    refuse_then_recover(checker, monkeypatch, Tampered(assert_facts=without_its_end))


def firing(rule: str, fact: str) -> str:
    return f'{{ "{rule}": {{ "m": {{ "t": "p0", "k": 0{fact} }} }} }}'


def rule_about_a_medicine(checker: Checker) -> str:
    rules = build_network(checker.program).rules
    return next(name for name, rule in rules.items() if rule["all"][0]["m"]["$and"][0]["t"].startswith("m"))


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda _: firing("r99", ', "id": "0.p0"'),
        lambda _: firing("r0", ', "id": "99.p0"'),
        lambda _: firing("r0", ""),
        lambda checker: firing(rule_about_a_medicine(checker), ', "id": "0.p0"'),
        lambda _: "{}",
    ],
    ids=["unknown rule", "unknown fact", "no fact", "a fact that the rule is not about", "nothing"],
)
def test_a_firing_that_nobody_understands_gives_no_report(
    checker: Checker, monkeypatch: pytest.MonkeyPatch, nonsense: Callable[[Checker], str]
) -> None:
    told: list[str] = []

    def proceed(handle: int, state: int) -> object:
        if not told:
            told.append(nonsense(checker))
            return told[0]
        return durable_rules_engine.complete_and_start_action(handle, state)

    refuse_then_recover(checker, monkeypatch, Tampered(complete_and_start_action=proceed))


def test_an_engine_that_cannot_be_built_again_still_says_so_plainly(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Exception("Could not create ruleset, error code: 105")  # noqa: TRY002 - what the engine raises

    broken = Tampered(assert_facts=refuse, create_ruleset=refuse)
    monkeypatch.setattr(durable_of(checker), "_native", broken)
    for _ in range(3):
        with pytest.raises(EngineFault):
            checker.check(PERSON)
    monkeypatch.setattr(durable_of(checker), "_native", Tampered())
    assert fired(checker) == EXPECTED


# The facts on their way


def exponent(records: list[Record]) -> list[Record]:
    """durable_rules stops reading at 1e-07 and calls it a success."""
    return [{**records[0], "age lowest": 1e-07}, *records[1:]]


def exponent_at_the_end(records: list[Record]) -> list[Record]:
    return [*records[:-1], {**records[-1], "k": 1e-07}]


def no_number(records: list[Record]) -> list[Record]:
    return [{**records[0], "egfr highest": None}, *records[1:]]


def infinite(records: list[Record]) -> list[Record]:
    return [{**records[0], "egfr highest": float("inf")}, *records[1:]]


def unknown_property(records: list[Record]) -> list[Record]:
    return [{name.replace("egfr", "gfr"): value for name, value in one.items()} for one in records]


def wrong_value(records: list[Record]) -> list[Record]:
    return [{**one, "egfr highest": 90_000} if "egfr highest" in one else one for one in records]


def wrong_type(records: list[Record]) -> list[Record]:
    return [{**one, "t": "x9"} for one in records]


def wrong_key(records: list[Record]) -> list[Record]:
    return [{**one, "k": one["k"] + 1} for one in records]


def told_twice(records: list[Record]) -> list[Record]:
    return [*records, records[0]]


def a_stranger(records: list[Record]) -> list[Record]:
    return [*records, {**records[0], "id": "77.p0"}]


def one_that_would_fire_too_much(records: list[Record]) -> list[Record]:
    return [{**one, "age highest": 5_000} if "age highest" in one else one for one in records]


@pytest.mark.parametrize(
    "change",
    [
        exponent,
        exponent_at_the_end,
        no_number,
        infinite,
        unknown_property,
        wrong_value,
        wrong_type,
        wrong_key,
        dropped,
        told_twice,
        a_stranger,
        one_that_would_fire_too_much,
    ],
)
def test_a_fact_that_arrives_wrong_gives_no_report(
    checker: Checker, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    assert fired(checker) == EXPECTED
    durable_of(checker).discard()
    with monkeypatch.context() as fault:
        fault.setattr(durable_of(checker), "_native", with_records(change))
        with pytest.raises(EngineFault):
            checker.check(PERSON)
    assert fired(checker) == EXPECTED


def test_a_fact_that_lacks_what_a_page_asks_gives_no_report(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_age(facts: Any) -> Any:
        for fact in facts:
            fact.values.pop("age", None)
        return facts

    right = DurableEvaluator.matches
    with monkeypatch.context() as fault:
        fault.setattr(DurableEvaluator, "matches", lambda self, facts: right(self, without_age(facts)))
        with pytest.raises(EngineFault):
            checker.check(PERSON)
    assert fired(checker) == EXPECTED


def test_an_interrupted_check_leaves_nothing_behind(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as fault:
        fault.setattr(durable_of(checker), "_native", Tampered(delete_state=interrupt))
        with pytest.raises(KeyboardInterrupt):
            checker.check(PERSON)
    assert fired(checker, profile()) == frozenset()
    assert fired(checker) == EXPECTED


def test_a_fault_of_one_person_does_not_colour_the_report_of_the_next(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy = profile(person={"age": 30}, kidney={"egfr": 100})
    expected = checker.check(healthy)
    with monkeypatch.context() as fault:
        fault.setattr(durable_of(checker), "_native", losing(is_the_end))
        with pytest.raises(EngineFault):
            checker.check(PERSON)
    assert checker.check(healthy) == expected
