"""Hours from a meal or from bed: the right clock time where one is told, and never that of the meal or of bed."""

from __future__ import annotations

from itertools import product

import pytest

from magcheck import Checker, Profile
from magcheck.core.time_of_day import clock
from magcheck.knowledge.load import load_rules
from magcheck.profile import Day, Supplement
from magcheck.reading.answers import often_of, time_of
from magcheck.reading.line import read_line
from magcheck.reading.slots import clock_times
from tests.reading.scoring import vocabulary

DAY = Day(wake="06:00", sleep="22:30", meals=("07:00", "12:30", "18:30"))
HOURS = {"breakfast": 7 * 60, "lunch": 12 * 60 + 30, "dinner": 18 * 60 + 30, "bed": 22 * 60 + 30}
LENGTHS = {
    "half an hour": 30, "an hour": 60, "2 hours": 120, "1.5 h": 90, "90 min": 90, "3hrs": 180, "1/2 hour": 30,
    "an hour and a half": 90, "three quarters of an hour": 45, "2h": 120, "two hours": 120, "1 hour": 60,
}  # fmt: skip
"""As said -> minutes."""
OTHER_LANGUAGES = {
    "2 Stunden vor dem Schlafengehen": "20:30",
    "eine halbe Stunde vor dem Frühstück": "06:30",
    "2 Std nach dem Abendessen": "20:30",
    "une heure avant le coucher": "21:30",
    "2 heures après le petit déjeuner": "09:00",
    "une demi-heure avant le dîner": "18:00",
    "dos horas antes de dormir": "20:30",
    "media hora antes del desayuno": "06:30",
    "una hora después de la cena": "19:30",
    "un'ora prima di dormire": "21:30",
    "mezz'ora prima di colazione": "06:30",
    "due ore dopo cena": "20:30",
    "2 uur voor het slapen": "20:30",
    "een half uur voor het ontbijt": "06:30",
    "een uur na het avondeten": "19:30",
}
SEVERAL = {
    "1 hour before breakfast and 2 hours after dinner": ["06:00", "20:30"],
    "2 hours after breakfast and dinner": ["09:00", "20:30"],
    "30 min before breakfast, lunch and dinner": ["06:30", "12:00", "18:00"],
    "in the morning and 1 hour before lunch": ["07:00", "11:30"],
    "every morning, 30 minutes before breakfast": ["06:30"],
    "10 pm, 1 hour before bed": ["22:00"],
    "take 2 hours before bed": ["20:30"],
    "take one hour before breakfast with water": ["06:00"],
    "take 1 30 min before breakfast": ["06:30"],
    "30 min ac breakfast": ["06:30"],
    "take 2 1 hour before bed": ["21:30"],
    "twice a day, 1 hour before breakfast and 2 hours after dinner": ["06:00", "20:30"],
}
NO_HOUR = [
    "30-60 minutes before bed", "1 to 2 hours after dinner", "half an hour to an hour before bed",
    "at least 30 minutes before breakfast", "a few hours before bed", "several hours after breakfast",
    "2 hours after levothyroxine", "1 hour before coffee", "at bedtime, 2 hours after dinner",
    "with breakfast and 2 hours after breakfast", "2 hours before breakfast or dinner", "30 minutes after waking",
    "2 1 hour before bed", "bedtime - 2h", "within an hour of bedtime", "shortly before bed",
    "twice a day, 2 hours before bed",
]  # fmt: skip


def taken_at(words: str) -> list[str] | None:
    """The clock times that a check counts with; None where the schedule is open."""
    (item, *_) = read_line(f"ciprofloxacin {words}", vocabulary(), vocabulary().lexicon)
    timing = item.timing
    hours = clock_times(timing.times, timing.slots, DAY, load_rules().planning, timing.distances)
    return None if timing.open else [*hours]


@pytest.mark.parametrize("way", ["before", "after"])
def test_the_hour_is_so_far_from_the_moment(way: str) -> None:
    sign = -1 if way == "before" else 1
    for (length, minutes), (moment, hour) in product(LENGTHS.items(), HOURS.items()):
        assert taken_at(f"{length} {way} {moment}") == [clock(hour + sign * minutes)], (length, way, moment)


@pytest.mark.parametrize(("words", "time"), OTHER_LANGUAGES.items())
def test_in_other_languages(words: str, time: str) -> None:
    assert taken_at(words) == [time]


@pytest.mark.parametrize(("words", "times"), SEVERAL.items())
def test_beside_other_moments(words: str, times: list[str]) -> None:
    assert taken_at(words) == times


@pytest.mark.parametrize("words", NO_HOUR)
def test_where_no_one_hour_is_told_none_is_counted_with(words: str) -> None:
    assert not taken_at(words)


def test_a_stretch_of_time_is_one_intake() -> None:
    (item,) = read_line("magnesium 200 mg 30-60 minutes before bed", vocabulary(), vocabulary().lexicon)
    assert (item.timing.per_day, item.timing.open) == (1, False)


@pytest.mark.parametrize(
    "words", ["2 hours before bed", "30-60 minutes before breakfast", "at least 1 h after lunch"]
)
def test_it_is_shown_back_in_words_that_are_read_as_the_same(words: str) -> None:
    checker = Checker()
    (first,) = checker.check(Profile(supplements=(Supplement(name=f"zinc {words}"),), day=DAY)).recognised
    (again,) = checker.check(Profile(supplements=(Supplement(name=first.read.echo),), day=DAY)).recognised
    assert first.read.offsets
    assert (first.read.offsets, first.read.echo) == (again.read.offsets, again.read.echo)


def test_an_answer_is_never_the_hour_of_bed_itself() -> None:
    often = often_of("2 hours before bed", vocabulary().lexicon)
    assert time_of("2 hours before bed", vocabulary().lexicon) is None
    assert often
    assert often.distances
