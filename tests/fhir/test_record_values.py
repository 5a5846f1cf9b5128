"""Are laboratory values read in their unit, the newest of each kind, and bounds on the safe side?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fhir.recording import checked, laboratory, medicine, reasons, said

if TYPE_CHECKING:
    from magcheck import Checker


@pytest.mark.parametrize("code", ["98979-8", "62238-1", "33914-3"])
@pytest.mark.parametrize("unit", ["mL/min/{1.73_m2}", "mL/min/1.73m2", "mL/min/1.73 m2", "ml/min/1.73m²"])
def test_an_egfr_is_read_with_its_equation(checker: Checker, code: str, unit: str) -> None:
    found = checked(checker, laboratory(code, 42, unit))
    assert found.record.profile.kidney.egfr == 42
    assert ("MDRD" in said(found)) == (code == "33914-3")
    assert "25 days old" in said(found)


def test_the_newest_wins_and_of_one_day_the_lower(checker: Checker) -> None:
    unit = "mL/min/{1.73_m2}"
    found = checked(
        checker, laboratory("98979-8", 80, unit, "2020-01-01"), laboratory("33914-3", 25, unit, "2026-02-01")
    )
    assert found.record.profile.kidney.egfr == 25
    found = checked(
        checker,
        laboratory("98979-8", 80, unit),
        laboratory("33914-3", 58, unit),
    )
    assert found.record.profile.kidney.egfr == 58


@pytest.mark.parametrize("code", ["98979-8", "2160-0", "19123-9"])
@pytest.mark.parametrize(
    ("day", "holds"), [("2026-11-21", True), ("2025-11-26", True), ("2025-10-01", False), ("2019", False)]
)
def test_a_value_older_than_a_year_is_used_but_nothing_rests_on_it(
    checker: Checker, code: str, day: str, *, holds: bool
) -> None:
    value, unit = {"98979-8": (95, "mL/min/{1.73_m2}"), "2160-0": (0.8, "mg/dL"), "19123-9": (2.0, "mg/dL")}[code]
    found = checked(checker, medicine("magnesium glycinate 100 mg"), laboratory(code, value, unit, day))
    assert ("it is too old to hold today" in reasons(found)) != holds
    assert holds or not found.report.complete


def test_an_old_value_that_speaks_against_magnesium_still_does(checker: Checker) -> None:
    old = laboratory("98979-8", 12, "mL/min/{1.73_m2}", "2019-01-01")
    assert checked(checker, medicine("magnesium oxide 100 mg"), old).report.verdict.value == "avoid"


VALUES: list[tuple[str, float, str, str, float, str]] = [
    ("2160-0", 1.4, "mg/dL", "creatinine", 1.4, "mg/dL"),
    ("2160-0", 124, "umol/L", "creatinine", 124, "umol/L"),
    ("2160-0", 124, "µmol/L", "creatinine", 124, "umol/L"),
    ("2160-0", 0.124, "mmol/L", "creatinine", 124, "umol/L"),
    ("19123-9", 2.0, "mg/dL", "magnesium", 2.0, "mg/dL"),
    ("19123-9", 0.8, "mmol/L", "magnesium", 0.8, "mmol/L"),
    ("19123-9", 1.7, "meq/L", "magnesium", 1.7, "mEq/L"),
    ("19123-9", 1.7, "mEq/L", "magnesium", 1.7, "mEq/L"),
]


@pytest.mark.parametrize(("code", "value", "unit", "field", "wanted", "in_unit"), VALUES)
def test_a_value_is_read_in_its_unit(
    checker: Checker, code: str, value: float, unit: str, field: str, wanted: float, in_unit: str
) -> None:
    profile = checked(checker, laboratory(code, value, unit)).record.profile
    read = profile.kidney.creatinine if field == "creatinine" else profile.labs.magnesium
    assert read is not None
    assert (read.value, read.unit) == (wanted, in_unit)


@pytest.mark.parametrize(
    ("observation", "reason"),
    [
        (laboratory("2160-0", None, "mg/dL"), "has no number"),
        (laboratory("2160-0", 1, "mg/dL") | {"valueQuantity": {"value": 1}}, "unit is not known"),
        (laboratory("2160-0", 1, "furlong"), "unit is not known"),
        (laboratory("2160-0", -1, "mg/dL"), "has no number"),
        (laboratory("2160-0", None, "", dataAbsentReason={"text": "not done"}), "not done"),
    ],
)
def test_a_value_that_cannot_be_read_is_said(checker: Checker, observation: Any, reason: str) -> None:
    assert reason in reasons(checked(checker, observation))


def test_a_void_value_is_left_out(checker: Checker) -> None:
    found = checked(checker, laboratory("98979-8", 12, "mL/min/{1.73_m2}", status="entered-in-error"))
    assert found.record.profile.kidney.egfr is None
    assert "entered-in-error" in said(found)


BOUNDS: list[tuple[str, float, str, str, bool, bool]] = [
    ("98979-8", 60, "mL/min/{1.73_m2}", ">", False, False),
    ("98979-8", 30, "mL/min/{1.73_m2}", "<", True, True),
    ("98979-8", 15, "mL/min/{1.73_m2}", "<=", True, False),
    ("2160-0", 5, "mg/dL", ">", True, True),
    ("2160-0", 0.5, "mg/dL", "<", False, False),
    ("19123-9", 4.86, "mg/dL", ">", True, True),
    ("19123-9", 1.2, "mg/dL", "<", True, True),
]


@pytest.mark.parametrize(("code", "value", "unit", "sign", "is_open", "moved"), BOUNDS)
def test_a_bound_is_counted_on_the_safe_side(
    checker: Checker,
    code: str,
    value: float,
    unit: str,
    sign: str,
    is_open: bool,  # noqa: FBT001
    moved: bool,  # noqa: FBT001
) -> None:
    found = checked(checker, laboratory(code, value, unit, comparator=sign))
    profile = found.record.profile
    creatinine, magnesium = profile.kidney.creatinine, profile.labs.magnesium
    counted = profile.kidney.egfr or (creatinine and creatinine.value) or (magnesium and magnesium.value) or 0
    assert (counted > value if sign == ">" else counted < value) == moved
    assert abs(counted - value) <= value * 0.011
    assert ("only a bound is told" in reasons(found)) == is_open


def test_a_bound_in_words_is_a_bound(checker: Checker) -> None:
    observation = laboratory("33914-3", None, "", valueString=">60 mL/min/1.73m2")
    assert checked(checker, observation).record.profile.kidney.egfr == 60


def test_kidney_values_of_different_days_do_not_contradict_each_other(checker: Checker) -> None:
    found = checked(
        checker,
        {"resourceType": "Patient", "id": "p", "birthDate": "1950-01-01", "gender": "male"},
        laboratory("98979-8", 90, "mL/min/{1.73_m2}", "2021-01-01"),
        laboratory("2160-0", 4.5, "mg/dL", "2026-11-20"),
        medicine("magnesium oxide 400 mg"),
    )
    assert found.report.verdict == "avoid"
    assert "older than the other kidney value" in said(found)


def test_of_two_values_that_contradict_each_other_the_worse_counts(checker: Checker) -> None:
    found = checked(
        checker,
        {"resourceType": "Patient", "id": "p", "birthDate": "1950-01-01", "gender": "male"},
        laboratory("98979-8", 90, "mL/min/{1.73_m2}"),
        laboratory("2160-0", 6.5, "mg/dL"),
        medicine("magnesium oxide 400 mg"),
    )
    assert found.report.verdict == "avoid"
    assert not found.report.complete
