"""Is what matters asked, no more, in the documented order, and can every answer be corrected?"""

from __future__ import annotations

import re
from typing import Any

import pytest

from magcheck import Checker, InputError, Profile
from magcheck.questions.definition import open_questions
from magcheck.questions.relevance import relevance
from magcheck.questions.session import Session
from tests.questions.asking import HEALTHY, MAN, WOMAN, go_on, session_with, told
from tests.support import ROOT

CITRATE = {"supplements": ["magnesium citrate 200 mg once a day"]}
DIGOXIN_AND_OTHERS = ["digoxin", "levothyroxine", "alendronate"]


def by_path(session: Session, path: str) -> Any:
    return next(ask for ask in session.asks() if ask.path == path)


# Who is asked what


def test_a_healthy_man_of_40_is_done_in_under_ten_answers(checker: Checker) -> None:
    session = session_with(checker, HEALTHY | CITRATE | {"person.age": 40} | MAN)
    assert len(session.order) < 10
    report = checker.check(session.profile())
    assert (report.complete, report.verdict) == (True, "clear")


def test_a_dialysis_patient_is_done_before_kidney_values_age_and_pregnancy(checker: Checker) -> None:
    session = session_with(checker, {"kidney.disease": True, "kidney.dialysis": True} | CITRATE)
    assert len(session.order) < 9
    assert not {"kidney.egfr", "kidney.stage", "person.age", "person.pregnancy"} & set(session.order)
    assert checker.check(session.profile()).verdict == "avoid"


@pytest.mark.parametrize(
    ("age", "expected"),
    [(9.9, False), (18, True), (38, True), (60, True), (60.5, False), (70, False), (None, True)],
)
def test_pregnancy_is_asked_where_it_is_possible(age: float | None, checker: Checker, *, expected: bool) -> None:
    session = session_with(checker, HEALTHY | CITRATE | {"person.age": age})
    assert ("person.pregnancy" in session.order) == expected


def test_a_man_is_asked_for_his_sex_alone(checker: Checker) -> None:
    answers = {"person.age": 30, "blood values": True} | MAN
    session = session_with(checker, answers | {"kidney.creatinine": {"value": 1.0, "unit": "mg/dL"}})
    assert session.order.count("person.sex") == 1
    assert "person.pregnancy" not in session.order
    assert told(session)["person"] == {"age": 30, "sex": "male"}


def test_the_sex_is_asked_where_a_formula_needs_it_and_nothing_said_it(checker: Checker) -> None:
    creatinine = {"blood values": True, "kidney.creatinine": {"value": 1.0, "unit": "mg/dL"}, "person.age": 70}
    assert "person.sex" in session_with(checker, creatinine).order
    assert "person.sex" not in session_with(checker, {"person.age": 70}).order


def test_the_height_is_asked_of_a_child_with_a_creatinine(checker: Checker) -> None:
    creatinine = {"blood values": True, "kidney.creatinine": {"value": 0.5, "unit": "mg/dL"}}
    assert "person.height_cm" in session_with(checker, creatinine | {"person.age": 6}).order
    assert "person.height_cm" not in session_with(checker, creatinine | {"person.age": 18}).order


def test_blood_values_are_asked_only_of_who_knows_one(checker: Checker) -> None:
    behind = {"kidney.egfr", "kidney.creatinine", "labs.magnesium"}
    assert not behind & set(session_with(checker, HEALTHY).order)
    assert behind <= set(session_with(checker, {"kidney.disease": False, "blood values": True}).order)
    known = session_with(checker, {"kidney.disease": True, "blood values": True, "kidney.egfr": 45})
    assert not {"kidney.creatinine", "kidney.stage"} & set(known.order)


def test_the_stage_is_asked_of_who_knows_of_kidney_disease_but_no_value(checker: Checker) -> None:
    session = session_with(checker, {"kidney.disease": True, "blood values": False, "kidney.stage": "G3"})
    assert told(session)["kidney"] == {"disease": True, "stage": "G3"}
    assert "kidney.stage" not in session_with(checker, HEALTHY).order


def test_a_told_condition_answers_what_it_means_and_still_opens_the_rest(checker: Checker) -> None:
    dialysis = session_with(checker, {"conditions": ["dialysis"]})
    assert not {"kidney.disease", "kidney.dialysis"} & set(dialysis.order)
    disease = session_with(checker, {"conditions": ["CKD"], "kidney.dialysis": True})
    assert "kidney.disease" not in disease.order
    assert told(disease) == {"conditions": ["CKD"], "kidney": {"dialysis": True}}


