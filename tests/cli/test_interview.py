"""Does the questionnaire ask what matters, no more, and can every answer be corrected?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from magcheck import Checker, Profile
from magcheck.cli.interview import CHECK_NOW, Interview
from magcheck.cli.prompts import EndOfAnswers, Prompt, settled
from tests.cli.running import own_checker


class Scripted:
    """A person who answers by keyword: the first unused answer whose key stands in the question."""

    def __init__(self, *answers: tuple[str, str], patience: int = 200) -> None:
        self.answers = list(answers)
        self.patience = patience
        self.prompts: list[Prompt] = []
        self.said: list[str] = []

    def ask(self, prompt: Prompt) -> str:
        self.patience -= 1
        if self.patience < 0:
            raise EndOfAnswers
        self.prompts.append(prompt)
        text = self._answer(prompt)
        complaint = prompt.complaint(text)
        assert complaint is None, complaint
        return settled(text)

    def _answer(self, prompt: Prompt) -> str:
        for place, (key, text) in enumerate(self.answers):
            if key in prompt.question:
                del self.answers[place]
                return text
        return ""

    def say(self, text: str) -> None:
        self.said.append(text)

    @property
    def questions(self) -> list[str]:
        return [prompt.question for prompt in self.prompts]

    def prompt(self, key: str) -> Prompt:
        return next(prompt for prompt in reversed(self.prompts) if key in prompt.question)


@pytest.fixture
def checker_here(rules: str) -> Checker:
    return own_checker(Path(rules))


def talk(checker: Checker, *answers: tuple[str, str], patience: int = 200) -> tuple[dict[str, Any], Scripted]:
    person = Scripted(*answers, patience=patience)
    interview = Interview(person, checker.book)
    interview.run()
    data = interview.data()
    Profile.model_validate(data)
    return data, person


def asked(person: Scripted, key: str) -> bool:
    return any(key in question for question in person.questions)


# What is asked


def test_who_knows_nothing_is_asked_in_order_and_tells_nothing(checker_here: Checker) -> None:
    data, person = talk(checker_here)
    assert data == {}
    assert person.questions[0] == "Were you ever told that you have kidney disease?"
    kidney, age, country, medicines = (
        next(place for place, question in enumerate(person.questions) if key in question)
        for key in ("eGFR", "How old", "country", "Which medicines")
    )
    assert kidney < age < country < medicines
    assert person.prompts[-1].empty == CHECK_NOW


def test_who_has_healthy_kidneys_is_not_asked_about_dialysis(checker_here: Checker) -> None:
    _, person = talk(checker_here, ("kidney disease", "no"))
    assert not asked(person, "dialysis")
    assert not asked(person, "acute kidney injury")


def test_who_is_on_dialysis_is_not_asked_for_a_kidney_value(checker_here: Checker) -> None:
    data, person = talk(checker_here, ("kidney disease", "yes"), ("dialysis", "y"))
    assert data == {"kidney": {"disease": True, "dialysis": True}}
    assert not asked(person, "eGFR")
    assert not asked(person, "creatinine")


def test_creatinine_is_asked_only_without_a_kidney_value_and_the_stage_only_without_both(
    checker_here: Checker,
) -> None:
    _, known = talk(checker_here, ("kidney disease", "yes"), ("eGFR", "45"))
    assert not asked(known, "creatinine")
    assert not asked(known, "stage")
    _, measured = talk(checker_here, ("kidney disease", "yes"), ("creatinine", "1.4 mg/dL"))
    assert not asked(measured, "stage")
    data, _ = talk(checker_here, ("kidney disease", "yes"), ("stage", "G3"))
    assert data["kidney"]["stage"] == "G3"


@pytest.mark.parametrize(
    ("age", "sex", "expected"),
    [
        ("38", "female", True),
        ("38", "male", False),
        ("9", "female", False),
        ("10", "female", True),
        ("60", "female", True),
        ("61", "female", False),
        ("?", "?", True),
    ],
)
def test_pregnancy_is_asked_where_it_is_possible(
    age: str, sex: str, checker_here: Checker, *, expected: bool
) -> None:
    _, person = talk(checker_here, ("How old", age), ("your sex", sex))
    assert asked(person, "pregnant") == expected


def test_the_height_is_asked_of_a_child_with_a_creatinine(checker_here: Checker) -> None:
    data, _ = talk(checker_here, ("creatinine", "0.5 mg/dL"), ("How old", "6"), ("How tall", "115"))
    assert data["person"]["height_cm"] == 115
    _, adult = talk(checker_here, ("creatinine", "0.5 mg/dL"), ("How old", "18"))
    assert not asked(adult, "How tall")


def test_a_laboratory_value_without_a_unit_asks_for_the_unit(checker_here: Checker) -> None:
    data, person = talk(checker_here, ("creatinine", "12"), ("In which unit is 12?", "umol/L"))
    assert data["kidney"]["creatinine"] == {"value": 12.0, "unit": "umol/L"}
    assert person.prompt("In which unit").options == ("mg/dL", "umol/L")
    one, _ = talk(checker_here, ("creatinine", "120"), ("In which unit is 120?", "1"))
    assert one["kidney"]["creatinine"]["unit"] == "umol/L"
    unknown, _ = talk(checker_here, ("creatinine", "12"), ("In which unit", "?"))
    assert "kidney" not in unknown


def test_a_medicine_is_asked_for_its_route_and_its_times(checker_here: Checker) -> None:
    data, _ = talk(
        checker_here,
        ("Which medicines", "Cipro 500 mg"),
        ("How do you take it", "by mouth"),
        ("At which times", "08:00 and 20:00"),
        ("what else", "latanoprost"),
    )
    assert data["medications"] == [
        {"name": "Cipro 500 mg", "route": "oral", "times": ["08:00", "20:00"]},
        {"name": "latanoprost"},
    ]


def test_the_question_about_an_item_says_what_was_understood(checker_here: Checker) -> None:
    _, person = talk(checker_here, ("Which medicines", "Cipro"))
    assert asked(person, "Cipro (ciprofloxacin): How do you take it?")


def test_what_is_never_swallowed_is_not_asked_for_times(checker_here: Checker) -> None:
    _, person = talk(checker_here, ("Which medicines", "latanoprost eye drops"))
    assert not asked(person, "How do you take it")
    assert not asked(person, "At which times")


def test_a_magnesium_product_is_asked_for_amount_basis_share_and_times(checker_here: Checker) -> None:
    data, person = talk(
        checker_here,
        ("Which magnesium product", "magnesium glycinate"),
        ("How many milligrams", "1 g"),
        ("elemental", "compound"),
        ("How much magnesium itself", "14.1 %"),
        ("At which times", "21:30"),
    )
    assert data["supplements"] == [
        {
            "name": "magnesium glycinate",
            "amount_mg": 1000,
            "basis": "compound",
            "elemental_percent": 14.1,
            "times": ["21:30"],
        }
    ]
    assert "part of the compound's weight" in person.prompt("elemental").why
    assert not asked(person, "How many times a day")


def test_an_amount_in_the_name_is_not_asked_again_and_intakes_stand_for_times(checker_here: Checker) -> None:
    data, person = talk(
        checker_here,
        ("Which magnesium product", "magnesium citrate 200 mg"),
        ("elemental", "elemental"),
        ("How many times a day", "2"),
    )
    assert data["supplements"] == [{"name": "magnesium citrate 200 mg", "basis": "elemental", "per_day": 2}]
    assert not asked(person, "How many milligrams")
    assert not asked(person, "label print")


def test_other_products_join_the_supplements(checker_here: Checker) -> None:
    data, _ = talk(
        checker_here,
        ("Which magnesium product", "magnesium oxide"),
        ("something else that may", "Milk of Magnesia"),
    )
    assert [one["name"] for one in data["supplements"]] == ["magnesium oxide", "Milk of Magnesia"]


def test_conditions_symptoms_blood_magnesium_and_country(checker_here: Checker) -> None:
    data, _ = talk(
        checker_here,
        ("country", "de"),
        ("conditions", "diabetes, heart block"),
        ("symptoms", "diarrhoea"),
        ("blood magnesium", "0,9 mmol/L"),
    )
    assert data == {
        "country": "DE",
        "conditions": ["diabetes", "heart block"],
        "symptoms": ["diarrhoea"],
        "labs": {"magnesium": {"value": 0.9, "unit": "mmol/L"}},
    }


# Names that are not understood


def test_a_mistyped_name_is_asked_and_the_chosen_one_is_used(checker_here: Checker) -> None:
    data, person = talk(checker_here, ("Which medicines", "levothyroxn"), ("Did you mean", "1"))
    assert data["medications"][0]["name"] == "levothyroxin"
    assert person.prompt("Did you mean").options == ("levothyroxin (levothyroxine)",)


def test_a_mistyped_name_may_be_kept_and_nothing_more_is_asked_of_it(checker_here: Checker) -> None:
    data, person = talk(checker_here, ("Which medicines", "levothyroxn"))
    assert data["medications"] == [{"name": "levothyroxn"}]
    assert not asked(person, "How do you take it")


def test_a_name_without_a_neighbour_may_be_written_again(checker_here: Checker) -> None:
    data, _ = talk(checker_here, ("Which medicines", "Qqzzqq"), ('"Qqzzqq": this', "cipro"))
    assert data["medications"][0]["name"] == "cipro"


def test_a_class_word_asks_which_one(checker_here: Checker) -> None:
    data, person = talk(checker_here, ("Which medicines", "water pill"), ("Which one is it", "furosemide"))
    assert data["medications"][0]["name"] == "furosemide"
    assert "furosemide" in person.prompt("Which one is it").completions
    assert asked(person, "furosemide: How do you take it?")


def test_a_brand_family_shows_its_members(checker_here: Checker) -> None:
    data, person = talk(checker_here, ("Which medicines", "Dulcolax"), ("Which Dulcolax", "1"))
    assert len(person.prompt("Which Dulcolax").options) >= 2
    found = checker_here.check(Profile.model_validate(data))
    assert [one.is_ for one in found.recognised] == ["bisacodyl"]
    assert not found.not_checked


def test_a_word_in_a_name_or_a_mistyped_condition_is_asked(checker_here: Checker) -> None:
    data, _ = talk(
        checker_here,
        ("conditions", "hart block, gravis, feeling blue in winter"),
        ('"hart block"', "heart block"),
        ('"gravis"', "myasthenia gravis"),
    )
    assert data["conditions"] == ["heart block", "myasthenia gravis", "feeling blue in winter"]


def test_every_choice_offered_for_an_unclear_name_is_understood_afterwards(checker: Checker) -> None:
    from magcheck.profile import Medication
    from magcheck.questions.naming import which_one
    from magcheck.vocabulary import Found, Reason

    vocabulary = checker.book.vocabulary
    names = [*sorted(vocabulary.groups), "levothyroxn", "magnesum oxide", "Xyzl"]
    for name in names:
        item = Medication(name=name)
        unclear = which_one(item, None, vocabulary)
        for label, change in unclear.choices.items() if unclear else ():
            found = vocabulary.find(Medication.model_validate({"name": item.name} | change), None)
            assert isinstance(found, Found) or found.reason in {Reason.WHICH_ONE, Reason.UNCOVERED}, label


# Correcting


def answers_of(person: Scripted, key: str) -> int:
    return sum(key in question for question in person.questions)


def test_back_asks_the_earlier_question_again_and_enter_keeps(checker_here: Checker) -> None:
    data, person = talk(checker_here, ("How old", "38"), ("your sex", "<"))
    assert data["person"]["age"] == 38
    assert answers_of(person, "How old") == 2
    assert person.prompts[[p.question for p in person.prompts].index("How old are you?") + 2].earlier == "38 years"


def test_back_and_another_answer(checker_here: Checker) -> None:
    data, _ = talk(checker_here, ("How old", "38"), ("your sex", "back"), ("How old", "39"))
    assert data["person"]["age"] == 39


def test_back_and_a_question_mark_forgets(checker_here: Checker) -> None:
    data, _ = talk(checker_here, ("How old", "38"), ("your sex", "<"), ("How old", "?"))
    assert data == {}


def test_back_at_the_first_question_is_said(checker_here: Checker) -> None:
    _, person = talk(checker_here, ("kidney disease", "<"))
    assert person.said == ["This is the first question."]


def number_of(person: Scripted, label: str) -> str:
    options = person.prompts[-1].options
    return str(next(place for place, option in enumerate(options, start=1) if option.startswith(label)))


def test_the_review_shows_every_answer_and_lets_one_be_changed(checker_here: Checker) -> None:
    _, before = talk(checker_here, ("kidney disease", "no"), ("How old", "38"))
    assert "Age: 38 years" in before.prompts[-1].options
    assert "Kidney value (eGFR): not known" in before.prompts[-1].options
    number = number_of(before, "Age")
    data, person = talk(
        checker_here, ("kidney disease", "no"), ("How old", "38"), ("one of them wrong", number), ("How old", "83")
    )
    assert data["person"]["age"] == 83
    assert answers_of(person, "one of them wrong") == 2


def test_back_in_the_review_asks_the_last_question_again(checker_here: Checker) -> None:
    data, _ = talk(
        checker_here, ("one of them wrong", "<"), ("blood magnesium", ""), ("blood magnesium", "2 mg/dL")
    )
    assert data == {"labs": {"magnesium": {"value": 2.0, "unit": "mg/dL"}}}


def test_a_changed_name_asks_for_its_route_and_times_again(checker_here: Checker) -> None:
    first = (("Which medicines", "cipro"), ("How do you take it", "by mouth"), ("At which times", "08:00"))
    _, before = talk(checker_here, *first)
    number = number_of(before, "Medicine 1")
    data, person = talk(checker_here, *first, ("one of them wrong", number), ("Which medicines", "levothyroxine"))
    assert data["medications"] == [{"name": "levothyroxine"}]
    assert asked(person, "levothyroxine: At which times")


def test_a_kept_name_keeps_its_route_and_times(checker_here: Checker) -> None:
    first = (("Which medicines", "cipro"), ("How do you take it", "by mouth"), ("At which times", "08:00"))
    _, before = talk(checker_here, *first)
    data, _ = talk(checker_here, *first, ("one of them wrong", number_of(before, "Medicine 1")))
    assert data["medications"] == [{"name": "cipro", "route": "oral", "times": ["08:00"]}]


def test_one_of_several_medicines_can_be_taken_out_and_one_added(checker_here: Checker) -> None:
    first = (("Which medicines", "cipro"), ("what else", "latanoprost"), ("what else", "aspirin"))
    _, before = talk(checker_here, *first)
    data, _ = talk(
        checker_here,
        *first,
        ("one of them wrong", number_of(before, "Medicine 2")),
        ("what else", ""),
        ("what else", "?"),
    )
    assert [one["name"] for one in data["medications"]] == ["cipro", "aspirin"]
    out, _ = talk(
        checker_here,
        *first,
        ("one of them wrong", number_of(before, "Medicine 1")),
        ("Which medicines", "?"),
    )
    assert [one["name"] for one in out["medications"]] == ["latanoprost", "aspirin"]
    more, _ = talk(
        checker_here,
        *first,
        ("what else", ""),
        ("one of them wrong", number_of(before, "Medicine 4")),
        ("what else", "metformin"),
    )
    assert [one["name"] for one in more["medications"]] == ["cipro", "latanoprost", "aspirin", "metformin"]


def test_a_changed_answer_takes_away_what_was_asked_because_of_it(checker_here: Checker) -> None:
    first = (("kidney disease", "yes"), ("dialysis", "yes"))
    _, before = talk(checker_here, *first)
    data, _ = talk(
        checker_here, *first, ("one of them wrong", number_of(before, "Kidney disease")), ("kidney disease", "no")
    )
    assert data == {"kidney": {"disease": False}}


@pytest.mark.parametrize("patience", range(0, 30, 3))
def test_whoever_stops_answering_is_checked_with_what_is_known(patience: int, checker_here: Checker) -> None:
    answers = [
        ("kidney disease", "no"),
        ("How old", "38"),
        ("Which medicines", "cipro"),
        ("Which magn", "magnesium"),
    ]
    data, _ = talk(checker_here, *answers, patience=patience)
    checker_here.check(Profile.model_validate(data))


def test_any_sequence_of_answers_gives_a_valid_profile(checker_here: Checker) -> None:
    for seed in range(60):
        chooser = random.Random(seed)
        person = Rambling(chooser)
        interview = Interview(person, checker_here.book)
        interview.run()
        Profile.model_validate(interview.data())


class Rambling(Scripted):
    """Answers anything that is accepted, and often goes back."""

    WORDS = (
        "",
        "",
        "?",
        "<",
        "1",
        "2",
        "45",
        "yes",
        "cipro",
        "water pill",
        "Xyzol",
        "Dulcolax",
        "magnesium oxide 400 mg",
    )
    MORE = (
        "08:00",
        "1.4 mg/dL",
        "diabetes, hart block",
        "US",
        "elemental",
        "compound",
        "12",
        "latanoprost eye drops",
    )

    def __init__(self, chooser: random.Random) -> None:
        super().__init__(patience=chooser.randrange(120))
        self.chooser = chooser

    def _answer(self, prompt: Prompt) -> str:
        texts: Iterator[str] = (self.chooser.choice(self.WORDS + self.MORE) for _ in range(50))
        return next((text for text in texts if prompt.complaint(text) is None), "")
