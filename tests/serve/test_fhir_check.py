"""Does the service answer FHIR with FHIR?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.fhir.recording import bundle, medicine
from tests.fhir.responding import answered, group, response
from tests.fhir.valid import sound
from tests.serve.calling import problem_in

if TYPE_CHECKING:
    from tests.serve.calling import Client

RECORD = bundle(
    medicine("ciprofloxacin 500 mg", id="r-1"), medicine("magnesium citrate 200 mg"), medicine("Blubb")
)
NAMES = (("medications", "ciprofloxacin 500 mg"), ("supplements", "magnesium citrate 200 mg"))
FORM = response(*(group(within, answered(f"{within}.name", "valueString", name)) for within, name in NAMES))


def issues(answer: dict[str, Any]) -> list[str]:
    held = [one for one in answer["contained"] if one["resourceType"] == "DetectedIssue"]
    return [issue["code"]["coding"][1]["code"] for issue in held]


@pytest.mark.parametrize("document", [RECORD, FORM], ids=["a record", "a form"])
def test_a_record_and_a_form_give_the_issues_of_the_report(client: Client, document: dict[str, Any]) -> None:
    told = client.post("/fhir/check", document, {"content-type": "application/fhir+json"})
    assert told.status_code == 200
    assert told.headers["content-type"] == "application/fhir+json"
    sound(told.json())
    assert "separate-ciprofloxacin" in issues(told.json())


def test_what_of_a_record_was_not_read_is_a_message(client: Client) -> None:
    text = client.post("/fhir/check", RECORD).text
    assert '"complete", "valueBoolean": false' in text
    assert "Blubb" in text


def test_an_answer_that_cannot_be_used_is_a_problem_with_its_field(client: Client) -> None:
    told = client.post("/fhir/check", response(answered("person.age", "valueDecimal", 200)))
    assert "person.age" in problem_in(told, 422)["detail"]


@pytest.mark.parametrize("document", [{}, {"resourceType": "Blubb"}, {"resourceType": 7}, {"entry": []}])
def test_what_is_no_record_is_never_clear(client: Client, document: dict[str, Any]) -> None:
    answer = client.post("/fhir/check", document).json()
    output = next(one for one in answer["contained"] if one["resourceType"] == "Parameters")
    assert {"name": "ok", "valueBoolean": False} in output["parameter"]
