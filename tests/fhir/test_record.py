"""Does a clinical record become the profile that it tells, with everything named that was not read?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magcheck.checker import default_checker
from magcheck.fhir.check import checked_record
from tests.fhir.recording import (
    TODAY,
    bundle,
    checked,
    condition,
    dosage,
    laboratory,
    medicine,
    reasons,
    said,
    timed,
)

if TYPE_CHECKING:
    from magcheck import Checker

CIPRO = "ciprofloxacin 500 MG Oral Tablet"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


# Medicines


RHYTHMS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (timed(frequency=2, period=1, periodUnit="d"), {"per_day": 2}),
    (timed(frequency=1, period=8, periodUnit="h"), {"per_day": 3}),
    (timed(frequency=1, frequencyMax=3, period=1, periodUnit="d"), {"per_day": 3}),
    (timed(timeOfDay=["08:00:00", "20:00:00"]), {"times": ["08:00", "20:00"]}),
    (timed(frequency=1, period=1, periodUnit="wk"), {"frequency": "weekly"}),
    (timed(dayOfWeek=["mon"]), {"frequency": "weekly"}),
    (timed(frequency=1, period=1, periodUnit="mo"), {"frequency": "monthly"}),
    (timed(frequency=1, period=2, periodUnit="d"), {"frequency": "every other day"}),
    (timed(frequency=1, period=48, periodUnit="h"), {"frequency": "every other day"}),
    (timed(frequency=1, period=3, periodUnit="d"), {"every": {"days": 3}}),
    (timed(count=1), {"frequency": "single dose"}),
    (dosage(timing={"code": {"coding": [{"code": "BID"}]}}), {"per_day": 2}),
    (dosage(timing={"code": {"text": "three times a day"}}), {"per_day": 3}),
    (dosage(text="Take 1 tablet by mouth twice daily."), {"per_day": 2}),
    (dosage(asNeededBoolean=True), {"frequency": "as needed"}),
    (dosage(asNeededCodeableConcept={"text": "pain"}), {"frequency": "as needed"}),
]


@pytest.mark.parametrize(("told", "wanted"), RHYTHMS)
def test_a_rhythm_is_read_from_words_and_structure(
    checker: Checker, told: dict[str, Any], wanted: dict[str, Any]
) -> None:
    found = checked(checker, medicine(CIPRO, **told))
    read = found.report.recognised[0].read.model_dump(mode="json")
    assert {key: list(read[key]) if isinstance(read[key], tuple) else read[key] for key in wanted} == wanted
    assert not found.report.not_checked


@pytest.mark.parametrize(
    "told",
    [
        dosage(timing={"repeat": {"when": ["XYZ"]}}),
        dosage(timing={"repeat": {"frequency": 2, "period": 0, "periodUnit": "d"}}),
        dosage(timing={"event": ["2026-11-26T08:00:00Z"]}),
        timed(frequency=400, period=1, periodUnit="d"),
        dosage(text="Do the thing with the stuff"),
        dosage(doseAndRate=[{"doseQuantity": {"value": "many"}}]),
    ],
)
def test_a_rhythm_that_is_not_understood_is_said_and_the_medicine_stays(checker: Checker, told: Any) -> None:
    found = checked(checker, medicine(CIPRO, **told))
    assert "was not understood" in reasons(found)
    assert found.report.recognised[0].is_ == "ciprofloxacin"


@pytest.mark.parametrize(
    ("quantity", "milligrams"),
    [
        ({"value": 2, "unit": "tablet"}, 800),
        ({"value": 2, "code": "{tbl}", "unit": "tablets"}, 800),
        ({"value": 800, "unit": "mg"}, 800),
        ({"value": 0.8, "unit": "g"}, 800),
        ({"value": 1, "unit": "tablet"}, 400),
        ({"value": 400, "unit": "mg"}, 400),
    ],
)
def test_a_number_of_tablets_is_counted_with_their_strength(
    checker: Checker, quantity: Any, milligrams: int
) -> None:
    order = medicine("magnesium oxide 400 MG Oral Tablet", **dosage(doseAndRate=[{"doseQuantity": quantity}]))
    found = checked(checker, order)
    assert found.report.recognised[0].read.amount_mg == milligrams
    assert not found.report.not_checked, reasons(found)


@pytest.mark.parametrize("status", ["stopped", "cancelled", "completed", "on-hold", "not-taken"])
def test_what_is_not_taken_is_shown_as_such(checker: Checker, status: str) -> None:
    found = checked(checker, medicine(CIPRO, status=status))
    assert [entry.read.taken for entry in found.report.recognised] == [False]
    assert status in said(found)
    assert not [one for one in found.report.findings if one.rule == "separate-ciprofloxacin"]


@pytest.mark.parametrize("status", ["active", "draft", "unknown", "intended", "recorded", None, 7])
def test_what_nobody_says_to_be_over_is_taken(checker: Checker, status: Any) -> None:
    found = checked(checker, medicine(CIPRO, status=status))
    assert [entry.read.taken for entry in found.report.recognised] == [True]


def test_what_was_entered_in_error_is_left_out_and_said(checker: Checker) -> None:
    found = checked(checker, medicine(CIPRO, status="entered-in-error"))
    assert not found.report.recognised
    assert "entered-in-error" in said(found)


def test_an_order_not_to_give_is_not_taken(checker: Checker) -> None:
    found = checked(checker, medicine(CIPRO, doNotPerform=True))
    assert [entry.read.taken for entry in found.report.recognised] == [False]


MEDICATION = {"resourceType": "Medication", "id": "m1", "code": {"text": CIPRO}}
INGREDIENTS = {
    "resourceType": "Medication",
    "id": "m1",
    "ingredient": [{"itemCodeableConcept": {"text": "ciprofloxacin"}, "strength": {"numerator": {"value": 500, "unit": "mg"}}}],
}  # fmt: skip


@pytest.mark.parametrize("medication", [MEDICATION, INGREDIENTS])
@pytest.mark.parametrize("address", ["#m1", "Medication/m1", "https://ehr.test/fhir/Medication/m1", "urn:uuid:5"])
def test_a_medicine_is_found_behind_its_reference(checker: Checker, medication: Any, address: str) -> None:
    order: dict[str, Any] = {"resourceType": "MedicationRequest", "medicationReference": {"reference": address}}
    if address == "#m1":
        found = checked_record(bundle(order | {"contained": [medication]}), checker, TODAY)
    else:
        entries = [{"fullUrl": "urn:uuid:5", "resource": medication}, {"resource": order}]
        found = checked_record({"resourceType": "Bundle", "entry": entries}, checker, TODAY)
    assert [entry.is_ for entry in found.report.recognised] == ["ciprofloxacin"]


def test_two_names_that_differ_are_both_checked_and_said(checker: Checker) -> None:
    concept = {"text": "doxycycline", "coding": [{"display": "levothyroxine sodium 0.1 MG Oral Tablet"}]}
    found = checked(checker, {"resourceType": "MedicationRequest", "medicationCodeableConcept": concept})
    assert {entry.is_ for entry in found.report.recognised} == {"doxycycline", "levothyroxine"}
    assert "named in two ways" in reasons(found)


def test_an_unknown_code_does_not_hide_a_known_name(checker: Checker) -> None:
    concept = {"coding": [{"system": RXNORM, "code": "99999999", "display": CIPRO}]}
    found = checked(checker, {"resourceType": "MedicationRequest", "medicationCodeableConcept": concept})
    assert [entry.is_ for entry in found.report.recognised] == ["ciprofloxacin"]


def test_eye_drops_and_tablets_of_one_medicine_are_two(checker: Checker) -> None:
    found = checked(
        checker, medicine(CIPRO), medicine("ciprofloxacin 3 MG/ML Ophthalmic Solution", "MedicationStatement")
    )
    assert {entry.route for entry in found.report.recognised} == {"oral", "eye"}


def test_one_product_told_three_times_counts_once_with_the_higher_dose(checker: Checker) -> None:
    text = "magnesium oxide 400 MG Oral Tablet"
    found = checked(
        checker,
        medicine(text, status="draft", **timed(frequency=1, period=1, periodUnit="d")),
        medicine(text, **timed(frequency=2, period=1, periodUnit="d")),
        medicine(text, "MedicationStatement"),
    )
    assert [entry.read.per_day for entry in found.report.recognised] == [2]
    assert "3 times and is counted once" in said(found)


# Values


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
        laboratory("98979-8", 9, unit, None),
    )
    assert found.record.profile.kidney.egfr == 58


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
    is_open: bool,
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


# Illnesses and the person


@pytest.mark.parametrize(
    ("told", "present"),
    [
        ({}, True),
        ({"clinicalStatus": {"coding": [{"code": "active"}]}}, True),
        ({"clinicalStatus": {"coding": [{"code": "resolved"}]}}, False),
        ({"clinicalStatus": {"coding": [{"code": "inactive"}]}}, False),
        ({"clinicalStatus": "resolved"}, False),
        ({"verificationStatus": {"coding": [{"code": "refuted"}]}}, False),
        ({"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}, False),
        ({"verificationStatus": {"coding": [{"code": "provisional"}]}}, True),
    ],
)
def test_an_illness_counts_unless_it_is_over_or_refuted(checker: Checker, told: Any, present: bool) -> None:  # noqa: FBT001
    found = checked(checker, condition("Myasthenia gravis (disorder)", **told))
    assert bool(found.record.profile.conditions) == present
    assert present or "is left out" in said(found)


@pytest.mark.parametrize(
    ("code", "display", "rule"),
    [
        ("G70.00", "Myasthenia gravis without (acute) exacerbation", "myasthenia-gravis"),
        ("N18.5", "Chronic kidney disease, stage 5", "kidney"),
    ],
)
def test_an_icd_code_counts_beside_its_words(checker: Checker, code: str, display: str, rule: str) -> None:
    coded = {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code, "display": display}
    found = checked(
        checker, {"resourceType": "Condition", "code": {"coding": [coded]}}, medicine("magnesium citrate")
    )
    assert any(finding.rule.startswith(rule) for finding in found.report.findings)


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ("1960-11-26", 66), ("1960-11-27", 65), ("1960", 66), ("1960-12", 65), ("1960-11", 66), ("2020", 5),
        ("2020-11", 5), ("2027-01-01", None), ("1800", None), ("soon", None),
    ],
)  # fmt: skip
def test_an_age_follows_from_the_day_of_birth(checker: Checker, birth: str, age: float | None) -> None:
    found = checked(checker, {"resourceType": "Patient", "id": "p", "birthDate": birth})
    assert found.record.profile.person.age == age
    assert bool(found.report.not_checked) == (age is None)


def test_the_country_is_that_of_the_home(checker: Checker) -> None:
    addresses = [{"use": "work", "country": "US"}, {"use": "home", "country": "Deutschland"}]
    found = checked(checker, {"resourceType": "Patient", "id": "p", "address": addresses})
    assert found.record.profile.country == "DE"


def test_two_patients_are_never_one(checker: Checker) -> None:
    patients = [{"resourceType": "Patient", "id": name, "birthDate": "1960-01-01"} for name in "ab"]
    found = checked(checker, *patients)
    assert found.record.profile.person.age is None
    assert "more than one person" in reasons(found)


def test_kinds_that_may_matter_and_are_not_read_are_one_line(checker: Checker) -> None:
    given_ = [{"resourceType": "MedicationAdministration"}] * 2
    found = checked(checker, *given_, {"resourceType": "Procedure"}, {"resourceType": "Encounter"})
    assert reasons(found).count("\n") == 0
    assert "MedicationAdministration (2), Procedure (1)" in reasons(found)


# Anything at all


SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KINDS = st.sampled_from(
    ("Patient", "MedicationRequest", "MedicationStatement", "NutritionOrder", "Observation", "Condition", "Bundle", "Medication")
)  # fmt: skip
KEYS = st.sampled_from(
    (
        "status", "medicationCodeableConcept", "medicationReference", "text", "coding", "code", "system", "display",
        "dosageInstruction", "dosage", "timing", "repeat", "period", "periodUnit", "frequency", "timeOfDay", "when",
        "doseAndRate", "doseQuantity", "value", "unit", "valueQuantity", "comparator", "effectiveDateTime", "birthDate",
        "gender", "address", "country", "entry", "resource", "link", "total", "contained", "id", "supplement", "type",
        "subject", "reference", "clinicalStatus", "quantity", "schedule", "ingredient", "strength", "numerator",
    )
)  # fmt: skip
WORDS = st.sampled_from(
    ("ciprofloxacin", "magnesium oxide 400 mg", "http://loinc.org", "98979-8", "mg", "d", "h", "#x", "active", "<", "1960")
)  # fmt: skip
ANYTHING = st.recursive(
    SCALAR | WORDS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=6),
    max_leaves=25,
)
RESOURCE = st.builds(
    lambda kind, held: held | {"resourceType": kind}, KINDS, st.dictionaries(KEYS, ANYTHING, max_size=8)
)


@pytest.mark.thorough
@settings(max_examples=150, deadline=None)
@given(st.lists(RESOURCE | ANYTHING, max_size=4))
def test_whatever_a_record_holds_is_read_or_said(resources: list[Any]) -> None:
    found = checked_record(resources, default_checker(), TODAY)
    told = sum(1 for one in resources if isinstance(one, dict) and one.get("resourceType") == "MedicationRequest")
    assert not told or found.report.recognised or found.report.not_checked or found.record.said
