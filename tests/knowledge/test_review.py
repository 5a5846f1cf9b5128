"""What may a page say of who stands for it, and of how its evidence was read?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from magcheck.knowledge.load import load_rules
from magcheck.knowledge.review import Evidence, HowRead, ReviewStatus, parse_day, parse_month
from tests.support import RETIRED, checker_of, page, profile

OLD = {"age": {"from": 60}}
SIGNED = {"status": "reviewed", "checked": {"by": "A. Pharmacist, Example Hospital", "on": "2027-01-15"}}


def test_days_and_months_are_read() -> None:
    assert parse_day("2026-11-22") == date(2026, 11, 22)
    assert parse_month("2027-11") == date(2027, 11, 1)


@pytest.mark.parametrize(
    "raw", ["2026-11", "22.11.2026", "2026-02-30", "20261122", "2026-W47-1", 2026, None, True]
)
def test_anything_else_is_no_day(raw: object) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        parse_day(raw)


@pytest.mark.parametrize("raw", ["2027", "2027-13", "2027-00", "0000-01", "2027-11-01", 2027.11, None])
def test_anything_else_is_no_month(raw: object) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        parse_month(raw)


def test_none_of_our_pages_claims_to_be_reviewed() -> None:
    """Nobody has checked one yet; whoever does so changes this test and signs."""
    rules = load_rules().rules
    assert {rule.status for rule in rules} == {ReviewStatus.DRAFT, ReviewStatus.RETIRED}
    assert all(rule.checked is None for rule in rules)


def test_none_of_our_pages_types_what_follows_from_when() -> None:
    for rule in load_rules().rules:
        assert rule.separate is None or (rule.separate.take, rule.separate.around) == (None, None)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ({"status": "reviewed"}, "a reviewed page says under 'checked' by whom"),
        ({"status": "reviewed", "checked": {"by": "nobody", "on": "2027-01-15"}}, "a check is by somebody"),
        ({"status": "reviewed", "checked": {"by": "A. Pharmacist"}}, "on"),
        ({"checked": "A. Pharmacist"}, "write who checked it and when"),
        ({"checked": None}, "write who checked it and when"),
        ({"checked": SIGNED["checked"]}, "a draft was checked by nobody"),
        ({"status": "retired"}, "go together"),
        ({"retired": RETIRED["retired"]}, "go together"),
        ({"status": "retired", "retired": True}, "retired"),
        ({"status": "signed"}, "status"),
        ({"again": "2026-11"}, "'again' lies after 'written'"),
    ],
    ids=str,
)
def test_a_page_that_contradicts_itself_is_refused(rest: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        page("a-page", OLD, **rest)


@pytest.mark.parametrize("rest", [{}, SIGNED, RETIRED], ids=["draft", "reviewed", "retired"])
def test_a_page_that_says_how_it_stands_is_read(rest: dict[str, Any]) -> None:
    assert page("a-page", OLD, **rest).status.value == rest.get("status", "draft")


def test_a_report_counts_the_findings_that_nobody_stands_for() -> None:
    checker = checker_of(page("one", OLD), page("two", OLD, **SIGNED), page("three", OLD))
    assert checker.check(profile(person={"age": 70})).rules.unreviewed == 2
    assert checker.check(profile(person={"age": 40})).rules.unreviewed == 0


@pytest.mark.parametrize("raw", [False, "no"])
def test_no_is_no_however_yaml_reads_it(raw: object) -> None:
    line = Evidence.model_validate({"source": "x-y", "grade": "unconfirmed", "read": raw, "basis": "source"})
    assert line.read is HowRead.NO


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"grade": "label", "read": "no"}, "go together"),
        ({"grade": "unconfirmed", "read": "copy"}, "go together"),
        ({"grade": "label", "read": "original", "basis": "ours"}, "'Beyond it: ...' in 'says' go together"),
        ({"grade": "label", "basis": "source", "says": "A. Beyond it: B."}, "in 'says' go together"),
    ],
    ids=str,
)
def test_evidence_that_contradicts_itself_is_refused(line: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Evidence.model_validate({"source": "cipro-label", **line})
