"""Which kidney value counts? The worst that was told or follows; two that cannot both be right are refused."""

from __future__ import annotations

from typing import Any

import pytest

from magcheck.checker import default_checker
from magcheck.core.errors import InputError
from magcheck.facts.kidney import KidneyState, computed_egfr, kidney_state
from magcheck.profile import Profile

STAGES = {
    "G1": (90.0, {0}),
    "G2": (60.0, {1}),
    "G3": (30.0, {2, 3}),
    "G3a": (45.0, {2}),
    "G3b": (30.0, {3}),
    "G4": (15.0, {4}),
    "G5": (0.0, {5}),
}
"""Lowest eGFR, and places among the bands from the best to the worst."""
BANDS = [
    (150, 0), (90, 0), (89.9, 1), (60, 1), (59.9, 2), (45, 2),
    (44.9, 3), (30, 3), (29.9, 4), (15, 4), (14.9, 5), (0, 5),
]  # fmt: skip


def state(**told: Any) -> KidneyState:
    return kidney_state(Profile.model_validate(told), default_checker().book)


def egfr_of(found: KidneyState) -> float | None:
    return found.reading and found.reading.egfr


def creatinine(value: float) -> dict[str, object]:
    return {"value": value, "unit": "mg/dL"}


def child(creatinine_mg_dl: float, **kidney: object) -> dict[str, object]:
    """41.3 divided by the creatinine is the eGFR."""
    return {
        "person": {"age": 10, "height_cm": 100},
        "kidney": {"creatinine": creatinine(creatinine_mg_dl), **kidney},
    }


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(("egfr", "band"), BANDS)
def test_a_stage_beside_a_value_agrees_or_is_a_neighbour_or_is_refused(egfr: float, band: int, stage: str) -> None:
    lowest, bands = STAGES[stage]
    distance = min(abs(band - own) for own in bands)
    told = {"egfr": egfr, "stage": stage}
    if distance > 1:
        with pytest.raises(
            InputError, match=rf"kidney.egfr and kidney.stage.*an eGFR of {egfr:.0f} is G.*not {stage}\."
        ):
            state(kidney=told)
        return
    found = state(kidney=told)
    assert egfr_of(found) == (egfr if distance == 0 else min(egfr, lowest))
    assert [field for field, _ in found.assumed] == (
        [] if distance == 0 else ["kidney.egfr" if egfr < lowest else "kidney.stage"]
    )


@pytest.mark.parametrize(
    ("times", "is_refused"), [(1, False), (1.2, False), (1.49, False), (1.51, True), (3, True)]
)
@pytest.mark.parametrize("is_told_higher", [True, False])
def test_a_told_value_far_from_the_computed_one_is_refused(
    times: float, *, is_refused: bool, is_told_higher: bool
) -> None:
    computed = 41.3
    told = computed * times if is_told_higher else computed / times
    if is_refused:
        with pytest.raises(InputError, match=rf"the eGFR is given as {told:g}, but the creatinine gives 41"):
            state(**child(1, egfr=told))
        return
    found = state(**child(1, egfr=told))
    assert egfr_of(found) == pytest.approx(min(told, computed))
    ((field, why),) = found.assumed
    assert field == ("kidney.creatinine" if told > computed else "kidney.egfr")
    lower, higher = sorted((told, computed))
    assert why.index(f"{lower:.0f} (") < why.index(f"{higher:.0f} (") or times == 1


def test_of_three_values_the_worst_counts_and_both_others_are_said() -> None:
    found = state(**child(0.95, egfr=46, stage="G3b"))
    assert egfr_of(found) == pytest.approx(41.3 / 0.95)
    ((field, why),) = found.assumed
    assert (field, "43 (" in why, "46 (" in why) == ("kidney.creatinine", True, True)
    far = state(**child(0.9, egfr=46, stage="G3b"))
    assert egfr_of(far) == 30
    ((field, why),) = far.assumed
    assert field == "kidney.stage"
    assert all(f"{value} (" in why for value in (30, 46))


@pytest.mark.parametrize("value", [0.5, 1.0, 2.5])
def test_without_the_sex_the_lower_value_of_both_sexes_is_used(value: float) -> None:
    told = {"kidney": {"creatinine": creatinine(value)}}
    both = [egfr_of(state(person={"age": 50, "sex": sex}, **told)) for sex in ("female", "male")]
    unsure = state(person={"age": 50}, **told)
    assert egfr_of(unsure) == min(value for value in both if value)
    assert (unsure.needed, [field for field, _ in unsure.assumed]) == (("person.sex",), ["person.sex"])
    assert state(person={"age": 50, "sex": "male"}, **told)[1:] == ((), ())


@pytest.mark.parametrize(
    ("person", "needed", "origin"),
    [
        ({}, "person.age", None),
        ({"age": 0.9, "height_cm": 70}, "kidney.egfr", None),
        ({"age": 1}, "person.height_cm", None),
        ({"age": 17.9}, "person.height_cm", None),
        ({"age": 1, "height_cm": 75}, None, "computed from creatinine by bedside Schwartz"),
        ({"age": 17.9, "height_cm": 170}, None, "computed from creatinine by bedside Schwartz"),
        ({"age": 18, "height_cm": 170, "sex": "male"}, None, "computed from creatinine by CKD-EPI 2021"),
    ],
)
def test_each_age_has_its_equation(person: dict[str, object], needed: str | None, origin: str | None) -> None:
    found = state(person=person, kidney={"creatinine": creatinine(0.6)})
    assert found.needed == ((needed,) if needed else ())
    assert (found.reading and (found.reading.field, found.reading.origin)) == (
        ("kidney.creatinine", origin) if origin else None
    )
    is_unused = needed == "kidney.egfr"
    assert [field for field, _ in found.assumed] == ["kidney.creatinine"] * is_unused


def test_without_any_value_nothing_is_asked_or_assumed() -> None:
    assert state(person={"age": 50}) == KidneyState(None)


@pytest.mark.parametrize(("pregnancy", "is_said"), [("pregnant", True), ("breastfeeding", False), ("none", False)])
def test_an_equation_that_is_not_made_for_pregnancy_says_so(pregnancy: str, *, is_said: bool) -> None:
    person = {"age": 30, "sex": "female", "pregnancy": pregnancy}
    found = state(person=person, kidney={"creatinine": creatinine(0.6)})
    assert ["pregnancy" in why for _, why in found.assumed] == [True] * is_said


@pytest.mark.parametrize(
    ("kidney", "fields"),
    [
        ({"disease": False, "dialysis": True}, "kidney.disease and kidney.dialysis"),
        ({"disease": False, "acute": True}, "kidney.disease and kidney.acute"),
        ({"disease": False, "stage": "G5"}, "kidney.disease and kidney.stage"),
        ({"disease": False, "stage": "G4"}, None),
        ({"disease": False, "dialysis": False, "acute": False}, None),
        ({"disease": True, "dialysis": True, "acute": True, "stage": "G5"}, None),
        ({"dialysis": True, "stage": "G5"}, None),
    ],
)
def test_no_disease_beside_failing_kidneys_is_refused(kidney: dict[str, object], fields: str | None) -> None:
    if fields is None:
        state(kidney=kidney)
        return
    with pytest.raises(InputError, match=fields):
        state(kidney=kidney)


def test_what_the_creatinine_gives_is_told_alone() -> None:
    book, told = default_checker().book, Profile.model_validate(child(1, egfr=40))
    assert computed_egfr(told.person, told.kidney, book) == pytest.approx(41.3)
    without = Profile.model_validate({"kidney": {"egfr": 40}})
    assert computed_egfr(without.person, without.kidney, book) is None
