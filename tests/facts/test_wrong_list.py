"""A symptom among the conditions counts as in its own list, and the report says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from magcheck import check
from tests.support import profile

if TYPE_CHECKING:
    from magcheck.report import Report

TAKEN = {"supplements": ["magnesium citrate 100 mg"], "country": "US"}
RIGHT = {"conditions": ["kidney disease", "constipation"], "symptoms": ["dizziness"]}
WRONG = {"conditions": ["dizziness"], "symptoms": ["kidney disease", "constipation"]}


def said(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.what_to_do) for one in report.findings]


def test_the_wrong_list_has_the_same_consequences_as_the_right_one() -> None:
    right, wrong = check(profile(**TAKEN, **RIGHT)), check(profile(**TAKEN, **WRONG))
    assert said(wrong) == said(right)
    assert (wrong.verdict, wrong.complete, wrong.missing) == (right.verdict, right.complete, right.missing)
    assert not wrong.not_checked


def test_a_word_in_the_wrong_list_is_never_understood_silently() -> None:
    report = check(profile(**TAKEN, **WRONG))
    assert {one.field: one.what for one in report.assumed if one.field != "supplements[0]"} == {
        "conditions[0]": "'dizziness' is understood as a symptom: dizziness.",
        "symptoms[0]": "'kidney disease' is understood as a condition: chronic kidney disease.",
        "symptoms[1]": "'constipation' is understood as a condition: constipation.",
        "kidney.disease": "'kidney disease' counts as kidney disease.",
    }
    assert not any("understood" in one.what for one in check(profile(**TAKEN, **RIGHT)).assumed)


def test_the_finding_points_to_the_place_where_it_was_told() -> None:
    report = check(profile(**TAKEN, conditions=["dizziness"]))
    subjects = [subject for finding in report.findings for subject in finding.subjects]
    assert ("conditions", 0, "dizziness") in [(one.list, one.index, one.input) for one in subjects]


@pytest.mark.parametrize("field", ["conditions", "symptoms", "goals"])
def test_a_word_that_no_list_knows_is_still_not_checked(field: str) -> None:
    report = check(profile(**TAKEN, **{field: ["blorbitis"]}))
    assert [one.input for one in report.not_checked] == ["blorbitis"]
    assert not report.complete


def test_an_aim_that_is_no_aim_of_ours_but_a_disease_counts_as_a_disease() -> None:
    report = check(profile(**TAKEN, goals=["myasthenia gravis"]))
    assert report.verdict.value == "avoid"
