"""Has every question a way out? Whatever was told before, Enter alone comes to the end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magcheck import Checker, InputError
from magcheck.checker import default_checker
from magcheck.cli.interview import Interview
from magcheck.cli.prompts import Prompt
from tests.cli.scripted import REVIEW, Scripted

WRONG = "Which of your answers do you want to change"
VALUES, ILLNESSES, GOALS = "your creatinine or", "Which illnesses", "cramps or anxiety"
KIDNEYS = [
    "CKD stage 4",
    "CKD stage 1",
    "on dialysis",
    "kidney failure",
    "my kidneys are fine",
    "none",
    "diabetes",
]
SAID = {
    "symptoms now": [*KIDNEYS, "none", "confusion"],
    VALUES: ["eGFR 95", "eGFR 12", "creatinine 9 mg/dL", "eGFR 95, creatinine 9 mg/dL", "no"],
    ILLNESSES: KIDNEYS,
    "kidney disease?": ["yes", "no", "maybe"],
    "dialysis?": ["yes", "no"],
    "How old": ["34, woman", "45, man", "30, man, pregnant"],
    "pregnant": ["no", "pregnant", "maybe"],
    "Which medicines": ["none", "digoxin", "Xyzol"],
    "Which magnesium": ["magnesium citrate 200 mg at bedtime", "none"],
    GOALS: ["for my dad who has kidney failure", "sleep", "for my mum on dialysis, she is pregnant"],
    "other words": ["sleep", "CKD stage 4"],
    WRONG: ["1", "3", "<"],
    REVIEW: ["1", "4", "add", "digoxin", "dialysis", "<"],
}
PATIENCE = 14
"""Answers, before a person only presses one key."""
MOST_PROMPTS = 90


class Tired(Scripted):
    """Says anything for a while, and then always the same."""

    def __init__(self, data: st.DataObject, last: str) -> None:
        super().__init__()
        self.data, self.last = data, last

    def ask(self, prompt: Prompt) -> str:
        if len(self.prompts) > MOST_PROMPTS:
            raise AssertionError(f"no way out of {prompt.question}")
        return super().ask(prompt)

    def _answer(self, prompt: Prompt) -> str:
        key = next((key for key in SAID if key in prompt.question), None)
        if key is None or len(self.prompts) > PATIENCE:
            return self.last
        texts = [text for text in SAID[key] if prompt.complaint(text) is None]
        return self.data.draw(st.sampled_from([self.last, *texts]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), last=st.sampled_from(["", "don't know"]))
def test_one_key_alone_leads_from_anywhere_to_the_report(data: st.DataObject, last: str) -> None:
    checker = default_checker()
    Interview(Tired(data, last), checker).checked(checker.check)


def checked(checker: Checker, *answers: tuple[str, str], patience: int = 200) -> tuple[Any, Scripted]:
    person = Scripted(*answers, patience=patience)
    profile, _ = Interview(person, checker).checked(checker.check)
    return profile.model_dump(mode="json", exclude_defaults=True), person


@pytest.mark.parametrize(
    ("question", "text", "label"),
    [
        (ILLNESSES, "CKD stage 4", "Conditions"),
        (ILLNESSES, "kidney failure", "Conditions"),
        (GOALS, "for my dad who has kidney failure", "Goals"),
    ],
)
def test_enter_twice_leaves_the_contradicting_answer_out_and_the_screen_says_so(
    question: str, text: str, label: str, checker: Checker
) -> None:
    data, person = checked(checker, (VALUES, "eGFR 95"), (question, text))
    assert person.prompt(WRONG).empty == f"leave this out: {label}"
    assert any("leave it out" in said and "Enter keeps it" in said for said in person.said)
    assert person.times_asked(WRONG) == 1
    assert data["kidney"]["egfr"] == 95
    assert f"{label}: not known" in person.prompts[-1].options


@pytest.mark.parametrize("text", ["leave it out", "Leave it out.", "don't know", "weglassen", "none"])
def test_what_the_contradiction_advises_can_be_written(text: str, checker: Checker) -> None:
    _, person = checked(checker, (VALUES, "eGFR 95"), (ILLNESSES, "CKD stage 4"), (ILLNESSES, text))
    assert person.times_asked(WRONG) == 0


def test_the_older_of_two_answers_can_be_the_wrong_one(checker: Checker) -> None:
    told = (VALUES, "eGFR 95"), (ILLNESSES, "CKD stage 4")
    _, before = checked(checker, *told)
    options = before.prompt(WRONG).options
    number = next(place for place, text in enumerate(options, 1) if text.startswith("Kidney value"))
    data, person = checked(checker, *told, (WRONG, str(number)), ("latest kidney value", "20"))
    assert data["kidney"]["egfr"] == 20
    assert data["conditions"] == ["CKD stage 4"]
    assert person.times_asked(WRONG) == 1


@pytest.mark.parametrize("patience", [3, 4])
def test_nobody_who_stops_at_a_contradiction_is_checked_without_the_answer(
    patience: int, checker: Checker
) -> None:
    """Three answers, then the end: at the question that is put again, or where the wrong one is to be named."""
    answers = ("symptoms now", "none"), (VALUES, "eGFR 95"), (ILLNESSES, "CKD stage 4")
    with pytest.raises(InputError, match="eGFR of 95 is G1"):
        checked(checker, *answers, patience=patience)
