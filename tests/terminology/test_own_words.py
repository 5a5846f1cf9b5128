"""The words people use for conditions, symptoms and goals: each means one thing in its list."""

from __future__ import annotations

import pytest

from magcheck import Checker, Profile
from magcheck.core.fact_names import TRAITS
from magcheck.knowledge.document import read_document
from magcheck.terminology.normalise import normal
from tests.support import ROOT

TABLE = ROOT / "rules" / "vocabulary" / "traits.yaml"


@pytest.mark.parametrize("kind", TRAITS)
def test_no_wording_means_two_things_in_one_list(kind: str) -> None:
    entries: dict[str, list[str] | None] = read_document(TABLE.read_bytes(), TABLE.name).data[TRAITS[kind]]
    words = [normal(word) for name, others in entries.items() for word in (name, *(others or ()))]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize("words", ["slow pulse", "uneven pulse", "can't breathe", "fits", "weak legs"])
def test_words_of_an_emergency_are_understood(checker: Checker, words: str) -> None:
    report = checker.check(Profile.model_validate({"symptoms": [words]}))
    assert report.findings[0].urgency == "emergency"


@pytest.mark.parametrize("words", ["acne", "hay fever", "high cholesterol", "arthritis", "anxiety", "insomnia"])
def test_a_condition_that_magnesium_does_not_touch_is_understood_and_silent(checker: Checker, words: str) -> None:
    told = {"conditions": [words], "person": {"age": 40}, "supplements": ["magnesium citrate 200 mg elemental"]}
    report = checker.check(Profile.model_validate(told))
    assert report.findings == ()
    assert report.not_checked == ()


SIGNS = ["very bad headache", "seeing spots", "blurred vision", "upper belly pain", "pain under the ribs"]
WHEN = [("pregnant", "today"), ("breastfeeding", "today"), ("none", None)]


@pytest.mark.parametrize("words", SIGNS)
@pytest.mark.parametrize(("pregnancy", "urgency"), WHEN)
def test_signs_of_pre_eclampsia_are_urgent_in_pregnancy_and_after_birth(
    checker: Checker, words: str, pregnancy: str, urgency: str | None
) -> None:
    report = checker.check(Profile.model_validate({"symptoms": [words], "person": {"pregnancy": pregnancy}}))
    assert report.findings[0].urgency == urgency
    assert report.not_checked == ()


@pytest.mark.parametrize(("pregnancy", "told"), [("pregnant", ["headache"]), ("none", [])])
def test_a_plain_headache_is_no_alarm(checker: Checker, pregnancy: str, told: list[str]) -> None:
    report = checker.check(Profile.model_validate({"symptoms": ["headache"], "person": {"pregnancy": pregnancy}}))
    assert ["headache" for one in report.findings if "headache" in one.rule] == told
    assert [one for one in report.findings if one.urgency] == []
