"""Where does another amount begin to matter for somebody?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from benchmarks.findings import Crowd

from magcheck import Profile
from magcheck.core.fact_names import QUANTITIES, SCALE
from magcheck.facts.situation import OF_THE_PERSON
from magcheck.findings.policy import is_kept, makes_finding
from magcheck.inference.program import Outcome
from magcheck.report import Verdict
from tests.inference.invented import People

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck import Checker
    from magcheck.findings.evaluation import Evaluation, Held
    from magcheck.inference.program import Fact, Interval, Test

DAILY, AGE, EGFR = (QUANTITIES[name].fact for name in ("daily magnesium", "age", "egfr"))
JUST_ABOVE = 1
"""A thousandth of a milligram."""


def test_the_thresholds_of_a_fact_are_its_own(checker: Checker) -> None:
    """A limit of the USA for a grown-up, and what is dangerous for anybody; nothing of what is not free."""
    told = Profile.model_validate({"person": {"age": 40}, "country": "US", "supplements": ["magnesium citrate"]})
    reach = checker.evaluations([checker.seen(told).situation])[0].reach(frozenset({DAILY}))
    assert {350 * SCALE + JUST_ABOVE, 2500 * SCALE + JUST_ABOVE} <= reach.thresholds(DAILY)
    assert reach.thresholds(AGE) == frozenset()


def evaluations(checker: Checker, number: int) -> Iterator[Evaluation]:
    """Of plausible people, and of some at the edges of the pages."""
    crowd, odd = Crowd(23), People(checker, 23)
    for _ in range(number):
        for person in (Profile.model_validate(crowd.anybody()), odd.person()):
            yield checker.evaluations([checker.seen(person).situation])[0]


def as_told(name: str, fact: Fact) -> Interval:
    return fact.values[name]


def counts_alone(held: Held, evaluation: Evaluation) -> bool:
    rule, _, fact = held
    return makes_finding(rule) and not is_kept(rule, [fact], evaluation.situation)


@pytest.mark.parametrize("free", [frozenset[str](), frozenset({DAILY}), frozenset({AGE, DAILY}), OF_THE_PERSON])
def test_with_what_was_told_the_same_fires_as_without_any_fact_free(
    checker: Checker, free: frozenset[str]
) -> None:
    beaten = set[bool]()
    for evaluation in evaluations(checker, 25):
        reach, fires = evaluation.reach(free), evaluation.holding(Outcome.FIRES)
        assert {(clause, fact.key, fact.medicine, fact.product) for _, clause, fact in reach.fired(as_told)} == {
            (clause, fact.key, fact.medicine, fact.product) for _, clause, fact in fires
        }
        counting = [held[0].strongest for held in fires if counts_alone(held, evaluation)]
        for verdict in Verdict:
            stronger = any(action.rank < verdict.rank for action in counting)
            assert reach.could_beat(verdict, as_told) is stronger
            beaten.add(stronger)
        assert reach.limit.rank <= min([action.rank for action in counting], default=Verdict.CLEAR.rank)
        assert reach.limit.rank <= reach.verdict(as_told).rank
        assert reach.asked == {test.fact for _, tests in reach.open for test in tests} <= free
    assert beaten == {True, False}


def test_at_a_threshold_something_begins_or_ceases(checker: Checker) -> None:
    """On the two sides of each, other tests hold; between two of them, the same."""
    ceasing = 0
    for evaluation in evaluations(checker, 10):
        reach = evaluation.reach(OF_THE_PERSON)
        for name in (DAILY, AGE, EGFR):
            tests = {test for _, asked in reach.open for test in asked if test.fact == name}
            thresholds = sorted(reach.thresholds(name))
            for threshold in thresholds:
                before, after = held_at(threshold - 1, tests), held_at(threshold, tests)
                assert before != after
                ceasing += len(before - after)
            for low, high in pairwise(thresholds):
                assert held_at(low, tests) == held_at(high - 1, tests)
    assert ceasing > 10


def held_at(value: int, tests: Iterable[Test]) -> set[Test]:
    return {test for test in tests if test.holds(value, value)}
