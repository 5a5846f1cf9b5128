"""What a plan makes of a medicine that nobody here knows: a wish for four hours, never more and never less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from magcheck.core.time_of_day import DAY, minutes
from magcheck.plan.wishes import UNKNOWN_MEDICINE
from tests.support import profile

if TYPE_CHECKING:
    from magcheck import Checker
    from magcheck.report import Report

DAY_TOLD = {"wake": "07:00", "sleep": "23:00"}


def planned(checker: Checker, unknown: dict[str, Any], *others: object, **told: Any) -> Report:
    product = {"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental"} | told.pop("product", {})
    return checker.plan(
        profile(medications=[unknown, *others], supplements=[product], day=DAY_TOLD, kidney={"egfr": 95}, **told)
    )


def hours_of(report: Report, name: str) -> list[int]:
    return [minutes(entry.time) for entry in report.plan.entries if name in entry.take]


def apart(one: int, other: int) -> int:
    return min((one - other) % DAY, (other - one) % DAY)


@pytest.mark.parametrize("times", [["08:00"], ["12:30"], ["22:00"], ["08:00", "20:00"]])
def test_magnesium_gets_an_hour_four_hours_away(checker: Checker, times: list[str]) -> None:
    report = planned(checker, {"name": "Zyxolomab", "times": times})
    (hour,) = hours_of(report, "magnesium citrate")
    assert all(apart(hour, minutes(time)) >= 240 for time in times)
    (wish,) = [wish for wish in report.plan.wishes if wish.rule == UNKNOWN_MEDICINE]
    assert wish.granted
    assert "Zyxolomab" in wish.said
    assert "4 hours" in wish.said
    assert not report.complete
    assert report.not_checked[0].input == "Zyxolomab"


def test_it_is_a_wish_and_moves_nothing_that_a_person_told(checker: Checker) -> None:
    report = planned(checker, {"name": "Zyxolomab", "times": ["08:00"]}, product={"times": ["09:00"]})
    assert not report.plan.moved
    assert [wish.granted for wish in report.plan.wishes if wish.rule == UNKNOWN_MEDICINE] in ([], [False])


def test_a_gap_of_a_page_comes_before_it(checker: Checker) -> None:
    """Ciprofloxacin at 08:00 and 20:00 leaves 10:00 to 14:00; the unknown medicine stands in the midst of it."""
    report = planned(
        checker, {"name": "Zyxolomab", "times": ["12:00"]}, {"name": "ciprofloxacin", "times": ["08:00", "20:00"]}
    )
    (hour,) = hours_of(report, "magnesium citrate")
    assert minutes("10:00") <= hour <= minutes("14:00")
    assert [wish.granted for wish in report.plan.wishes if wish.rule == UNKNOWN_MEDICINE] == [False]


def test_without_an_hour_of_its_own_nothing_is_wished(checker: Checker) -> None:
    report = planned(checker, {"name": "Zyxolomab"})
    assert not [wish for wish in report.plan.wishes if wish.rule == UNKNOWN_MEDICINE]
    assert report.not_checked[0].meanwhile


def test_what_may_be_magnesium_is_not_kept_away_from_magnesium(checker: Checker) -> None:
    report = planned(checker, {"name": "magnesium glyzinoate", "times": ["08:00"]})
    assert not [wish for wish in report.plan.wishes if wish.rule == UNKNOWN_MEDICINE]
