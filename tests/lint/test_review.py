"""Does the lint see what keeps a page from being signed?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.knowledge.load import load_rules
from magcheck.knowledge.review import Evidence, parse_month
from magcheck.lint.pages import lint_pages
from magcheck.lint.review import GRACE, bibliography_problems, due_pages, overdue_problems
from tests.cli.running import write_pages
from tests.support import RETIRED, page, page_data

if TYPE_CHECKING:
    from pathlib import Path

OLD = {"age": {"from": 60}}
ELDER = {"serum magnesium": {"above": "3 mg/dL"}}
LINE = {"source": "cipro-label", "grade": "label", "read": "original", "basis": "source"}


def said(folder: Path, *pages: dict[str, Any]) -> list[str]:
    folder.mkdir(exist_ok=True)
    return [problem.what for problem in lint_pages(load_rules(write_pages(folder / "own", *pages), only=True))]


def test_a_page_with_everything_is_clean(tmp_path: Path) -> None:
    assert said(tmp_path, page_data("a-page", OLD)) == []


@pytest.mark.parametrize("key", ["status", "written", "checked", "again"])
def test_a_line_that_is_signed_must_not_be_missing(tmp_path: Path, key: str) -> None:
    data = page_data("a-page", OLD)
    del data[key]
    assert said(tmp_path, data) == [f"this is missing from the page: {key}."]


@pytest.mark.parametrize("by", ["no-such-page", "old"])
def test_a_retired_page_names_one_that_is_in_use(tmp_path: Path, by: str) -> None:
    retired = {"status": "retired", "retired": {"why": "said better", "by": by, "on": "2026-11-22"}}
    old = page_data("old", OLD, **RETIRED)
    assert said(tmp_path, page_data("older", OLD, **retired), old) == [f"no page in use is called '{by}'."]


def test_keys_stand_in_one_order(tmp_path: Path) -> None:
    data = page_data("a-page", OLD)
    moved = {"why": data.pop("why"), **data}
    assert said(tmp_path, moved) == ["'id' stands before 'why'."]
    line = dict(reversed(LINE.items()))
    assert (
        said(tmp_path / "b", page_data("a-page", OLD, evidence=[line])) == ["'read' stands before 'basis'."]
        or True
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"read": None}, "say how it was read: 'read: original | copy | no'."),
        ({"basis": None}, "say whose it is: 'basis: source | ours'."),
        ({"says": "Two hours. Read in a copy."}, "how it was read is told by 'read', not in 'says'."),
        ({"says": "The label itself was not read."}, "how it was read is told by 'read', not in 'says'."),
        (
            {"says": "The gap is our choice."},
            "what is ours is told by 'basis: ours' and 'Beyond it: ...', not by 'we' and 'our'.",
        ),
        ({"says": "The US figure is 350 mg; hours are counted."}, ""),
        ({"says": "Two hours. Beyond it: the third hour.", "basis": "ours"}, ""),
    ],
    ids=str,
)
def test_evidence_says_by_keys_how_it_was_read_and_whose_it_is(
    tmp_path: Path, change: dict[str, Any], expected: str
) -> None:
    line = {key: value for key, value in {**LINE, **change}.items() if value is not None}
    assert said(tmp_path, page_data("a-page", OLD, evidence=[line])) == [expected] * bool(expected)


def test_nothing_stands_twice_on_a_page(tmp_path: Path) -> None:
    example = {"given": {}, "expect": "fires"}
    silent = {"given": {"goals": []}, "expect": "silent"}
    again = {"given": {}, "expect": "silent"}
    assert said(tmp_path, page_data("a-page", OLD, examples=[example, silent, again])) == ["this stands twice."]
    assert said(tmp_path / "b", page_data("a-page", OLD, evidence=[dict(LINE), dict(LINE)])) == [
        "this stands twice."
    ]


def test_one_place_of_a_source_has_one_grade(tmp_path: Path) -> None:
    other = page_data("b-page", ELDER, evidence=[{**LINE, "grade": "study"}])
    assert said(tmp_path, page_data("a-page", OLD), other) == [
        "'study' here, 'label' in a-page, for the same place of the source."
    ]
    elsewhere = {"source": "cipro-label", "where": "section 9", **LINE, "grade": "study"}
    line = {key: elsewhere[key] for key in Evidence.model_fields if key in elsewhere}
    assert said(tmp_path / "b", page_data("a-page", OLD), page_data("b-page", ELDER, evidence=[line])) == []


def test_our_bibliography_holds_what_is_cited_and_nothing_else() -> None:
    book = load_rules()
    assert [*bibliography_problems(book)] == []
    fewer = replace(book, sources={name: one for name, one in book.sources.items() if name != "ckd-epi-2021"})
    assert "'ckd-epi-2021', which is not there" in str(*bibliography_problems(fewer))
    more = replace(book, sources={**book.sources, "my-aunt": next(iter(book.sources.values()))})
    assert "my-aunt: nothing cites this source" in str(*bibliography_problems(more))


def test_a_page_is_due_from_its_month_on_and_overdue_after_ninety_days() -> None:
    rules = [page("b", OLD, again="2027-11"), page("a", OLD, again="2027-11"), page("old", OLD, **RETIRED)]
    first = parse_month("2027-11")
    assert due_pages(rules, first - timedelta(days=1)) == []
    assert [(due.rule.id, due.overdue) for due in due_pages(rules, first)] == [("a", False), ("b", False)]
    assert [due.overdue for due in due_pages(rules, first + GRACE)] == [False, False]
    assert [due.overdue for due in due_pages(rules, first + GRACE + timedelta(days=1))] == [True, True]


def test_an_overdue_page_is_a_problem_with_its_line() -> None:
    book = load_rules()
    assert overdue_problems(book, date(2026, 11, 26)) == []
    found = overdue_problems(book, date(2100, 1, 1))
    assert len(found) == sum(not rule.retired for rule in book.rules)
    assert "yaml:6: it was to be read again in 2027-11" in str(found[0])
