"""Is every form of an answer taken that real forms send?"""

from __future__ import annotations

from typing import Any

import pytest

from magcheck import Checker, InputError
from magcheck.fhir.check import checked_answers
from magcheck.fhir.form import FORMER_URL
from magcheck.fhir.response import answers_in, profile_of_response
from magcheck.knowledge.document import Document
from tests.fhir.responding import answered, group, response, yes_or_no

SNOMED = "http://snomed.info/sct"
ISO = "urn:iso:std:iso:3166"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
NAMED = answered("medications.name", "valueString", "levothyroxine 100 mcg")


def told(checker: Checker, *items: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = profile_of_response(response(*items), checker.book).model_dump(exclude_defaults=True)
    return found


MYASTHENIA = {"system": SNOMED, "code": "91637004", "display": "Myasthenia gravis (disorder)"}
FORMS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (answered("person.age", "valueInteger", 45), {"person": {"age": 45}}),
    (answered("person.age", "valueQuantity", {"value": 45, "unit": "years"}), {"person": {"age": 45}}),
    (answered("person.age", "valueQuantity", {"value": 45, "code": "a"}), {"person": {"age": 45}}),
    (answered("kidney.egfr", "valueQuantity", {"value": 45}), {"kidney": {"egfr": 45}}),
    (answered("kidney.egfr", "valueQuantity", {"value": 45, "unit": "mL/min/1.73 m2"}), {"kidney": {"egfr": 45}}),
    (answered("kidney.egfr", "valueInteger", 45), {"kidney": {"egfr": 45}}),
    (answered("person.sex", "valueCoding", {"display": "Female"}), {"person": {"sex": "female"}}),
    (
        answered("person.sex", "valueCoding", {"system": "urn:x", "display": "female"}),
        {"person": {"sex": "female"}},
    ),
    (answered("country", "valueString", "Germany"), {"country": "DE"}),
    (answered("country", "valueCoding", {"display": "Germany"}), {"country": "DE"}),
    (answered("country", "valueCoding", {"system": ISO, "code": "DE", "display": "Germany"}), {"country": "DE"}),
    (answered("conditions", "valueCoding", {"display": "Heart block"}), {"conditions": ("heart block",)}),
    (
        answered("conditions", "valueCoding", MYASTHENIA),
        {"conditions": ("Myasthenia gravis (disorder)",)},
    ),
    (answered("symptoms", "valueString", "I feel weak"), {"symptoms": ("I feel weak",)}),
]


@pytest.mark.parametrize(("item", "profile"), FORMS)
def test_a_value_in_another_form_is_the_same_value(checker: Checker, item: dict[str, Any], profile: Any) -> None:
    assert told(checker, item) == profile


def test_a_time_with_seconds_is_the_minute(checker: Checker) -> None:
    found = told(
        checker, group("medications", NAMED, answered("medications.times", "valueTime", "08:00:28", "20:00:00.5"))
    )
    assert found["medications"][0]["times"] == ("08:00", "20:00")


def test_a_medicine_that_was_chosen_from_rxnorm_keeps_its_code(checker: Checker) -> None:
    coding = {"system": RXNORM, "code": "309309", "display": "ciprofloxacin 500 MG Oral Tablet"}
    found = told(checker, group("medications", answered("medications.name", "valueCoding", coding)))
    assert found["medications"] == ({"name": "ciprofloxacin 500 MG Oral Tablet", "rxcui": "309309"},)
    other = {"system": SNOMED, "code": "1", "display": "Ciprofloxacin 500mg tablets"}
    found = told(checker, group("medications", answered("medications.name", "valueCoding", other)))
    assert found["medications"] == ({"name": "Ciprofloxacin 500mg tablets"},)


def test_explanations_that_are_sent_back_below_an_answer_are_no_answers(checker: Checker) -> None:
    below = [{"linkId": "person.age.why", "text": "Why we ask"}]
    item = {"linkId": "person.age", "answer": [{"valueDecimal": 45, "item": below}]}
    assert told(checker, item) == {"person": {"age": 45}}


def test_a_list_of_names_in_one_answer_is_several_medicines(checker: Checker) -> None:
    names = answered("medications.name", "valueString", "ciprofloxacin, levothyroxine and metformin")
    report = checked_answers(Document("x", response(group("medications", names))), checker)
    assert [entry.is_ for entry in report.recognised] == ["ciprofloxacin", "levothyroxine", "metformin"]


@pytest.mark.parametrize(
    ("item", "low", "high"),
    [
        (answered("kidney.egfr", "valueQuantity", {"value": 30, "comparator": "<"}), 29, 29.99),
        (answered("kidney.egfr", "valueQuantity", {"value": 60, "comparator": ">"}), 60, 60),
    ],
)
def test_a_bound_is_counted_on_the_safe_side(checker: Checker, item: Any, low: float, high: float) -> None:
    egfr = answers_in(Document("x", response(item)), checker.book).profile.kidney.egfr
    assert egfr is not None
    assert low <= egfr <= high


def test_where_a_bound_cannot_be_said_it_is_refused(checker: Checker) -> None:
    quantity = {"value": 30, "comparator": "<"}
    with pytest.raises(InputError, match=r"kidney\.egfr: < 30"):
        told(checker, answered("kidney.egfr", "valueQuantity", quantity))


def test_a_bound_that_may_be_worse_is_not_all_that_is_needed(checker: Checker) -> None:
    quantity = {"value": 4.9, "unit": "mg/dL", "comparator": ">"}
    report = checked_answers(
        Document("x", response(answered("labs.magnesium", "valueQuantity", quantity))), checker
    )
    assert report.verdict == "avoid"
    assert [(entry.list, entry.input) for entry in report.not_checked] == [("labs.magnesium", "> 4.9 mg/dL")]


def test_a_form_of_an_earlier_edition_is_still_understood(checker: Checker) -> None:
    data = response(
        yes_or_no("blood values", said=True), answered("kidney.egfr", "valueDecimal", 45), questionnaire=FORMER_URL
    )
    assert profile_of_response(data, checker.book).kidney.egfr == 45
    data = response(yes_or_no("blood-values", said=True), answered("kidney.egfr", "valueDecimal", 45))
    assert profile_of_response(data, checker.book).kidney.egfr == 45
