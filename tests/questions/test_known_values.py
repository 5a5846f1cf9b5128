"""Several values in one answer: each is read, none is lost, and what is not written is not known."""

from __future__ import annotations

from typing import Any

import pytest

from magcheck import Checker
from magcheck.questions.known_values import KnownValues
from magcheck.questions.question import Ask
from magcheck.questions.session import Session
from magcheck.report import Verdict

GATE = "blood values"


def gate_of(session: Session) -> Ask:
    return next(ask for ask in session.asks() if ask.path == GATE)


@pytest.fixture
def kind(checker: Checker) -> KnownValues:
    kind = gate_of(Session(checker)).kind
    assert isinstance(kind, KnownValues)
    return kind


CREATININE = {"kidney.creatinine": {"value": 1.4, "unit": "mg/dL"}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", False),
        ("none", False),
        ("yes", True),
        ("45", {"kidney.egfr": 45.0}),
        ("eGFR 45", {"kidney.egfr": 45.0}),
        ("egfr: 45", {"kidney.egfr": 45.0}),
        ("my eGFR is 45.", {"kidney.egfr": 45.0}),
        ("yes, 45", {"kidney.egfr": 45.0}),
        ("45 mL/min", {"kidney.egfr": 45.0}),
        ("GFR = 45", {"kidney.egfr": 45.0}),
        ("creatinine 1.4 mg/dL", CREATININE),
        ("Creatinine 1,4 mg/dl", CREATININE),
        ("creatinine 1.4", {"kidney.creatinine": {"value": 1.4, "unit": None}}),
        ("creatinine 124 umol/L", {"kidney.creatinine": {"value": 124.0, "unit": "umol/L"}}),
        ("eGFR 45, creatinine 1.4 mg/dL", {"kidney.egfr": 45.0} | CREATININE),
        (
            "egfr 45 and magnesium 2.1 mg/dL",
            {"kidney.egfr": 45.0, "labs.magnesium": {"value": 2.1, "unit": "mg/dL"}},
        ),
        ("magnesium 0.8 mmol/L; 45", {"kidney.egfr": 45.0, "labs.magnesium": {"value": 0.8, "unit": "mmol/L"}}),
    ],
)
def test_a_value_is_read_by_its_name(text: str, value: Any, kind: KnownValues) -> None:
    assert kind.read(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("potassium 4.1", "eGFR 45, eGFR 50", "45, 50", "eGFR 450", "blood 45", "eGFR high 45", "maybe 45 or so"),
        *("eGFR >60", "<15", "eGFR < 15", "30-44", "eGFR 30 - 44", "~45", "eGFR ≥ 60", "45 mmol/L"),
    ],
)
def test_what_is_not_understood_is_said_and_not_dropped(text: str, kind: KnownValues) -> None:
    with pytest.raises(ValueError, match=r"Write|cannot be right|is not"):
        kind.read(text)


def test_what_was_read_is_shown_with_its_unit(kind: KnownValues) -> None:
    shown = kind.shown(kind.read("45; creatinine 1.4 mg/dL"))
    assert shown == "egfr 45 mL/min/1.73 m2, creatinine 1.4 mg/dL"


def test_values_written_at_the_gate_are_those_of_their_own_questions(checker: Checker) -> None:
    session = Session(checker)
    ask = gate_of(session)
    session.answer(ask, ask.kind.read("eGFR 28"))
    assert session.profile().kidney.egfr == 28
    waiting = {other.path for other in session.open()}
    assert not waiting & {"kidney.egfr", "kidney.creatinine", "labs.magnesium", GATE}


def test_a_value_without_its_unit_is_asked_for_it_at_once(checker: Checker) -> None:
    session = Session(checker)
    ask = gate_of(session)
    session.answer(ask, ask.kind.read("creatinine 12"))
    (unit,) = session.relevant()
    assert unit.path == "kidney.creatinine.unit"
    session.answer(unit, "umol/L")
    creatinine = session.profile().kidney.creatinine
    assert creatinine is not None
    assert (creatinine.value, creatinine.unit) == (12, "umol/L")


def test_another_answer_takes_the_place_of_the_values(checker: Checker) -> None:
    session = Session(checker)
    ask = gate_of(session)
    session.answer(ask, ask.kind.read("eGFR 28"))
    session.forget(GATE)
    session.answer(ask, ask.kind.read("no"))
    assert session.profile().kidney.egfr is None
    session.forget(GATE)
    session.answer(ask, ask.kind.read("yes"))
    assert "kidney.egfr" in {other.path for other in session.open()}


def test_the_kidney_value_comes_right_after_a_yes(checker: Checker) -> None:
    session = Session(checker)
    session.answer(gate_of(session), gate_of(session).kind.read("yes"))
    assert session.relevant()[0].path == "kidney.egfr"


@pytest.mark.parametrize(
    ("telling", "asked"),
    [
        ({"person.age": 30, "person.sex": "female", "person.pregnancy": "pregnant"}, True),
        ({"person.age": 66, "kidney.disease": True, "kidney.dialysis": True}, False),
    ],
)
def test_everybody_who_may_take_some_is_asked_what_for(
    telling: dict[str, Any], checker: Checker, *, asked: bool
) -> None:
    session = Session(checker)
    session.answers |= telling | {"medications": [], "supplements": ["magnesium citrate 200 mg at 21:00"]}
    for _ in range(60):
        relevant = session.relevant()
        if not relevant:
            break
        session.answer(relevant[0], [] if relevant[0].path in ("symptoms", "conditions", "goals") else None)
    assert ("goals" in session.answers) == asked
    assert asked == (checker.check(session.profile()).verdict is not Verdict.AVOID)


ROUTES = {
    "cipro 500 mg": False,
    "levothyroxine": False,
    "ibuprofen": False,
    "diclofenac": True,
    "estradiol": True,
    "salbutamol": True,
    "metoprolol": False,
    "methotrexate tablets": False,
    "magnesium sulfate": True,
    "calcitriol": True,
}


@pytest.mark.parametrize(("name", "asked"), ROUTES.items())
def test_the_way_is_asked_only_where_a_tablet_is_not_the_usual_thing(
    name: str, checker: Checker, *, asked: bool
) -> None:
    session = Session(checker)
    session.answers["medications"] = [name]
    paths = {ask.path for ask in session.asks()}
    assert ("medications[0].route" in paths) == asked


@pytest.mark.parametrize("name", ["cipro 500 mg", "levothyroxine", "metoprolol"])
def test_what_is_taken_as_swallowed_is_said_among_what_is_assumed(name: str, checker: Checker) -> None:
    told = {"medications": [name]}
    assert any(name in entry.what and "swallowed" in entry.what for entry in checker.check(told).assumed)
    by_mouth = checker.check({"medications": [{"name": name, "route": "oral"}]})
    assert not any("swallowed" in entry.what for entry in by_mouth.assumed)
