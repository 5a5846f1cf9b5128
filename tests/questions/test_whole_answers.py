"""Are the words of none and of not knowing told apart from names, in all languages?"""

from __future__ import annotations

import pytest

from magcheck import Checker
from magcheck.questions.definition import steps
from magcheck.questions.question import Ask
from magcheck.questions.session import Session
from magcheck.questions.whole_answers import is_none, is_right, is_some, is_unknown, is_yes

NONE = [
    *(
        "none",
        "None.",
        "none really",
        "no not really",
        "No, not really.",
        "otherwise none",
        "nope thanks",
        "-",
        "n/a",
    ),
    *(
        "nothing at the moment",
        "none that I know of",
        "not that I know of",
        "well, none really",
        "nothing special",
    ),
    *(
        "nein",
        "nein, eigentlich nicht",
        "aktuell keine",
        "sonst nichts",
        "keine, danke",
        "non, aucun",
        "rien, merci",
    ),
    *(
        "no, ninguno",
        "nada por ahora",
        "nessuno, grazie",
        "niente altro",
        "nee, geen",
        "verder niets",
        "nope",
        "nah",
    ),
]
UNKNOWN = [
    *("idk", "IDK!", "dunno", "don't know", "I dont know", "don't think so", "I don't think so", "no idea, sorry"),
    *(
        "not sure",
        "I'm not quite sure",
        "no, not sure",
        "none, I think",
        "probably none",
        "can't remember",
        "skip",
    ),
    *(
        "keine Ahnung",
        "weiß nicht",
        "bin mir nicht sicher",
        "je ne sais pas",
        "aucune idée",
        "pas sûre",
        "no lo sé",
    ),
    *("no estoy segura", "non lo so", "boh", "geen idee", "ik weet het niet", "ik denk van niet", "leave it out"),
]
MAYBE = ["maybe", "perhaps", "Maybe, not sure", "vielleicht", "peut-être", "quizás", "forse", "misschien"]
NAMES = [
    "digoxin",
    "none\ndigoxin",
    "no digoxin",
    "not digoxin",
    "otherwise digoxin",
    "I am on dialysis",
    "nothing but aspirin",
]


@pytest.mark.parametrize("text", NONE)
def test_none_in_many_words(text: str, checker: Checker) -> None:
    words = checker.book.wording.questions
    assert is_none(text, words)
    assert not is_unknown(text, words)


@pytest.mark.parametrize("text", UNKNOWN)
def test_not_known_in_many_words(text: str, checker: Checker) -> None:
    words = checker.book.wording.questions
    assert is_unknown(text, words)
    assert not is_none(text, words)


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_no_such_answer(text: str, checker: Checker) -> None:
    words = checker.book.wording.questions
    assert not any(says(text, words) for says in (is_none, is_unknown, is_some, is_yes, is_right))


def test_no_medicine_and_no_illness_is_called_like_an_answer(checker: Checker) -> None:
    words, book = checker.book.wording.questions, checker.book
    names = [*book.vocabulary.substances, *book.traits["condition"], *book.traits["symptom"]]
    denied = [name for name in names if is_unknown(name, words) or is_some(name, words)]
    assert denied == []


def asks_of(checker: Checker) -> list[Ask]:
    """The first form of every question that may be put."""
    session = Session(checker)
    known = {"person.sex": "female", "person.age": 34, "kidney.disease": True, "blood values": True}
    return [ask for step in steps(checker.book) for ask in step.asks(known, session.book)]


@pytest.mark.parametrize("text", UNKNOWN)
def test_every_question_knows_the_words_of_not_knowing(text: str, checker: Checker) -> None:
    asks = asks_of(checker)
    assert len(asks) > 10
    assert [ask.path for ask in asks if not ask.kind.means_unknown(text)] == []


@pytest.mark.parametrize("text", MAYBE)
def test_maybe_is_not_known_where_something_is_chosen_or_named(text: str, checker: Checker) -> None:
    kinds = {ask.path: ask.kind for ask in asks_of(checker)}
    for path in ("person.pregnancy", "kidney.disease", "conditions", "medications", "symptoms"):
        assert kinds[path].means_unknown(text), path
    assert not kinds["person.height_cm" if "person.height_cm" in kinds else "person.age"].means_unknown(text)


@pytest.mark.parametrize("text", NONE)
def test_none_is_read_by_every_list_and_every_no(text: str, checker: Checker) -> None:
    kinds = {ask.path: ask.kind for ask in asks_of(checker)}
    assert [kinds[path].read(text) for path in ("conditions", "medications", "supplements")] == [[], [], []]
    assert kinds["kidney.disease"].read(text) is False
    assert kinds["person.pregnancy"].read(text) == "none"


@pytest.mark.parametrize("text", ["yes", "Yes I am", "ja", "oui", "sí"])
def test_a_yes_does_not_say_which(text: str, checker: Checker) -> None:
    kinds = {ask.path: ask.kind for ask in asks_of(checker)}
    with pytest.raises(ValueError, match=r"Which one. Write pregnant or breastfeeding"):
        kinds["person.pregnancy"].read(text)
    with pytest.raises(ValueError, match=r"Which. Write the names"):
        kinds["medications"].read(text)


@pytest.mark.parametrize("text", ["not pregnant", "I am not pregnant", "nicht schwanger"])
def test_who_is_not_pregnant_may_breastfeed(text: str, checker: Checker) -> None:
    kinds = {ask.path: ask.kind for ask in asks_of(checker)}
    with pytest.raises(ValueError, match="none of these"):
        kinds["person.pregnancy"].read(text)


@pytest.mark.parametrize("text", ["some", "yes, several", "a few", "einige", "lots"])
def test_that_there_are_some_names_none(text: str, checker: Checker) -> None:
    kinds = {ask.path: ask.kind for ask in asks_of(checker)}
    with pytest.raises(ValueError, match=r"Which. Write the names"):
        kinds["medications"].read(text)


@pytest.mark.parametrize(
    "text", ["none; digoxin", "digoxin; none", "none really; digoxin; aspirin", "digoxin; nope"]
)
def test_none_beside_a_name_is_asked_about(text: str, checker: Checker) -> None:
    kinds = {ask.path: ask.kind for ask in asks_of(checker)}
    with pytest.raises(ValueError, match="'digoxin' cannot both be right"):
        kinds["medications"].read(text)


@pytest.mark.parametrize(
    "rest", ["; nothing else", ", otherwise none", ". That's all.", "; sonst nichts", ", c'est tout"]
)
def test_that_nothing_else_is_taken_is_no_name(rest: str, checker: Checker) -> None:
    kinds = {ask.path: ask.kind for ask in asks_of(checker)}
    assert kinds["medications"].read(f"digoxin; aspirin{rest}") == ["digoxin", "aspirin"]
    assert kinds["conditions"].read(f"diabetes{rest}") == ["diabetes"]


def test_a_yes_before_a_name_is_no_name(checker: Checker) -> None:
    kinds = {ask.path: ask.kind for ask in asks_of(checker)}
    assert kinds["symptoms"].read("yes, headache") == ["headache"]
