"""Are medicines read as orders and statements tell them, each once, with everything named that was not read?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from magcheck.fhir.check import checked_record
from tests.fhir.recording import TODAY, bundle, checked, dosage, medicine, reasons, said, timed

if TYPE_CHECKING:
    from magcheck import Checker

CIPRO = "ciprofloxacin 500 MG Oral Tablet"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


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
    "ingredient": [
        {"itemCodeableConcept": {"text": "ciprofloxacin"}, "strength": {"numerator": {"value": 500, "unit": "mg"}}}
    ],
}


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


def test_how_a_medicine_is_handled_is_said_and_keeps_nothing_open(checker: Checker) -> None:
    text = "Take 1 tablet by mouth daily. Do not crush or chew. Avoid sunlight. Avoid dairy products."
    found = checked(checker, medicine(CIPRO, **dosage(text=text)))
    assert not found.report.not_checked
    assert "Do not crush or chew" in said(found)
    assert "Avoid sunlight" in said(found)


@pytest.mark.parametrize(
    "text", ["Do not take.", "Stop on Monday.", "Hold for surgery.", "Discontinue when better"]
)
def test_words_that_may_say_it_is_over_are_asked_and_it_counts(checker: Checker, text: str) -> None:
    found = checked(checker, medicine(CIPRO, **dosage(text=text)))
    assert [entry.read.taken for entry in found.report.recognised] == [True]
    assert "was not understood" in reasons(found)


def test_a_code_alone_is_read_with_what_is_said_of_it(checker: Checker) -> None:
    concept = {"coding": [{"system": RXNORM, "code": "2551"}]}
    told = dosage(text="Take 1 tablet twice daily")
    found = checked(checker, {"resourceType": "MedicationRequest", "medicationCodeableConcept": concept, **told})
    assert [(entry.is_, entry.read.per_day) for entry in found.report.recognised] == [("ciprofloxacin", 2)]
    assert not found.report.not_checked


@pytest.mark.parametrize("system", ["http://snomed.info/sct", "http://hl7.org/fhir/sid/ndc"])
def test_a_code_of_which_nothing_is_known_is_named(checker: Checker, system: str) -> None:
    concept = {"coding": [{"system": system, "code": "372840008"}]}
    found = checked(checker, {"resourceType": "MedicationRequest", "medicationCodeableConcept": concept})
    assert f"{system} 372840008: it names no medicine" in reasons(found)


@pytest.mark.parametrize(
    ("words", "is_", "held"),
    [
        ("ZINC SULFATE 220 (50 ZN) MG PO CAPS", "zinc sulfate", None),
        ("CALCIUM CARBONATE 1250 (500 CA) MG PO TABS", "calcium carbonate", None),
        ("LITHIUM CARBONATE 300 (8 MEQ) MG PO CAPS", "lithium", None),
        ("MAGNESIUM OXIDE 400 (240 MG) MG PO TABS", "magnesium oxide", "elemental"),
        ("MAGNESIUM GLUCONATE 500 (27 MG) MG PO TABS", "magnesium gluconate", "elemental"),
    ],
)
def test_what_a_salt_holds_is_no_magnesium_of_its_own(
    checker: Checker, words: str, is_: str, held: str | None
) -> None:
    (entry,) = checked(checker, medicine(words)).report.recognised
    assert entry.ingredients == (is_,)
    assert entry.read.basis == held


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("diclofenac sodium 0.01 MG/MG Topical Gel", False),
        ("ciprofloxacin 3 MG/ML Ophthalmic Solution", False),
        ("CIPROFLOXACIN 0.3 % SOLN", True),
        ("OMEPRAZOLE 20 MG CPDR", False),
        ("nitroglycerin 0.4 MG Sublingual Tablet", False),
        ("24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet", False),
    ],
)
def test_the_dose_form_of_a_display_is_read_or_asked(checker: Checker, name: str, *, asked: bool) -> None:
    found = checked(checker, medicine(name))
    assert [entry.question is not None for entry in found.report.not_checked] == [True] * asked


def test_the_route_of_an_order_settles_an_open_form(checker: Checker) -> None:
    into_the_eye = dosage(route={"coding": [{"system": "http://snomed.info/sct", "code": "54485002"}]})
    found = checked(checker, medicine("CIPROFLOXACIN 0.3 % SOLN", **into_the_eye))
    assert not found.report.not_checked
    assert found.report.recognised[0].route == "eye"
