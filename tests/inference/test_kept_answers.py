"""Is an answer ever kept that is not that of the fact in question, or longer than it may be?"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

import durable_rules_engine
import pytest

from magcheck import EngineFault, InputError
from magcheck.facts.situation import situation
from magcheck.inference.cells import Cells, KeptAnswers, measured_by
from magcheck.inference.durable import ASKED_ANEW, DurableEvaluator
from magcheck.inference.network import GREATER, comparisons
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Clause, Fact, Outcome, Program, Scope
from magcheck.inference.program import Test as Bounds
from tests.inference.invented import People
from tests.inference.tampering import PERSON, Tampered, is_the_end, losing
from tests.support import durable_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck import Checker
    from magcheck.inference.network import Comparison
    from magcheck.inference.program import Interval


def kept_of(durable: DurableEvaluator) -> KeptAnswers:
    found: KeptAnswers = vars(durable)["_kept"]
    return found


@pytest.fixture
def durable(checker: Checker) -> Iterable[DurableEvaluator]:
    """Of our pages, with nothing kept."""
    made = DurableEvaluator(checker.program)
    yield made
    made.close()


def facts_of(checker: Checker) -> Sequence[Fact]:
    return situation(PERSON, checker.book, checker.program).facts


def people_of(checker: Checker, seed: int, count: int) -> list[Sequence[Fact]]:
    crowd = People(checker, seed)
    found: list[Sequence[Fact]] = []
    while len(found) < count:
        with suppress(InputError):
            found.append(situation(crowd.person(), checker.book, checker.program).facts)
    return found


# Cells


def answers(asked: Iterable[Comparison], value: int) -> list[bool]:
    return [value >= of.bound if of.operator == GREATER else value <= of.bound for of in asked]


def test_no_comparison_tells_two_values_of_one_cell_apart(checker: Checker) -> None:
    """For every value: a comparison changes at its bound alone, and between two of these the cell is the same."""
    clauses_at: defaultdict[tuple[Scope, int], list[Clause]] = defaultdict(list)
    for clause in checker.program.clauses:
        for key in clause.keys:
            clauses_at[clause.scope, key].append(clause)
    seen = 0
    for clauses in clauses_at.values():
        asked = [of for clause in clauses for test in clause.tests for of in comparisons(test)]
        for fact, end, cuts in measured_by(clauses):
            ours = [of for of in asked if (of.fact, 0 if of.lowest else 1) == (fact, end)]
            edges = [answers(ours, cut - 1) != answers(ours, cut) for cut in cuts]
            assert all(edges)
            assert all(answers(ours, low) == answers(ours, high - 1) for low, high in pairwise(cuts))
            assert {of.bound if of.operator == GREATER else of.bound + 1 for of in ours} == {*cuts}
            seen += len(cuts)
    assert seen > 100


AGE, DOSE = "age", "daily_magnesium"
BANDS = Program(
    (
        Clause("child", Outcome.FIRES, Scope.PERSON, (0,), (Bounds(AGE, 0, 17_999),)),
        Clause("much", Outcome.FIRES, Scope.PERSON, (0,), (Bounds(DOSE, 350_001, 10**15),)),
        Clause("perhaps", Outcome.POSSIBLE, Scope.PERSON, (0,), (Bounds(DOSE, 350_001, 10**15, surely=False),)),
        Clause("expecting", Outcome.FIRES, Scope.PERSON, (0,), (Bounds("pregnant", 1, 10**15),)),
    ),
    {},
)


def person(age: Interval = (30_000, 30_000), dose: Interval = (0, 0), pregnant: Interval = (0, 0)) -> Fact:
    return Fact(Scope.PERSON, 0, {AGE: age, DOSE: dose, "pregnant": pregnant})


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (person(age=(90_000, 90_000)), True),
        (person(age=(18_000, 40_000)), True),
        (person(age=(17_999, 17_999)), False),
        (person(age=(17_999, 30_000)), True),
        (person(dose=(0, 350_000)), True),
        (person(dose=(0, 350_001)), False),
        (person(dose=(350_001, 350_001)), False),
        (person(pregnant=(0, 1)), False),
        (person(pregnant=(1, 1)), False),
        (person()._replace(medicine=3), True),
        (person()._replace(scope=Scope.PRODUCT), False),
    ],
)
def test_a_cell_is_what_the_bounds_leave_alike(other: Fact, alike: bool) -> None:  # noqa: FBT001 - a parameter
    cells = Cells(BANDS)
    assert (cells.of(person()) == cells.of(other)) is alike


@pytest.mark.parametrize("wrong", [29.5, "30000", None])
def test_a_measured_value_that_is_no_integer_is_a_fault_beside_a_kept_one(wrong: object) -> None:
    durable = DurableEvaluator(BANDS)
    durable.matches([person()])
    with pytest.raises(EngineFault, match="no integer"):
        durable.matches([person(age=(wrong, wrong))])  # type: ignore[arg-type]
    durable.close()


def test_facts_of_one_cell_hold_the_same(checker: Checker) -> None:
    """And thousands of facts are few cells, else nothing would be gained."""
    cells, plain = Cells(checker.program), PlainEvaluator(checker.program)
    held: dict[object, set[int]] = {}
    seen = 0
    for facts in people_of(checker, 3, 300):
        matches = plain.matches(facts)
        for position, fact in enumerate(facts):
            holding = {number for number, place in matches if place == position}
            cell = cells.of(fact)
            assert held.setdefault(cell, holding) == holding
            seen += 1
    assert len(held) < seen


# Asking


def told_to(durable: DurableEvaluator, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records each batch that the engine is given has, from now on."""
    sizes: list[int] = []

    def assert_facts(handle: int, batch: str) -> object:
        sizes.append(len(json.loads(batch)) - 2)
        return durable_rules_engine.assert_facts(handle, batch)

    monkeypatch.setattr(durable, "_native", Tampered(assert_facts=assert_facts))
    return sizes


