"""Age and sex in one answer, and illnesses with those of the kidneys: nothing is lost, nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from magcheck import Checker, Profile
from magcheck.questions.said_together import SaidTogether
from magcheck.questions.session import Session
from magcheck.questions.soundness import questionnaire_problems
from magcheck.questions.whole_answers import is_unknown
from tests.questions.asking import HEALTHY, told

AGE, SEX, PREGNANCY = "person.age", "person.sex", "person.pregnancy"


def asked(session: Session, path: str) -> Any:
    return next(ask for ask in session.asks() if ask.path == path)


def say(session: Session, path: str, text: str) -> None:
    ask = asked(session, path)
    session.answer(ask, ask.kind.read(text))


@pytest.fixture
def kind(checker: Checker) -> SaidTogether:
    kind = asked(Session(checker), AGE).kind
    assert isinstance(kind, SaidTogether)
    return kind


@pytest.mark.parametrize(
    ("text", "age", "more"),
    [
        ("72", 72, {}),
        ("72, woman", 72, {SEX: "female"}),
        ("woman 72", 72, {SEX: "female"}),
        ("f/34", 34, {SEX: "female"}),
        ("34 f", 34, {SEX: "female"}),
        ("Male; 40", 40, {SEX: "male"}),
        ("m, 40", 40, {SEX: "male"}),
        ("I'm a 34 year old woman", 34, {SEX: "female"}),
        ("I am 70 and a man", 70, {SEX: "male"}),
        ("seventy two, man", 72, {SEX: "male"}),
        ("72 Jahre, Frau", 72, {SEX: "female"}),
        ("40 ans, homme", 40, {SEX: "male"}),
        ("6 months, boy", 0.5, {SEX: "male"}),
        ("6,5 girl", 6.5, {SEX: "female"}),
        ("34, pregnant", 34, {PREGNANCY: "pregnant"}),
        ("34, woman, breastfeeding", 34, {SEX: "female", PREGNANCY: "breastfeeding"}),
        ("34, woman, not pregnant or breastfeeding", 34, {SEX: "female", PREGNANCY: "none"}),
    ],
)
def test_what_is_said_beside_the_age_is_read(
    text: str, age: float, more: dict[str, str], kind: SaidTogether
) -> None:
    assert kind.read(text) == ({AGE: age, **more} if more else age)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "woman",
            "m",
            "6 m",
            "34 m",
            "72, man, woman",
            "34, not a woman",
            "34, woman, not pregnant",
            "34 or 35, man",
        ),
        *(
            "72, nursing home",
            "200, woman",
            "-3, man",
            "woman of some age",
            "72, woman, diabetes",
            "male nurse, 40",
        ),
    ],
)
def test_what_is_not_understood_whole_is_asked_again(text: str, kind: SaidTogether) -> None:
    with pytest.raises(ValueError, match=r"Write "):
        kind.read(text)


def test_who_said_it_is_not_asked_for_it(checker: Checker) -> None:
    session = Session(checker)
    say(session, AGE, "34, woman")
    assert told(session)["person"] == {"age": 34, "sex": "female"}
    waiting = {ask.path for ask in session.open()}
    assert SEX not in waiting
    assert PREGNANCY in waiting


def test_who_told_the_age_alone_is_still_asked_for_the_rest(checker: Checker) -> None:
    session = Session(checker)
    say(session, AGE, "34")
    assert SEX in {ask.path for ask in session.open()}


def test_where_the_sex_is_known_the_age_alone_is_asked(checker: Checker) -> None:
    session = Session(checker, Profile.model_validate({"person": {"sex": "female"}}))
    ask = asked(session, AGE)
    assert "woman" not in ask.question
    session.answer(ask, ask.kind.read("34"))
    assert told(session)["person"] == {"age": 34, "sex": "female"}


def test_another_answer_takes_the_place_of_all_that_was_said(checker: Checker) -> None:
    session = Session(checker)
    say(session, AGE, "34, woman, pregnant")
    session.forget(AGE)
    session.answer(asked(session, AGE), 40)
    assert told(session)["person"] == {"age": 40}


def test_no_illness_at_all_says_that_the_kidneys_are_well_too(checker: Checker) -> None:
    session = Session(checker)
    assert "kidneys" in asked(session, "conditions").question
    say(session, "conditions", "none")
    assert session.profile().kidney.disease is False
    assert "kidney.disease" not in {ask.path for ask in session.open()}


@pytest.mark.parametrize("answer", [None, ["diabetes"]])
def test_who_has_an_illness_or_does_not_know_is_asked_for_the_kidneys(answer: object, checker: Checker) -> None:
    session = Session(checker)
    session.answer(asked(session, "conditions"), answer)
    assert "kidney.disease" in {ask.path for ask in session.open()}


def test_illnesses_that_come_to_mind_later_open_the_kidneys_again(checker: Checker) -> None:
    session = Session(checker)
    say(session, "conditions", "none")
    session.forget("conditions")
    say(session, "conditions", "diabetes")
    assert "kidney" not in told(session)
    assert "kidney.disease" in {ask.path for ask in session.open()}


def test_a_profile_without_illnesses_was_not_asked_for_kidneys(checker: Checker) -> None:
    session = Session(checker, Profile.model_validate(HEALTHY_BUT_NOT_ASKED))
    assert "kidney.disease" in {ask.path for ask in session.open()}
    assert "kidney" not in told(session)


HEALTHY_BUT_NOT_ASKED = {name: value for name, value in HEALTHY.items() if value == []}


@pytest.mark.parametrize(
    ("entry", "changed"),
    [
        ("conditions", {"none_means": {"kidney.desease": False}}),
        (SEX, {"also": {"femal": ("woman",)}}),
        (AGE, {"together": {"question": "?", "why": "", "help": "", "with": ["person.six"]}}),
    ],
)
def test_a_questionnaire_that_names_what_is_not_asked_is_refused(
    entry: str, changed: dict[str, Any], checker: Checker
) -> None:
    questions = dict(checker.book.questions)
    data = questions[entry].model_dump(by_alias=True) | changed
    questions[entry] = type(questions[entry]).model_validate(data)
    assert [problem.where for problem in questionnaire_problems(questions)] == [f"rules/questions.yaml: {entry}"]
    assert not questionnaire_problems(checker.book.questions)


@pytest.mark.parametrize(
    ("line", "other", "kept"),
    [
        ("heart failure and a bit of xyzzy", "diabetes", ["heart failure", "diabetes"]),
        ("xyzzy", "diabetes", ["diabetes"]),
        ("xyzzy", None, ["xyzzy"]),
    ],
)
def test_other_words_for_a_part_leave_the_rest_of_the_line(
    line: str, other: str | None, kept: list[str], checker: Checker
) -> None:
    session = Session(checker)
    say(session, "conditions", line)
    session.answer(asked(session, "conditions.is0"), other)
    assert list(session.profile().conditions) == kept


@pytest.mark.parametrize(
    ("path", "line", "echoes"),
    [
        ("symptoms", "bit weak in the legs, nausea", [("bit weak in the legs", "muscle weakness")]),
        ("conditions", "Zucker; asthma", [("Zucker", "diabetes")]),
        ("conditions", "CKD stage 3", [("CKD stage 3", "chronic kidney disease, kidney stage: G3")]),
        ("goals", "sleep", []),
    ],
)
def test_what_loose_words_are_taken_for_is_shown(
    path: str, line: str, echoes: list[tuple[str, str]], checker: Checker
) -> None:
    session = Session(checker)
    say(session, path, line)
    assert session.echoes(path) == echoes


@pytest.mark.parametrize(
    "text", ["don't know", "No idea.", "keine Ahnung", "no sé", "je ne sais pas", "weet ik niet"]
)
def test_not_known_is_understood_in_other_languages(text: str, checker: Checker) -> None:
    assert is_unknown(text, checker.book.wording.questions)


def test_words_for_yes_and_no_in_other_languages(checker: Checker) -> None:
    kind = asked(Session(checker), "kidney.disease").kind
    assert [kind.read(text) for text in ("ja", "Sí", "oui", "nein", "Non", "nee")] == [True] * 3 + [False] * 3
    assert asked(Session(checker), "medications").kind.read("keine") == []


def test_who_knows_neither_age_nor_sex_is_not_asked_for_the_sex_alone(checker: Checker) -> None:
    session = Session(checker)
    session.answer(asked(session, AGE), None)
    assert session.answers[SEX] is None
    known = Session(checker, Profile.model_validate({"person": {"sex": "female"}}))
    known.answer(asked(known, AGE), None)
    assert known.profile().person.sex == "female"


def test_a_country_is_completed_by_its_name(checker: Checker) -> None:
    session = Session(checker)
    session.answers["medications"] = ["Urex"]
    kind = asked(session, "country").kind
    assert {"Germany", "United States", "Australia"} <= {*kind.completions}
    assert all(kind.read(name) for name in kind.completions)
