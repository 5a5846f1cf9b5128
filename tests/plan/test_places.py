"""A page that places a medicine on the day is a wish for the plan: never a finding, a question or a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from magcheck.knowledge.load import load_rules
from magcheck.knowledge.rule import Place
from magcheck.lint.pages import lint_pages
from tests.support import checker_of, page, profile

EVENING = page(
    "place-in-the-evening",
    {"taking": "laxative magnesium by mouth"},
    place={"take": "magnesium", "anchor": "bed", "close": "1 h"},
    action=None,
    what_to_do=None,
)


def test_a_placing_page_brings_no_finding_and_no_question() -> None:
    report = checker_of(EVENING).check(profile(supplements=["magnesium glycinate"]))
    assert report.findings == ()
    assert report.missing == ()
    assert report.recognised[0].rules == ()


def test_a_place_must_name_something_that_exists() -> None:
    book = load_rules()
    wrong = Place.model_validate({"take": "unobtainium", "anchor": "bed", "close": "1 h"})
    pages = tuple(one.model_copy(update={"place": wrong}) if one.id == "place-iron" else one for one in book.rules)
    (problem,) = lint_pages(replace(book, rules=pages))
    assert "place-iron.yaml" in str(problem)
    assert "unobtainium" in str(problem)


@pytest.mark.parametrize(
    "place",
    [
        {"take": "iron", "before": "1 h"},
        {"take": "iron", "anchor": "bed"},
        {"take": "iron", "anchor": "noon", "before": "1 h"},
        {"take": "iron", "anchor": "bed", "around": "calcium", "before": "1 h"},
        {"take": "iron", "around": "calcium", "close": "1 h"},
        {"take": "iron", "anchor": "meals", "before": "1 h", "not_within": "1 h"},
    ],
)
def test_a_place_that_says_too_little_or_too_much_is_refused(place: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Place.model_validate(place)
