"""Does a headline calm who did not tell all? What was not told is named, and no calm word is said."""

from __future__ import annotations

import pytest

from magcheck import Checker, Profile
from magcheck.cli.interview import Interview
from magcheck.rendering.first_screen import in_two_lines
from magcheck.report import Report
from tests.cli.scripted import Scripted

CALM = ("Nothing here speaks", "Nothing we know speaks", "need not change")
HEALTHY = {
    "symptoms now": "none",
    "your creatinine or": "eGFR 95",
    "Which illnesses": "none",
    "How old": "34, woman",
    "pregnant": "no",
    "Which medicines": "none",
    "Which magnesium": "magnesium citrate 200 mg elemental at bedtime",
    "cramps or anxiety": "none",
}
NAMED = {
    "symptoms now": "symptoms",
    "Which illnesses": "other conditions",
    "pregnant": "pregnancy or breastfeeding",
    "Which medicines": "medicines",
}


def report_on(answers: dict[str, str], checker: Checker) -> Report:
    return Interview(Scripted(*answers.items()), checker).checked(checker.check)[1]


def headline(answers: dict[str, str], checker: Checker) -> tuple[str, tuple[str, ...]]:
    report = report_on(answers, checker)
    return in_two_lines(report, checker.book.wording)[0], report.untold


def test_whoever_told_all_reads_that_nothing_speaks_against_it(checker: Checker) -> None:
    first, untold = headline(HEALTHY, checker)
    assert untold == ()
    assert any(calm in first for calm in CALM)


@pytest.mark.parametrize("question", NAMED)
@pytest.mark.parametrize("text", ["I don't know", "not sure", "idk", ""])
def test_who_does_not_know_reads_no_calm_headline(question: str, text: str, checker: Checker) -> None:
    first, untold = headline(HEALTHY | {question: text}, checker)
    assert NAMED[question] in untold
    assert not any(calm in first for calm in CALM)
    assert "NOT ALL TOLD. " in first
    assert "Not all was told, so not all is checked" in first


def test_a_strong_verdict_needs_no_other_headline(checker: Checker) -> None:
    report = report_on(HEALTHY | {"symptoms now": "idk", "Which medicines": "digoxin"}, checker)
    assert report.headline == "Talk to your doctor before you take this magnesium."


def test_what_a_report_promises_of_itself_stays(checker: Checker) -> None:
    """`ok` and `complete` speak of what was told; `untold` names the rest."""
    data = {"supplements": ["magnesium citrate 100 mg elemental at bedtime"], "person": {"age": 45, "sex": "male"}}
    report = checker.check(Profile.model_validate(data | {"kidney": {"egfr": 95.0}}))
    assert (report.verdict.value, report.complete, report.ok, int(report.exit_code)) == ("clear", True, True, 0)
    assert report.untold == ("symptoms", "other conditions", "medicines")
