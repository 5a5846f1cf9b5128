"""Are the pages held by what looks at them? A sample here; all of them: `make mutate`."""

from __future__ import annotations

from collections import Counter

import pytest

from magcheck.knowledge.load import RuleBook, load_rules
from tests.mutation.__main__ import AIM, outcome
from tests.mutation.mutants import mutants
from tests.mutation.noticing import LIST, Alone, Noticing

SAMPLE = 30
FIGURES = ("figure moved", "bound turned round", "answer turned round")
"""Operators that the examples alone must notice."""


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rules()


@pytest.mark.thorough
def test_a_sample_of_wrong_pages_is_noticed() -> None:
    counts, survivors = outcome(SAMPLE)
    total = sum(counts.values(), Counter[str]())
    assert total.total() > 100
    assert len(survivors) <= (1 - AIM) * total.total(), survivors
    for operator in FIGURES:
        assert not counts[operator][LIST], operator


def test_a_right_page_is_not_noticed(book: RuleBook) -> None:
    noticing = Noticing(book)
    for rule in book.rules[::40]:
        if not rule.retired:
            alone = Alone(rule, book)
            shown = [(alone.shown(witness.profile), witness) for witness in noticing.witnesses(rule.id)]
            assert all(seen.outcome is witness.expected.outcome for seen, witness in shown), rule.id


def test_every_operator_has_something_to_turn(book: RuleBook) -> None:
    pages = (
        "kidney-egfr-15-to-29",
        "dose-limit-us",
        "separate-ciprofloxacin",
        "sleep-supplements",
        "kidney-dialysis",
    )
    found = {mutant.operator for page in pages for mutant in mutants(book.rules_by_id[page], book)}
    assert found == {
        "action weakened",
        "answer turned round",
        "before and after swapped",
        "bound turned round",
        "figure moved",
        "line dropped",
        "name dropped",
        "window moved",
    }
