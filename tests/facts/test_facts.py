"""What do the pages see of a person, and what does the report say of it?"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from magcheck.checker import default_checker
from magcheck.core.fact_names import BEYOND
from magcheck.facts.flat import product_values
from magcheck.facts.recognition import recognise
from magcheck.facts.situation import Situation, situation
from magcheck.report import Read
from tests.support import profile

CHECKER = default_checker()
BOOK, PROGRAM = CHECKER.book, CHECKER.program
NOBODY_KNOWS, PERHAPS, YES, NO = (0, BEYOND), (0, 1), (1, 1), (0, 0)


def seen(**told: Any) -> Situation:
    return situation(profile(**told), BOOK, PROGRAM)


@pytest.mark.parametrize(
    ("told", "fact", "interval"),
    [
        ({"person": {"age": 17.9999}}, "age", (17_999, 17_999)),
        ({}, "age", NOBODY_KNOWS),
        ({"kidney": {"egfr": 29.9999996}}, "egfr", (29_999, 29_999)),
        ({"kidney": {"egfr": 30}}, "egfr", (30_000, 30_000)),
        ({"kidney": {"stage": "G4"}}, "egfr", (15_000, 15_000)),
        ({}, "egfr", NOBODY_KNOWS),
        ({"labs": {"magnesium": {"value": 2.6, "unit": "mg/dL"}}}, "serum_magnesium", (2_600, 2_600)),
        ({"labs": {"magnesium": {"value": 1, "unit": "mmol/L"}}}, "serum_magnesium", (2_431, 2_431)),
        ({"labs": {"magnesium": {"value": 2, "unit": "mEq/L"}}}, "serum_magnesium", (2_431, 2_431)),
        ({}, "serum_magnesium", NOBODY_KNOWS),
        ({"kidney": {"dialysis": True}}, "dialysis", YES),
        ({"kidney": {"dialysis": False}}, "dialysis", NO),
        ({}, "dialysis", PERHAPS),
        ({"kidney": {"dialysis": True}}, "kidney_value:known", YES),
        ({"kidney": {"acute": True}}, "kidney_value:unknown", NO),
        ({"kidney": {"dialysis": False, "acute": False, "disease": True}}, "kidney_value:known", NO),
        ({"kidney": {"dialysis": False, "acute": False, "disease": True}}, "kidney_value:unknown", YES),
        ({"person": {"sex": "male"}}, "pregnancy:none", YES),
        ({"person": {"sex": "male"}}, "pregnancy:pregnant", NO),
        ({"person": {"sex": "female"}}, "pregnancy:pregnant", PERHAPS),
        ({"person": {"pregnancy": "pregnant"}}, "pregnancy:pregnant", YES),
        ({"country": "DE"}, "country:EU", YES),
        ({"country": "DE"}, "country:US", NO),
        ({"country": "GB"}, "country:UK", YES),
        ({}, "country:US", YES),
    ],
)
def test_a_fact_of_the_person_is_rounded_towards_the_safer_side(
    told: dict[str, Any], fact: str, interval: tuple[int, int]
) -> None:
    assert seen(**told).facts[0].values[fact] == interval


SURE = {"name": "magnesium oxide", "amount_mg": 100.0001, "basis": "elemental"}
RANGED = {"name": "magnesium oxide", "amount_mg": 100, "basis": "unknown"}


@pytest.mark.parametrize(
    ("told", "interval"),
    [
        ({"supplements": [SURE]}, (100_001, 100_001)),
        ({"supplements": [SURE, SURE]}, (200_001, 200_001)),
        ({"supplements": [RANGED]}, (100_000, 100_000)),
        ({"supplements": [SURE, "magnesium oxide"]}, (100_001, BEYOND)),
        ({"supplements": [SURE, "xyzzyq"]}, (100_001, BEYOND)),
        ({"supplements": [SURE], "medications": ["blood pressure tablet"]}, (100_001, 100_001)),
        ({"supplements": [SURE, {**SURE, "route": "skin"}]}, (100_001, 100_001)),
        ({"supplements": [SURE], "medications": ["milk of magnesia"]}, (600_001, 2_100_001)),
        ({}, (0, BEYOND)),
    ],
)
def test_the_magnesium_of_a_day_is_never_less_than_what_is_sure(
    told: dict[str, Any], interval: tuple[int, int]
) -> None:
    assert seen(**told).facts[0].values["daily_magnesium"] == interval


@pytest.mark.parametrize(
    ("told", "fact", "said"),
    [
        ({"person": {"age": 40}}, "age", ("person.age", 40, "years", "given")),
        ({"kidney": {"egfr": 50.26}}, "egfr", ("kidney.egfr", 50.3, "mL/min/1.73 m2", "given")),
        ({"kidney": {"stage": "G4"}}, "egfr", ("kidney.egfr", 15, "mL/min/1.73 m2", "lowest value of stage G4")),
        (
            {"labs": {"magnesium": {"value": 1, "unit": "mmol/L"}}},
            "serum_magnesium",
            ("labs.magnesium", 2.43, "mg/dL", "given as 1 mmol/L"),
        ),
        (
            {"labs": {"magnesium": {"value": 2.567, "unit": "mg/dL"}}},
            "serum_magnesium",
            ("labs.magnesium", 2.57, "mg/dL", "given"),
        ),
        ({"kidney": {"acute": False}}, "acute_kidney_injury", ("kidney.acute", False, None, "given")),
        ({"person": {"sex": "male"}}, "pregnancy:pregnant", ("person.pregnancy", "none", None, "given")),
        ({"country": "DE"}, "country:EU", ("country", "DE", None, "given")),
        ({}, "country:EU", ("country", "US", None, "assumed")),
        ({"supplements": [SURE]}, "daily_magnesium", ("dose.elemental_mg_per_day", 100, "mg", "added up")),
        (
            {"supplements": [SURE, "magnesium oxide"]},
            "daily_magnesium",
            ("dose.elemental_mg_per_day", 100, "mg", "added up; not all amounts are known"),
        ),
    ],
)
def test_a_fact_is_said_with_its_unit_and_where_it_comes_from(
    told: dict[str, Any], fact: str, said: tuple[object, ...]
) -> None:
    known = seen(**told).known[fact]
    assert (known.name, known.value, known.unit, known.origin) == said


def test_what_is_not_known_is_not_said() -> None:
    assert {fact for fact in seen().known if not fact.startswith("country")} == {"daily_magnesium"}


MAGNESIUM = ["magnesium oxide", "magnesium chloride", "magnesium citrate", "almagate", "magnesium bisglycinate"]


@pytest.mark.parametrize("kinds", [*permutations(MAGNESIUM, 2), *permutations(MAGNESIUM, 3)], ids=" or ".join)
def test_of_a_product_that_may_be_several_only_that_is_sure_which_holds_of_all(kinds: tuple[str, ...]) -> None:
    items = recognise(profile(supplements=list(kinds)), BOOK).taken
    each = [product_values(item, BOOK, PROGRAM) for item in items]
    any_of_them = product_values(replace(items[0], members=tuple(item.salts for item in items)), BOOK, PROGRAM)
    assert any_of_them == {
        fact: (min(values[fact][0] for values in each), max(values[fact][1] for values in each))
        for fact in each[0]
    }


def read(line: object) -> Read:
    (found,) = CHECKER.check(profile(supplements=[line])).recognised
    assert found.read is not None
    return found.read


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "magnesium citrate 200 mg twice a day",
            {"amount_mg": 200, "per_day": 2, "times": (), "as_needed": False},
        ),
        (
            {"name": "magnesium citrate", "amount_mg": 0.123456, "times": ["08:00", "20:00"]},
            {"amount_mg": 0.1235, "per_day": 2, "times": ("08:00", "20:00"), "slots": ()},
        ),
        ("magnesium citrate", {"amount_mg": None, "per_day": None, "frequency": "daily"}),
        ("magnesium citrate in the evening", {"slots": ("evening",), "times": ()}),
        ("magnesium citrate 100 mg as needed", {"as_needed": True, "frequency": "as needed"}),
        ("magnesium citrate 100 mg once a week", {"frequency": "weekly", "as_needed": False}),
        ("magnesium citrate 100 mg frobnicated", {"not_read": ("frobnicated",), "amount_mg": 100}),
        ("stopped magnesium citrate 100 mg", {"taken": False}),
        ("zinc 15 mg", {"basis": None}),
        (
            {"name": "magnesium citrate", "amount_mg": 9, "basis": "elemental"},
            {"basis": "elemental", "taken": True},
        ),
    ],
    ids=str,
)
def test_a_line_is_shown_as_the_rules_were_given_it(line: object, shown: dict[str, object]) -> None:
    found = read(line)
    assert {name: getattr(found, name) for name in shown} == shown
