"""What a plan promises: it keeps what works, moves little, and never touches what a doctor has prescribed."""

from __future__ import annotations

import random
from typing import Any

import pytest

from magcheck import Profile
from magcheck.checker import default_checker
from magcheck.report import Plan, PlanStatus
from tests.plan.making import DAY, broken_gaps, clock, day_of, minute, person, planned, with_change, with_times_of
from tests.support import child

USUAL = {"wake": "06:30", "sleep": "22:30", "meals": ["07:00", "12:30", "18:30"]}
CIPRO: dict[str, Any] = {"name": "ciprofloxacin", "times": ["08:00", "20:00"]}
AT_MEALS: dict[str, Any] = {"name": "magnesium glycinate", "times": ["07:00", "12:30", "18:30"]}


def plan_of(**given: Any) -> Plan:
    return planned({"day": USUAL, **given})[1]


def told(plan: Plan) -> list[tuple[str, tuple[str, ...], str]]:
    return [(entry.time, tuple(sorted(entry.take)), entry.often.value) for entry in plan.entries]


def test_times_that_keep_every_gap_are_left_alone() -> None:
    plan = plan_of(
        medications=[{"name": "levothyroxine", "times": ["06:30"]}],
        supplements=[{"name": "magnesium citrate", "times": ["21:00"]}, "vitamin C"],
    )
    assert plan.status is PlanStatus.NOT_NEEDED
    assert not plan.moved
    assert [item.is_ for item in plan.kept] == ["levothyroxine", "magnesium citrate"]
    assert [item.is_ for item in plan.anytime] == ["ascorbic acid"]


def test_what_has_no_time_gets_one_while_all_other_times_stay() -> None:
    plan = plan_of(
        medications=[{"name": "levothyroxine", "times": ["06:30"]}],
        supplements=[{"name": "magnesium citrate", "times": ["21:00"]}, "calcium carbonate"],
    )
    assert plan.status is PlanStatus.FEASIBLE
    assert not plan.moved
    assert [item.is_ for item in plan.kept] == ["levothyroxine", "magnesium citrate"]
    (calcium,) = (entry.time for entry in plan.entries if "calcium carbonate" in entry.take)
    assert minute(calcium) >= minute("10:30")


def test_a_wish_alone_brings_an_hour_but_no_need() -> None:
    plan = plan_of(supplements=["magnesium glycinate"], goals=["sleep"])
    assert plan.status is PlanStatus.NOT_NEEDED
    assert told(plan) == [("21:30", ("magnesium bisglycinate",), "daily")]


def test_a_longer_gap_that_found_no_room_is_told() -> None:
    fixed = {"name": "azithromycin", "times": ["08:00"], "fixed": True}
    near, far = (
        plan_of(medications=[fixed], supplements=[{"name": "magnesium oxide", "times": [time], "fixed": True}])
        for time in ("09:00", "11:00")
    )
    assert near.status is far.status is PlanStatus.NOT_NEEDED
    assert [wish.granted for wish in near.wishes if wish.rule == "separate-azithromycin"] == [False]
    assert [wish.granted for wish in far.wishes if wish.rule == "separate-azithromycin"] == [True]


def test_what_moves_moves_as_little_as_possible() -> None:
    plan = plan_of(
        medications=[{"name": "levothyroxine", "times": ["06:30"]}],
        supplements=[{"name": "magnesium glycinate", "times": ["09:00"]}],
    )
    assert [(one.item.is_, one.from_, one.to) for one in plan.moved] == [
        ("magnesium bisglycinate", "09:00", "10:30")
    ]
    assert "levothyroxine" in plan.moved[0].because


def test_ciprofloxacin_and_magnesium_at_fixed_meals_is_impossible_and_says_what_would_help() -> None:
    plan = plan_of(medications=[CIPRO], supplements=[{**AT_MEALS, "fixed": True}])
    assert plan.status is PlanStatus.IMPOSSIBLE
    assert {part.kind for part in plan.conflict} == {"gap", "fixed", "awake"}
    assert [change.kind for change in plan.changes] == ["move", "fewer", "skip"]
    assert {item.list for change in plan.changes for item in change.items} == {"supplements"}
    assert "ciprofloxacin" in plan.questions[0]


