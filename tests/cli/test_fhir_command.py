"""Does the command line print the questions in FHIR, and take answers in FHIR for a profile?"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from magcheck.core.exits import Exit
from magcheck.fhir import checked_record
from tests.cli.running import run
from tests.fhir.recording import bundle, condition, laboratory, medicine
from tests.fhir.responding import answered, group, response

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck import Checker

CIPRO = response(group("medications", answered("medications.name", "valueString", "cipro")))


def test_the_command_prints_the_questions_and_reads_the_answers(rules: str) -> None:
    printed = run("questionnaire", "--only-rules", rules)
    assert (printed.code, printed.err) == (0, "")
    assert json.loads(printed.out)["resourceType"] == "Questionnaire"
    told = json.dumps(CIPRO).encode()
    as_profile = run("check", "-", "--json", "--only-rules", rules, stdin=b'{"medications": [{"name": "cipro"}]}')
    for command in ("check", "plan"):
        ran = run(command, "-", "--json", "--only-rules", rules, stdin=told)
        assert ran.code == as_profile.code == 30
        assert json.loads(ran.out)["findings"] == json.loads(as_profile.out)["findings"]


def test_answers_that_cannot_be_used_are_named_with_their_lines(rules: str, tmp_path: Path) -> None:
    file = tmp_path / "response.json"
    file.write_text(json.dumps(response(answered("person.age", "valueDecimal", 142)), indent=1))
    ran = run("check", str(file), "--only-rules", rules)
    assert ran.code == 2
    assert "response.json:8: person.age: 142 years cannot be right." in ran.err


RECORD = bundle(
    {
        "resourceType": "Patient",
        "id": "p",
        "birthDate": "1990-02-01",
        "gender": "female",
        "address": [{"country": "US"}],
    },
    medicine("ciprofloxacin 500 MG Oral Tablet [Cipro]"),
    medicine("magnesium citrate 200 mg", "MedicationStatement"),
    laboratory("98979-8", 90, "furlong"),
    condition("Blubb"),
    {"resourceType": "MedicationAdministration"},
)
NOT_READ = ("MedicationAdministration", "Blubb", "furlong")


@pytest.mark.parametrize("command", ["check", "plan", "explain"])
def test_a_record_is_read_and_whatever_was_not_read_is_said(command: str, tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    ran = run(command, str(file), "--plain")
    assert ran.code == Exit.NOT_COMPLETE, ran.err
    assert "NOT COMPLETE" in ran.out
    assert all(word in ran.out for word in NOT_READ)


def test_the_command_line_says_of_a_record_what_the_library_says(checker: Checker) -> None:
    ran = run("check", "-", "--json", stdin=json.dumps(RECORD).encode())
    said = json.loads(ran.out)
    report = checked_record(RECORD, checker, datetime.now().astimezone().date()).report
    same = report.model_dump(mode="json")
    assert said["not_checked"] == same["not_checked"]
    assert said["assumed"] == same["assumed"]
    assert said["findings"] == same["findings"]
    assert said["assumed"][0]["field"] == "person.age"
    assert not any(change["complete"] for change in said["what_would_change"] or ())


def test_a_handout_and_a_comparison_of_records(tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    ran = run("check", str(file), "--html", "-")
    assert ran.code == Exit.NOT_COMPLETE
    assert all(word in re.sub("\u00ad|<wbr>", "", ran.out) for word in NOT_READ)
    without = tmp_path / "without.json"
    without.write_text(json.dumps(bundle(*(e["resource"] for e in RECORD["entry"][:3]))), encoding="utf-8")
    ran = run("diff", str(without), str(file), "--plain")
    assert ran.code == Exit.NOT_COMPLETE
    assert all(word in ran.out for word in NOT_READ)


def test_of_a_value_that_is_only_a_bound_the_safe_side_counts_and_it_is_said() -> None:
    form = response(
        group("supplements", answered("supplements.name", "valueString", "magnesium citrate 200 mg")),
        answered("kidney.egfr", "valueQuantity", {"value": 30, "comparator": "<", "unit": "mL/min/1.73 m2"}),
    )
    ran = run("check", "-", stdin=json.dumps(form).encode())
    assert ran.code == Exit.ASK_OR_AVOID
    assert "only a bound is told" in " ".join(ran.out.lower().split())


STRANGE: list[object] = [
    {"resourceType": "Bundle"},
    {"resourceType": "Bundel", "entry": [{"resource": medicine("magnesium citrate 200 mg")}]},
    {"resourceType": 7},
    {"resourceType": None, "medications": ["cipro"]},
    {"resourceType": "Bundle", "entry": "x"},
    {"resourceType": "Parameters", "parameter": []},
    {"resourceType": "OperationOutcome", "issue": [{"diagnostics": "No scope for this."}]},
]


@pytest.mark.parametrize("data", STRANGE)
def test_nothing_that_is_fhir_and_not_read_is_an_all_clear(data: object) -> None:
    ran = run("check", "-", "--json", stdin=json.dumps(data).encode())
    assert ran.code in (Exit.NOT_COMPLETE, Exit.WRONG_INPUT, Exit.ASK_OR_AVOID)
    if ran.out:
        assert not json.loads(ran.out)["ok"]


def test_questions_go_on_with_answers_and_not_with_a_record(rules: str, tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    ran = run("ask", str(file), "--only-rules", rules)
    assert ran.code == Exit.WRONG_INPUT
    assert "only a QuestionnaireResponse is read" in ran.err
