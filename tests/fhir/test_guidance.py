"""Is what goes out sound FHIR, and does it say everything that the report says?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.fhir.check import answered
from magcheck.fhir.form import questionnaire
from magcheck.fhir.guidance import is_complete
from magcheck.knowledge.document import Document
from tests.fhir.recording import bundle, condition, laboratory, medicine, timed
from tests.fhir.responding import answered as answer_to
from tests.fhir.responding import group, response
from tests.fhir.valid import by_schema, sound

if TYPE_CHECKING:
    from magcheck import Checker

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
PATIENT = {"resourceType": "Patient", "id": "p-1", "birthDate": "1950-01-01", "gender": "female"}
MAGNESIUM = medicine("magnesium citrate 200 mg", "MedicationStatement", id="s-1")
CIPRO = medicine("ciprofloxacin 500 MG Oral Tablet", id="r-1")
EGFR = laboratory("98979-8", 22, "mL/min/{1.73_m2}")
NAMED = group("supplements", answer_to("supplements.name", "valueString", "magnesium oxide 800 mg"))

DOCUMENTS: dict[str, dict[str, Any]] = {
    "nothing": bundle(),
    "a gap": bundle(PATIENT, MAGNESIUM, CIPRO),
    "weak kidneys": bundle(PATIENT, MAGNESIUM, EGFR),
    "a dose": bundle(
        PATIENT, medicine("magnesium oxide 400 MG Oral Tablet", **timed(frequency=3, period=1, periodUnit="d"))
    ),
    "an illness": bundle(PATIENT, MAGNESIUM, condition("Myasthenia gravis (disorder)")),
    "a blood value": bundle(laboratory("19123-9", 6, "mg/dL")),
    "unread": bundle(medicine("Blubb"), condition("Blubb"), {"resourceType": "Procedure"}, 7),
    "missing": bundle(PATIENT, MAGNESIUM, medicine("metformin 500 mg")),
    "one resource": CIPRO,
    "a response": response(NAMED, subject={"reference": "Patient/p-1"}),
    "an empty response": response(),
}


def guided(checker: Checker, document: dict[str, Any]) -> dict[str, Any]:
    return answered(Document("x", document), checker, NOW)


def held(answer: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [resource for resource in answer["contained"] if resource["resourceType"] == kind]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_answer_is_sound(checker: Checker, name: str) -> None:
    sound(guided(checker, DOCUMENTS[name]))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_answer_fits_the_schema_of_fhir(checker: Checker, name: str) -> None:
    by_schema(guided(checker, DOCUMENTS[name]))


def test_the_questionnaire_fits_the_schema_of_fhir(checker: Checker) -> None:
    form = questionnaire(checker.book)
    sound(form)
    by_schema(form)


def test_a_finding_is_an_issue_with_its_resources(checker: Checker) -> None:
    answer = guided(checker, DOCUMENTS["a gap"])
    issue = held(answer, "DetectedIssue")[0]
    assert issue["code"]["coding"][1]["code"] == "separate-ciprofloxacin"
    assert issue["severity"] == "high"
    assert [one.get("reference") for one in issue["implicated"]] == [
        "MedicationRequest/r-1",
        "MedicationStatement/s-1",
    ]
    assert issue["patient"] == {"reference": "Patient/p-1"} == answer["subject"]
    assert "2 hours before magnesium" in issue["mitigation"][0]["action"]["text"]
    assert issue["evidence"]
    assert answer["moduleCanonical"].endswith(f"|{checker.book.version}")


def test_a_missing_kidney_value_is_required(checker: Checker) -> None:
    answer = guided(checker, DOCUMENTS["missing"])
    assert answer["status"] == "data-required"
    codes = {
        code["code"]
        for needed in answer["dataRequirement"]
        for told in needed.get("codeFilter", ())
        for code in told["code"]
    }
    assert {"98979-8", "62238-1", "33914-3", "2160-0"} <= codes


def test_what_was_not_read_is_a_message_and_the_answer_is_not_complete(checker: Checker) -> None:
    answer = guided(checker, DOCUMENTS["unread"])
    told = " ".join(issue["diagnostics"] for issue in held(answer, "OperationOutcome")[0]["issue"])
    assert all(word in told for word in ("Blubb", "Procedure", "no FHIR resource"))
    assert not is_complete(answer)


def test_an_issue_keeps_its_identifier(checker: Checker) -> None:
    first, second = (held(guided(checker, DOCUMENTS["a gap"]), "DetectedIssue")[0] for _ in range(2))
    assert first["identifier"] == second["identifier"]
