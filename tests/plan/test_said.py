"""Every sentence about a plan is true of it."""

from __future__ import annotations

from typing import Any

import pytest

from magcheck import Profile
from magcheck.checker import default_checker
from magcheck.report import Plan, PlanStatus
from tests.plan.making import planned
from tests.plan.test_plans import USUAL, plan_of

TOGETHER: dict[str, Any] = {
    "medications": [{"name": "levothyroxine", "times": ["06:30"]}],
    "supplements": [{"name": "calcium carbonate", "times": ["07:00"]}],
}


def said(plan: Plan) -> str:
    return " ".join([plan.said, *plan.notes])


@pytest.mark.parametrize(
    "magnesium",
    [
        {"name": "magnesium glycinate", "times": ["21:00"]},
        {"name": "magnesium glycinate", "times": ["07:00"]},
        {"name": "magnesium glycinate"},
        {"name": "magnesium chloride", "route": "skin"},
    ],
)
def test_nobody_says_that_every_gap_is_kept_where_two_medicines_are_too_close(magnesium: dict[str, Any]) -> None:
    fixed = {name: [{**one, "fixed": True} for one in items] for name, items in TOGETHER.items()}
    plan = plan_of(**{**fixed, "supplements": [*fixed["supplements"], magnesium]})
    assert [wish.granted for wish in plan.wishes if wish.rule == "place-levothyroxine-calcium"] == [False]
    assert plan.said == "Every gap to magnesium is kept. Other things here are too close: see the wishes."


def test_magnesium_that_nobody_listed_is_said_to_be_only_thought_of() -> None:
    assert "no magnesium on your list" in said(plan_of(medications=["levothyroxine"]))
    assert "no magnesium on your list" in said(plan_of(supplements=["magnesuim"]))
    assert "no magnesium on your list" not in said(plan_of(supplements=["magnesium citrate"]))


@pytest.mark.parametrize("day", [{"wake": "05:00"}, {"sleep": "21:00"}, {"wake": "05:00", "sleep": "05:00"}])
def test_a_half_told_day_is_not_called_untold(day: dict[str, str]) -> None:
    words = said(planned({"medications": ["levothyroxine"], "day": day})[1])
    assert "You did not tell when you wake" not in words
    assert "We took 05:00 and 21:00." in words


def test_a_day_too_short_for_a_usual_meal_names_none() -> None:
    plan = planned({"medications": ["levothyroxine"], "day": {"wake": "05:00", "sleep": "05:30"}})[1]
    assert plan.day is not None
    assert plan.day.meals == ()
    assert "meals" not in said(plan)


def test_where_no_gap_helps_nobody_says_that_nothing_has_to_be_kept_apart() -> None:
    given = {"medications": ["misoprostol"], "supplements": ["magnesium oxide"], "day": USUAL}
    check = default_checker().check(Profile.model_validate(given)).plan
    assert check.said == plan_of(**given).said == "No gap in hours helps here. Ask your pharmacist first."


def test_a_plan_that_keeps_every_gap_still_says_where_no_gap_helps() -> None:
    plan = plan_of(medications=["misoprostol", "levothyroxine"], supplements=["magnesium oxide"])
    assert plan.status is PlanStatus.FEASIBLE
    assert any("misoprostol worse. No gap in hours helps." in note for note in plan.notes)


def test_without_a_change_that_helps_none_is_announced() -> None:
    fixed = {"times": ["08:00"], "fixed": True}
    plan = plan_of(medications=[{"name": "ciprofloxacin", **fixed}, {"name": "magnesium oxide", **fixed}])
    assert plan.status is PlanStatus.IMPOSSIBLE
    assert not plan.changes
    assert "would help" not in plan.said


def test_the_free_hours_of_a_day_that_nobody_told_go_on_through_the_night() -> None:
    _, plan = planned(
        {
            "medications": [{"name": "doxycycline", "frequency": "as needed"}],
            "supplements": [{"name": "magnesium citrate", "times": ["12:00"]}],
        }
    )
    assert [(span.from_, span.to) for span in plan.as_needed[0].open] == [("18:00", "08:00")]


def test_a_single_free_minute_is_a_moment() -> None:
    plan = plan_of(
        medications=[{"name": "ciprofloxacin", "times": ["08:00", "16:00"], "fixed": True}],
        supplements=[{"name": "magnesium hydroxide", "frequency": "as needed"}],
    )
    assert "only at 10:00 or from 18:00 to 22:30." in plan.as_needed[0].said


def test_the_same_note_is_said_once() -> None:
    times = {"times": ["08:00"]}
    plan = plan_of(
        medications=[{"name": "ciprofloxacin", **times}, {"name": "ciprofloxacin", **times}],
        supplements=[{"name": "magnesium glycinate", "times": ["09:00"], "fixed": True}],
    )
    assert len(plan.moved) == 2
    assert sum("Ask your pharmacist before you move" in note for note in plan.notes) == 1


def test_free_hours_between_two_doses_are_told_beside_those_of_the_night() -> None:
    magnesium = {"name": "magnesium citrate", "times": ["12:00", "23:00"], "fixed": True}
    _, plan = planned(
        {"medications": [{"name": "doxycycline", "frequency": "as needed"}], "supplements": [magnesium]}
    )
    assert {(span.from_, span.to) for span in plan.as_needed[0].open} == {("18:00", "19:00"), ("05:00", "08:00")}