def test_ciprofloxacin_stays_and_magnesium_leaves_the_meals() -> None:
    plan = plan_of(medications=[CIPRO], supplements=[AT_MEALS])
    assert plan.status is PlanStatus.FEASIBLE
    assert [one.item.list for one in plan.moved] == ["supplements"] * 3
    assert [item.is_ for item in plan.kept] == ["ciprofloxacin"]


def test_a_calm_day_with_five_things_to_keep_apart() -> None:
    plan = planned(FIVE)[1]
    assert told(plan) == [
        ("06:00", ("alendronic acid",), "weekly"),
        ("06:30", ("levothyroxine",), "daily"),
        ("14:30", ("iron",), "daily"),
        ("18:30", ("calcium carbonate",), "daily"),
        ("21:30", ("magnesium bisglycinate",), "daily"),
    ]
    assert all(wish.granted for wish in plan.wishes)


FIVE: dict[str, Any] = {
    "medications": ["levothyroxine", {"name": "alendronate", "frequency": "weekly"}],
    "supplements": ["calcium carbonate", "iron", "magnesium glycinate"],
    "goals": ["sleep"],
    "day": {"wake": "06:00", "sleep": "22:30", "meals": ["07:00", "12:30", "18:30"]},
}


def test_something_taken_as_needed_gets_hours_instead_of_a_time() -> None:
    plan = plan_of(
        medications=[{"name": "levothyroxine", "times": ["06:30"]}],
        supplements=[{"name": "magnesium hydroxide", "frequency": "as needed"}],
    )
    assert plan.status is PlanStatus.FEASIBLE
    assert [entry.take for entry in plan.entries] == [("levothyroxine",)]
    assert [(span.from_, span.to) for span in plan.as_needed[0].open] == [("10:30", "22:30")]


def test_two_things_taken_as_needed_are_told_to_be_kept_apart() -> None:
    plan = plan_of(
        medications=[{"name": "doxycycline", "frequency": "as needed"}],
        supplements=[{"name": "magnesium hydroxide", "frequency": "as needed"}],
    )
    (only,) = (one for one in plan.as_needed if one.said)
    assert (only.item.is_, only.open[0].from_, only.open[0].to) == ("doxycycline", "06:30", "22:30")
    assert only.said == "doxycycline and magnesium hydroxide: at least 4 hours apart."


def test_calcium_taken_as_needed_stays_away_from_levothyroxine() -> None:
    plan = plan_of(
        medications=[{"name": "levothyroxine", "times": ["06:30"]}],
        supplements=[
            {"name": "magnesium glycinate", "times": ["21:30"]},
            {"name": "calcium carbonate", "frequency": "as needed"},
        ],
    )
    assert [(span.from_, span.to) for span in plan.as_needed[0].open] == [("10:30", "22:30")]


def test_what_is_taken_as_needed_and_bound_by_nothing_is_named() -> None:
    plan = plan_of(
        medications=[
            {"name": "levothyroxine", "times": ["06:30"]},
            {"name": "ibuprofen", "frequency": "as needed"},
        ],
        supplements=[{"name": "magnesium glycinate", "times": ["21:30"]}],
    )
    assert any("ibuprofen" in note for note in plan.notes)


@pytest.mark.parametrize(("often", "noted"), [("single dose", True), ("weekly", True), ("daily", False)])
def test_what_moves_for_the_sake_of_one_day_may_stay_on_the_others(often: str, *, noted: bool) -> None:
    plan = plan_of(
        medications=[{"name": "ciprofloxacin", "frequency": often, "times": ["12:00"]}],
        supplements=[{"name": "magnesium glycinate", "times": ["12:30"]}],
    )
    assert plan.moved
    assert any("On other days yours are fine" in note for note in plan.notes) is noted


@pytest.mark.parametrize("weekly", ["doxycycline", "zinc"])
def test_what_moves_for_something_without_a_time_stays_on_no_day(weekly: str) -> None:
    """At its old time the magnesium would be too close to the daily iron that now has an hour."""
    fixed = {"times": ["17:00"], "fixed": True}
    plan = plan_of(
        medications=[{"name": weekly, "frequency": "weekly", **fixed}, {"name": "iron", "per_day": 3}],
        supplements=[{"name": "magnesium glycinate", "times": ["10:00", "18:00"]}],
    )
    assert {one.item.is_ for one in plan.moved} == {"magnesium bisglycinate"}
    assert not any("On other days" in note for note in plan.notes)


