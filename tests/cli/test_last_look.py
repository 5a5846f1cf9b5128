"""The last look at all answers: what is wrong is changed, what was forgotten is added, what is a no is a no."""

from __future__ import annotations

import pytest

from magcheck import Checker
from tests.cli.scripted import REVIEW, talk

TOLD = (
    ("symptoms now", "none"),
    ("your creatinine or", "eGFR 95"),
    ("Which illnesses", "none"),
    ("How old", "45, man"),
    ("Which medicines", "metformin 500 mg twice a day"),
    ("Which magnesium", "magnesium citrate 200 mg elemental at bedtime"),
    ("cramps or anxiety", "sleep"),
)


def names(data: dict[str, list[dict[str, str]]], list_: str) -> list[str]:
    return [item["name"] for item in data[list_]]


def test_a_forgotten_medicine_is_added_by_its_name(checker: Checker) -> None:
    data, person = talk(checker, *TOLD, (REVIEW, "digoxin"), ("At which times", "08:00"))
    assert names(data, "medications") == ["metformin 500 mg twice a day", "digoxin"]
    assert '"digoxin" is read as: digoxin' in person.said
    assert person.times_asked(REVIEW) == 2


@pytest.mark.parametrize(
    ("text", "list_"),
    [
        ("myasthenia gravis", "conditions"),
        ("confusion", "symptoms"),
        ("magnesium oxide 400 mg", "supplements"),
        ("digoxin 125 mcg at 8, ciprofloxacin 500 mg", "medications"),
    ],
)
def test_what_was_forgotten_goes_where_it_belongs(text: str, list_: str, checker: Checker) -> None:
    before, _ = talk(checker, *TOLD)
    data, _ = talk(checker, *TOLD, (REVIEW, text))
    assert len(data[list_]) > len(before.get(list_, ()))
    for other in {"conditions", "symptoms", "supplements", "medications"} - {list_}:
        assert data.get(other) == before.get(other)


def test_a_list_that_lacks_something_can_be_chosen(checker: Checker) -> None:
    _, before = talk(checker, *TOLD)
    options = before.prompt(REVIEW).options
    number = options.index("add: medicines") + 1
    data, person = talk(checker, *TOLD, (REVIEW, str(number)), ("Which medicines", "Xyzol"))
    assert names(data, "medications") == ["metformin 500 mg twice a day", "Xyzol"]
    assert person.prompt("Which medicines").empty == "nothing is missing"


def test_whoever_adds_nothing_is_back_at_the_answers(checker: Checker) -> None:
    _, before = talk(checker, *TOLD)
    number = before.prompt(REVIEW).options.index("add: conditions") + 1
    data, person = talk(checker, *TOLD, (REVIEW, str(number)), ("Which illnesses", "don't know"))
    assert "conditions" not in data
    assert person.times_asked(REVIEW) == 2


def test_what_is_called_like_an_answer_changes_it(checker: Checker) -> None:
    data, _ = talk(checker, *TOLD, (REVIEW, "age"), ("How old", "70"))
    assert data["person"]["age"] == 70


def test_an_illness_that_is_added_is_no_longer_no_illness(checker: Checker) -> None:
    """Who had none was not asked for kidney disease; now it is open again."""
    _, person = talk(checker, *TOLD[:1], *TOLD[2:], (REVIEW, "chronic kidney disease"))
    assert "Conditions: chronic kidney disease" in person.prompts[-1].options


@pytest.mark.parametrize("text", ["it's all wrong", "yes", "all of them", "wrong", "99", "Xyzol"])
def test_what_is_not_understood_is_not_taken_for_a_no(text: str, checker: Checker) -> None:
    _, person = talk(checker, *TOLD)
    complaint = person.prompt(REVIEW).complaint(text)
    assert complaint is not None
    assert "write a name that is missing" in complaint


@pytest.mark.parametrize(
    "text", ["ok", "all good", "no, nothing", "passt", "c'est bon", "nope, all correct", "none"]
)
def test_that_all_is_right_is_understood(text: str, checker: Checker) -> None:
    _, person = talk(checker, *TOLD, (REVIEW, text))
    assert person.times_asked(REVIEW) == 1
