"""A person who must be warned is never told "nothing found", wherever and however the record says it.

Each of these was once read as nothing, or by its milder half.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.fhir.check import CheckedRecord, checked_record
from tests.fhir.recording import TODAY, bundle, condition, dosage, laboratory, medicine, reasons, timed

if TYPE_CHECKING:
    from magcheck import Checker

Data = dict[str, Any]
EGFR = "mL/min/{1.73_m2}"
PATIENT: Data = {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1976-03-02"}
GOOD = laboratory("98979-8", 95, EGFR)
MAGNESIUM = medicine(
    "magnesium citrate 200 mg elemental",
    "MedicationStatement",
    dosage=[{"timing": {"repeat": {"timeOfDay": ["20:00:00"]}}}],
)
CIPRO = {"resourceType": "Medication", "id": "m", "code": {"text": "ciprofloxacin 500 mg"}}
TOMORROW = (TODAY + timedelta(days=2)).isoformat()


def told(checker: Checker, *resources: Any) -> CheckedRecord:
    return checked_record(bundle(PATIENT, *resources), checker, TODAY)


def is_warned(found: CheckedRecord) -> bool:
    return found.report.verdict in ("avoid", "ask_first", "separate", "lower_dose")


def test_the_person_beside_whom_all_are_measured_is_well(checker: Checker) -> None:
    found = told(checker, GOOD, MAGNESIUM, medicine("loratadine 10 mg"))
    assert (found.report.verdict, found.report.complete) == ("clear", True), reasons(found)


def coded(display: str, value: float, unit: str, **more: Any) -> Data:
    local = {"system": "http://lab.example", "code": "K-17", "display": display}
    return laboratory("", value, unit) | {"code": {"coding": [local]}} | more


KIDNEYS = [
    *(laboratory(code, 15, EGFR) for code in ("77147-7", "48642-3", "48643-1", "88293-6", "88294-4", "98980-6")),
    *(laboratory(code, 15, EGFR) for code in ("94677-2", "50210-4", "69405-9", "50044-7", "70969-1", "76633-7")),
    *(laboratory(code, 600, "umol/L") for code in ("14682-9", "77140-2", "59826-8")),
    laboratory("38483-4", 7, "mg/dL"),
    laboratory("2601-3", 3, "mmol/L"),
    {"resourceType": "DiagnosticReport", "contained": [laboratory("98979-8", 15, EGFR)]},
]


@pytest.mark.parametrize("value", KIDNEYS)
def test_a_value_counts_under_each_code_of_its_kind_and_within_a_report(checker: Checker, value: Data) -> None:
    assert told(checker, value, MAGNESIUM).report.verdict == "avoid"


UNREAD: dict[str, list[Data]] = {
    "a code of the laboratory": [coded("eGFR (CKD-EPI)", 15, "mL/min")],
    "in German": [coded("Kreatinin i.S.", 600, "umol/L")],
    "magnesium": [coded("Magnesium, serum", 3, "mmol/L")],
    "a clearance": [coded("Creatinine clearance in 24 hour Urine", 15, "mL/min")],
    "a code without words": [laboratory("2164-2", 15, "mL/min")],
    "an answer about dialysis": [
        {"resourceType": "Observation", "code": {"text": "On dialysis"}, "valueBoolean": True}
    ],
    "a part of a panel": [
        {
            "resourceType": "Observation",
            "code": {"text": "Renal panel"},
            "component": [{"code": {"text": "eGFR"}, "valueQuantity": {"value": 15, "unit": "mL/min"}}],
        }
    ],
    "a strange comparator": [laboratory("98979-8", 60, EGFR, comparator="less than")],
    "something that may turn it round": [
        GOOD | {"modifierExtension": [{"url": "http://x", "valueBoolean": True}]}
    ],
    "rules of somebody else": [medicine("loratadine 10 mg", implicitRules="http://x")],
    "what a report concludes": [{"resourceType": "DiagnosticReport", "conclusion": "end stage renal disease"}],
    "why somebody came": [{"resourceType": "Encounter", "reasonCode": [{"text": "acute kidney injury"}]}],
    **{
        f"a {kind}": [{"resourceType": kind, "code": {"text": "Hemodialysis"}}]
        for kind in (
            "ServiceRequest",
            "Procedure",
            "CarePlan",
            "Claim",
            "DocumentReference",
            "Composition",
            "List",
            "Goal",
        )
    },
    "a note beside a medicine": [medicine("loratadine 10 mg", note=[{"text": "and ciprofloxacin"}])],
    "a note beside an illness": [condition("Asthma", note=[{"text": "on hemodialysis"}])],
    "a medicine that nothing orders": [CIPRO],
    "an ingredient that was not sent": [
        medicine("", medicationReference={"reference": "Medication/m"}) | {"medicationCodeableConcept": None},
        {
            "resourceType": "Medication",
            "id": "m",
            "ingredient": [
                {"itemCodeableConcept": {"text": "vitamin C"}},
                {"itemReference": {"reference": "#gone"}},
            ],
        },
    ],
    "a nutrient": [
        {
            "resourceType": "NutritionOrder",
            "oralDiet": {
                "nutrient": [{"modifier": {"text": "Magnesium"}, "amount": {"value": 3000, "unit": "mg"}}]
            },
        }
    ],
    "two people and no patient": [],
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_may_matter_and_is_not_read_is_named(checker: Checker, name: str) -> None:
    if name == "two people and no patient":
        ones = [MAGNESIUM | {"subject": {"reference": f"Patient/{who}"}} for who in "ab"]
        found = checked_record(bundle(GOOD, *ones), checker, TODAY)
    else:
        found = told(checker, GOOD, MAGNESIUM, *UNREAD[name])
    assert not found.report.complete
    assert reasons(found)


@pytest.mark.parametrize(
    "quiet",
    [
        coded("Creatinine [Mass/volume] in Urine", 90, "mg/dL"),
        coded("Hemoglobin A1c", 5, "%"),
        {"resourceType": "DiagnosticReport", "result": [{"reference": "Observation/1"}]},
        {"resourceType": "Encounter", "status": "finished"},
        {"resourceType": "Practitioner", "name": [{"text": "X"}]},
    ],
)
def test_what_cannot_matter_is_not_named(checker: Checker, quiet: Data) -> None:
    found = told(checker, GOOD, MAGNESIUM, quiet)
    assert found.report.complete, reasons(found)


@pytest.mark.parametrize("day", [TOMORROW, "2099-01-01", None])
def test_a_good_value_whose_day_lies_ahead_or_is_not_told_hides_no_bad_one(
    checker: Checker, day: str | None
) -> None:
    bad = laboratory("98979-8", 15, EGFR)
    assert told(checker, bad, laboratory("98979-8", 95, EGFR, day), MAGNESIUM).report.verdict == "avoid"
    assert told(checker, GOOD, laboratory("98979-8", 15, EGFR, day), MAGNESIUM).report.verdict == "avoid"


def test_a_no_to_a_pregnancy_of_a_day_ahead_hides_no_yes(checker: Checker) -> None:
    yes: Data = {"valueCodeableConcept": {"coding": [{"code": "77386006"}]}}
    no: Data = {"valueCodeableConcept": {"coding": [{"code": "60001007"}]}}
    found = checked_record(
        bundle(
            PATIENT | {"gender": "female", "birthDate": "1996-01-01"},
            GOOD,
            MAGNESIUM,
            laboratory("82810-3", None, "", **yes),
            laboratory("82810-3", None, "", "2099-01-01", **no),
        ),
        checker,
        TODAY,
    )
    assert found.record.profile.person.pregnancy == "pregnant"
    assert "its day lies ahead" in reasons(found)


@pytest.mark.parametrize(
    "others",
    [
        [{"birthDate": "1936-01-01"}],
        [{"id": None, "birthDate": "1936-01-01"}],
        [{"gender": "female"}],
    ],
)
def test_two_patients_are_never_taken_for_one(checker: Checker, others: list[Data]) -> None:
    found = told(checker, GOOD, MAGNESIUM, *(PATIENT | other for other in others))
    assert "more than one person" in reasons(found)
    assert found.record.profile.person.age is None


ORDERS: dict[str, list[Data]] = {
    "beside another name": [
        medicine("loratadine 10 mg", medicationReference={"reference": "Medication/m"}),
        CIPRO,
    ],
    "as an ingredient of an unknown thing": [
        medicine("", medicationReference={"reference": "Medication/m"}) | {"medicationCodeableConcept": None},
        CIPRO
        | {
            "code": {"text": "compounded capsule"},
            "ingredient": [{"itemCodeableConcept": {"text": "ciprofloxacin"}}],
        },
    ],
    "as an ingredient of a known thing": [
        medicine("", medicationReference={"reference": "Medication/m"}) | {"medicationCodeableConcept": None},
        CIPRO
        | {"code": {"text": "vitamin C"}, "ingredient": [{"itemCodeableConcept": {"text": "ciprofloxacin"}}]},
    ],
    "as a contained substance": [
        medicine(
            "",
            contained=[
                {"resourceType": "Medication", "id": "m", "ingredient": [{"itemReference": {"reference": "#s"}}]},
                {"resourceType": "Substance", "id": "s", "code": {"text": "ciprofloxacin"}},
            ],
            medicationReference={"reference": "#m"},
        )
        | {"medicationCodeableConcept": None},
    ],
    "done, with its end ahead": [
        medicine("ciprofloxacin 500 mg", "MedicationStatement", "completed", effectivePeriod={"end": TOMORROW})
    ],
}


@pytest.mark.parametrize("name", ORDERS)
def test_a_medicine_counts_wherever_the_record_names_it(checker: Checker, name: str) -> None:
    found = told(checker, GOOD, MAGNESIUM, *ORDERS[name])
    assert any("ciprofloxacin" in finding.rule for finding in found.report.findings if finding.counts), reasons(
        found
    )


def test_a_medicine_that_is_done_is_not_taken(checker: Checker) -> None:
    done = medicine(
        "ciprofloxacin 500 mg", "MedicationStatement", "completed", effectivePeriod={"end": "2026-11-01"}
    )
    assert told(checker, GOOD, MAGNESIUM, done).report.verdict == "clear"


ILLNESSES = [
    medicine("loratadine 10 mg", reasonCode=[{"text": "Myasthenia gravis"}]),
    medicine("loratadine 10 mg", contained=[condition("Myasthenia gravis", id="c")]),
    medicine("loratadine 10 mg", reason=[{"concept": {"text": "Myasthenia gravis"}}]),
]


@pytest.mark.parametrize("resource", ILLNESSES)
def test_why_a_medicine_is_taken_is_an_illness(checker: Checker, resource: Data) -> None:
    assert told(checker, GOOD, MAGNESIUM, resource).report.verdict == "avoid"


@pytest.mark.parametrize("stage", [{"text": "Stage 5"}, {"coding": [{"display": "G5"}]}])
def test_the_stage_of_an_illness_belongs_to_it(checker: Checker, stage: Data) -> None:
    found = told(checker, condition("Chronic kidney disease", stage=[{"summary": stage}]), MAGNESIUM)
    assert found.report.verdict == "avoid"


def magnesium_oxide(*doses: Data, **more: Any) -> Data:
    return medicine("magnesium oxide", "MedicationStatement", dosage=[{"doseAndRate": list(doses), **more}])


DOSES = [
    magnesium_oxide({"doseQuantity": {"value": 100, "unit": "mg"}}, {"doseQuantity": {"value": 5, "unit": "g"}}),
    magnesium_oxide({"doseRange": {"low": {"value": 5000, "unit": "mg"}}}),
    magnesium_oxide({"doseQuantity": {"value": 5, "unit": "mg", "code": "g"}}),
    magnesium_oxide({"doseQuantity": {"value": 100, "unit": "mg", "comparator": ">"}}),
    medicine("magnesium oxide 400 mg", dosage=[{"text": "12 tablets a day"}]),
    medicine(
        "magnesium oxide 400 mg",
        "MedicationStatement",
        dosage=[
            {
                "asNeededBoolean": True,
                "maxDosePerPeriod": {
                    "numerator": {"value": 12, "unit": "tablet"},
                    "denominator": {"value": 1, "unit": "d"},
                },
            }
        ],
    ),
    *(
        medicine("magnesium citrate 200 mg elemental", **dosage(**how))
        for how in (
            {"additionalInstruction": [{"text": "20 tablets a day"}]},
            {"text": "one tablet", "timing": {"repeat": {"frequency": 40, "period": 1, "periodUnit": "d"}}},
            {"text": "one tablet", "timing": {"repeat": {"timeOfDay": ["8pm", "9pm"]}}},
        )
    ),
]


@pytest.mark.parametrize("taken", DOSES)
def test_how_much_and_how_often_is_read_or_said_not_to_be(checker: Checker, taken: Data) -> None:
    found = told(checker, GOOD, taken)
    assert is_warned(found) or "was not understood" in reasons(found)


def test_one_product_at_two_times_is_not_checked_at_one_of_them_alone(checker: Checker) -> None:
    order = medicine("levothyroxine 100 mcg", **timed(timeOfDay=["07:00:00"]))
    statement = medicine(
        "levothyroxine", "MedicationStatement", dosage=[{"timing": {"repeat": {"timeOfDay": ["20:00:00"]}}}]
    )
    found = told(checker, GOOD, MAGNESIUM, order, statement)
    assert is_warned(found) or "it is told with other times too: 20:00" in reasons(found)


def test_a_page_that_is_not_the_last_is_said_however_it_is_written(checker: Checker) -> None:
    cut = bundle(PATIENT, GOOD, MAGNESIUM, link=[{"relation": "NEXT", "url": "http://x"}])
    assert "were sent" in reasons(checked_record(cut, checker, TODAY))