@pytest.mark.parametrize("path", ["medications", "supplements"])
def test_what_is_never_swallowed_is_not_asked_for_times(path: str, checker: Checker) -> None:
    session = session_with(checker, HEALTHY | {path: ["latanoprost eye drops"]})
    assert not [asked for asked in session.order if asked.startswith(f"{path}[")]


def test_the_country_is_asked_only_where_a_brand_or_a_limit_needs_it(checker: Checker) -> None:
    assert "country" not in session_with(checker, HEALTHY | CITRATE | {"person.age": 40}).order
    brand = session_with(checker, HEALTHY | {"medications": ["Urex"], "country": "AU"})
    assert brand.order.index("country") == brand.order.index("medications") + 1
    assert checker.check(brand.profile()).recognised[0].is_ == "furosemide"
    limit = session_with(
        checker, HEALTHY | {"person.age": 40, "supplements": ["elemental magnesium 300 mg once a day"]}
    )
    assert "country" in limit.order


def test_nobody_is_asked_for_the_milligrams_of_a_multivitamin(checker: Checker) -> None:
    session = session_with(checker, HEALTHY | {"person.age": 40, "supplements": ["multivitamin"]})
    asked = by_path(session, "supplements[0].amount_mg").question
    assert asked == "multivitamin: How many milligrams of magnesium are in one dose?"
    assert by_path(
        session_with(checker, HEALTHY | {"supplements": ["magnesium citrate"]}), "supplements[0].amount_mg"
    ).question.endswith("How many milligrams do you take each time?")


def test_what_the_name_tells_is_not_asked_and_not_repeated(checker: Checker) -> None:
    session = session_with(
        checker, HEALTHY | {"person.age": 30, "supplements": ["magnesium citrate 200 mg twice a day"]}
    )
    assert not {"supplements[0].amount_mg", "supplements[0].per_day"} & set(session.order)
    assert by_path(session, "supplements[0].basis").question.startswith(
        "magnesium citrate 200 mg twice a day: Does"
    )
    assert told(session)["supplements"] == [{"name": "magnesium citrate 200 mg twice a day"}]


# The order


def test_the_order_is_the_one_that_the_questions_document(checker: Checker) -> None:
    header = (ROOT / "rules/questions.yaml").read_text(encoding="utf-8").partition("\n#   1.")[2]
    documented = re.findall(r"the (red flags|medicines|product)", header.partition("2.")[2].partition("3.")[0])
    assert documented == ["red flags", "medicines", "product"]
    answers = HEALTHY | {
        "medications": DIGOXIN_AND_OTHERS,
        "supplements": ["magnesium oxide 400 mg"],
        "goals": None,
    }
    session = session_with(checker, answers)
    sections = [checker.book.questions[path.partition("[")[0]].asked for path in session.order]
    assert sections == sorted(
        sections, key=lambda section: documented.index(str(section.value if section else ""))
    )


def test_the_stronger_question_comes_first_and_then_the_order_of_the_file(checker: Checker) -> None:
    session = Session(checker)
    session.answer(by_path(session, "symptoms"), [])
    first = [ask.path for ask in session.relevant()]
    paths = open_questions(first, session.answers, checker.book.questions)
    strengths = relevance(session.profile(), paths, checker.book, checker.program)
    files = list(checker.book.questions)
    flags = [path for path in first if str(checker.book.questions[path].asked) == "red flags"]
    assert len({strengths[path] for path in flags}) > 1
    assert len({strengths[path] for path in flags}) < len(flags)
    assert flags == sorted(flags, key=lambda path: (strengths[path], files.index(path)))


def test_what_is_begun_about_one_thing_is_finished_before_the_next(checker: Checker) -> None:
    answers = {
        "medications": DIGOXIN_AND_OTHERS,
        "supplements": ["magnesium citrate", "Milk of Magnesia", "Maalox"],
    }
    session = session_with(checker, HEALTHY | answers | {"person.age": 40})
    items = [path.partition(".")[0] for path in session.order if "[" in path]
    begun = [item for place, item in enumerate(items) if place == 0 or items[place - 1] != item]
    assert len(begun) == len(set(begun)) >= 3


def test_the_same_answers_give_the_same_questions(checker: Checker) -> None:
    answers = {"medications": DIGOXIN_AND_OTHERS, "supplements": ["magnesium citrate"], "person.age": 62}
    assert len({tuple(session_with(checker, answers).order) for _ in range(3)}) == 1


# Correcting


def corrected(session: Session, path: str, value: object, answers: dict[str, Any]) -> list[str]:
    """What is asked after `path` got another answer."""
    session.forget(path)
    session.answer(by_path(session, path), value)
    before = len(session.order)
    go_on(session, answers)
    return session.order[before:]


