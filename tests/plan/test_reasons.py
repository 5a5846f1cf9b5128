"""What a plan says beside its times is true: which hours are closed, why something moved, what is in the way."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Profile
from magcheck.checker import default_checker
from magcheck.report import PlanStatus
from tests.plan.making import DAY, day_of, minute, person
from tests.plan.test_plans import plan_of

if TYPE_CHECKING:
    from magcheck.report import Finding, Plan, Subject

PEOPLE = range(3_000, 3_060)


@cache
def plan_for(number: int) -> Plan:
    return day_of(person(number))


@cache
def windows_of(number: int) -> tuple[Finding, ...]:
    findings = default_checker().check(Profile.model_validate(person(number))).findings
    return tuple(finding for finding in findings if finding.separation and finding.separation.before_h is not None)


def place(item: Subject) -> tuple[str, int]:
    return item.list, item.index


def given(number: int, item: Subject) -> dict[str, Any]:
    found: dict[str, Any] = person(number)[item.list][item.index]
    return found


def planned_for(plan: Plan) -> dict[tuple[str, int], list[str]]:
    """Place in the list -> its hours in the plan."""
    hours: dict[tuple[str, int], list[str]] = {}
    for entry in plan.entries:
        for item in entry.items:
            hours.setdefault(place(item), []).append(entry.time)
    return hours


def test_around_every_dose_the_hours_of_its_window_are_closed_and_no_others() -> None:
    seen = 0
    for number in PEOPLE:
        plan = plan_for(number)
        if plan.status is PlanStatus.IMPOSSIBLE:
            continue
        hours = planned_for(plan)
        expected = {
            (place(product), place(medicine), at, window.before_h * 60, window.after_h * 60)
            for finding in windows_of(number)
            for medicine, *products in [finding.subjects]
            for product in products
            for at in hours.get(place(medicine), ())
            if (window := finding.separation) and window.before_h is not None and window.after_h is not None
            if place(product) in hours
        }
        assert {
            (
                place(one.item),
                place(one.around),
                one.at,
                (minute(one.to) - minute(one.at)) % DAY,
                (minute(one.at) - minute(one.from_)) % DAY,
            )
            for one in plan.closed
        } == expected, number
        seen += len(expected)
    assert seen > 20


def test_what_moved_was_told_and_is_taken_at_the_new_hour_and_for_the_reason_that_is_said() -> None:
    reasons = set[bool]()
    for number in PEOPLE:
        plan = plan_for(number)
        hours = planned_for(plan)
        for one in plan.moved:
            assert one.from_ != one.to
            assert one.from_ in given(number, one.item)["times"]
            assert one.to in hours[place(one.item)]
            too_close = [f"{other} at {time}" for other, time in _too_close(number, one.item, one.from_)]
            is_named = one.because != default_checker().book.wording.plan.because_room
            assert any(told in one.because for told in too_close) is is_named, (number, one, too_close)
            reasons.add(is_named)
        kept = {place(item) for item in plan.kept}
        assert kept.isdisjoint({place(one.item) for one in plan.moved})
    assert reasons == {True, False}


def _too_close(number: int, moved: Subject, hour: str) -> list[tuple[str, str]]:
    """Doses as told that stand too close to this one."""
    found: list[tuple[str, str]] = []
    for finding in windows_of(number):
        window = finding.separation
        medicine, *products = finding.subjects
        if window is None or window.before_h is None or window.after_h is None:
            continue
        pairs = [(medicine, product) for product in products]
        for one, other in (*pairs, *((product, medicine) for medicine, product in pairs)):
            if place(one) == place(moved):
                for time in given(number, other).get("times", ()):
                    first, second = (hour, time) if one is medicine else (time, hour)
                    before, after = (minute(second) - minute(first)) % DAY, (minute(first) - minute(second)) % DAY
                    if before < window.before_h * 60 or after < window.after_h * 60:
                        found.append((other.is_, time))
    return found


def test_a_day_is_told_from_waking_on_and_everything_as_often_as_it_is_taken() -> None:
    for number in PEOPLE:
        plan = plan_for(number)
        assert plan.day is not None
        wake = minute(plan.day.wake)
        since = [(minute(entry.time) - wake) % DAY for entry in plan.entries]
        assert since == sorted(since)
        assert len({(entry.time, entry.often) for entry in plan.entries}) == len(plan.entries)
        for entry in plan.entries:
            assert all(given(number, item)["frequency"] == entry.often.value for item in entry.items)
            assert len(entry.take) == len(entry.items)


def test_the_prescriber_is_asked_about_every_medicine_in_the_way_and_nothing_else() -> None:
    impossible = [plan for number in PEOPLE if (plan := plan_for(number)).conflict]
    assert len(impossible) > 2
    for plan in impossible:
        medicines = {item.is_ for part in plan.conflict for item in part.items if item.list == "medications"}
        assert len(plan.questions) == len(medicines)
        assert all(any(name in question for question in plan.questions) for name in medicines)
        for part in plan.conflict:
            assert all(item.is_ in part.said for item in part.items)
            assert len(part.items) == {"gap": 2, "awake": 0, "doses": 1, "fixed": 1}[part.kind]


def test_what_is_in_the_way_is_named_with_its_figures() -> None:
    plan = plan_of(
        medications=[{"name": "ciprofloxacin", "times": ["08:00", "20:00"], "fixed": True}],
        supplements=[{"name": "magnesium citrate", "times": ["07:00", "12:30", "18:30"], "fixed": True}],
    )
    assert [part.said for part in plan.conflict] == [
        "You are awake from 06:30 to 22:30.",
        "magnesium citrate has a fixed time: 07:00, 12:30, 18:30.",
        "ciprofloxacin: at least 2 hours before magnesium citrate, or at least 6 hours after it.",
    ]
    assert [(change.kind, len(change.to)) for change in plan.changes] == [("move", 3), ("fewer", 2), ("skip", 0)]
    assert plan.changes[0].said.endswith("instead of 07:00, 12:30, 18:30.")
    assert "twice a day instead of 3 times" in plan.changes[1].said
    assert plan.changes[2].said == "Leave out magnesium citrate as long as you take ciprofloxacin."


NONE_LISTED = "We found no magnesium on your list. The plan shows magnesium as if you took it."


@pytest.mark.parametrize(
    ("told", "notes"),
    [
        ({}, (NONE_LISTED,)),
        ({"supplements": [{"name": "magnesium citrate", "per_day": 1}]}, ()),
        (
            {"supplements": ["magnesium citrate", "zinc"]},
            ("Nobody said how often these are taken. They are counted once a day: magnesium citrate, zinc.",),
        ),
        (
            {"supplements": [{"name": "magnesium citrate", "per_day": 1}], "medications": ["xyzzyq"]},
            ("xyzzyq is not in this plan, because it was not understood.",),
        ),
        ({"supplements": [{"name": "magnesium citrate", "per_day": 1}], "conditions": ["xyzzyq"]}, ()),
        (
            {"supplements": [{"name": "magnesium citrate", "frequency": "weekly"}]},
            ("magnesium citrate is taken once a week. The day shown is its day.",),
        ),
        (
            {"medications": [{"name": "metformin", "route": "intravenous"}], "supplements": ["magnesium citrate"]},
            (
                "Nobody said how often these are taken. They are counted once a day: magnesium citrate.",
                "metformin is not swallowed. The plan leaves it as it is.",
            ),
        ),
        (
            {"medications": [{"name": "metformin", "frequency": "as needed", "times": ["08:00"]}]},
            (
                NONE_LISTED,
                "metformin is taken only if needed. No gap that we know is about it.",
                "metformin is taken only if needed, so its times are not planned.",
            ),
        ),
        (
            {"supplements": [{"name": "magnesium citrate", "per_day": 1}], "day": {"wake": "06:30"}},
            (
                "We do not know both when you wake and when you sleep. We took 06:30 and 22:30.",
                "You did not tell your meals. We took 07:30, 12:30, 18:30.",
            ),
        ),
        (
            {"supplements": [{"name": "magnesium citrate", "per_day": 1}], "day": {"sleep": "23:30"}},
            (
                "We do not know both when you wake and when you sleep. We took 07:30 and 23:30.",
                "You did not tell your meals. We took 08:30, 13:30, 19:30.",
            ),
        ),
    ],
    ids=str,
)
def test_a_plan_notes_what_it_took_for_granted_and_nothing_else(
    told: dict[str, Any], notes: tuple[str, ...]
) -> None:
    assert plan_of(**told).notes == notes
