"""The kidney equations against check values computed independently from the published formulae."""

from __future__ import annotations

import pytest

from magcheck.facts.kidney import kidney_state
from magcheck.knowledge.equations import Equations
from magcheck.knowledge.load import load_rules
from magcheck.profile import Creatinine, CreatinineUnit, MagnesiumUnit, Profile, SerumMagnesium, Sex


@pytest.fixture(scope="module")
def equations() -> Equations:
    return load_rules().equations


@pytest.mark.parametrize(
    ("sex", "age", "mg_dl", "umol_l", "expected"),
    [
        (Sex.FEMALE, 25, 0.50, 44.2, 133.4014),
        (Sex.FEMALE, 30, 0.70, 61.9, 119.2446),
        (Sex.FEMALE, 55, 0.90, 79.6, 75.4988),
        (Sex.FEMALE, 70, 1.00, 88.4, 60.6060),
        (Sex.FEMALE, 80, 1.30, 114.9, 41.5694),
        (Sex.FEMALE, 65, 2.50, 221.1, 20.8206),
        (Sex.MALE, 25, 0.80, 70.7, 125.9538),
        (Sex.MALE, 40, 0.90, 79.6, 110.7256),
        (Sex.MALE, 50, 1.00, 88.4, 91.6915),
        (Sex.MALE, 62, 1.20, 106.1, 68.3753),
        (Sex.MALE, 75, 1.50, 132.6, 48.2497),
        (Sex.MALE, 62, 1.80, 159.2, 42.0330),
        (Sex.MALE, 70, 3.00, 265.3, 21.6652),
        (Sex.MALE, 55, 5.00, 442.1, 12.8843),
    ],
)
def test_ckd_epi_2021_gives_the_check_values(
    equations: Equations, sex: Sex, age: float, mg_dl: float, umol_l: float, expected: float
) -> None:
    assert equations.ckd_epi(mg_dl, age, sex) == pytest.approx(expected, abs=5e-5)
    converted = equations.creatinine_mg_dl(Creatinine(value=umol_l, unit=CreatinineUnit.UMOL_L))
    assert equations.ckd_epi(converted, age, sex) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("height", "creatinine", "expected"),
    [(100, 0.40, 103.25), (120, 0.50, 99.12), (150, 0.70, 88.50), (165, 1.00, 68.145), (110, 1.50, 30.287)],
)
def test_bedside_schwartz_gives_the_check_values(
    equations: Equations, height: float, creatinine: float, expected: float
) -> None:
    assert equations.schwartz(creatinine, height) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("value", "unit"), [(2.4305, MagnesiumUnit.MG_DL), (1.0, MagnesiumUnit.MMOL_L), (2.0, MagnesiumUnit.MEQ_L)]
)
def test_three_units_of_serum_magnesium_agree(equations: Equations, value: float, unit: MagnesiumUnit) -> None:
    assert equations.serum_mg_dl(SerumMagnesium(value=value, unit=unit)) == pytest.approx(2.4305)


@pytest.mark.parametrize(
    ("stage", "egfr"), [("G1", 90), ("G2", 60), ("G3", 30), ("G3a", 45), ("G3b", 30), ("G4", 15), ("G5", 0)]
)
def test_a_stage_counts_as_its_worst_value(stage: str, egfr: float) -> None:
    state = kidney_state(Profile.model_validate({"kidney": {"stage": stage}}), load_rules())
    assert state.reading is not None
    assert state.reading.egfr == egfr


@pytest.mark.parametrize(
    ("egfr", "stage"),
    [
        (90, "G1"),
        (89.99, "G2"),
        (60, "G2"),
        (59.99, "G3a"),
        (45, "G3a"),
        (44.9, "G3b"),
        (30, "G3b"),
        (15, "G4"),
        (14, "G5"),
    ],
)
def test_an_egfr_has_its_stage(equations: Equations, egfr: float, stage: str) -> None:
    assert equations.stage_of(egfr) == stage
