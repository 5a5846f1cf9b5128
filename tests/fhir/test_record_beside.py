"""What a record tells beside its medicines, values and diagnoses: appointments, degrees, codes that say more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.fhir.recording import TODAY, checked, condition, dosage, laboratory, medicine, reasons, said, timed

if TYPE_CHECKING:
    from magcheck import Checker

Data = dict[str, Any]
WELL: tuple[Data, ...] = (
    {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1976-03-02"},
    laboratory("98979-8", 95, "mL/min/{1.73_m2}"),
)


def magnesium(**told: Any) -> Data:
    name = "magnesium citrate 200 mg elemental"
    return medicine(
        name, "MedicationStatement", dosage=[told or {"timing": {"repeat": {"timeOfDay": ["20:00:00"]}}}]
    )


def concept(words: str) -> Data:
    return {"text": words}


TELLING: dict[str, Data] = {
    "an appointment": {"resourceType": "Appointment", "description": "hip replacement"},
    "an appointment for a service": {"resourceType": "Appointment", "serviceType": [concept("Nephrology")]},
    "an appointment for a reason": {"resourceType": "Appointment", "reasonCode": [concept("anything at all")]},
    "a device of the person": {"resourceType": "Device", "patient": {"reference": "Patient/p"}},
    "a pacemaker": {"resourceType": "Device", "type": concept("Cardiac pacemaker")},
    "a team": {"resourceType": "CareTeam", "name": "Dialysis team"},
    "a visit": {"resourceType": "Encounter", "type": [concept("Hemodialysis")]},
    "a visit before birth": {"resourceType": "Encounter", "serviceType": concept("pregnancy care")},
    "a picture": {"resourceType": "ImagingStudy", "description": "small kidneys"},
    "an insurance": {"resourceType": "Coverage", "type": concept("End stage renal disease program")},
    "a note of a vaccine": {"resourceType": "Immunization", "note": [{"text": "on dialysis"}]},
}


@pytest.mark.parametrize("name", TELLING)
def test_what_may_tell_of_the_person_is_named(checker: Checker, name: str) -> None:
    found = checked(checker, *WELL, magnesium(), TELLING[name])
    assert TELLING[name]["resourceType"] in reasons(found)
    assert not found.report.complete


@pytest.mark.parametrize(
    "quiet",
    [
        {"resourceType": "Appointment", "status": "booked", "start": "2026-12-05T08:00:00Z"},
        {"resourceType": "Encounter", "type": [concept("Encounter for check up")]},
        {"resourceType": "CareTeam", "name": "Dr. Example's care team"},
        {"resourceType": "Coverage", "type": concept("health insurance plan policy")},
        {"resourceType": "Device", "type": concept("software")},
        {"resourceType": "Immunization", "vaccineCode": concept("Influenza")},
        {"resourceType": "Organization", "name": "Renal clinic"},
        {"resourceType": "Slot", "serviceType": [concept("Dialysis")]},
    ],
    ids=lambda resource: resource["resourceType"],
)
def test_what_tells_nothing_of_the_person_is_not_named(checker: Checker, quiet: Data) -> None:
    found = checked(checker, *WELL, magnesium(), quiet)
    assert found.report.complete, reasons(found)


def over(**days: int) -> Data:
    told = {name: (TODAY - timedelta(days=ago)).isoformat() for name, ago in days.items()}
    return {"clinicalStatus": {"coding": [{"code": "resolved"}]}, **told}


@pytest.mark.parametrize(
    "when", [over(), over(abatementDateTime=30), over(abatementDateTime=-2), over(onsetDateTime=20)]
)
@pytest.mark.parametrize("name", ["acute kidney injury", "sepsis"])
def test_kidneys_that_were_hurt_of_late_are_asked(checker: Checker, name: str, when: Data) -> None:
    found = checked(checker, *WELL, magnesium(), condition(name, **when))
    assert "kidney.acute" in [missing.field for missing in found.report.missing]
    assert "is counted as present" not in said(found)


@pytest.mark.parametrize("when", [over(abatementDateTime=200), over(onsetDateTime=3000), over(recordedDate=91)])
def test_kidneys_that_were_hurt_long_ago_are_left_out(checker: Checker, when: Data) -> None:
    found = checked(checker, *WELL, magnesium(), condition("acute kidney injury", **when))
    assert found.report.complete
    assert "is left out" in said(found)


@pytest.mark.parametrize(
    "severity",
    [{"coding": [{"code": "24484000"}]}, concept("Severe"), concept("schwer")],
)
def test_a_degree_belongs_to_its_illness(checker: Checker, severity: Data) -> None:
    found = checked(checker, *WELL[:1], magnesium(), condition("chronic kidney disease", severity=severity))
    assert found.report.verdict == "avoid"


@pytest.mark.parametrize("code", ["255604002", "6736007"])
def test_a_lower_degree_changes_nothing(checker: Checker, code: str) -> None:
    mild = condition("asthma", severity={"coding": [{"code": code}]})
    assert checked(checker, *WELL, magnesium(), mild).report.complete


def test_a_degree_of_somebody_elses_code_is_named(checker: Checker) -> None:
    strange = condition("asthma", severity={"coding": [{"code": "X-9"}]})
    assert "X-9" in reasons(checked(checker, *WELL, magnesium(), strange))


@pytest.mark.parametrize("when", [["ACM", "PCM"], ["HS", "NIGHT"], ["CV", "PCV"]])
def test_two_codes_of_one_part_of_the_day_are_two_intakes(checker: Checker, when: list[str]) -> None:
    found = checked(checker, *WELL, magnesium(timing={"repeat": {"when": when}}))
    assert found.report.recognised[0].read.per_day == 2
    assert "dose-limit-us" in [finding.rule for finding in found.report.findings]
    assert not found.report.complete


@pytest.mark.parametrize(
    "repeat",
    [
        {"dayOfWeek": ["mon", "wed", "fri"], "frequency": 2, "period": 1, "periodUnit": "d"},
        {"dayOfWeek": ["mon"], "frequency": 2},
        {"dayOfWeek": ["mon", "tue"], "period": 8, "periodUnit": "h"},
    ],
)
def test_more_than_once_on_some_days_of_the_week_counts_and_is_asked(checker: Checker, repeat: Data) -> None:
    found = checked(checker, *WELL, magnesium(timing={"repeat": repeat}))
    assert "dose-limit-us" in [finding.rule for finding in found.report.findings]
    assert "when it is taken was not understood" in reasons(found)


@pytest.mark.parametrize(
    "repeat",
    [
        {"dayOfWeek": ["mon", "wed", "fri"]},
        {"dayOfWeek": ["mon", "wed", "fri"], "frequency": 1, "period": 1, "periodUnit": "d"},
        {"dayOfWeek": ["mon", "wed", "fri"], "frequency": 3, "period": 1, "periodUnit": "wk"},
        {"dayOfWeek": ["mon"], "frequency": 1, "period": 1, "periodUnit": "wk"},
    ],
)
def test_once_on_some_days_of_the_week_is_understood(checker: Checker, repeat: Data) -> None:
    assert "was not understood" not in reasons(checked(checker, *WELL, magnesium(timing={"repeat": repeat})))


def test_days_that_fit_no_other_rate_are_asked(checker: Checker) -> None:
    fortnightly = {"dayOfWeek": ["mon"], "frequency": 1, "period": 2, "periodUnit": "wk"}
    found = checked(checker, *WELL, magnesium(timing={"repeat": fortnightly}))
    assert "when it is taken was not understood" in reasons(found)


def test_words_that_tell_more_intakes_than_hours_keep_no_gap(checker: Checker) -> None:
    hours = timed(timeOfDay=["08:00:00"])
    words = dosage(text="twice daily", timing=hours["dosageInstruction"][0]["timing"])
    for told in (hours, words):
        found = checked(checker, *WELL, magnesium(), medicine("ciprofloxacin 500 mg", **told))
        (gap,) = [finding.separation for finding in found.report.findings if finding.separation]
        assert (gap.status == "kept") is (told is hours)
        assert found.report.complete is (told is hours)


def test_parts_that_contradict_each_other_are_named_in_plain_words(checker: Checker) -> None:
    found = checked(checker, *WELL, magnesium(), condition("CKD stage 5"))
    assert "kidney value (eGFR) and kidney stage: " in reasons(found)
    assert found.report.verdict == "avoid"
