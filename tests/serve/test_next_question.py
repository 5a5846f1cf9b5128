"""POST /next-question: a conversation whose answers the client keeps is the conversation at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Profile
from magcheck.questions.session import Session
from tests.serve.calling import problem_in

if TYPE_CHECKING:
    from magcheck import Checker
    from tests.serve.calling import Client

ANSWERS = {
    "symptoms": "none",
    "conditions": "asthma",
    "medications": "cipro 500 mg; levothyroxine",
    "supplements": "magnesium citrate 200 mg",
    "person.age": "62",
    "person.sex": "2",
}
"""Path -> answer; whatever else is asked is not known."""


def _conversation(client: Client, begun: dict[str, Any]) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """Every answer that was given, and how the conversation stands at its end."""
    answers: list[dict[str, str]] = []
    while True:
        standing: dict[str, Any] = client.post("/next-question", {**begun, "answers": answers}).json()
        question = standing["question"]
        if question is None:
            return answers, standing
        assert question["path"] not in [answer["path"] for answer in answers]
        answers.append({"path": question["path"], "text": ANSWERS.get(question["path"], "?")})
        assert len(answers) < 60


def _at_the_terminal(checker: Checker, begun: dict[str, Any]) -> tuple[list[str], Profile]:
    session = Session(checker, Profile.model_validate(begun))
    while relevant := session.relevant():
        ask = relevant[0]
        text = ANSWERS.get(ask.path)
        session.answer(ask, None if text is None else ask.kind.read(text))
    return session.order, session.profile()


@pytest.mark.parametrize("begun", [{}, {"person": {"age": 62.0}, "medications": [{"name": "Zqzq"}]}])
def test_it_asks_what_the_terminal_asks_and_makes_the_same_profile(
    begun: dict[str, Any], client: Client, checker: Checker
) -> None:
    answers, standing = _conversation(client, begun)
    order, profile = _at_the_terminal(checker, begun)
    assert [answer["path"] for answer in answers] == order
    assert Profile.model_validate(standing["profile"]) == profile
    assert client.post("/check", standing["profile"]).content == checker.check(profile).model_dump_json().encode()


def test_what_was_read_is_shown(client: Client) -> None:
    told = [{"path": "medications", "text": "cipro 500 mg"}]
    (echo,) = client.post("/next-question", {"answers": told}).json()["echoes"]
    assert echo == {"path": "medications", "told": "cipro 500 mg", "read": "ciprofloxacin, 500 mg"}


def test_everyday_words_are_suggested_once_each(client: Client) -> None:
    question = client.post("/next-question", {}).json()["question"]
    assert question["path"] == "symptoms"
    assert len(question["suggestions"]) == len(set(question["suggestions"])) > 20


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"answers": [{"path": "person.age", "text": "old"}]}, "#/answers/0/text"),
        ({"answers": [{"path": "symptoms"}, {"path": "nothing", "text": "x"}]}, "#/answers/1/path"),
        ({"answers": [{"text": "x"}]}, "#/answers/0/path"),
        ({"answers": {}}, "#/answers"),
        ({"answers": [{"path": "person.age", "text": 7}]}, "#/answers/0/text"),
        ({"person": {"age": "62"}}, "#/person/age"),
        ({"kidney": {"egfr": 80, "stage": "G5"}}, "#/kidney/egfr"),
    ],
)
def test_an_answer_that_cannot_be_read_is_a_problem(body: dict[str, Any], pointer: str, client: Client) -> None:
    assert problem_in(client.post("/next-question", body), 422)["errors"][0]["pointer"] == pointer
