"""What does the name of an item already tell, and are the examples that a question names understood?"""

from __future__ import annotations

import re

import pytest

from magcheck import Checker, Profile
from magcheck.questions.items import read_intakes
from magcheck.terminology.normalise import normal


@pytest.mark.parametrize(
    ("text", "name", "often"),
    [
        ("zinc 25 mg twice a day", "zinc 25 mg", 2),
        ("zinc 25 mg, 3x daily", "zinc 25 mg", 3),
        ("magnesium citrate 200 mg once a day", "magnesium citrate 200 mg", 1),
        ("magnesium 200 mg daily", "magnesium 200 mg", 1),
        ("magnesium 200 mg a day", "magnesium 200 mg", 1),
        ("magnesium 200 mg (2 times per day)", "magnesium 200 mg", 2),
        ("One A Day", "One A Day", None),
        ("twice a day", "twice a day", None),
        ("zinc 25 times a day", "zinc 25 times a day", None),
        ("zinc", "zinc", None),
    ],
)
def test_how_often_is_read_behind_a_name_and_a_brand_stays_whole(text: str, name: str, often: int | None) -> None:
    assert read_intakes(text) == (name, often)


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
