"""Is everything that a person says understood, or asked about? Names, units, lists, and the end of the answers."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from magcheck import Checker, Profile
from magcheck.cli.interview import Interview
from magcheck.profile import Day, Medication
from magcheck.questions.disambiguation import which_one
from magcheck.reading.item import read_item
from magcheck.reading.setting import Setting
from magcheck.terminology.vocabulary import Found, Reason
from tests.cli.running import own_checker
from tests.cli.scripted import REVIEW, Rambling, Scripted, talk

MEDICINES, PRODUCTS, ILLNESSES = "Which medicines", "Which magnesium", "Which illnesses"
VALUES = ("Do you know your kidney value", "yes")


@pytest.fixture
def own(rules: str) -> Checker:
    return own_checker(Path(rules))


# Progress


def test_enter_is_not_known_and_never_none(checker: Checker) -> None:
    person = Scripted()
    interview = Interview(person, checker)
    interview.run()
    assert {"Medicines: not known", "Symptoms: not known", "Conditions: not known"} <= set(
        person.prompts[-1].options
    )
    assert not {"symptoms", "conditions", "medications", "supplements"} & interview.profile().model_fields_set
    assert {"medicines", "other conditions"} <= set(checker.check(interview.profile()).untold)
    assert all("or none" in person.prompt(question).hint for question in (MEDICINES, ILLNESSES, PRODUCTS))


def test_who_only_presses_enter_tells_nothing_and_sees_the_end_coming(checker: Checker) -> None:
    data, person = talk(checker)
    assert data == {}
    more = [prompt.more for prompt in person.prompts]
    assert more[0] >= 5
    assert more[-1] == 0
    assert person.prompts[-1].question.endswith("wrong?")
    assert person.prompts[-1].empty == "nothing is wrong, check now"


def test_every_question_says_why_it_is_asked(checker: Checker) -> None:
    _, person = talk(
        checker, VALUES, (MEDICINES, "cipro, furosemide"), (PRODUCTS, "magnesium citrate, multivitamin")
    )
    assert len(person.prompts) > 15
    assert all(prompt.why for prompt in person.prompts if REVIEW not in prompt.question)


# Lists


@pytest.mark.parametrize("word", ["none", "No", "nothing", "-", "None."])
def test_none_is_no_name(word: str, checker: Checker) -> None:
    data, person = talk(checker, (MEDICINES, word), (ILLNESSES, word), (PRODUCTS, word))
    assert data == {"kidney": {"disease": False}}
    assert "Medicines: none" in person.prompts[-1].options


def test_a_yes_is_asked_for_the_names(checker: Checker) -> None:
    _, person = talk(checker)
    assert person.prompt(MEDICINES).complaint("yes") == "Which? Write the names, with commas between them."


def test_not_knowing_the_medicines_is_not_taking_none(checker: Checker) -> None:
    _, person = talk(checker, (MEDICINES, "don't know"))
    assert "Medicines: not known" in person.prompts[-1].options


def test_many_medicines_in_one_answer_are_many_medicines(checker: Checker) -> None:
    data, _ = talk(checker, (MEDICINES, 'cipro 500 mg; Jódid,漢方, "L-Thyroxin Henning®"; vitamin C 1,000 mg'))
    names = [one["name"] for one in data["medications"]]
    assert names == ["cipro 500 mg", "Jódid", "漢方", "L-Thyroxin Henning®", "vitamin C 1,000 mg"]


def test_a_medicine_and_a_product_are_asked_for_amount_basis_share_and_times(checker: Checker) -> None:
    data, person = talk(
        checker,
        ("How old", "30"),
        (MEDICINES, "Cipro 500 mg"),
        ("At which times", "08:00 and 20:00"),
        (PRODUCTS, "magnesium glycinate"),
        ("How many milligrams", "1 g"),
        ("elemental", "compound"),
        ("per cent", "14.1 %"),
        ("How many times", "1"),
        ("At which times", "21:30"),
    )
    assert data["medications"] == [{"name": "Cipro 500 mg", "times": ["08:00", "20:00"]}]
    product = {"name": "magnesium glycinate", "amount_mg": 1000, "basis": "compound", "elemental_percent": 14.1}
    assert data["supplements"][0].items() >= (product | {"times": ["21:30"]}).items()
    assert "Cipro 500 mg (ciprofloxacin): At which times of the day do you take it?" in person.questions
    assert "part of the compound's weight" in person.prompt("elemental").why


# Units


def test_a_laboratory_value_without_a_unit_asks_for_the_unit(checker: Checker) -> None:
    data, person = talk(checker, VALUES, ("blood creatinine", "12"), ("In which unit is 12?", "umol/L"))
    assert data["kidney"]["creatinine"] == {"value": 12.0, "unit": "umol/L"}
    assert person.prompt("In which unit").options == ("mg/dL", "umol/L")
    asked = person.questions.index("In which unit is 12?")
    assert "blood creatinine" in person.questions[asked - 1]


def test_a_unit_that_nobody_knows_leaves_the_value_out(checker: Checker) -> None:
    data, _ = talk(checker, VALUES, ("blood creatinine", "12"), ("In which unit", "don't know"))
    assert "kidney" not in data


def test_a_unit_that_was_written_is_not_asked(checker: Checker) -> None:
    data, person = talk(checker, VALUES, ("What is your blood magnesium", "0,9 mmol/L"))
    assert data["labs"] == {"magnesium": {"value": 0.9, "unit": "mmol/L"}}
    assert not person.times_asked("In which unit")


# Names that are not understood


def test_a_mistyped_name_is_asked_and_the_chosen_one_is_used(own: Checker) -> None:
    data, person = talk(own, (MEDICINES, "levothyroxn, cipro"), ("Did you mean", "1"))
    assert [one["name"] for one in data["medications"]] == ["levothyroxin", "cipro"]
    assert person.prompt("Did you mean").options == ("levothyroxin (levothyroxine)",)
    asked = person.questions.index(person.prompt("Did you mean").question)
    assert person.questions[asked - 1].startswith(MEDICINES)


def test_a_mistyped_name_may_be_kept_and_nothing_more_is_asked_of_it(own: Checker) -> None:
    data, person = talk(own, (MEDICINES, "levothyroxn"))
    assert data["medications"] == [{"name": "levothyroxn"}]
    assert not person.times_asked("How do you take it")
    assert '"levothyroxn" means: kept as written' in person.prompts[-1].options


def test_a_name_without_a_neighbour_may_be_written_again(own: Checker) -> None:
    data, _ = talk(own, (MEDICINES, "Qqzzqq"), ('"Qqzzqq": this', "cipro"))
    assert data["medications"][0]["name"] == "cipro"


def test_a_class_word_asks_which_one(own: Checker) -> None:
    data, person = talk(own, (MEDICINES, "water pill"), ("Which one is it", "furosemide"))
    assert data["medications"][0]["name"] == "furosemide"
    assert "furosemide" in person.prompt("Which one is it").completions


def test_a_brand_family_shows_its_members(own: Checker) -> None:
    data, person = talk(own, (MEDICINES, "Dulcolax"), ('"Dulcolax"', "1"))
    assert len(person.prompt('"Dulcolax"').options) >= 2
    found = own.check(Profile.model_validate(data))
    assert [one.is_ for one in found.recognised] == ["bisacodyl"]
    assert not found.not_checked


def test_a_word_in_a_name_or_a_mistyped_condition_is_asked(own: Checker) -> None:
    data, _ = talk(
        own,
        (ILLNESSES, "hart block, gravis, feeling blue in winter"),
        ('"hart block"', "heart block"),
        ('"gravis"', "myasthenia gravis"),
    )
    assert data["conditions"] == ["heart block", "myasthenia gravis", "feeling blue in winter"]


def test_every_choice_offered_for_an_unclear_name_is_understood_afterwards(checker: Checker) -> None:
    vocabulary = checker.book.vocabulary
    tried = 0
    for name in [*sorted(vocabulary.groups), "levothyroxn", "magnesum oxide", "Xyzl"]:
        unclear = which_one(Medication(name=name), None, checker.book)
        for label, change in unclear.choices.items() if unclear else ():
            item = Medication.model_validate({"name": name} | change)
            found = read_item(item, Setting(checker.book, None, Day(), "medications"))[0].found
            assert isinstance(found, Found) or found.reason in {Reason.WHICH_ONE, Reason.UNCOVERED}, label
            tried += 1
    assert tried > 100


# The end


STORY = [("kidney disease", "no"), ("How old", "38"), (MEDICINES, "cipro"), (PRODUCTS, "magnesium")]


@pytest.mark.parametrize("patience", range(0, 16, 3))
def test_whoever_stops_answering_is_checked_with_what_is_known(patience: int, checker: Checker) -> None:
    data, person = talk(checker, *STORY, patience=patience)
    assert len(person.prompts) <= patience
    checker.check(Profile.model_validate(data))


WORDS = (
    *(
        "",
        "",
        "don't know",
        "?",
        "<",
        "1",
        "2",
        "45",
        "yes",
        "no",
        "none",
        "cipro, cipro",
        "water pill; aspirin",
        "Xyzol",
        "Dulcolax",
    ),
    *(
        "magnesium oxide 400 mg",
        "08:00",
        "1.4 mg/dL",
        "diabetes, hart block",
        "dialysis",
        "US",
        "elemental",
        "compound",
    ),
    *("12", "latanoprost eye drops", "zinc 25 mg twice a day", "multivitamin"),
)


def test_any_sequence_of_answers_gives_a_valid_profile(own: Checker) -> None:
    asked = 0
    for seed in range(60):
        person = Rambling(random.Random(seed), WORDS)
        interview = Interview(person, own)
        interview.run()
        Profile.model_validate(interview.profile().model_dump(mode="json"))
        asked += len(person.prompts)
    assert asked > 500
