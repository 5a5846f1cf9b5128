"""Can every answer be corrected: by going back, in the review, and single parts of a list?"""

from __future__ import annotations

from pathlib import Path

import pytest

from magcheck import Checker, InputError, Profile
from magcheck.cli.interview import Interview
from tests.cli.running import own_checker
from tests.cli.scripted import REVIEW, Scripted, talk

MEDICINES, PRODUCTS = "Which medicines", "Which magnesium"


@pytest.fixture
def own(rules: str) -> Checker:
    return own_checker(Path(rules))


def test_back_asks_the_earlier_question_again_and_enter_keeps(checker: Checker) -> None:
    data, person = talk(checker, ("How old", "38"), ("What is your sex", "<"))
    assert data["person"] == {"age": 38}
    assert person.times_asked("How old") == 2
    assert person.prompt("How old").earlier == "38 years"


def test_back_and_another_answer(checker: Checker) -> None:
    data, _ = talk(checker, ("How old", "38"), ("What is your sex", "back"), ("How old", "39"))
    assert data["person"]["age"] == 39


def test_back_and_not_knowing_forgets(checker: Checker) -> None:
    data, _ = talk(checker, ("How old", "38"), ("What is your sex", "<"), ("How old", "don't know"))
    assert data == {}


def test_back_at_the_first_question_is_said(checker: Checker) -> None:
    _, person = talk(checker, ("symptoms", "<"))
    assert person.said == ["This is the first question."]


def test_back_may_be_pressed_again_and_again(checker: Checker) -> None:
    back = [("kidney disease", "<"), ("Which illnesses", "<"), ("your creatinine or", "<")]
    data, person = talk(checker, *back, ("symptoms", ""), ("symptoms", "diarrhoea"))
    assert data == {"symptoms": ["diarrhoea"]}
    assert person.times_asked("Which illnesses") == 2


def test_the_review_shows_every_answer_and_lets_one_be_changed(checker: Checker) -> None:
    first = (("kidney disease", "no"), ("How old", "38"))
    _, before = talk(checker, *first)
    assert {"Age: 38 years", "Pregnancy: not known", "Medicines: not known"} <= set(before.prompts[-1].options)
    data, person = talk(checker, *first, (REVIEW, before.number_of("Age")), ("How old", "83"))
    assert data["person"]["age"] == 83
    assert person.times_asked(REVIEW) == 2
    assert not [one for one in person.prompts[-1].options if one.startswith("Pregnancy")]


def test_back_in_the_review_asks_the_last_question_again(checker: Checker) -> None:
    data, _ = talk(checker, (REVIEW, "<"), ("What do you take magnesium for", ""), ("What do you take", "sleep"))
    assert data == {"goals": ["sleep"]}


CIPRO = (("At which times", "08:00"),)


def test_a_changed_name_asks_for_its_times_again(own: Checker) -> None:
    first = ((MEDICINES, "cipro"), *CIPRO)
    _, before = talk(own, *first)
    change = (REVIEW, before.number_of("Medicines"))
    data, person = talk(own, *first, change, (MEDICINES, "ciprofloxacin"))
    assert data["medications"] == [{"name": "ciprofloxacin"}]
    assert person.times_asked("At which times") == 2


def test_a_list_that_is_kept_keeps_what_was_told_about_it(own: Checker) -> None:
    first = ((MEDICINES, "cipro"), *CIPRO)
    _, before = talk(own, *first)
    data, person = talk(own, *first, (REVIEW, before.number_of("Medicines")))
    assert data["medications"] == [{"name": "cipro", "times": ["08:00"]}]
    assert person.prompt(MEDICINES).earlier == "cipro"


def test_one_of_several_medicines_can_be_taken_out_and_one_added(own: Checker) -> None:
    first = ((MEDICINES, "latanoprost, cipro"), *CIPRO)
    _, before = talk(own, *first)
    change = (REVIEW, before.number_of("Medicines"))
    data, person = talk(own, *first, change, (MEDICINES, "cipro; metformin"))
    assert data["medications"] == [{"name": "cipro", "times": ["08:00"]}, {"name": "metformin"}]
    assert person.times_asked("At which times") == 1
    none, _ = talk(own, *first, change, (MEDICINES, "none"))
    assert "medications" not in none


def test_a_single_part_of_an_item_can_be_changed(own: Checker) -> None:
    first = ((MEDICINES, "cipro"), *CIPRO)
    _, before = talk(own, *first)
    data, _ = talk(own, *first, (REVIEW, before.number_of("Cipro, times")), ("At which times", "09:30"))
    assert data["medications"] == [{"name": "cipro", "times": ["09:30"]}]


def test_which_one_can_be_answered_anew(own: Checker) -> None:
    first = ((MEDICINES, "levothyroxn"), ("Did you mean", "1"))
    _, before = talk(own, *first)
    data, _ = talk(own, *first, (REVIEW, before.number_of('"levothyroxn" means')), ("Did you mean", "don't know"))
    assert data["medications"] == [{"name": "levothyroxn"}]


def test_a_changed_answer_takes_away_what_was_asked_because_of_it(checker: Checker) -> None:
    first = (("kidney disease", "yes"), ("dialysis", "yes"))
    _, before = talk(checker, *first)
    data, _ = talk(checker, *first, (REVIEW, before.number_of("Kidney disease")), ("kidney disease", "no"))
    assert data == {"kidney": {"disease": False}}


FAR_APART = Profile.model_validate(
    {"kidney": {"egfr": 90.0, "creatinine": {"value": 5.0, "unit": "mg/dL"}}, "person": {"sex": "male"}}
)


def test_an_answer_that_contradicts_another_is_said_and_asked_again(checker: Checker) -> None:
    data, person = talk(checker, ("How old", "40"), ("How old", "don't know"), begun=FAR_APART)
    assert any("kidney.egfr and kidney.creatinine" in text for text in person.said)
    assert person.prompts[[p.question for p in person.prompts].index("How old are you?") + 1].earlier == "40 years"
    assert "age" not in data["person"]


def test_a_profile_that_contradicts_itself_is_refused_before_the_first_question(checker: Checker) -> None:
    person = Scripted()
    told = Profile.model_validate({"kidney": {"disease": False, "dialysis": True}})
    with pytest.raises(InputError, match="no kidney disease, and yet"):
        Interview(person, checker, told).run()
    assert not person.prompts


@pytest.mark.parametrize("no", ["no", "Nothing.", "nein", ""])
def test_no_says_that_nothing_is_wrong(no: str, checker: Checker) -> None:
    _, person = talk(checker, ("How old", "38"), (REVIEW, no))
    assert person.times_asked(REVIEW) == 1
