"""Advice on form, dose and time comes when a goal calls for it, never while something speaks against it."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Profile
from magcheck.core.scales import Action, Severity
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.rule import Expectation

if TYPE_CHECKING:
    from magcheck import Checker
    from magcheck.report import Report

BOOK = load_rules()
GUIDANCE = {page.id for page in BOOK.rules if page.guidance}
GOALS = sorted(set(BOOK.traits["goal"].values()))
CITRATE = {"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental"}
ADULT: dict[str, Any] = {"person": {"age": 40, "pregnancy": "none"}, "supplements": [CITRATE]}
FORMS = ("citrate", "glycinate", "oxide", "l-threonate", "malate", "taurate", "chloride", "lysinate glycinate")
MOST_NOTES = 3
LONGEST_NOTE = 105
"""Words of what to do."""
ASKING_BY_SYMPTOM = {"form-bowel-upset"}


def reported(checker: Checker, given: dict[str, Any]) -> Report:
    return checker.check(Profile.model_validate(given))


def guidance(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings} & GUIDANCE


def blocking_people() -> list[tuple[str, dict[str, Any]]]:
    """The people of the firing examples of every page that keeps guidance back."""
    return [
        (page.id, example.given)
        for page in BOOK.rules
        if (page.blocks_guidance or page.strongest is Action.AVOID) and not page.retired and page.ask is None
        for example in page.examples
        if example.expect is Expectation.FIRES
    ]


@pytest.mark.parametrize("goal", GOALS)
def test_a_goal_brings_at_most_three_notes_whatever_the_form(checker: Checker, goal: str) -> None:
    for forms in (*product(FORMS), *combinations(FORMS, 2)):
        supplements = [{"name": f"magnesium {form}", "amount_mg": 150, "basis": "elemental"} for form in forms]
        found = guidance(reported(checker, {**ADULT, "supplements": supplements, "goals": [goal]}))
        assert bool(found) is (goal != "heartburn")
        assert len(found) <= MOST_NOTES, (forms, found)


def test_no_note_is_long() -> None:
    for page in BOOK.rules:
        if page.guidance and not page.retired:
            assert len((page.what_to_do or "").split()) <= LONGEST_NOTE, page.id


def test_a_healthy_adult_without_a_goal_gets_no_finding(checker: Checker) -> None:
    assert reported(checker, ADULT).findings == ()


@pytest.mark.parametrize("form", ["citrate", "glycinate", "oxide", "l-threonate", "malate", "taurate", "chloride"])
def test_without_a_goal_no_form_is_discussed(checker: Checker, form: str) -> None:
    supplement = {"name": f"magnesium {form}", "amount_mg": 200, "basis": "elemental"}
    assert guidance(reported(checker, {**ADULT, "supplements": [supplement]})) == set()


def test_no_example_without_goal_and_symptom_brings_guidance(checker: Checker) -> None:
    for page in BOOK.rules:
        for example in page.examples:
            if example.given.keys() & {"goals", "symptoms"}:
                continue
            assert guidance(reported(checker, example.given)) == set(), page.id


def test_a_block_keeps_every_guidance_back(checker: Checker) -> None:
    people = blocking_people()
    assert len({page for page, _ in people}) > 40
    for page, given in people:
        report = reported(checker, {**given, "goals": GOALS})
        assert page in {finding.rule for finding in report.findings}
        assert guidance(report) == set(), page


@pytest.mark.parametrize(
    "more",
    [
        {"kidney": {"egfr": 59}},
        {"kidney": {"egfr": 44}},
        {"kidney": {"egfr": 20}},
        {"kidney": {"dialysis": True}},
        {"kidney": {"disease": True}},
        {"kidney": {"disease": True, "egfr": 80}},
        {"conditions": ["kidney transplant"]},
        {"conditions": ["heart block"]},
        {"conditions": ["myasthenia gravis"]},
        {"conditions": ["bowel obstruction"]},
        {"medications": ["spironolactone"], "kidney": {"egfr": 50}},
        {"medications": ["spironolactone"]},
        {"medications": ["raltegravir"]},
        {"symptoms": ["muscle weakness"]},
        {"labs": {"magnesium": {"value": 3.8, "unit": "mg/dL"}}},
        {"person": {"age": 12}},
        {"person": {"age": 6}},
    ],
    ids=str,
)
def test_these_people_get_no_guidance(checker: Checker, more: dict[str, Any]) -> None:
    report = reported(checker, {**ADULT, "goals": GOALS, **more})
    assert report.findings
    assert guidance(report) == set()


@pytest.mark.parametrize(
    "more",
    [
        {"kidney": {"egfr": 60}},
        {"medications": ["sertraline"]},
        {"medications": ["levothyroxine"]},
        {"person": {"age": 18}},
    ],
    ids=str,
)
def test_these_people_get_it(checker: Checker, more: dict[str, Any]) -> None:
    assert {"for-sleep", "first-weeks"} <= guidance(reported(checker, {**ADULT, "goals": ["sleep"], **more}))


def test_guidance_never_interrupts() -> None:
    for page in BOOK.rules:
        if page.guidance:
            assert page.action in {Action.NOTE, Action.MONITOR}
            assert page.severity in {Severity.INFO, Severity.MINOR}
            assert page.urgency is None
            assert not page.blocks_guidance


def test_every_guidance_page_asks_for_a_goal_or_a_symptom() -> None:
    for page in BOOK.rules:
        if page.guidance:
            asked = {condition.kind for condition in page.when if hasattr(condition, "kind")}
            assert asked & ({"goal", "symptom"} if page.id in ASKING_BY_SYMPTOM else {"goal"}), page.id
