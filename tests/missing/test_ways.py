"""An open form ("gel") is asked only where another way would change the answer."""

from __future__ import annotations

import random
from typing import Any

import pytest

from magcheck.checker import default_checker
from magcheck.profile import Medication
from magcheck.terminology.vocabulary import NotFound
from tests.terminology.looked_up import read

CHECKER = default_checker()
FORMS = ["SOLN", "gel", "3 drops", "KIT", "crea", "suspension", "SOLR", "supp", "im", "spray"]
MEDICINES = ["ciprofloxacin", "diclofenac", "furosemide", "digoxin", "timolol", "metronidazole", "lisinopril",
             "levothyroxine", "testosterone", "calcitriol", "gentamicin", "morphine"]  # fmt: skip


def person(dice: random.Random) -> dict[str, Any]:
    return {
        "person": {"age": dice.choice([5, 45, 71])},
        "kidney": dice.choice([{}, {"egfr": 38}, {"egfr": 95}]),
        "medications": [f"{dice.choice(MEDICINES)} {dice.choice(FORMS)}", dice.choice(["lithium", "aspirin"])],
        "supplements": dice.choice([["magnesium oxide 250 mg elemental"], []]),
    }


def said(told: dict[str, Any], way: str | None = None) -> tuple[object, ...]:
    line, other = told["medications"]
    first = line if way is None else {"name": line, "route": way}
    report = CHECKER.check(told | {"medications": [first, other]})
    findings = [(finding.rule, finding.action) for finding in report.findings]
    return report.verdict, findings, [gap.field for gap in report.missing]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_not_asked_changes_nothing(seed: int) -> None:
    dice = random.Random(seed)
    asked = quiet = 0
    for told in (person(dice) for _ in range(30)):
        why = read(told["medications"][0])[0].found
        if isinstance(why, NotFound) and why.meanwhile:
            is_asked = any(entry.question for entry in CHECKER.check(told).not_checked)
            assert is_asked or all(said(told, way) == said(told) for way in why.candidates), told
            asked, quiet = asked + is_asked, quiet + (not is_asked)
    assert asked > 2
    assert quiet > 2


def test_of_a_hundred_open_forms_those_beyond_the_effort_are_asked() -> None:
    lines = [Medication(name=f"furosemide SOLN {number} mg") for number in range(1, 101)]
    report = CHECKER.check({"person": {"age": 45}, "medications": [line.name for line in lines]})
    assert len(report.not_checked) > 50
    few = CHECKER.check({"person": {"age": 45}, "kidney": {"egfr": 95}, "medications": ["lisinopril crea"]})
    assert not few.not_checked
