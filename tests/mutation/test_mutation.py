"""Are pages and vocabulary held by what looks at them? `make mutate` prints it."""

from __future__ import annotations

from collections import Counter

import pytest

from magcheck.knowledge.load import RuleBook, load_rules
from magcheck.lint.slips import slips
from tests.mutation import section, spellings
from tests.mutation.__main__ import AIM, noticed, outcome
from tests.mutation.noticing import LIST, NOBODY, Noticing

KNOWN = (
    "answer turned round",
    "bound turned round",
    "figure moved",
    "limit moved",
    "line dropped",
    "window moved",
    "wish moved",
)
"""Operators of which not one may be noticed by nobody who knows what is right."""


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rules()


@pytest.mark.thorough
def test_a_wrong_page_is_noticed_by_something_that_knows(book: RuleBook) -> None:
    counts, survivors = outcome(book)
    total = sum(counts.values(), Counter[str]())
    assert total.total() > 2_500
    assert noticed(total) >= AIM, survivors
    for operator in KNOWN:
        assert counts[operator][LIST] + counts[operator][NOBODY] == 0, (operator, survivors)


@pytest.mark.thorough
def test_a_name_or_code_that_is_gone_is_noticed(book: RuleBook) -> None:
    counts = spellings.outcome(book)
    assert counts["name"].total() > 11_000
    assert counts["name"][spellings.MEANING] > 1_300
    assert sum(by[NOBODY] for by in counts.values()) == 0


def test_the_document_has_the_section_that_is_written() -> None:
    counts = {"name": Counter({spellings.MEANING: 3, spellings.PROMISE: 1})}
    pages = {"limit moved": Counter({"examples": 3, LIST: 1})}
    text = section.section(pages, counts)
    assert "| limit moved | 4 | 3 | 0 | 0 | 0 | 0 | 0 | 1 | 75.0 % |" in text
    assert "| name | 4 | 3 | 1 | 0 |" in text
    assert section.PATH.read_text(encoding="utf-8").count(section.HEADING) == 1


def test_a_right_page_is_not_noticed(book: RuleBook) -> None:
    noticing = Noticing(book)
    for rule in (rule for rule in book.rules[::40] if not rule.retired):
        same = next(slips(rule, book))._replace(rule=rule)
        assert noticing.by(same) is None, rule.id


def test_every_operator_has_something_to_turn(book: RuleBook) -> None:
    pages = (
        "kidney-egfr-15-to-29",
        "dose-limit-us",
        "separate-ciprofloxacin",
        "sleep-supplements",
        "kidney-dialysis",
        "place-iron",
    )
    found = {slip.operator for page in pages for slip in slips(book.rules_by_id[page], book)}
    assert found == {
        "action weakened",
        "answer turned round",
        "before and after swapped",
        "bound turned round",
        "figure moved",
        "limit moved",
        "line dropped",
        "name dropped",
        "window moved",
        "wish moved",
    }
