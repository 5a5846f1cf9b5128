"""Is the questionnaire the same in FHIR, and do answers in FHIR say what the same profile says?"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks.findings import Crowd
from benchmarks.questions import talk
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from magcheck import Checker, InputError, Profile, Report
from magcheck.checker import default_checker
from magcheck.fhir.form import URL, names_of_links, questionnaire
from magcheck.fhir.response import profile_of_response
from magcheck.profile import Route, Sex
from magcheck.questions.definition import steps
from magcheck.questions.enablement import Enablement, enablement_of
from magcheck.questions.resume import answers_of
from tests.fhir.responding import answered, closed, group, response, response_of
from tests.inference.invented import People

CHECKER = default_checker()
BOOK = CHECKER.book
FORM = questionnaire(BOOK)
NAMES = names_of_links(BOOK)
"""linkId -> question, where they differ."""
TYPES = {
    "group",
    "display",
    "boolean",
    "decimal",
    "integer",
    "quantity",
    "string",
    "time",
    "choice",
    "open-choice",
}


def walked(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from walked(item.get("item", []))


ITEMS = list(walked(FORM["item"]))


# The questions


def test_the_questionnaire_has_the_structure_of_r4() -> None:
    Questionnaire.model_validate(FORM)
    assert FORM["url"].startswith("https://")
    assert FORM["version"] == BOOK.version


def test_every_question_that_is_asked_is_in_it_once_in_the_order_of_the_file() -> None:
    links = [NAMES.get(item["linkId"], item["linkId"]) for item in ITEMS]
    assert len(links) == len(set(links))
    assert not any(" " in item["linkId"] for item in ITEMS)
    asked = [name for name, entry in BOOK.questions.items() if entry.asked]
    assert [link for link in links if link in asked] == asked
    assert {"medications.name", "medications.times", "supplements.amount_mg"} <= set(links)


def test_the_rules_of_r4_that_no_model_checks_are_kept() -> None:
    seen: set[str] = set()
    for item in ITEMS:
        assert item["type"] in TYPES
        assert (item["type"] == "group") <= bool(item.get("item"))
        assert not (item["type"] == "display" and item.get("item"))
        assert ("answerOption" in item) == (item["type"] in {"choice", "open-choice"})
        assert ("enableBehavior" in item) == (len(item.get("enableWhen", ())) > 1)
        assert {condition["question"] for condition in item.get("enableWhen", ())} <= seen
        seen.add(item["linkId"])


def test_forms_of_structured_data_capture_find_what_they_want() -> None:
    assert FORM["meta"]["profile"] == ["http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"]
    assert FORM["publisher"]
    assert FORM["date"]
    assert FORM["status"] == "active"
    by_link = {item["linkId"]: item for item in ITEMS}
    codes = {"kidney.egfr": "98979-8", "kidney.creatinine": "2160-0", "labs.magnesium": "19123-9"}
    assert {link: by_link[link]["code"][0]["code"] for link in codes} == codes
    shown = {
        link: extension["valueCodeableConcept"]["coding"][0]["code"]
        for link, item in by_link.items()
        for extension in item.get("extension", ())
        if extension["url"].endswith("questionnaire-itemControl")
    }
    assert {shown[link] for link in ("symptoms", "conditions", "goals", "country")} == {"drop-down"}
    assert shown["kidney.stage"] == shown["medications.route"] == "drop-down"
    countries = [option["valueCoding"] for option in by_link["country"]["answerOption"]]
    assert all(country["display"] != country["code"] for country in countries)
    filled = {
        link
        for link, item in by_link.items()
        for extension in item.get("extension", ())
        if extension["url"].endswith("sdc-questionnaire-initialExpression")
    }
    assert filled == {"person.age", "person.sex", "blood-values", "kidney.egfr"}


def test_every_number_has_a_unit_that_ucum_knows() -> None:
    for item in ITEMS:
        if item["type"] in {"decimal", "integer", "quantity"}:
            units = [one["valueCoding"] for one in item["extension"] if "unit" in one["url"]]
            assert units, item["linkId"]
            assert all(unit["system"] == "http://unitsofmeasure.org" for unit in units)


def test_creatinine_may_be_told_in_two_units_and_age_has_limits() -> None:
    creatinine, age = (next(i for i in ITEMS if i["linkId"] == n) for n in ("kidney.creatinine", "person.age"))
    assert [unit["valueCoding"]["code"] for unit in creatinine["extension"]] == ["mg/dL", "umol/L"]
    limits = {one["url"].rpartition("/")[2]: one.get("valueDecimal") for one in age["extension"]}
    assert (limits["minValue"], limits["maxValue"]) == (0, 120)


def enabled(item: dict[str, Any], answers: dict[str, Any]) -> bool:
    """What a form in FHIR does with enableWhen."""
    compare = {
        "=": lambda a, b: a == b,
        ">=": lambda a, b: a >= b,
        "<=": lambda a, b: a <= b,
        "<": lambda a, b: a < b,
    }
    held = []
    for condition in item.get("enableWhen", ()):
        told = answers.get(NAMES.get(condition["question"], condition["question"]))
        key = next(key for key in condition if key.startswith("answer"))
        if condition["operator"] == "exists":
            held.append((told is not None) == condition[key])
        else:
            held.append(told is not None and compare[condition["operator"]](told, condition[key]))
    return (any if item.get("enableBehavior") == "any" else all)(held)


def forms_open(items: list[dict[str, Any]], answers: dict[str, Any]) -> Iterator[str]:
    """Questions that a form shows; the answer to one that it hides counts as none."""
    for item in items:
        if enabled(item, answers):
            yield NAMES.get(item["linkId"], item["linkId"])
            yield from forms_open(item.get("item", []), answers)
        elif item["type"] != "group":
            answers.pop(NAMES.get(item["linkId"], item["linkId"]), None)
        else:
            for below in walked(item["item"]):
                answers.pop(below["linkId"], None)


def test_a_form_in_fhir_shows_the_questions_that_the_terminal_has_open() -> None:
    dice = random.Random(7)
    chosen = {
        "kidney.disease": (True, False, None),
        "blood values": (True, False),
        "kidney.egfr": (45.0, None),
        "kidney.creatinine": ({"value": 1.4, "unit": "mg/dL"}, None),
        "person.age": (9.0, 10.0, 17.9, 18.0, 60.0, 60.1, None),
        "person.pregnancy": ({"person.sex": "male"}, None),
    }
    for _ in range(500):
        answers = {name: dice.choice(values) for name, values in chosen.items()}
        told = dict.fromkeys((name for name, entry in BOOK.questions.items() if entry.asked), None) | answers
        expected = {name for name in told if enablement_of(name, told, BOOK.questions) is Enablement.OPEN}
        assert set(forms_open(FORM["item"], dict(answers))) & set(told) == expected, answers


# The answers


def outcome(report: Report) -> tuple[object, ...]:
    findings = {
        (f.rule, f.action, f.urgency, f.separation and f.separation.status, tuple(s.is_ for s in f.subjects))
        for f in report.findings
    }
    return report.verdict, findings, [(one.list, one.index, one.reason) for one in report.not_checked]


def told_back(answers: dict[str, Any]) -> Profile:
    data = json.loads(json.dumps(response_of(answers, BOOK)))
    QuestionnaireResponse.model_validate(data)
    return profile_of_response(data, BOOK)


def people(seed: int) -> Iterator[Profile]:
    crowd, odd = Crowd(seed), People(CHECKER, seed)
    for _ in range(40):
        yield Profile.model_validate(crowd.anybody())
        yield odd.person()


def as_asked(person: Profile) -> Profile:
    """Without the routes that no question offers; who tells of a pregnancy is a woman."""
    pregnant = person.person.pregnancy is not None
    told_sex = person.person.model_copy(update={"sex": Sex.FEMALE}) if pregnant else person.person

    def told(items: tuple[Any, ...], known: bool) -> tuple[Any, ...]:  # noqa: FBT001
        return tuple(
            one.model_copy(update={"route": one.route if known and one.route is not Route.OTHER else None})
            for one in items
        )

    return person.model_copy(
        update={
            "person": told_sex,
            "medications": told(person.medications, known=True),
            "supplements": told(person.supplements, known=False),
        }
    )


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
def test_a_profile_told_in_fhir_gives_the_same_verdict_and_findings(seed: int) -> None:
    compared = 0
    for person in map(as_asked, people(seed)):
        answers = answers_of(person, steps(BOOK), BOOK)
        if any(name != "person.sex" for name in closed(answers, BOOK)):
            continue
        for name in closed(answers, BOOK):
            del answers[name]
        try:
            expected = outcome(CHECKER.check(person))
        except InputError:
            with pytest.raises(InputError):
                CHECKER.check(told_back(answers))
            continue
        assert outcome(CHECKER.check(told_back(answers))) == expected, person
        compared += 1
    assert compared > 40


def test_a_whole_session_told_in_fhir_makes_the_same_profile(checker: Checker) -> None:
    crowd = Crowd(11)
    for _ in range(5):
        session, _ = talk(checker, Profile.model_validate(crowd.anybody()))
        profile = session.profile()
        # the form has an item of its own for what "none" also says in a talk
        kidneys = {} if profile.kidney.disease is None else {"kidney.disease": profile.kidney.disease}
        assert told_back(kidneys | session.answers) == profile


def test_an_old_woman_with_weak_kidneys() -> None:
    told = response(
        answered("kidney.creatinine", "valueQuantity", {"value": 150, "code": "umol/L"}),
        answered("person.age", "valueDecimal", 82),
        answered("person.sex", "valueCoding", {"code": "female"}),
        group(
            "supplements",
            answered("supplements.name", "valueString", "magnesium citrate"),
            answered("supplements.amount_mg", "valueDecimal", 300),
        ),
    )
    assert profile_of_response(told, BOOK) == Profile.model_validate(
        {
            "person": {"age": 82, "sex": "female"},
            "kidney": {"creatinine": {"value": 150, "unit": "umol/L"}},
            "supplements": [{"name": "magnesium citrate", "amount_mg": 300}],
        }
    )


def test_a_man_with_an_antibiotic() -> None:
    told = response(
        answered("conditions", "valueCoding", {"code": "diabetes"}),
        group(
            "medications",
            answered("medications.name", "valueString", "Cipro 500 mg"),
            answered("medications.route", "valueCoding", {"code": "oral"}),
            answered("medications.times", "valueTime", "08:00:00", "20:00:00"),
        ),
        group("medications", answered("medications.name", "valueString", "Xyzol")),
        answered("country", "valueString", "de"),
        questionnaire=f"{URL}|{BOOK.version}",
    )
    profile = profile_of_response(told, BOOK)
    assert profile == Profile.model_validate(
        {
            "conditions": ["diabetes"],
            "medications": [
                {"name": "Cipro 500 mg", "route": "oral", "times": ["08:00", "20:00"]},
                {"name": "Xyzol"},
            ],
            "country": "DE",
        }
    )
    assert [one.input for one in CHECKER.check(profile).not_checked] == ["Xyzol"]


def test_a_pregnant_woman_whose_pregnancy_stands_in_its_group_or_beside_it() -> None:
    pregnant = answered("person.pregnancy", "valueCoding", {"code": "pregnant"})
    sex = answered("person.sex", "valueCoding", {"code": "female"})
    age = answered("person.age", "valueDecimal", 30)
    expected = Profile.model_validate({"person": {"age": 30, "sex": "female", "pregnancy": "pregnant"}})
    assert profile_of_response(response(age, sex, group("person.pregnancy.when1", pregnant)), BOOK) == expected
    assert profile_of_response(response(age, sex, pregnant), BOOK) == expected


def test_no_answers_are_a_profile_that_knows_nothing() -> None:
    assert profile_of_response(response(), BOOK) == Profile()
    empty = response({"linkId": "person.age"}, {"linkId": "symptoms", "answer": []}, group("medications"))
    assert profile_of_response(empty, BOOK) == Profile()


def test_a_dose_that_the_terminal_would_not_ask_is_not_lost() -> None:
    told = response(
        group(
            "medications",
            answered("medications.name", "valueString", "cipro"),
            answered("medications.dose_mg", "valueDecimal", 500),
        )
    )
    assert profile_of_response(told, BOOK).medications[0].dose_mg == 500
