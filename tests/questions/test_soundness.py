"""Is a questionnaire that cannot be asked refused, with a line on what is wrong?"""

from __future__ import annotations

from typing import Any

import pytest

from magcheck.checker import default_checker
from magcheck.knowledge.entries import Question
from magcheck.questions.soundness import questionnaire_problems

ASKED = {"question": "Well?", "why": "It matters.", "missing": "when asked", "asked": "product"}


def said(**entries: dict[str, Any]) -> str:
    questions = {name: Question.model_validate(ASKED | entry) for name, entry in entries.items()}
    return "\n".join(map(str, questionnaire_problems(questions)))


def test_our_own_fits() -> None:
    assert questionnaire_problems(default_checker().book.questions) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({}, "has no 'answer'"),
        ({"answer": "one of"}, "nothing to choose from"),
        ({"answer": "words"}, "no words are known for it"),
        ({"answer": "items"}, "no list of items"),
        ({"answer": "measured"}, "no entry says in which units"),
        ({"answer": "gate", "only_if": {"gaet": [True]}}, "names 'gaet', which is not asked"),
        ({"answer": "gate", "only_if": {"gate": ["perhaps"]}}, "'perhaps' is no answer to 'gate'"),
        ({"answer": "gate", "only_if": {"one": [True]}}, "wait for each other"),
    ],
)
def test_what_cannot_be_asked_is_said(entry: dict[str, Any], problem: str) -> None:
    assert problem in said(one=entry, gate={"answer": "gate"})
