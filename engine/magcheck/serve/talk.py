"""What is asked next? The client keeps the answers, and sends all of them each time: nothing is stored here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from magcheck.core.errors import InputError, Problem
from magcheck.core.fact_names import TRAITS
from magcheck.core.model import Model
from magcheck.profile import Profile
from magcheck.questions.answer_kinds import NameList
from magcheck.questions.resume import told_data
from magcheck.questions.session import Session
from magcheck.serve.body import JSON, bytes_of, document_of, model_of
from magcheck.serve.documented import Tag, post, whole
from magcheck.serve.route import ProblemRoute

if TYPE_CHECKING:
    from magcheck.checker import Checker
    from magcheck.knowledge.load import RuleBook
    from magcheck.questions.question import Ask
    from magcheck.serve.service import Service

UNKNOWN = frozenset({"", "?"})
"""Answers that mean "I don't know"."""
MOST_ANSWERS = 300
LONGEST_ANSWER = 10_000
MOST_SUGGESTIONS = 300


class Answered(Model):
    """One question that was put, and what was answered."""

    path: Annotated[str, Field(min_length=1, max_length=200)]
    """As it stood in `question.path`."""
    text: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""
    """In the person's words, or one of the options; empty where they do not know."""


class Talk(Profile):
    """What was told before the first question, as a profile, and the answers since, in their order."""

    answers: Annotated[tuple[Answered, ...], Field(max_length=MOST_ANSWERS, strict=False)] = ()


class NextQuestion(Model):
    path: str
    question: str
    why: str
    label: str
    """What a review of the answers calls it."""
    hint: str
    """Unit, or form of the answer."""
    options: tuple[str, ...]
    """Answers to choose from; empty where anything may be written."""
    suggestions: tuple[str, ...]
    """To complete what is typed; the names of medicines are completed by `GET /drugs`."""
    several: bool
    """The answer is a list: parts are separated by commas, semicolons or lines."""
    empty: str
    """What no answer means, in words."""


class ReadAs(Model):
    path: str
    told: str
    read: str
    """What was understood; show it before it is used."""


class Standing(Model):
    """Where the conversation stands."""

    question: NextQuestion | None
    """Null when nothing that could still be asked would change the verdict."""
    more: Annotated[int, Field(ge=0)]
    """About how many come after it."""
    profile: dict[str, Any]
    """Everything told so far, to be sent to /check."""
    echoes: tuple[ReadAs, ...]


class Talks:
    def __init__(self, service: Service) -> None:
        self.service = service

    async def next_question(self, request: Request) -> Response:
        """The next question that can change the verdict. Send the answers so far beside what was told before."""
        checker = self.service.checker
        raw = await bytes_of(request, self.service.settings)

        def work() -> str:
            return standing(model_of(Talk, document_of(raw)), checker).model_dump_json()

        return self.service.answer(await self.service.checks.run(work), JSON)

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute, tags=[Tag.QUESTIONS])
        router.add_api_route(
            "/next-question", self.next_question, **post(whole(Talk, "validation"), whole(Standing))
        )
        return router


def standing(talk: Talk, checker: Checker) -> Standing:
    """Raises InputError for an answer that cannot be read, or that contradicts another."""
    told = Profile.model_construct(
        talk.model_fields_set - {"answers"}, **{name: getattr(talk, name) for name in Profile.model_fields}
    )
    session = Session(checker, told)
    for index, answered in enumerate(talk.answers):
        _answer(session, answered, index)
    relevant = session.relevant()
    return Standing(
        question=_question(relevant[0], checker.book) if relevant else None,
        more=max(0, len(relevant) - 1),
        profile=told_data(session.profile()),
        echoes=tuple(
            ReadAs(path=answered.path, told=line, read=read)
            for answered in talk.answers
            for line, read in session.echoes(answered.path)
        ),
    )


def _answer(session: Session, answered: Answered, index: int) -> None:
    ask = next((ask for ask in session.asks() if ask.path == answered.path), None)
    if ask is None:
        what, fix = f"nothing is asked under '{answered.path}' here.", "Send the path of a question that was put."
        raise InputError([Problem(f"answers[{index}].path", what, fix, ("answers", index, "path"))])
    text = answered.text.strip()
    try:
        is_known = text not in UNKNOWN and not ask.kind.means_unknown(text)
        session.answer(ask, ask.kind.read(text) if is_known else None)
    except ValueError as error:
        what, _, fix = str(error).partition(". ")
        problem = Problem(f"answers[{index}].text", f"{what.rstrip('.')}.", fix, ("answers", index, "text"))
        raise InputError([problem]) from None


def _question(ask: Ask, book: RuleBook) -> NextQuestion:
    return NextQuestion(
        path=ask.path,
        question=ask.question,
        why=ask.why,
        label=ask.label,
        hint=ask.kind.hint,
        options=ask.kind.options,
        suggestions=_suggestions(ask, book),
        several=isinstance(ask.kind, NameList),
        empty=book.wording.questions.keep if ask.keeps else book.wording.questions.dont_know,
    )


def _suggestions(ask: Ask, book: RuleBook) -> tuple[str, ...]:
    """Of everyday words, each thing under one of its names; of medicines there are too many."""
    trait = next((trait for trait, field in TRAITS.items() if field == ask.path), None)
    if trait:
        return tuple(sorted(set(book.traits[trait].values())))
    names = ask.kind.completions
    return tuple(names) if len(names) <= MOST_SUGGESTIONS else ()
