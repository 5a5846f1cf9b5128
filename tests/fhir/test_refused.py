"""Is an answer in FHIR that cannot be used refused, with its place, and never dropped?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck import InputError, Profile
from magcheck.fhir import profile_of_response
from tests.fhir.responding import answered, group, response, yes_or_no
from tests.fhir.test_questionnaire import BOOK, ITEMS

LOW = {"value": 0.8, "unit": "mg/dL"}
PREGNANT = {"code": "pregnant"}
NAMED = answered("medications.name", "valueString", "zinc 25 mg twice a day")
BELOW = {"linkId": "x", "answer": [{"valueString": "x"}]}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"resourceType": "Bundle", "type": "collection"}, "only a QuestionnaireResponse is read"),
    (response(status="entered-in-error"), "status: 'entered-in-error' cannot be used"),
    (response(status=None), "status: None cannot be used"),
    (response(questionnaire="urn:uuid:9"), "questionnaire: 'urn:uuid:9' cannot be used"),
    (response(modifierExtension=[{}]), "It may change what the rest means"),
    (response(items=[]), "'items' is not understood here. Did you mean 'item'?"),
    (response(item={}), "item: this must be a list"),
    (response(answered("kidney.egrf", "valueDecimal", 45)), "Did you mean 'kidney.egfr'?"),
    (response({"linkId": 7}), "no question has the linkId 7"),
    (response({"linkId": "person.age", "value": 7}), "'item[0].value' is not understood here"),
    (response(answered("person.age", "valueTime", "08:00:00")), "person.age: 'valueTime' cannot be used here"),
    (response(answered("person.age", "valueDecimal", "45")), "person.age: '45' is not a number"),
    (response(yes_or_no("person.age", said=True, key="valueDecimal")), "person.age: True is not a number"),
    (response(answered("person.age", "valueDecimal", float("nan"))), "not a number that can be used"),
    (response(answered("person.age", "valueDecimal", 10**400)), "not a number that can be used"),
    (response(answered("person.age", "valueDecimal", 142)), "person.age: 142 years cannot be right"),
    (response(answered("person.age", "valueDecimal", 4, 5)), "person.age: only one answer is possible"),
    (response(*[answered("person.age", "valueDecimal", 4)] * 2), "person.age: this is answered twice"),
    (response({"linkId": "person.age", "answer": {}}), "person.age: the answers must be a list"),
    (response({"linkId": "person.age", "answer": [{}]}), "person.age: an answer holds one valueDecimal"),
    (
        response({"linkId": "person.age", "answer": [{"valueDecimal": 4, "modifierExtension": []}]}),
        "person.age: a modifierExtension may change",
    ),
    (
        response({"linkId": "person.age", "answer": [{"valueDecimal": 4, "item": [BELOW]}]}),
        "person.age: there are answers below an answer",
    ),
    (response(answered("kidney.acute", "valueBoolean", "yes")), "kidney.acute: 'yes' is neither true nor false"),
    (response(answered("person.sex", "valueCoding", {"code": "femal"})), "Did you mean 'female'?"),
    (response(answered("person.sex", "valueCoding", "female")), "person.sex: None is none of the codes"),
    (
        response(answered("person.sex", "valueCoding", {"code": "female", "system": "urn:x"})),
        "person.sex: 'urn:x' is another code system",
    ),
    (
        response(answered("person.sex", "valueCoding", {"code": "female", "display": "male"})),
        "person.sex: the code 'female' means 'female', and the display says 'male'",
    ),
    (
        response(answered("kidney.creatinine", "valueQuantity", {"value": 1.4})),
        "kidney.creatinine: the unit is not clear from nothing",
    ),
    (
        response(answered("kidney.creatinine", "valueQuantity", {"value": 1.4, "unit": "mg/l"})),
        "kidney.creatinine: the unit is not clear from 'mg/l'. Write mg/dL or umol/L",
    ),
    (
        response(answered("kidney.creatinine", "valueQuantity", {"value": 1, "unit": "mg/dL", "code": "umol/L"})),
        "kidney.creatinine: the unit is not clear from 'umol/L' and 'mg/dL'",
    ),
    (
        response(answered("kidney.creatinine", "valueQuantity", {"value": 120, "unit": "mg/dL"})),
        "kidney.creatinine: 120 mg/dL cannot be right",
    ),
    (
        response(answered("labs.magnesium", "valueQuantity", {"value": 2, "code": "mg/dL", "system": "urn:x"})),
        "labs.magnesium: 'urn:x' is not the system of the units",
    ),
    (response(answered("symptoms", "valueString", " ")), "symptoms: ' ' is not a text"),
    (response(answered("symptoms", "valueString", "x" * 501)), "symptoms: This name has 501 characters"),
    (response(answered("symptoms", "valueString", *["x"] * 101)), "symptoms"),
    (response(answered("country", "valueString", "Atlantis")), "country: 'Atlantis' is no country known here"),
    (response(NAMED), "medications.name: this belongs into the group 'medications'"),
    (response(group("medications", yes_or_no("kidney.acute", said=True))), "kidney.acute: this belongs outside"),
    (response(group("medications", group("medications", NAMED))), "this belongs outside"),
    (response({"linkId": "medications", "answer": [{}]}), "medications: nothing can be answered here"),
    (
        response(group("medications", answered("medications.per_day", "valueInteger", 2))),
        "medications[0].name: nothing says what this is",
    ),
    (
        response(group("medications", NAMED, answered("medications.per_day", "valueInteger", 3))),
        "medications[0].per_day: 3 contradicts the name 'zinc 25 mg twice a day', which says 2",
    ),
    (
        response(group("medications", NAMED, answered("medications.per_day", "valueInteger", 2.5))),
        "medications[0].per_day: 2.5 is not a whole number",
    ),
    (
        response(group("medications", NAMED, answered("medications.times", "valueTime", "8:00"))),
        "medications[0].times: '8:00' is not a time. Write it as 20:00:00",
    ),
    (
        response(group("medications", NAMED, answered("medications.times", "valueTime", "08:00:60"))),
        "medications[0].times: '08:00:60' is not a time",
    ),
    (
        response(group("medications", NAMED, answered("medications.times", "valueTime", "08:00:00"),
                       answered("medications.per_day", "valueInteger", 2))),
        "medications[0].per_day: 2 times a day, but there are 1 clock times",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "said"), WRONG, ids=[said[:40] for _, said in WRONG])
def test_what_cannot_be_used_is_refused_with_its_place(data: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as refusal:
        profile_of_response(data, BOOK)
    assert said in str(refusal.value)


def test_every_wrong_answer_has_a_message_of_its_own() -> None:
    told = response(
        answered("person.age", "valueDecimal", 142),
        answered("kidney.acute", "valueString", "no"),
        group("medications", answered("medications.route", "valueCoding", {"code": "orally"}), NAMED),
    )
    with pytest.raises(InputError) as refusal:
        profile_of_response(told, BOOK)
    assert [problem.where for problem in refusal.value.problems] == [
        "response: person.age",
        "response: kidney.acute",
        "response: medications[0].route",
    ]


@pytest.mark.parametrize(
    ("closing", "answer"),
    [
        (yes_or_no("kidney.disease", said=False), yes_or_no("kidney.dialysis", said=True)),
        (yes_or_no("blood values", said=False), answered("kidney.egfr", "valueDecimal", 20)),
        (answered("kidney.egfr", "valueDecimal", 70), answered("kidney.creatinine", "valueQuantity", LOW)),
        (answered("person.age", "valueDecimal", 70), answered("person.pregnancy", "valueCoding", PREGNANT)),
        (answered("person.age", "valueDecimal", 30), answered("kidney.stage", "valueCoding", {"code": "G4"})),
    ],
)
def test_an_answer_to_a_closed_question_is_refused_and_never_dropped(
    closing: dict[str, Any], answer: dict[str, Any]
) -> None:
    with pytest.raises(InputError) as refusal:
        profile_of_response(response(closing, answer), BOOK)
    (problem,) = refusal.value.problems
    assert problem.where == f"response: {answer['linkId']}"


nonsense = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
VALUES = (
    "valueBoolean",
    "valueDecimal",
    "valueInteger",
    "valueQuantity",
    "valueString",
    "valueTime",
    "valueCoding",
)
coded = st.fixed_dictionaries({}, optional={"code": st.sampled_from(["female", "oral", "mg/dL"]) | nonsense})
amounts = st.fixed_dictionaries(
    {"value": st.floats(0, 200) | nonsense}, optional={"unit": nonsense, "code": nonsense}
)
values = nonsense | coded | amounts | st.sampled_from(["cipro", "08:00:00", "Xyzol", "magnesium oxide", "de"])
answers_ = st.dictionaries(st.sampled_from(VALUES), values, min_size=1, max_size=2) | nonsense
leaves = st.fixed_dictionaries(
    {"linkId": st.sampled_from([item["linkId"] for item in ITEMS])},
    optional={"answer": st.lists(answers_, max_size=3) | nonsense},
)
items = st.recursive(leaves, lambda inner: st.builds(
    lambda link, below: {"linkId": link, "item": below},
    st.sampled_from(["medications", "supplements", "person.pregnancy.when1"]) | st.text(max_size=5),
    st.lists(inner, max_size=3) | nonsense,
), max_leaves=6)  # fmt: skip


@pytest.mark.thorough
@given(st.lists(items | nonsense, max_size=5) | nonsense)
def test_nonsense_is_a_profile_or_a_plain_refusal(told: object) -> None:
    try:
        profile = profile_of_response(response(item=told), BOOK)
    except InputError as error:
        told_of = [bool(problem.where and problem.what) for problem in error.problems]
    else:
        told_of = [profile == Profile.model_validate_json(profile.model_dump_json())]
    assert told_of
    assert all(told_of)


@given(nonsense)
def test_what_is_no_resource_at_all_is_refused(told: object) -> None:
    with pytest.raises(InputError):
        profile_of_response(told, BOOK)
