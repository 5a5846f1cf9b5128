"""Minutes behind an hour, and hours that may be a rhythm: the right time, or the schedule is open."""

from __future__ import annotations

import pytest

from tests.reading.scoring import read

TIMES = {
    "um 8 Uhr 30": "08:30",
    "8 Uhr 30": "08:30",
    "20 Uhr 15": "20:15",
    "um 20 Uhr 45": "20:45",
    "8 Uhr 30 Minuten": "08:30",
    "8 Uhr 20 Minuten": "08:20",
    "8.30 Uhr": "08:30",
    "20,30 Uhr": "20:30",
    "8 h 30": "08:30",
    "à 8 h 30": "08:30",
    "20 h 05": "20:05",
    "8h30": "08:30",
    "à 20 heures 30": "20:30",
    "8 heures 15": "08:15",
    "8u30": "08:30",
    "20u15": "20:15",
    "om 8 uur 30": "08:30",
    "a las 20 horas 30 minutos": "20:30",
    "a las 8 y media": "08:30",
    "alle 8 e mezza": "08:30",
    "halb neun abends": "20:30",
    "8 Uhr 30 abends": "20:30",
}
OPEN = [
    "8 Uhr 50", "um 8 Uhr und 30 Minuten", "alle 20 e 30", "8 h 40", "20 Uhr 25", "a las 20 y 30", "8 o'clock 30",
    "halb neun", "um halb 9", "8 y media", "8 e mezza", "half negen", "viertel neun", "dreiviertel acht",
    "12h", "8h", "6h", "4h", "500 mg 12h", "12h tablets", "8u 30", "25u30",
]  # fmt: skip
COUNTED = {
    "8 Uhr 30 mg": (30.0, "08:00"),
    "8 Uhr 500 mg": (500.0, "08:00"),
    "20 Uhr 50 mg": (50.0, "20:00"),
    "8h 250 mg": (250.0, None),
}


@pytest.mark.parametrize(("words", "time"), TIMES.items())
def test_the_minutes_are_those_that_are_told(words: str, time: str) -> None:
    timing = read(f"ciprofloxacin {words}")[0].timing
    assert (timing.times, timing.open) == ((time,), False)


@pytest.mark.parametrize("words", OPEN)
def test_what_may_be_minutes_or_a_rhythm_is_open(words: str) -> None:
    timing = read(f"ciprofloxacin {words}")[0].timing
    assert timing.open or not (timing.times or timing.slots)


@pytest.mark.parametrize("words", COUNTED)
def test_a_dose_behind_an_hour_is_a_dose(words: str) -> None:
    item, (milligrams, time) = read(f"ciprofloxacin {words}")[0], COUNTED[words]
    assert item.amount.high == milligrams
    assert item.timing.times == (time,) if time else item.timing.open


@pytest.mark.parametrize("words", ["8h et 20h", "8h, 20h", "8 Uhr 20 Uhr", "8 Uhr und 20 Uhr", "8h/20h"])
def test_two_hours_stay_two(words: str) -> None:
    timing = read(f"ciprofloxacin {words}")[0].timing
    assert (timing.times, timing.open) == (("08:00", "20:00"), False)


@pytest.mark.parametrize(("words", "slots"), [("8h et au coucher", ("bedtime",)), ("8h du matin", ())])
def test_an_hour_beside_another_moment_is_no_rhythm(words: str, slots: tuple[str, ...]) -> None:
    timing = read(f"ciprofloxacin {words}")[0].timing
    assert (timing.times, timing.slots, timing.open) == (("08:00",), slots, False)
