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
        Problem(f"{FILE}: {name}", *trouble)
        for name, entry in questions.items()
        for trouble in (
            *_answer_troubles(name, entry, questions),
            *_gate_troubles(name, entry, questions),
            *_other_troubles(entry, questions),
        )
    ]


Trouble = tuple[str, str]
"""What is wrong, and what would be right."""


def _answer_troubles(name: str, entry: Question, questions: Mapping[str, Question]) -> Iterator[Trouble]:
    if entry.asked and entry.answer is None:
        yield "it is asked, but has no 'answer'.", "Say what kind of answer it has."
    if entry.answer is AnswerForm.ONE_OF and not entry.options:
        yield "there is nothing to choose from.", "Add 'options'."
    if entry.answer is AnswerForm.WORDS and name not in WORD_LISTS:
        yield "no words are known for it.", f"Words are asked for {', '.join(WORD_LISTS)}."
    if entry.answer is AnswerForm.ITEMS and name not in ITEM_LISTS:
        yield "it is no list of items.", f"Items are asked for {' and '.join(ITEM_LISTS)}."
    if entry.answer is AnswerForm.MEASURED and not any(other.startswith(f"{name}.") for other in questions):
        yield "no entry says in which units.", f"Add one for each unit, such as '{name}.mg/dL'."


def _gate_troubles(name: str, entry: Question, questions: Mapping[str, Question]) -> Iterator[Trouble]:
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


def _other_troubles(entry: Question, questions: Mapping[str, Question]) -> Iterator[Trouble]:
    """Of the questions that its answer may answer too, and of the words for its options."""
    for key in ("together", "none_means"):
        told = entry.together.others if entry.together else ()
        for other in told if key == "together" else entry.none_means:
            if other not in questions or questions[other].asked is None:
                yield f"'{key}' names '{other}', which is not asked.", near(other, questions)
    for option in entry.also:
        if option not in entry.options:
            yield f"'also' names '{option}', which is no option.", near(option, entry.options)


def _possible(question: Question) -> tuple[bool | str, ...]:
    if question.answer in (AnswerForm.YES_OR_NO, AnswerForm.GATE):
        return True, False
    return tuple(option for option in question.options.values() if isinstance(option, str))


def _behind(gate: str, questions: Mapping[str, Question]) -> set[str]:
    """Every question on which `gate` itself waits."""
    reached: set[str] = set()
    to_visit = [gate]
    while to_visit:
        question = questions.get(to_visit.pop())
        fresh = set(question.only_if if question else ()) - reached
        reached |= fresh
        to_visit += fresh
    return reached
