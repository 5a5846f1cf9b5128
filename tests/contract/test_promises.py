"""What embedders rely on: names, strictness, exit codes. Extended freely, never renamed or dropped."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import magcheck
from magcheck import Checker, Profile, RulesError, check

EVERYTHING: dict[str, Any] = {
    "person": {"age": 62, "sex": "female", "pregnancy": "none", "weight_kg": 71, "height_cm": 165},
    "kidney": {
        "egfr": 45,
        "creatinine": {"value": 1.35, "unit": "mg/dL"},
        "stage": "G3a",
        "dialysis": False,
        "disease": True,
        "acute": False,
    },
    "labs": {"magnesium": {"value": 2.0, "unit": "mg/dL"}},
    "conditions": ["myasthenia gravis", "heart block"],
    "symptoms": ["diarrhoea"],
    "goals": ["sleep"],
    "medications": [
        {
            "name": "Cipro 500 mg",
            "route": "oral",
            "times": ["08:00", "20:00"],
            "frequency": "daily",
            "dose_mg": 500,
            "fixed": True,
        },
        {"rxcui": "10582", "times": ["06:30"]},
        {"name": "Xyzol"},
    ],
    "supplements": [
        {
            "name": "magnesium glycinate",
            "amount_mg": 1000,
            "basis": "compound",
            "elemental_percent": 14.1,
            "times": ["21:30"],
            "per_day": 1,
        },
        {"name": "calcium carbonate", "amount_mg": 600, "basis": "elemental", "times": ["12:30"]},
    ],
    "day": {"wake": "06:30", "sleep": "22:30", "meals": ["07:00", "12:30", "18:30"]},
    "country": "US",
}


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(check(Profile.model_validate(EVERYTHING)).model_dump_json())
    return loaded


def test_every_promised_key_of_the_report_is_there(report: dict[str, Any]) -> None:
    promised = {
        "verdict", "complete", "headline", "findings", "recognised", "not_checked",
        "missing", "dose", "plan", "rules", "notice",
    }  # fmt: skip
    assert promised <= report.keys()
    assert report["rules"].keys() >= {"version", "digest"}
    assert report["rules"]["digest"].startswith("sha256:")


def test_every_promised_key_of_a_finding_is_there(report: dict[str, Any]) -> None:
    promised = {"rule", "action", "title", "what_to_do", "why", "subjects", "facts", "separation", "evidence"}
    assert all(promised <= finding.keys() for finding in report["findings"])
    (cipro,) = [finding for finding in report["findings"] if finding["rule"] == "separate-ciprofloxacin"]
    assert cipro["subjects"][1] == {
        "list": "supplements", "index": 0, "input": "magnesium glycinate", "is": "magnesium bisglycinate",
    }  # fmt: skip
    assert {key: cipro["separation"][key] for key in cipro["separation"] if not key.startswith("yours")} == {
        "take": "ciprofloxacin", "around": "magnesium", "before_h": 2, "after_h": 6,
        "preferred_before_h": 2, "preferred_after_h": 6, "status": "broken",
    }  # fmt: skip
    assert cipro["evidence"][0].keys() >= {"source", "where", "grade", "url"}


def test_what_was_recognised_carries_its_international_name(report: dict[str, Any]) -> None:
    first = report["recognised"][0]
    assert (first["list"], first["index"], first["input"]) == ("medications", 0, "Cipro 500 mg")
    assert (first["is"], first["by"], first["rxcui"]) == ("ciprofloxacin", "brand", "2551")
    assert first["classes"] == ["fluoroquinolone"]
    assert first["ingredients"] == ["ciprofloxacin"]


def test_an_unknown_name_makes_the_report_incomplete(report: dict[str, Any]) -> None:
    assert not report["complete"]
    assert [entry["input"] for entry in report["not_checked"]] == ["Xyzol"]
    assert report["not_checked"][0].keys() >= {"list", "index", "input", "reason", "candidates"}


def test_the_dose_adds_up_as_promised(report: dict[str, Any]) -> None:
    dose = report["dose"]
    assert (dose["elemental_mg_per_day"], dose["low"], dose["high"]) == (None, 141, None)  # one name is not known
    assert dose["limit_mg_per_day"] == 350
    assert dose["parts"] == [
        {"list": "supplements", "index": 0, "elemental_mg_per_day": 141, "low": 141, "how": "1000 mg x 14.1 %"}
    ]


def test_the_dose_of_what_is_understood_has_both_bounds() -> None:
    known = [item for item in EVERYTHING["medications"] if item.get("name") != "Xyzol"]
    dose = check(Profile.model_validate(EVERYTHING | {"medications": known})).dose
    assert dose is not None
    assert (dose.elemental_mg_per_day, dose.low, dose.high) == (141, 141, 141)


@pytest.mark.parametrize(
    "told",
    [
        {"person": {"age": "29"}},
        {"person": {"age": True}},
        {"kidney": {"egfr": float("nan")}},
        {"kidney": {"egfr": float("inf")}},
        {"kidney": {"egfr": -1}},
        {"kidney": {"creatinine": {"value": 1.0, "unit": "mg"}}},
        {"person": {"age": 121}},
        {"medications": [{"name": "x", "times": ["8pm"]}]},
        {"medications": [{"route": "oral"}]},
        {"supplements": [{"name": "magnesium", "amount_mg": -5}]},
        {"unknown": 1},
        {"country": "usa"},
    ],
)
def test_nothing_is_coerced_and_nothing_unknown_is_swallowed(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Profile.model_validate(told)


def test_profiles_are_frozen() -> None:
    profile = Profile.model_validate(EVERYTHING)
    with pytest.raises(ValidationError):
        profile.country = "DE"


def test_at_most_fourteen_public_names_and_sorted() -> None:
    assert len(magcheck.__all__) <= 14
    assert sorted(magcheck.__all__) == magcheck.__all__
    assert all(getattr(magcheck, name) for name in magcheck.__all__)


def test_one_checker_serves_many_threads() -> None:
    checker = Checker()
    profile = Profile.model_validate(EVERYTHING)
    expected = checker.check(profile).model_dump_json()
    answers: list[str] = []
    threads = [
        threading.Thread(
            target=lambda: answers.extend(checker.check(profile).model_dump_json() for _ in range(20))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 80


def test_a_folder_without_pages_never_reads_as_clear(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no rule page"):
        Checker(only_rules=tmp_path)
