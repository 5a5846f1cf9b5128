"""What does the name of an item already tell, and are the examples that a question names understood?"""

from __future__ import annotations

import re

import pytest

from magcheck import Checker, Profile
from magcheck.profile import Medication
from magcheck.questions.disambiguation import which_one
from magcheck.questions.entries import entries_of
from magcheck.questions.session import Session
from magcheck.terminology.normalise import normal
from tests.questions.asking import told
from tests.reading.scoring import corpus, read


@pytest.mark.parametrize(
    ("answer", "entries"),
    [
        ("magnesium, 2 tablets of 200 mg in the evening", ["magnesium, 2 tablets of 200 mg in the evening"]),
        ("zinc 25 mg, 3x daily, cipro", ["zinc 25 mg, 3x daily", "cipro"]),
        ("magnesium citrate\n200 mg", ["magnesium citrate, 200 mg"]),
        ("cipro; 2551", ["cipro", "2551"]),
        ("foo, bar 3", ["foo", "bar 3"]),
        ("ciprofloxacin and magnesium oxide 200 mg", ["ciprofloxacin", "magnesium oxide 200 mg"]),
        ("metformin and cipro twice a day", ["metformin twice a day", "cipro twice a day"]),
        ("stopped metformin and levothyroxine", ["stopped metformin and levothyroxine"]),
        ("vitamin C 1,000 mg, „Jódid“", ["vitamin C 1,000 mg", "Jódid"]),
        ("One A Day", ["One A Day"]),
    ],
)
def test_an_answer_is_split_where_it_begins_to_name_something_else(
    answer: str, entries: list[str], checker: Checker
) -> None:
    assert entries_of(answer, checker.book.vocabulary, None) == entries


@pytest.mark.parametrize(
    ("line", "open_"),
    [
        ("magnesium citrate", {"amount_mg", "times", "per_day"}),
        ("magnesium citrate 200 mg", {"basis", "times", "per_day"}),
        ("magnesium citrate 300 mg elemental 2 tablets daily", {"times"}),
        ("magnesium citrate 200 mg elemental at 9pm", set[str]()),
        ("magnesium citrate 200 mg elemental, 1-0-1", set[str]()),
        ("latanoprost eye drops", set[str]()),
        ("not taking magnesium citrate", set[str]()),
    ],
)
def test_what_the_line_says_is_not_asked_again(line: str, open_: set[str], checker: Checker) -> None:
    session = Session(checker)
    session.answers["supplements"] = [line]
    asked = {ask.path.rpartition(".")[2] for ask in session.asks() if ask.path.startswith("supplements[0].")}
    assert asked == open_


def test_two_tablets_of_300_mg_are_600_mg(checker: Checker) -> None:
    session = Session(checker)
    session.answers["supplements"] = ["magnesium citrate 300 mg elemental 2 tablets daily"]
    assert told(session)["supplements"] == [{"name": "magnesium citrate 300 mg elemental 2 tablets daily"}]
    report = checker.check(session.profile())
    assert [item.read.amount_mg for item in report.recognised] == [600]
    assert report.verdict == "lower_dose"


@pytest.mark.parametrize(
    ("line", "choice", "name"),
    [
        ("levothyroxn 75 mcg 1x morning", "levothyroxin (levothyroxine)", "levothyroxin 75 mcg 1x morning"),
        ("water pill twice a day", "furosemide", "furosemide twice a day"),
        ("no ciprofloxacin 500 mg", "yes, I take it", "taking ciprofloxacin 500 mg"),
        ("no ciprofloxacin 500 mg", "no, I do not take it", "not taking ciprofloxacin 500 mg"),
        ("stopped metformin and levothyroxine", "yes, I take it", "stopped metformin and taking levothyroxine"),
    ],
)
def test_a_chosen_meaning_leaves_the_rest_of_the_line_alone(
    line: str, choice: str, name: str, checker: Checker
) -> None:
    unclear = which_one(Medication(name=line), None, checker.book)
    assert unclear
    assert unclear.choices[choice] == {"name": name}
    assert which_one(Medication(name=name), None, checker.book) is None


@pytest.mark.parametrize(("name", "trait"), [("symptoms", "symptom"), ("goals", "goal")])
def test_every_example_in_a_question_is_understood(name: str, trait: str, checker: Checker) -> None:
    examples = checker.book.questions[name].question.partition("such as ")[2].removesuffix("?")
    words = [normal(word) for word in re.split(r", | or ", examples)]
    assert len(words) >= 3
    assert set(words) <= checker.book.traits[trait].keys()


@pytest.mark.parametrize("name", ["medications", "supplements"])
def test_the_kind_of_magnesium_can_be_asked_of_a_medicine_too(name: str, checker: Checker) -> None:
    told = {"medications": ["atazanavir"]}
    report = checker.check(Profile.model_validate({**told, name: [*told.get(name, []), "magnesium"]}))
    place = len(told.get(name, []))
    assert f"{name}[{place}].name" in {one.field for one in report.missing}


UNSURE = [entry["line"] for entry in corpus() if entry["kind"] == "not_taken" and entry["items"][0].get("unsure")]


@pytest.mark.parametrize("line", UNSURE)
@pytest.mark.parametrize(("choice", "taken"), [("yes, I take it", True), ("no, I do not take it", False)])
def test_an_answer_settles_whether_it_is_taken(line: str, choice: str, *, taken: bool, checker: Checker) -> None:
    unclear = which_one(Medication(name=line), None, checker.book)
    if unclear is None or choice not in unclear.choices:
        return  # what is asked of it is another thing
    answered = str(unclear.choices[choice]["name"])
    assert read(answered)[0].taken is taken


def test_an_unclear_way_can_be_by_mouth_and_is_asked_once(checker: Checker) -> None:
    session = Session(checker)
    session.answers["medications"] = ["furosemide 40 in the moning"]
    (ask,) = [ask for ask in session.asks() if ask.path.endswith(".is0")]
    assert "by mouth" in ask.kind.options
    session.answer(ask, ask.kind.read("by mouth"))
    assert not [other for other in session.asks() if other.path.endswith(".is1")]
    (item,) = checker.check(session.profile()).recognised
    assert (item.is_, item.route) == ("furosemide", "oral")


def test_a_part_that_is_not_known_is_shown_in_its_line(checker: Checker) -> None:
    session = Session(checker)
    session.answers["medications"] = ["levothyroxine 75 b4 breakfast"]
    questions = [ask.question for ask in session.asks() if ask.path.endswith(".is0")]
    assert all('in "levothyroxine 75 b4 breakfast"' in question for question in questions)
