"""Is a row what a check says, whatever the person or the nonsense?"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magcheck import Checker, InputError, Profile
from magcheck.core.errors import EngineFault
from magcheck.fhir.check import checked_record
from magcheck.fhir.record import record_of
from magcheck.screen.brief import brief_of
from magcheck.screen.row import ERROR, FAULT, Kind, RowOptions, line_of, row_of
from tests.screen.people import HOSTILE, people

BRIEF, FULL = RowOptions(Kind.BRIEF, date(2026, 11, 1)), RowOptions(Kind.FULL, date(2026, 11, 1))
UNREAD: list[dict[str, Any]] = [
    {"medications": ["xyzzol 5 mg"], "supplements": ["magnesium oxide"]},
    {"medications": ["cipro 500 mg, xyzzol"], "supplements": ["magnesium 400 mg", "multivitamin"]},
    {"medications": ["cipro 500 mg at 8:00 and 20:00", "levothyroxine and xyz"], "supplements": ["magnesium"]},
    {"conditions": ["strange illness"], "supplements": ["magnesium citrate 2000 mg"], "kidney": {"egfr": 12}},
    {},
]
RECORD: dict[str, Any] = {
    "resourceType": "Bundle",
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "1", "birthDate": "1950-05-01", "gender": "female"}},
        {
            "resource": {
                "resourceType": "MedicationStatement",
                "status": "active",
                "medicationCodeableConcept": {"text": "ciprofloxacin"},
            }
        },
    ],
}


def test_a_row_is_what_the_check_says(checker: Checker) -> None:
    for number, told in enumerate([*people(150), *UNREAD], start=1):
        expected = brief_of(checker.check(Profile.model_validate(told))).as_data()
        assert row_of(number, json.dumps(told).encode(), checker, BRIEF).data == {"row": number, **expected}


def test_a_whole_report_is_that_of_the_check(checker: Checker) -> None:
    for told in [*people(20), *UNREAD]:
        report = checker.check(told).model_dump(mode="json")
        row = row_of(7, json.dumps(told).encode(), checker, FULL)
        assert row.data == {"row": 7, "report": report}
        assert row.outcome == report["verdict"]


def test_what_is_missing_or_unread_is_named_and_never_ok(checker: Checker) -> None:
    for told in [*people(150), *UNREAD]:
        data = row_of(1, json.dumps(told).encode(), checker, BRIEF).data
        assert data["complete"] == (not data["missing"] and not data["not_checked"])
        assert data["complete"] or not data["ok"]


@pytest.mark.parametrize("asked", [BRIEF, FULL])
@pytest.mark.parametrize("told", HOSTILE, ids=lambda told: repr(told[:30]))
def test_nonsense_becomes_an_error_with_its_number(told: bytes, asked: RowOptions, checker: Checker) -> None:
    row = row_of(12, told, checker, asked)
    assert row.outcome == ERROR
    assert row.data.keys() == {"row", "error"}
    assert row.data["row"] == 12
    assert row.data["error"]
    assert b"\n" not in line_of(row)[:-1]
    assert len(line_of(row)) < 10_000


@settings(max_examples=300, deadline=None)
@given(told=st.binary(max_size=60) | st.text(max_size=40).map(lambda text: json.dumps({text: text}).encode()))
def test_any_line_becomes_one_line(told: bytes) -> None:
    checker = _shared()
    line = line_of(row_of(1, told, checker, BRIEF))
    assert line.count(b"\n") == 1
    assert json.loads(line)["row"] == 1


def _shared() -> Checker:
    from magcheck.checker import default_checker

    return default_checker()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(EngineFault("no"), FAULT), (RuntimeError("x"), FAULT), (RecursionError(), FAULT), (InputError([]), ERROR)],
)
def test_what_a_check_raises_becomes_an_error_row(
    error: Exception, outcome: str, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Checker, "seen", fail)
    row = row_of(3, b"{}", checker, BRIEF)
    assert row.outcome == outcome
    assert row.data.keys() == {"row", "error"}


def test_a_record_is_read_as_a_record(checker: Checker) -> None:
    report = checked_record(RECORD, checker, BRIEF.today).report
    assert report.recognised[0].is_ == "ciprofloxacin"
    told = json.dumps(RECORD).encode()
    assert row_of(1, told, checker, BRIEF).data == {"row": 1, **brief_of(report).as_data()}
    assert row_of(1, told, checker, FULL).data["report"] == report.model_dump(mode="json")


CONTRADICTING: dict[str, Any] = {
    "resourceType": "Bundle",
    "entry": [
        *RECORD["entry"],
        {
            "resource": {
                "resourceType": "Observation",
                "status": "final",
                "code": {"coding": [{"system": "http://loinc.org", "code": "2160-0"}]},
                "valueQuantity": {
                    "value": 4000,
                    "unit": "mg/dL",
                    "system": "http://unitsofmeasure.org",
                    "code": "mg/dL",
                },
            }
        },
    ],
}


def test_a_record_that_contradicts_itself_is_answered_as_whole_reports_answer_it(checker: Checker) -> None:
    with pytest.raises(InputError):
        checker.check(record_of(CONTRADICTING, checker.book, BRIEF.today).profile)
    report = checked_record(CONTRADICTING, checker, BRIEF.today).report
    assert report.not_checked
    assert row_of(1, json.dumps(CONTRADICTING).encode(), checker, BRIEF).data == {
        "row": 1,
        **brief_of(report).as_data(),
    }


def test_what_a_table_does_not_tell_is_not_told(checker: Checker) -> None:
    told = {"person": {"age": 70, "sex": None}, "kidney": None, "medications": [{"name": "cipro", "times": None}]}
    same = {"person": {"age": 70}, "medications": [{"name": "cipro"}]}
    assert row_of(1, told, checker, BRIEF) == row_of(1, json.dumps(same).encode(), checker, BRIEF)
