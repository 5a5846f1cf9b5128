"""Is an hour of a record relied on only where it tells every intake, and exactly?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fhir.recording import checked, medicine, reasons, timed

if TYPE_CHECKING:
    from magcheck import Checker

CIPRO = "ciprofloxacin 500 MG Oral Tablet"
DAILY = {"period": 1, "periodUnit": "d"}
EIGHT = {"timeOfDay": ["08:00:00"]}
BOTH = {"timeOfDay": ["08:00:00", "12:00:00"]}
EVENING = medicine("magnesium glycinate 100 mg elemental", **timed(timeOfDay=["23:30:00"]))


def is_kept(checker: Checker, *cipro: Any) -> bool:
    """Does the record tell that magnesium, late in the evening, and ciprofloxacin are far enough apart?"""
    return checked(checker, EVENING, *cipro).report.verdict != "separate"


@pytest.mark.parametrize(
    ("repeat", "asked"),
    [
        ({**EIGHT, "frequency": 2, **DAILY}, "1 clock times are told, and 2 a day"),
        ({**EIGHT, "frequency": 2}, "1 clock times are told, and 2 a day"),
        ({**EIGHT, "frequency": 1, "frequencyMax": 3, **DAILY}, "1 clock times are told, and 3 a day"),
        ({**EIGHT, "frequency": 1, "period": 8, "periodUnit": "h"}, "1 clock times are told, and 3 a day"),
        ({**EIGHT, "frequency": 2, "dayOfWeek": ["mon"], **DAILY}, "1 clock times are told, and 2 a day"),
        ({**BOTH, "frequency": 4, **DAILY}, "2 clock times are told, and 4 a day"),
        ({"when": ["MORN"], "frequency": 3, **DAILY}, "told as 3 a day, and the name says 1"),
        ({"when": ["MORN", "NOON"], "frequency": 3, **DAILY}, "told as 3 a day, and the name says 2"),
        (
            {"when": ["CM"], "frequency": 1, "period": 12, "periodUnit": "h"},
            "told as 2 a day, and the name says 1",
        ),
        ({**EIGHT, "frequency": 400, **DAILY}, "when it is taken was not understood"),
    ],
)
def test_more_intakes_than_hours_are_asked(checker: Checker, repeat: Any, asked: str) -> None:
    found = checked(checker, EVENING, medicine(CIPRO, **timed(**repeat)))
    assert asked in reasons(found)
    assert not found.report.complete
    assert "not understood" in asked or not is_kept(checker, medicine(CIPRO, **timed(**repeat)))


@pytest.mark.parametrize(
    "repeat",
    [
        EIGHT,
        {**EIGHT, "frequency": 1},
        {**EIGHT, "frequency": 1, **DAILY},
        {**BOTH, "frequency": 2, **DAILY},
        {**BOTH, "frequency": 1, "period": 12, "periodUnit": "h"},
        {**EIGHT, "frequency": 1, "period": 1, "periodUnit": "wk"},
        {"when": ["MORN"], "frequency": 1, **DAILY},
        {"when": ["MORN", "NOON"], "frequency": 2, **DAILY},
        {"when": ["MORN"], "dayOfWeek": ["mon"], "frequency": 1, **DAILY},
    ],
)
def test_hours_that_tell_every_intake_are_relied_on(checker: Checker, repeat: Any) -> None:
    order = medicine(CIPRO, **timed(**repeat))
    assert not reasons(checked(checker, order))
    assert is_kept(checker, order)


def test_with_each_meal_is_three_times_a_day(checker: Checker) -> None:
    assert not reasons(checked(checker, medicine(CIPRO, **timed(when=["C"], frequency=3, **DAILY))))


@pytest.mark.parametrize("hours", [EIGHT, {"when": ["MORN"]}])
def test_each_intake_of_magnesium_counts(checker: Checker, hours: Any) -> None:
    order = medicine("magnesium glycinate 200 mg elemental", **timed(frequency=3, **DAILY, **hours))
    found = checked(checker, order).report
    assert found.verdict == "lower_dose"
    assert not found.complete


def test_of_several_dosages_each_counts(checker: Checker) -> None:
    dosages = [
        {"timing": {"repeat": repeat}} for repeat in ({**EIGHT, "frequency": 2, **DAILY}, {"when": ["NOON"]})
    ]
    order = medicine(CIPRO, dosageInstruction=dosages)
    assert reasons(checked(checker, order))
    assert not is_kept(checker, order)


@pytest.mark.parametrize(
    "repeat",
    [
        {"when": ["PCV"], "offset": 180},
        {"when": ["PCD"], "offset": 240},
        {"when": ["PCM"], "offset": 45},
        {"when": ["ACM"], "offset": 90},
        {"when": ["ACD"], "offset": "120"},
        {"when": ["HS"], "offset": 240},
        {"when": ["PHS"], "offset": 60},
        {"when": ["ACM", "HS"], "offset": 30},
        {"when": ["MORN"], "offset": "a while"},
        {"when": ["MORN"], "offset": -60},
        {"timeOfDay": ["08:00:00"], "offset": 60},
        {"when": ["EVE.late"]},
        {"when": ["EVE.early"]},
        {"when": ["MORN.late"]},
        {"when": ["MORN", "EVE.late"], "frequency": 2, **DAILY},
    ],
)
@pytest.mark.parametrize("words", ["", "Take with water."])
def test_beside_its_hour_no_hour_is_known(checker: Checker, repeat: Any, words: str) -> None:
    told = {"timing": {"repeat": repeat}} | ({"text": words} if words else {})
    order = medicine(CIPRO, dosageInstruction=[told])
    assert "when it is taken was not understood" in reasons(checked(checker, order))
    assert not is_kept(checker, order)


@pytest.mark.parametrize(
    "repeat",
    [
        {"when": ["ACM"], "offset": 30},
        {"when": ["ACD"], "offset": 15},
        {"when": ["PCM"], "offset": 0},
        {"when": ["MORN"]},
        {"when": ["WAKE"]},
    ],
)
def test_just_before_a_meal_is_its_hour(checker: Checker, repeat: Any) -> None:
    order = medicine(CIPRO, **timed(**repeat))
    assert not reasons(checked(checker, order))
    assert is_kept(checker, order)


def test_how_often_is_known_beside_its_hour(checker: Checker) -> None:
    order = medicine(CIPRO, **timed(when=["ACM", "ACV"], offset=120))
    assert checked(checker, order).report.recognised[0].read.per_day == 2