def test_two_that_both_come_first_in_the_morning_get_days_of_their_own() -> None:
    plan = plan_of(
        medications=[
            {"name": "alendronate", "frequency": "weekly"},
            {"name": "ibandronate", "frequency": "monthly"},
        ],
        supplements=["magnesium glycinate"],
    )
    assert {entry.time for entry in plan.entries if entry.often.value != "daily"} == {"06:30"}
    assert any("a day of its own: alendronic acid, ibandronic acid" in note for note in plan.notes)


def test_a_thyroid_tablet_taken_in_the_night_comes_before_breakfast_too() -> None:
    plan = plan_of(
        medications=[{"name": "levothyroxine", "times": ["04:00"]}],
        supplements=[{"name": "magnesium glycinate", "times": ["21:30"]}],
    )
    assert [wish.granted for wish in plan.wishes if wish.rule == "place-levothyroxine"] == [True]


def test_given_times_of_what_is_taken_as_needed_are_not_dropped_in_silence() -> None:
    plan = plan_of(
        medications=[{"name": "levothyroxine", "times": ["06:30"]}],
        supplements=[{"name": "magnesium hydroxide", "frequency": "as needed", "times": ["12:00"]}],
    )
    assert any("magnesium hydroxide is taken only if needed, so its times" in note for note in plan.notes)


def test_laxative_magnesium_is_not_planned_at_bedtime() -> None:
    plan = plan_of(medications=["levothyroxine"], supplements=["magnesium citrate"])
    (time,) = (entry.time for entry in plan.entries if "magnesium citrate" in entry.take)
    assert minute(time) <= minute("19:30")


def test_no_day_is_planned_while_something_speaks_against_magnesium() -> None:
    plan = plan_of(kidney={"egfr": 20}, medications=["levothyroxine"], supplements=["magnesium citrate"])
    assert plan.status is PlanStatus.NOT_NEEDED
    assert not plan.entries


def test_another_form_is_offered_where_only_the_form_needs_the_gap() -> None:
    plan = plan_of(
        medications=[{"name": "rilpivirine", "times": ["08:00"], "fixed": True}],
        supplements=[{"name": "magnesium oxide", "times": ["09:00"], "fixed": True}],
    )
    assert plan.status is PlanStatus.IMPOSSIBLE
    assert "form" in {change.kind for change in plan.changes}


@pytest.mark.parametrize("first", range(0, 600, 200))
def test_every_change_that_is_proposed_makes_a_day(first: int) -> None:
    tried = 0
    for number in range(first, first + 200):
        given = person(number)
        for change in day_of(given).changes:
            changed = with_change(given, change)
            if not any("magnesium" in one["name"] for one in changed["supplements"]):
                continue  # nothing is left to be kept apart, and a product would only be assumed
            after = day_of(changed)
            assert after.status in (PlanStatus.FEASIBLE, PlanStatus.NOT_NEEDED), (number, change.said)
            tried += 1
    assert tried > 10


def test_no_change_ever_touches_a_medicine_of_the_prescriber() -> None:
    for number in range(400, 700):
        plan = day_of(person(number))
        assert all(item.list == "supplements" for change in plan.changes for item in change.items)
        assert plan.status is not PlanStatus.IMPOSSIBLE or (plan.conflict and (plan.changes or plan.questions))


def test_a_plan_alone_is_the_plan_of_the_report() -> None:
    for number in range(40):
        assert day_of(person(number)) == planned(person(number))[1]


@pytest.mark.parametrize("first", range(0, 120, 40))
def test_the_order_of_the_list_does_not_matter(first: int) -> None:
    for number in range(first, first + 40):
        given = person(number)
        rnd = random.Random(number)
        mixed = {
            **given,
            **{name: rnd.sample(given[name], len(given[name])) for name in ("medications", "supplements")},
        }
        one, other = day_of(given), day_of(mixed)
        assert (one.status, told(one)) == (other.status, told(other)), number
        assert [part.said for part in one.conflict] == [part.said for part in other.conflict]
        assert [change.said for change in one.changes] == [change.said for change in other.changes]


