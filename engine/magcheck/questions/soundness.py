"""Does the questionnaire of a rule book fit together? Entries, answers and gates, each problem in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.errors import Problem
from magcheck.core.fact_names import ITEM_LISTS, WORD_LISTS
from magcheck.knowledge.conditions import near
from magcheck.knowledge.entries import KNOWN, UNKNOWN, AnswerForm, Within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.knowledge.entries import Question

FILE = "rules/questions.yaml"


def questionnaire_problems(questions: Mapping[str, Question]) -> list[Problem]:
    """Everything that would keep the questionnaire from being asked."""
    return [
        Problem(f"{FILE}: {name}", *said)
        for name, entry in questions.items()
        for said in (*_answers(name, entry, questions), *_gates(name, entry, questions))
    ]


Said = tuple[str, str]
"""What is wrong, and what would be right."""


def _answers(name: str, entry: Question, questions: Mapping[str, Question]) -> Iterator[Said]:
    if entry.asked and entry.answer is None:
        yield "it is asked, but has no 'answer'.", "Say what kind of answer it has."
    if entry.answer is AnswerForm.ONE_OF and not entry.options:
        yield "there is nothing to choose from.", "Add 'options'."
    if entry.answer is AnswerForm.WORDS and name not in WORD_LISTS:
        yield "no words are known for it.", f"Words are asked for {', '.join(WORD_LISTS)}."
    if entry.answer is AnswerForm.ITEMS and name not in ITEM_LISTS:
        yield "it is no list of items.", f"Items are asked for {' and '.join(ITEM_LISTS)}."
    if entry.answer is AnswerForm.MEASURED and not any(one.startswith(f"{name}.") for one in questions):
        yield "no entry says in which units.", f"Add one for each unit, such as '{name}.mg/dL'."


def _gates(name: str, entry: Question, questions: Mapping[str, Question]) -> Iterator[Said]:
    for gate, allowed in entry.only_if.items():
        other = questions.get(gate)
        if other is None or other.asked is None:
            yield f"'only_if' names '{gate}', which is not asked.", near(gate, questions)
        elif name in _behind(gate, questions):
            yield f"'{gate}' and it wait for each other.", "Take one of the two conditions away."
        elif not isinstance(allowed, Within):
            for answer in allowed:
                if answer not in (KNOWN, UNKNOWN, *_possible(other)):
                    yield f"'{answer}' is no answer to '{gate}'.", "Write yes, no, known, unknown or an option."


def _possible(question: Question) -> tuple[bool | str, ...]:
    yes_no = question.answer in (AnswerForm.YES_OR_NO, AnswerForm.GATE)
    return (True, False) if yes_no else tuple(one for one in question.options.values() if isinstance(one, str))


def _behind(gate: str, questions: Mapping[str, Question]) -> set[str]:
    """Every question on which `gate` itself waits."""
    found: set[str] = set()
    open_ = [gate]
    while open_:
        one = questions.get(open_.pop())
        fresh = set(one.only_if if one else ()) - found
        found |= fresh
        open_ += fresh
    return found