def test_of_what_is_kept_one_fact_in_sixteen_checks_is_asked_anew_each_time_another(
    checker: Checker, durable: DurableEvaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = facts_of(checker)
    expected = durable.matches(facts)
    asked: list[Fact] = []
    fired = vars(DurableEvaluator)["_fired"]

    def noted(self: DurableEvaluator, facts: Sequence[Fact]) -> object:
        asked.extend(facts)
        return fired(self, facts)

    monkeypatch.setattr(DurableEvaluator, "_fired", noted)
    for turn in range(1, len(facts) + 1):
        for _ in range(ASKED_ANEW):
            assert durable.matches(facts) == expected
        assert len(asked) == turn
    assert {id(fact) for fact in asked} == {id(fact) for fact in facts}


def test_an_engine_that_no_longer_works_is_found_out_whatever_is_kept(
    checker: Checker, durable: DurableEvaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No kept answer would be wrong; but nobody would know that the next new one has no second opinion."""
    facts = facts_of(checker)
    durable.matches(facts)
    monkeypatch.setattr(durable, "_native", losing(is_the_end))
    with pytest.raises(EngineFault, match="did not reach its end"):
        deque(map(durable.matches, [facts] * ASKED_ANEW), maxlen=0)


def test_what_is_the_same_to_every_rule_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    durable = DurableEvaluator(BANDS)
    sizes = told_to(durable, monkeypatch)
    facts = [person(age=(age, age)) for age in range(0, 36_000, 1_000)]
    assert durable.matches(facts) == PlainEvaluator(BANDS).matches(facts)
    assert sizes == [2]
    durable.close()


# A kept answer that is wrong


@pytest.mark.parametrize("wrong", [(), (0, 1, 2)], ids=["silent", "too much"])
def test_a_wrong_kept_answer_is_never_a_report(checker: Checker, wrong: tuple[int, ...]) -> None:
    expected = checker.check(PERSON)
    kept = kept_of(durable_of(checker))
    cells = [*vars(kept)["_newer"], *vars(kept)["_older"]]
    assert cells
    for cell in cells:
        kept.add(cell, wrong)
    with pytest.raises(EngineFault, match="the two evaluators disagree"):
        checker.check(PERSON)
    assert len(kept) == 0
    assert checker.check(PERSON) == expected


# How long answers are kept


def test_after_a_fault_nothing_is_kept(
    checker: Checker, durable: DurableEvaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = facts_of(checker)
    (another,) = people_of(checker, 4, 1)
    for error in (ValueError("error code: 303"), KeyboardInterrupt()):

        def stumble(*_: object, error: BaseException = error) -> None:
            raise error

        expected = durable.matches(facts)
        assert len(kept_of(durable)) > 0
        with monkeypatch.context() as fault:
            fault.setattr(durable, "_native", Tampered(start_action_for_state=stumble))
            with pytest.raises((EngineFault, KeyboardInterrupt)):
                durable.matches([*facts, *another])
        assert len(kept_of(durable)) == 0
        assert durable.matches(facts) == expected


def test_of_a_run_that_stumbles_half_way_nothing_is_kept(
    checker: Checker, durable: DurableEvaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first sections answer, the last does not."""
    facts = facts_of(checker)
    sizes = told_to(durable, monkeypatch)
    durable.matches(facts)
    runs = len(sizes)
    assert runs > 2
    durable.discard()
    seen: list[str] = []

    def assert_facts(handle: int, batch: str) -> object:
        seen.append(batch)
        if len(seen) == runs:
            raise ValueError("error code: 303")
        return durable_rules_engine.assert_facts(handle, batch)

    monkeypatch.setattr(durable, "_native", Tampered(assert_facts=assert_facts))
    with pytest.raises(EngineFault):
        durable.matches(facts)
    assert len(seen) == runs
    assert len(kept_of(durable)) == 0


@pytest.mark.parametrize("forget", [DurableEvaluator.discard, DurableEvaluator.close])
def test_what_is_distrusted_or_closed_keeps_nothing(checker: Checker, forget: object) -> None:
    durable = DurableEvaluator(checker.program)
    durable.matches(facts_of(checker))
    assert len(kept_of(durable)) > 0
    assert callable(forget)
    forget(durable)
    assert len(kept_of(durable)) == 0


def test_never_more_is_kept_than_it_may(checker: Checker) -> None:
    plain, people = PlainEvaluator(checker.program), people_of(checker, 8, 60)
    for most in (0, 1, 2, 9, 50):
        durable = DurableEvaluator(checker.program, most)
        for facts in people:
            assert durable.matches(facts) == plain.matches(facts)
            assert len(kept_of(durable)) <= most
        durable.close()


def test_what_was_asked_for_last_stays() -> None:
    kept = KeptAnswers(100)
    for number in range(1_000):
        kept.add((number,), (number,))
        assert len(kept) <= 100
        for recent in (0, max(0, number - 20)):
            assert kept.get((recent,)) == (recent,)
    assert kept.get((500,)) is None
