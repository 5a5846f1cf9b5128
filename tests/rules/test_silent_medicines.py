"""Ordinary medicines must not raise an alarm: two held lists, one silent, one with what fires."""

from __future__ import annotations

from pathlib import Path

import pytest

from magcheck.checker import default_checker
from magcheck.profile import Profile
from magcheck.report import Report, Verdict

HERE = Path(__file__).parent
SILENT = (HERE / "silent_medicines.txt").read_text(encoding="utf-8").splitlines()
INTERACTING = dict(
    line.split(": ", 1) for line in (HERE / "interacting_medicines.txt").read_text(encoding="utf-8").splitlines()
)


def report_of(*medicines: str) -> Report:
    """A healthy adult of 40 who takes 200 mg of magnesium (glycinate) a day."""
    return default_checker().check(
        Profile.model_validate(
            {
                "person": {"age": 40, "pregnancy": "none"},
                "kidney": {"egfr": 95},
                "medications": medicines,
                "supplements": [{"name": "magnesium glycinate", "amount_mg": 200, "basis": "elemental"}],
            }
        )
    )


def said(report: Report) -> str:
    """What fires and what is asked: "separate-x, sedatives-mild; asks supplements[0].name"."""
    fired = ", ".join(finding.rule for finding in report.findings)
    asked = ", ".join(f"asks {missing.field}" for missing in report.missing)
    return "; ".join(filter(None, (fired, asked)))


def test_the_lists_are_long_enough_sorted_and_apart() -> None:
    assert len(SILENT) >= 200
    assert sorted(set(SILENT), key=str.casefold) == SILENT
    assert sorted(INTERACTING, key=str.casefold) == list(INTERACTING)
    assert not set(SILENT) & INTERACTING.keys()


def test_no_medicine_and_200_mg_is_clear() -> None:
    report = report_of()
    assert (report.verdict, report.complete, report.findings) == (Verdict.CLEAR, True, ())


@pytest.mark.parametrize("name", SILENT)
def test_a_medicine_without_an_interaction_stays_silent(name: str) -> None:
    report = report_of(name)
    assert report.not_checked == ()
    assert said(report) == ""
    assert report.complete
    assert report.verdict is Verdict.CLEAR


@pytest.mark.parametrize(("name", "expected"), INTERACTING.items())
def test_a_medicine_with_an_interaction_says_just_that(name: str, expected: str) -> None:
    report = report_of(name)
    assert report.not_checked == ()
    assert said(report) == expected


def test_five_silent_medicines_together_are_silent_too() -> None:
    for start in range(0, len(SILENT), 5):
        assert said(report_of(*SILENT[start : start + 5])) == ""