def shifted(given: Any, by: int) -> Any:
    """The same person, living `by` minutes later."""
    if isinstance(given, dict):
        return {key: shifted(value, by) for key, value in given.items()}
    if isinstance(given, list):
        return [shifted(value, by) for value in given]
    return clock(minute(given) + by) if isinstance(given, str) and given[2:3] == ":" else given


@pytest.mark.parametrize("by", [5, 175, 720, DAY - 65])
def test_a_day_that_begins_later_moves_the_whole_plan(by: int) -> None:
    for number in range(30):
        given = person(number)
        if "day" in given and given["day"]["meals"]:
            one, other = day_of(given), day_of(shifted(given, by))
            assert one.status is other.status
            moved = [(clock(minute(time) + by), take, often) for time, take, often in told(one)]
            assert moved == told(other), number


def test_the_same_profile_gives_the_same_bytes() -> None:
    for number in range(20):
        assert planned(person(number))[0].model_dump_json() == planned(person(number))[0].model_dump_json()


def test_where_every_time_told_lies_on_five_minutes_every_dose_does() -> None:
    plan = plan_of(medications=[{"name": "ciprofloxacin", "per_day": 24}], supplements=["magnesium citrate"])
    assert {minute(entry.time) % 5 for entry in plan.entries} == {0}


def test_a_plan_planned_again_stays_as_it_is() -> None:
    for number in range(60):
        given = person(number)
        plan = day_of(given)
        if plan.status is PlanStatus.FEASIBLE and not plan.as_needed:
            again = with_times_of(plan, given)
            assert not broken_gaps(again)
            assert not day_of(again).moved, number


THIRTY = {
    "medications": [
        {"name": name, "per_day": count}
        for name, count in (
            ("levothyroxine", 1), ("gabapentin", 3), ("metformin", 3), ("iron", 2), ("alendronate", 1),
            ("amlodipine", 1), ("penicillamine", 2), ("atorvastatin", 1), ("ramipril", 2), ("paracetamol", 4),
            ("omeprazole", 1), ("sertraline", 1), ("apixaban", 2), ("bisoprolol", 2),
        )
    ],
    "supplements": [{"name": "magnesium glycinate", "per_day": 2}, "calcium carbonate", "vitamin C"],
    "day": USUAL,
}  # fmt: skip


def test_thirty_doses_a_day_have_a_plan() -> None:
    """How long it takes is measured by `benchmarks/plan.py`; the search ends by its effort, not by the clock."""
    _, plan = planned(THIRTY)
    assert plan.status is PlanStatus.FEASIBLE
    assert sum(len(entry.take) for entry in plan.entries) == 30
    assert not broken_gaps(with_times_of(plan, THIRTY_AS_TOLD))


THIRTY_AS_TOLD = {
    **THIRTY,
    "supplements": [{"name": "magnesium glycinate"}, {"name": "calcium carbonate"}, {"name": "vitamin C"}],
}


THIRTY_IN_FOUR_HOURS = {**THIRTY, "day": {"wake": "12:00", "sleep": "16:00", "meals": ["12:30"]}}


def test_thirty_doses_in_four_hours_are_impossible_and_say_why() -> None:
    plan = day_of(THIRTY_IN_FOUR_HOURS)
    assert plan.status is PlanStatus.IMPOSSIBLE
    assert len(plan.conflict) == 3
    assert plan.changes


def test_more_doses_than_we_plan_are_said_to_be_too_many() -> None:
    plan = plan_of(
        medications=[{"name": "ciprofloxacin", "per_day": 24}, {"name": "levothyroxine", "per_day": 24}],
        supplements=[{"name": "magnesium citrate", "per_day": 24}],
    )
    assert plan.status is PlanStatus.NOT_SOLVED
    assert "72" in plan.said


def test_a_check_never_loads_the_solver() -> None:
    done = child(
        "-c",
        "import sys; from magcheck import Profile, check; "
        "made = check(Profile(medications=['levothyroxine'], supplements=['magnesium citrate'])); "
        "assert made.plan.status == 'not made'; print('ortools' in sys.modules, 'icalendar' in sys.modules)",
    )
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_a_check_says_that_no_plan_is_needed() -> None:
    given = {"medications": ["amlodipine"], "supplements": ["magnesium citrate"]}
    plan = default_checker().check(Profile.model_validate(given)).plan
    assert plan.status is PlanStatus.NOT_NEEDED
