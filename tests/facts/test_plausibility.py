"""Numbers that cannot be true are refused, strange ones questioned, and neither is used in silence."""

from __future__ import annotations

from typing import Any

import pytest

from magcheck import InputError, Profile, Report, check


def checked(**told: Any) -> Report:
    return check(Profile.model_validate({"person": {"age": 40}, "country": "US"} | told))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kidney": {"egfr": 240}}, "kidney.egfr"),
        ({"kidney": {"creatinine": {"value": 88, "unit": "mg/dL"}}}, "kidney.creatinine"),
        ({"labs": {"magnesium": {"value": 200, "unit": "mg/dL"}}}, "labs.magnesium"),
        ({"supplements": [{"name": "magnesium oxide", "amount_mg": 1e300}]}, "supplements[0].amount_mg"),
    ],
)
def test_a_value_that_nobody_has_is_refused_with_its_field(told: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as refused:
        checked(**told)
    assert field in str(refused.value)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"supplements": [{"name": "magnesium oxide", "amount_mg": 5000}]}, "supplements[0].amount_mg"),
        (
            {"kidney": {"creatinine": {"value": 0.2, "unit": "mg/dL"}}, "person": {"age": 40, "sex": "male"}},
            "kidney.creatinine",
        ),
        ({"labs": {"magnesium": {"value": 0.6, "unit": "mg/dL"}}}, "labs.magnesium"),
    ],
)
def test_a_strange_value_is_used_on_the_safe_side_and_questioned(told: dict[str, Any], field: str) -> None:
    report = checked(**told)
    (questioned,) = [one for one in report.not_checked if one.list == field]
    assert questioned.reason == "unusual value"
    assert not report.complete


@pytest.mark.parametrize("list_", ["medications", "supplements"])
@pytest.mark.parametrize(
    "line",
    ["vitamin B12 2.4 mcg", "vitamin D3 5 mcg", "vitamin K2 7 ug", "liothyronine 5 mcg", "calcitriol 0.25 mcg"],
)
def test_a_few_micrograms_of_what_is_no_magnesium_are_nothing_strange(list_: str, line: str) -> None:
    report = checked(**{list_: [line]})
    assert report.recognised
    assert not report.not_checked


@pytest.mark.parametrize("list_", ["medications", "supplements"])
def test_a_few_micrograms_of_magnesium_are_questioned(list_: str) -> None:
    report = checked(**{list_: ["magnesium oxide 5 mcg"]})
    assert [entry.reason for entry in report.not_checked] == ["unusual value"]


def test_a_pregnant_man_is_refused_and_both_fields_are_named() -> None:
    with pytest.raises(InputError) as refused:
        checked(person={"age": 30, "sex": "male", "pregnancy": "pregnant"})
    assert "person.sex" in str(refused.value)
    assert "person.pregnancy" in str(refused.value)


def test_kidney_words_among_the_conditions_count_as_answers() -> None:
    magnesium = [{"name": "magnesium citrate", "amount_mg": 100, "basis": "elemental"}]
    assert checked(conditions=["dialysis"], supplements=magnesium).verdict == "avoid"
    assert checked(conditions=["kidney failure"], supplements=magnesium).verdict == "avoid"
    assert checked(conditions=["chronic kidney disease"], supplements=magnesium).verdict == "ask_first"


def test_a_condition_that_nobody_knows_is_said() -> None:
    report = checked(conditions=["diabetis", "zzz"])
    assert [(one.list, one.input) for one in report.not_checked] == [
        ("conditions", "diabetis"),
        ("conditions", "zzz"),
    ]
    assert "diabetes" in report.not_checked[0].candidates


@pytest.mark.parametrize("name", ["vitamin D", "vitamin B12", "iodine", "selenium", "folic acid"])
def test_micrograms_are_strange_of_magnesium_only(name: str) -> None:
    assert not checked(supplements=[f"{name} 25 mcg"]).not_checked
    strange = checked(supplements=["magnesium citrate 25 mcg"])
    assert [entry.reason for entry in strange.not_checked] == ["unusual value"]


@pytest.mark.parametrize("name", ["vitamin C", "multivitamin", "magnesium citrate", "creatine"])
def test_very_much_is_strange_of_everything(name: str) -> None:
    assert "unusual value" in {entry.reason for entry in checked(supplements=[f"{name} 25000 mg"]).not_checked}


@pytest.mark.parametrize(
    "told", ["creatine 5 g", "collagen 10 g", "psyllium 10 g", "macrogol 13.8 g", "fish oil 4 g"]
)
def test_grams_are_strange_of_magnesium_only(told: str) -> None:
    assert not checked(supplements=[told]).not_checked
    for where in ("supplements", "medications"):
        strange = checked(**{where: ["magnesium citrate 5 g"]})
        assert [entry.reason for entry in strange.not_checked] == ["unusual value"]
