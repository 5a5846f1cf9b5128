"""Are weight, height, pregnancy and breastfeeding read from a record, and is what is not read said?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fhir.recording import LOINC, Data, checked, condition, laboratory, reasons, said

if TYPE_CHECKING:
    from magcheck import Checker

PREGNANCY, BREASTFEEDING, DUE = "82810-3", "63895-7", "11778-8"
SNOMED = "http://snomed.info/sct"


def observed(code: str, when: str | None = "2026-11-20", status: str = "final", **value: Any) -> Data:
    return laboratory(code, None, "", when, status=status, **value)


def coded(code: str, display: str = "", system: str = SNOMED) -> Data:
    return {"valueCodeableConcept": {"coding": [{"system": system, "code": code, "display": display}]}}


MEASURES: list[tuple[str, float, str, str, float]] = [
    ("29463-7", 71, "kg", "weight_kg", 71),
    ("3141-9", 71000, "g", "weight_kg", 71),
    ("29463-7", 154, "[lb_av]", "weight_kg", 69.8532),
    ("3142-7", 154, "lbs", "weight_kg", 69.8532),
    ("8302-2", 165, "cm", "height_cm", 165),
    ("8302-2", 1.65, "m", "height_cm", 165),
    ("3137-7", 65, "[in_i]", "height_cm", 165.1),
    ("8308-9", 65, "in", "height_cm", 165.1),
]


@pytest.mark.parametrize(("code", "value", "unit", "field", "wanted"), MEASURES)
def test_weight_and_height_are_read_in_every_unit(
    checker: Checker, code: str, value: float, unit: str, field: str, wanted: float
) -> None:
    found = checked(checker, laboratory(code, value, unit))
    assert getattr(found.record.profile.person, field) == wanted
    assert "25 days old" in said(found)


@pytest.mark.parametrize(
    ("observation", "reason"),
    [
        (laboratory("8302-2", 1650, "cm"), "height 1650 cm: it cannot be right"),
        (laboratory("29463-7", 0, "kg"), "has no number"),
        (laboratory("29463-7", 11, "stone"), "unit is not known"),
        (laboratory("29463-7", 9000, "kg"), "it cannot be right"),
        (laboratory("29463-7", 1e300, "kg"), "it cannot be right"),
        (laboratory("8302-2", None, "cm"), "has no number"),
    ],
)
def test_a_measure_that_cannot_be_used_is_said(checker: Checker, observation: Data, reason: str) -> None:
    found = checked(checker, observation)
    assert reason in reasons(found)
    assert not found.report.complete


def test_the_height_of_a_child_gives_its_kidney_value(checker: Checker) -> None:
    child: Data = {"resourceType": "Patient", "id": "p", "birthDate": "2018-01-01"}
    values = laboratory("2160-0", 0.5, "mg/dL"), laboratory("8302-2", 115, "cm")
    assert any("eGFR" in entry.what for entry in checked(checker, child, *values).report.assumed)


def test_values_within_a_panel_are_read(checker: Checker) -> None:
    inside = {
        "code": {"coding": [{"system": LOINC, "code": "2160-0"}]},
        "valueQuantity": {"value": 1.4, "unit": "mg/dL"},
    }
    found = checked(checker, observed("51990-0", component=[inside]))
    assert found.record.profile.kidney.creatinine
    assert "6 days old" in said(found)
    void = checked(checker, observed("51990-0", status="entered-in-error", component=[inside]))
    assert void.record.profile.kidney.creatinine is None


YES: list[Data] = [
    observed(PREGNANCY, **coded("77386006", "Pregnant")),
    observed(PREGNANCY, **coded("LA15173-0", system=LOINC)),
    observed(PREGNANCY, **coded("x", "Pregnancy")),
    observed(PREGNANCY, valueString="pregnant"),
    observed(PREGNANCY, valueBoolean=True),
    observed(PREGNANCY, None, valueCodeableConcept={"text": "Yes"}),
    condition("Pregnancy"),
]


@pytest.mark.parametrize("resource", YES)
def test_pregnant_is_read_however_it_is_written(checker: Checker, resource: Data) -> None:
    assert checked(checker, resource, {"resourceType": "Patient", "id": "p", "gender": "female"}).report.findings


@pytest.mark.parametrize("resource", YES[:-1])
def test_an_observed_pregnancy_is_told_of_the_person(checker: Checker, resource: Data) -> None:
    assert checked(checker, resource).record.profile.person.pregnancy == "pregnant"


def test_breastfeeding_is_read_and_pregnancy_goes_first(checker: Checker) -> None:
    breastfeeding = observed(BREASTFEEDING, valueBoolean=True)
    assert checked(checker, breastfeeding).record.profile.person.pregnancy == "breastfeeding"
    assert checked(checker, breastfeeding, YES[0]).record.profile.person.pregnancy == "pregnant"


NO: list[Data] = [
    observed(PREGNANCY, **coded("60001007", "Not pregnant")),
    observed(PREGNANCY, **coded("LA26683-5", system=LOINC)),
    observed(PREGNANCY, valueString="not pregnant"),
    observed(PREGNANCY, valueBoolean=False),
]


@pytest.mark.parametrize("resource", NO)
def test_not_pregnant_settles_nothing_because_it_may_change(checker: Checker, resource: Data) -> None:
    found = checked(checker, resource)
    assert found.record.profile.person.pregnancy is None
    assert "not counted on" in said(found)


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        (observed(PREGNANCY, "2024-01-01", **coded("77386006")), "too old to hold today"),
        (observed(PREGNANCY, **coded("x", "ptu")), "ptu: the answer is not known"),
        (observed(PREGNANCY), "the answer is not known"),
        (observed(PREGNANCY, valueCodeableConcept=["odd"]), "the answer is not known"),
        (observed(BREASTFEEDING, **coded("x", "sometimes")), "the answer is not known"),
        (observed(DUE, valueDateTime="2027-03-01"), "a birth is awaited"),
        (observed(DUE), "a birth is awaited"),
    ],
)
def test_what_leaves_the_pregnancy_open_is_said(checker: Checker, resource: Data, reason: str) -> None:
    found = checked(checker, resource)
    assert found.record.profile.person.pregnancy is None
    assert reason in reasons(found)
    assert not found.report.complete


def test_the_newest_answer_counts_and_of_one_day_the_yes(checker: Checker) -> None:
    earlier = observed(PREGNANCY, "2026-03-01", **coded("77386006"))
    assert checked(checker, earlier, NO[0]).record.profile.person.pregnancy is None
    assert checked(checker, NO[0], YES[0]).record.profile.person.pregnancy == "pregnant"
    undated = observed(PREGNANCY, None, **coded("77386006"))
    assert checked(checker, NO[0], undated).record.profile.person.pregnancy == "pregnant"


def test_a_birth_that_was_or_that_a_later_no_rules_out_is_not_awaited(checker: Checker) -> None:
    assert "awaited" not in reasons(checked(checker, observed(DUE, valueDateTime="2025-03-01")))
    due = observed(DUE, "2026-09-01", valueDateTime="2027-03-01")
    assert "awaited" in reasons(checked(checker, due))
    assert "awaited" not in reasons(checked(checker, due, NO[0]))


def test_unknown_is_as_if_nobody_had_asked(checker: Checker) -> None:
    found = checked(checker, observed(PREGNANCY, **coded("LA4489-6", "Unknown", LOINC)))
    assert (reasons(found), found.record.profile.person.pregnancy) == ("", None)


def test_a_pregnancy_of_a_man_is_left_out_and_said(checker: Checker) -> None:
    man: Data = {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1980-01-01"}
    found = checked(checker, man, YES[0])
    assert not found.report.complete
    assert "male" in reasons(found)
