"""Is an everyday word among conditions no alarm? It is asked, and neither stops anybody nor is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from magcheck import Checker
    from magcheck.report import Report

HEALTHY: dict[str, Any] = {
    "person": {"age": 35, "sex": "female", "pregnancy": "none"},
    "conditions": ["none"],
    "symptoms": ["none"],
    "country": "US",
    "medications": [],
    "supplements": [{"name": "magnesium glycinate", "amount_mg": 200, "basis": "elemental", "times": ["21:00"]}],
}
AT_WORK = """
dialysis nurse
I am a dialysis nurse
nephrology nurse
renal dietitian
dialysis technician
I work on a dialysis ward
works in dialysis
work at a dialysis clinic
Dialyseschwester
arbeite auf der Dialyse
infirmière de dialyse
enfermera de diálisis
infermiera di dialisi
dialyseverpleegkundige
""".strip().splitlines()
USUAL_VALUES = """
creatinine 0.8 mg/dL
creatinine: 0.9
serum creatinine 71 µmol/L
Creatinine 1.1 mg/dl
Kreatinin 0,8 mg/dl
créatinine 70 µmol/L
creatinina 0,9 mg/dL
creatinine 68 umol/l
""".strip().splitlines()
HIGH_VALUES = """
creatinine 2.5 mg/dL
creatinine 1.9
creatinine 240 µmol/L
creatinine > 1.2
Kreatinin 3,1 mg/dl
creatinine 8
high creatinine
""".strip().splitlines()
ON_EFFORT = """
fast heartbeat when running
palpitations during exercise
heart racing after climbing stairs
fast pulse when excited
short of breath when running
palpitations after coffee
Herzrasen beim Sport
palpitations à l'effort
palpitaciones al hacer ejercicio
hartkloppingen bij inspanning
""".strip().splitlines()
STILL_URGENT = """
fast heartbeat
fast heartbeat at rest and when running
palpitations when running and weakness
palpitations for days, when running too
muscle weakness after exercise
slow heartbeat when running
fainted while running
""".strip().splitlines()
HOT_FLUSHES = (
    "hot flushes|hot flashes|hot flush|Hitzewallungen|bouffées de chaleur|sofocos|vampate|opvliegers".split("|")
)


def checked(checker: Checker, **told: list[str]) -> Report:
    return checker.check({**HEALTHY, **told})


def is_asked(report: Report) -> bool:
    return report.verdict == "clear" and not report.complete and not report.ok


@pytest.mark.parametrize("words", AT_WORK)
def test_who_works_with_kidneys_is_asked_and_not_stopped(checker: Checker, words: str) -> None:
    report = checked(checker, conditions=[words])
    assert is_asked(report)
    assert "kidney.disease" in [gap.field for gap in report.missing]


@pytest.mark.parametrize(
    "words", ["dialysis", "on dialysis, nurse", "dialysis nurse visits me", "nurse on dialysis"]
)
def test_a_patient_who_names_a_nurse_is_not_passed_over(checker: Checker, words: str) -> None:
    report = checked(checker, conditions=[words])
    assert not report.ok
    assert "visits" in words or report.verdict in ("avoid", "ask_first")


@pytest.mark.parametrize("words", USUAL_VALUES)
def test_a_usual_creatinine_is_asked_to_be_put_into_its_field(checker: Checker, words: str) -> None:
    report = checked(checker, conditions=[words])
    assert is_asked(report)
    assert [gap.field for gap in report.missing] == ["kidney.creatinine"]


@pytest.mark.parametrize("words", HIGH_VALUES)
def test_a_high_creatinine_counts_until_it_is_told(checker: Checker, words: str) -> None:
    report = checked(checker, conditions=[words])
    assert report.verdict in ("avoid", "ask_first")
    assert not report.complete


@pytest.mark.parametrize("words", ON_EFFORT)
def test_what_everybody_has_who_runs_is_asked(checker: Checker, words: str) -> None:
    assert is_asked(checked(checker, symptoms=[words]))


@pytest.mark.parametrize("words", STILL_URGENT)
def test_with_anything_more_it_is_urgent(checker: Checker, words: str) -> None:
    assert checked(checker, symptoms=[words]).verdict == "avoid"


@pytest.mark.parametrize("words", HOT_FLUSHES)
def test_hot_flushes_are_asked(checker: Checker, words: str) -> None:
    assert is_asked(checked(checker, symptoms=[words]))


def test_flushing_after_magnesium_is_asked_of_a_doctor(checker: Checker) -> None:
    assert checked(checker, symptoms=["flushing"]).verdict == "ask_first"
