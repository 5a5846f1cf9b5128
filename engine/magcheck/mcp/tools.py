"""The tools: what each is for, what it takes, and what it answers in words and in data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import Field

from magcheck.mcp.schema import small_profile
from magcheck.profile import Profile
from magcheck.rendering.explanation_outline import explanation_outline
from magcheck.rendering.line import one_line
from magcheck.rendering.text import plain_text
from magcheck.rendering.written import COLUMNS, text_of
from magcheck.serve.body import model_of
from magcheck.serve.detail import Detail, json_of
from magcheck.serve.talk import Standing, Talk, standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.checker import Checker
    from magcheck.knowledge.document import Document
    from magcheck.mcp.schema import Schema
    from magcheck.serve.talk import NextQuestion

NOTHING_LEFT = "No question that is left would change the verdict. Send this profile to check:"
PROFILE_BESIDE = "Beside it, the fields of check."


class ToolAnswer(NamedTuple):
    text: str
    data: dict[str, Any]


class Tool(NamedTuple):
    """One tool. `answer` computes; it is never called on the event loop."""

    description: str
    takes: Callable[[], Schema]
    answer: Callable[[Checker, Document], ToolAnswer]


class RuleQuestion(Profile):
    """A page of the rules, and the person for whom it is explained."""

    rule: Annotated[str, Field(min_length=1, max_length=200)]


def check(checker: Checker, document: Document) -> ToolAnswer:
    report = checker.check(model_of(Profile, document))
    return ToolAnswer(text_of(report, checker.book.wording), json.loads(json_of(report, Detail.BRIEF)))


def next_question(checker: Checker, document: Document) -> ToolAnswer:
    stands = standing(model_of(Talk, document), checker)
    return ToolAnswer(_said(stands), stands.model_dump(mode="json"))


def _said(stands: Standing) -> str:
    read = [f'Read "{one_line(echo.told)}" as: {one_line(echo.read)}' for echo in stands.echoes]
    asked = _asked(stands.question) if stands.question else [NOTHING_LEFT, json.dumps(stands.profile)]
    return "\n".join([*read, *asked]) + "\n"


def _asked(question: NextQuestion) -> list[str]:
    lines = [question.question, f"Why: {question.why}", f"Path: {question.path}"]
    if question.options:
        lines.append(f"Answers: {', '.join(question.options)}")
    elif question.hint:
        lines.append(f"Answer: {question.hint}")
    return [*lines, f'An empty answer means "{question.empty}".']


def explain_rule(checker: Checker, document: Document) -> ToolAnswer:
    asked = model_of(RuleQuestion, document)
    told = Profile.model_construct(
        asked.model_fields_set - {"rule"}, **{name: getattr(asked, name) for name in Profile.model_fields}
    )
    explanation = checker.explain(told, asked.rule)
    outline = explanation_outline(explanation, checker.check(told), checker.book.wording, alone=True)
    return ToolAnswer(plain_text(outline, COLUMNS), explanation.model_dump(mode="json"))


def _answers() -> Schema:
    both: Schema = {"path": {"type": "string"}, "text": {"type": "string"}}
    entry = {"type": "object", "properties": both, "required": ["path"]}
    return {"type": "object", "properties": {"answers": {"type": "array", "items": entry}}}


def _rule() -> Schema:
    return {"type": "object", "properties": {"rule": {"type": "string"}}, "required": ["rule"]}


TOOLS: dict[str, Tool] = {
    "check": Tool(
        "Checks magnesium supplements against kidney function, medicines, doses and times. Send only what was "
        "told; leave out what is not known. A medicine or supplement may be one line as written "
        '("cipro 500 mg 8:00"). Pass on everything that the text says, above all what was not checked. '
        'Only "ok": true means that nothing speaks against it.',
        small_profile,
        check,
    ),
    "next_question": Tool(
        "The next question to put to the person. Send all answers so far, in their order, each with the path of "
        f"its question; nothing is stored. An empty text means that they do not know. {PROFILE_BESIDE}",
        _answers,
        next_question,
    ),
    "explain_rule": Tool(
        f"Why a rule fired or not for this person, and its sources. rule: an id from findings. {PROFILE_BESIDE}",
        _rule,
        explain_rule,
    ),
}
