"""A page that places a medicine on the day is a wish for the plan: never a finding, a question or a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from magcheck.knowledge.load import load_rules
from magcheck.knowledge.naming import names_of_a_wish
from magcheck.knowledge.rule import Place
from magcheck.lint.pages import lint_pages
from tests.support import checker_of, page, profile

if TYPE_CHECKING:
    from magcheck.knowledge.terms import Terms

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
    assert not report.recognised[0].has_rules


def test_a_place_must_name_something_that_exists() -> None:
    book = load_rules()
    wrong = Place.model_validate({"take": "unobtainium", "anchor": "bed", "close": "1 h"})
    pages = tuple(one.model_copy(update={"place": wrong}) if one.id == "place-iron" else one for one in book.rules)
    (problem,) = lint_pages(replace(book, rules=pages))
    assert "place-iron.yaml" in str(problem)
    assert "unobtainium" in str(problem)


IRON, SALTS = {"taking": "iron by mouth"}, {"taking": ["magnesium oxide", "magnesium citrate"]}
BESIDE = {"also taking": "calcium"}
AN_HOUR = {"before": "1 h"}


@pytest.mark.parametrize(
    ("when", "place", "said"),
    [
        ([IRON], {"anchor": "bed", **AN_HOUR}, ""),
        ([IRON, BESIDE], AN_HOUR, ""),
        ([IRON], {"around": "other medicines", **AN_HOUR}, ""),
        ([SALTS], {"take": "laxative magnesium", "anchor": "bed", **AN_HOUR}, ""),
        ([IRON], AN_HOUR, "write an 'anchor'"),
        ([SALTS], {"anchor": "bed", **AN_HOUR}, "does not name one thing to place"),
        ([IRON], {"take": "banana", "anchor": "bed", **AN_HOUR}, "'take: banana' is not what 'when' names"),
        ([IRON], {"take": "calcium", "anchor": "bed", **AN_HOUR}, "'take: calcium' is not what 'when' names"),
        ([IRON, BESIDE], {"around": "zinc", **AN_HOUR}, "'around: zinc' is not what 'when' names"),
    ],
    ids=str,
)
def test_a_wish_speaks_of_what_when_names(
    when: list[dict[str, object]], place: dict[str, object], said: str, terms: Terms
) -> None:
    wish = page("a-wish", *when, place=place, action=None, what_to_do=None)
    found = [*names_of_a_wish(wish, terms)]
    assert [said in one for one in found] == [True] * bool(said)


@pytest.mark.parametrize(
    "place",
    [
        {"take": "iron", "close": "1 h"},
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


USUAL = {"wake": "06:30", "sleep": "22:30", "meals": ["07:00", "12:30", "18:30"]}


@pytest.mark.parametrize(
    ("place", "inside", "outside"),
    [
        ({"anchor": "bed", "close": "1 h"}, ["21:00", "21:30", "22:00"], ["20:59", "22:01", "09:00"]),
        ({"anchor": "breakfast", "before": "30 min"}, ["06:30", "22:35", "04:00"], ["06:31", "22:34", "12:00"]),
        (
            {"anchor": "meals", "not_within": "1 h"},
            ["06:00", "08:00", "11:30", "13:30", "17:30", "19:30"],
            ["06:01", "07:59", "11:31", "12:30", "13:29", "17:31", "19:29"],
        ),
        (
            {"anchor": "meals", "before": "1 h", "after": "2 h"},
            ["06:00", "09:00", "11:30", "14:30", "17:30", "20:30"],
            ["06:01", "08:59", "11:31", "14:29", "17:31", "20:29"],
        ),
        ({"anchor": "meals", "after": "2 h"}, ["20:30", "22:30"], ["20:29", "22:31", "09:00"]),
        ({"anchor": "wake", "after": "3 h"}, ["09:30", "22:30"], ["09:29", "22:31"]),
    ],
    ids=str,
)
def test_a_wish_is_granted_within_its_hours_and_not_a_minute_beyond(
    place: dict[str, str], inside: list[str], outside: list[str]
) -> None:
    wish = page("a-wish", IRON, place={"take": "iron", **place}, action=None, what_to_do=None)
    checker = checker_of(wish)
    for time in (*inside, *outside):
        fixed = {"name": "ferrous sulfate", "times": [time], "fixed": True}
        (found,) = checker.plan(profile(medications=[fixed], day=USUAL)).plan.wishes
        assert (found.rule, found.granted) == ("a-wish", time in inside), time
