"""What something is taken for: read where no page speaks of it, shown where one does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from magcheck.core.scales import Action
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck import Checker
    from magcheck.report import Report

HEALTHY = {
    "person": {"age": 45, "sex": "female", "pregnancy": "none"},
    "kidney": {"egfr": 95},
    "symptoms": [],
    "conditions": [],
    "medications": [],
}
PREGNANT = HEALTHY | {"person": {"age": 31, "sex": "female", "pregnancy": "pregnant"}}

READ = [
    "ibuprofen 400 mg prn pain",
    "tramadol 50 mg every 6 hours as needed for severe pain",
    "zopiclone 7.5 mg prn anxiety/insomnia",
    "zolpidem 10 mg at bedtime for my sleep and anxiety",
    "cetirizine 10 mg daily for hay fever and allergies",
    "prednisone 5 mg for the eczema",
    "Ibuprofen 400 mg bei Bedarf gegen Schmerzen",
    "Pantoprazol 40 mg für den Magen",
    "paracétamol 1 g pour la douleur",
    "paracetamol 1 g para el dolor de espalda",
    "paracetamolo 1 g per il mal di schiena",
    "paracetamol 1 g tegen de pijn",
]
SHOWN = [
    ("warfarin 5 mg daily for AF", "AF"),
    ("metformin 500 mg bid for diabetes", "diabetes"),
    ("furosemide 40 mg for kidney failure", "kidney"),
    ("ibuprofen 400 mg for zyxolitis", "zyxolitis"),
    ("cetirizine 10 mg for the rash", "rash"),
    ("ondansetron 4 mg as needed for nausea", "nausea"),
    ("cetirizine 10 mg sleep", "sleep"),
    ("ibuprofen prn cough syrup", "cough"),
    ("ibuprofen for pain and cough medicine", "cough"),
    ("ibuprofen for infection, cough syrup", "cough"),
    ("ibuprofen as needed sleep supplement", "sleep"),
    ("metformin for energy supplement", "energy"),
    ("digoxin prn pain tablets", "pain"),
    ("Ibuprofen f\u00fcr Schlaf Tabletten", "Schlaf"),
    ("amitriptyline anxiety 10 mg", "anxiety"),
]


def _checked(checker: Checker, person: dict[str, Any], **told: Any) -> Any:
    return checker.check(person | {"supplements": [{"name": "magnesium glycinate", "amount_mg": 100}]} | told)


@pytest.mark.parametrize("line", READ)
def test_a_purpose_is_no_part_of_the_name(checker: Checker, line: str) -> None:
    report = _checked(checker, HEALTHY, medications=[line])
    assert len(report.recognised) == 2
    assert not report.not_checked


@pytest.mark.parametrize(("line", "word"), SHOWN)
def test_a_purpose_that_a_page_speaks_of_or_that_may_be_a_name_is_shown(
    checker: Checker, line: str, word: str
) -> None:
    report = _checked(checker, HEALTHY, medications=[line])
    assert any(word in entry.input for entry in report.not_checked)
    assert not report.complete


@pytest.mark.parametrize("line", [line for line in READ if " for " in line])
def test_a_medicine_behind_a_purpose_is_still_read(checker: Checker, line: str) -> None:
    report = _checked(checker, HEALTHY, medications=[f"{line} and ciprofloxacin"])
    assert any("ciprofloxacin" in entry.is_ for entry in report.recognised)


def _purposes(checker: Checker) -> list[str]:
    return sorted(
        phrase for phrase, sense in checker.book.vocabulary.lexicon.phrases() if sense.tag is Tag.PURPOSE
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("levothyroxine for thyroid extract", "desiccated thyroid"),
        ("ibuprofen for stress B complex", "B Complex"),
        ("ibuprofen for mood St John's wort", "st john's wort"),
    ],
)
def test_a_known_name_is_never_a_purpose(checker: Checker, line: str, name: str) -> None:
    report = _checked(checker, HEALTHY, medications=[line])
    assert any(name in entry.read.echo for entry in report.recognised)


@pytest.mark.parametrize("line", ["2 St John's wort capsules", "1 St. John's wort 300 mg", "3 st johns wort"])
def test_a_pack_size_is_never_the_beginning_of_a_name(checker: Checker, line: str) -> None:
    report = _checked(checker, HEALTHY, medications=[line])
    assert any("st john's wort" in entry.read.echo for entry in report.recognised)


def _rules(report: Report) -> set[str]:
    """Of what one is told to do; what magnesium may be good for is no purpose of a medicine."""
    return {finding.rule for finding in report.findings if finding.action is not Action.NOTE}


@pytest.mark.parametrize("field", ["symptoms", "conditions"])
def test_no_page_speaks_of_a_purpose_that_is_dropped(checker: Checker, field: str) -> None:
    for person in (HEALTHY, PREGNANT):
        silent = _rules(_checked(checker, person))
        for purpose in _purposes(checker):
            found = _rules(_checked(checker, person, **{field: [purpose]}))
            assert found == silent, purpose