def test_every_single_answer_can_be_revised(checker: Checker) -> None:
    answers = HEALTHY | {
        "person.age": 50,
        **WOMAN,
        "medications": ["cipro"],
        "medications[0].times": ["08:00"],
        "supplements": ["magnesium citrate"],
        "supplements[0].amount_mg": 200.0,
    }
    session = session_with(checker, answers)
    for path in [ask.path for ask in session.asks() if ask.path in session.answers]:
        earlier = session.answers[path]
        session.forget(path)
        assert path not in session.answers
        session.answer(by_path(session, path), earlier)
    assert told(session) == told(session_with(checker, answers))


def taking(*medications: dict[str, Any]) -> Profile:
    return Profile.model_validate({"medications": medications})


CIPRO, THYROXINE = (
    {"name": "cipro", "times": ["08:00"]},
    {"name": "levothyroxine", "times": ["06:30"], "fixed": True},
)


def test_a_changed_list_keeps_the_answers_about_what_stays(checker: Checker) -> None:
    session = Session(checker, taking(CIPRO, THYROXINE))
    asked = corrected(session, "medications", ["metformin", "levothyroxine", "cipro"], HEALTHY)
    assert told(session)["medications"] == [{"name": "metformin"}, THYROXINE, CIPRO]
    assert not {"medications[1].times", "medications[2].times"} & set(asked)


def test_two_of_the_same_name_keep_their_answers_as_long_as_both_stay(checker: Checker) -> None:
    evening = {"name": "cipro", "times": ["20:00"]}
    session = Session(checker, taking(CIPRO, evening))
    corrected(session, "medications", ["aspirin", "cipro", "cipro"], HEALTHY)
    assert told(session)["medications"] == [{"name": "aspirin"}, CIPRO, evening]
    corrected(session, "medications", ["cipro"], HEALTHY)
    assert told(session)["medications"] == [{"name": "cipro"}]


def test_a_changed_name_asks_for_its_route_and_times_again(checker: Checker) -> None:
    answers = HEALTHY | {
        "medications": ["cipro"],
        "medications[0].route": "oral",
        "medications[0].times": ["08:00"],
    }
    session = session_with(checker, answers)
    asked = corrected(session, "medications", ["levothyroxine"], HEALTHY)
    assert "medications[0].times" in asked
    assert told(session)["medications"] == [{"name": "levothyroxine"}]


def test_a_changed_answer_takes_away_what_was_asked_because_of_it(checker: Checker) -> None:
    session = session_with(checker, {"kidney.disease": True, "kidney.dialysis": True})
    corrected(session, "kidney.disease", HEALTHY["kidney.disease"], HEALTHY)
    assert told(session)["kidney"] == {"disease": False}


def test_none_is_told_and_unknown_is_not(checker: Checker) -> None:
    none, unknown = session_with(checker, HEALTHY), session_with(checker, {})
    assert none.profile().model_fields_set >= {"symptoms", "conditions", "medications"}
    assert not {"symptoms", "conditions", "medications"} & unknown.profile().model_fields_set


def test_an_answer_that_contradicts_what_was_told_earlier_is_refused(checker: Checker) -> None:
    values = {"egfr": 90, "creatinine": {"value": 5.0, "unit": "mg/dL"}, "disease": False}
    session = Session(checker, Profile.model_validate({"kidney": values}))
    with pytest.raises(InputError, match=r"kidney\.egfr and kidney\.creatinine"):
        go_on(session, HEALTHY | {"person.age": 40} | MAN)


def test_a_name_that_nobody_understands_leaves_the_total_open(checker: Checker) -> None:
    """It may bring magnesium, so the questions go on beside it."""
    answers = {**HEALTHY, "medications": ["Xyzol"], "supplements": ["magnesium citrate 200 mg"]}
    session = session_with(checker, answers)
    assert "supplements[0].basis" in session.order


def test_values_written_at_their_gate_are_taken_back_and_kept_with_it(checker: Checker) -> None:
    """They once stayed behind a gate that was no longer asked, and did not count."""
    session = Session(checker)
    session.answer(by_path(session, "symptoms"), [])
    session.answer(by_path(session, "blood values"), {"kidney.egfr": 12.0})
    assert session.forget_last()
    assert session.relevant()[0].path == "blood values"
    session.answer(by_path(session, "blood values"), session.earlier["blood values"])
    assert told(session)["kidney"] == {"egfr": 12.0}
    assert session.relevant()[0].path != "blood values"
