"""Does a clinical record become the profile that it tells, with everything named that was not read?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magcheck.checker import default_checker
from magcheck.fhir.check import checked_record
from tests.fhir.recording import TODAY, checked, condition, medicine, reasons, said

if TYPE_CHECKING:
    from magcheck import Checker


# Illnesses and the person


@pytest.mark.parametrize(
    ("told", "present"),
    [
        ({}, True),
        ({"clinicalStatus": {"coding": [{"code": "active"}]}}, True),
        ({"clinicalStatus": {"coding": [{"code": "resolved"}]}}, True),  # nobody is cured of it
        ({"clinicalStatus": {"coding": [{"code": "inactive"}]}}, True),
        ({"clinicalStatus": {"coding": [{"code": "remission"}]}}, True),
        ({"clinicalStatus": "resolved"}, True),
        ({"verificationStatus": {"coding": [{"code": "refuted"}]}}, False),
        ({"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}, False),
        ({"verificationStatus": {"coding": [{"code": "provisional"}]}}, True),
    ],
)
def test_an_illness_counts_unless_it_is_over_or_refuted(checker: Checker, told: Any, present: bool) -> None:  # noqa: FBT001
    found = checked(checker, condition("Myasthenia gravis (disorder)", **told))
    assert bool(found.record.profile.conditions) == present
    assert present or "is left out" in said(found)


@pytest.mark.parametrize("status", ["resolved", "inactive", "remission"])
@pytest.mark.parametrize("name", ["Bowel obstruction", "Hypermagnesemia"])
def test_an_illness_that_passes_is_left_out_where_it_is_over(checker: Checker, name: str, status: str) -> None:
    found = checked(checker, condition(name, clinicalStatus={"coding": [{"code": status}]}))
    assert not found.record.profile.conditions
    assert f"{name} is left out" in said(found)


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
        ("1960-11-26", 66),
        ("1960-11-27", 65),
        ("1960", 66),
        ("1960-12", 65),
        ("1960-11", 66),
        ("2020", 5),
        ("2020-11", 5),
        ("2027-01-01", None),
        ("1800", None),
        ("soon", None),
    ],
)
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


def test_a_misspelt_kind_is_named(checker: Checker) -> None:
    assert "medicationrequest (1)" in reasons(
        checked(checker, medicine("cipro") | {"resourceType": "medicationrequest"})
    )


# Anything at all


SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KINDS = st.sampled_from(
    (
        "Patient",
        "MedicationRequest",
        "MedicationStatement",
        "NutritionOrder",
        "Observation",
        "Condition",
        "Bundle",
        "Medication",
    )
)
KEYS = st.sampled_from(
    (
        "status",
        "medicationCodeableConcept",
        "medicationReference",
        "text",
        "coding",
        "code",
        "system",
        "display",
        "dosageInstruction",
        "dosage",
        "timing",
        "repeat",
        "period",
        "periodUnit",
        "frequency",
        "timeOfDay",
        "when",
        "doseAndRate",
        "doseQuantity",
        "value",
        "unit",
        "valueQuantity",
        "comparator",
        "effectiveDateTime",
        "birthDate",
        "gender",
        "address",
        "country",
        "entry",
        "resource",
        "link",
        "total",
        "contained",
        "id",
        "supplement",
        "type",
        "subject",
        "reference",
        "clinicalStatus",
        "quantity",
        "schedule",
        "ingredient",
        "strength",
        "numerator",
    )
)
WORDS = st.sampled_from(
    (
        "ciprofloxacin",
        "magnesium oxide 400 mg",
        "http://loinc.org",
        "98979-8",
        "mg",
        "d",
        "h",
        "#x",
        "active",
        "<",
        "1960",
    )
)
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
