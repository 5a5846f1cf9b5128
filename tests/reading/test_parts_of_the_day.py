"""A part of the clock day is not the meal of somebody whose day lies elsewhere; a meal is, whenever it is."""

from __future__ import annotations

import pytest

from magcheck.checker import default_checker
from magcheck.knowledge.load import load_rules
from magcheck.profile import Day, Medication, Profile
from magcheck.reading.item import read_item
from magcheck.reading.setting import Setting

BOOK = load_rules()
AT_NIGHT = Day(wake="22:00", sleep="14:00", meals=("22:30", "03:00", "07:00"))
SIESTA = Day(meals=("07:00", "15:30", "21:00"))
ORDINARY = Day(wake="06:30", sleep="22:30", meals=("07:00", "12:30", "18:30"))
BY_THE_CLOCK = {
    "morning": ("in the morning", "every morning", "am", "morgens", "le matin", "por la mañana", "al mattino"),
    "noon": ("at noon", "midday", "mittags", "à midi", "al mediodía", "a mezzogiorno"),
    "evening": ("in the evening", "pm", "abends", "le soir", "di sera", "'s avonds"),
    "bedtime": ("at night", "every night", "nachts", "nocte"),
}
OF_THEIR_OWN = (
    "with breakfast",
    "after lunch",
    "with dinner",
    "before bed",
    "beim Frühstück",
    "au coucher",
    "a cena",
)


def hours(words: str, day: Day) -> tuple[str, ...]:
    (item,) = read_item(Medication(name=f"aspirin {words}"), Setting(BOOK, "US", day, "medications"))
    return item.item.times


@pytest.mark.parametrize("words", [words for every in BY_THE_CLOCK.values() for words in every])
def test_a_part_of_the_clock_day_has_no_hour_where_the_own_day_lies_elsewhere(words: str) -> None:
    assert hours(words, AT_NIGHT) == ()
    assert len(hours(words, ORDINARY)) == 1


@pytest.mark.parametrize("words", BY_THE_CLOCK["noon"])
def test_noon_is_no_late_lunch(words: str) -> None:
    assert hours(words, SIESTA) == ()


@pytest.mark.parametrize("words", OF_THEIR_OWN)
@pytest.mark.parametrize("day", [AT_NIGHT, SIESTA, ORDINARY], ids=["at night", "siesta", "ordinary"])
def test_meals_and_bed_are_those_of_the_person(words: str, day: Day) -> None:
    assert set(hours(words, day)) & {*day.meals, day.sleep or "23:00"}


@pytest.mark.parametrize("at", [f"{hour:02d}:{minute}" for hour in range(24) for minute in ("00", "30")])
@pytest.mark.parametrize("words", ["in the morning", "at noon", "in the evening", "at night", "1-0-0-0"])
def test_no_gap_is_kept_by_a_word_that_may_mean_two_hours(words: str, at: str) -> None:
    told = {
        "day": AT_NIGHT,
        "medications": (Medication(name=f"doxycycline {words}"),),
        "supplements": ({"name": "magnesium citrate", "amount_mg": 100.0, "basis": "elemental", "times": (at,)},),
    }
    report = default_checker().check(Profile.model_validate(told))
    statuses = {finding.separation.status for finding in report.findings if finding.separation}
    assert statuses
    assert "kept" not in statuses
