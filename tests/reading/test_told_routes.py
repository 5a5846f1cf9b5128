"""A route in a field of its own: what cannot be is asked, and silences nothing."""

from __future__ import annotations

from typing import Any

import pytest

from magcheck.checker import Checker, default_checker
from magcheck.knowledge.load import load_rules
from magcheck.profile import Day, Medication, Profile, Route
from magcheck.reading.item import read_item
from magcheck.reading.setting import Setting
from magcheck.report import Report
from magcheck.terminology.vocabulary import Found, NotFound, Reason

BOOK = load_rules()
ELSEWHERE = [route for route in Route if route is not Route.ORAL]
SPOKEN_OF = ("digoxin", "levothyroxine", "alendronic acid", "doxycycline", "ciprofloxacin", "lisinopril", "iron")


def found(name: str | None = None, **fields: Any) -> Found | NotFound:
    told = {"name": name} if name else {}
    (item,) = read_item(Medication.model_validate(told | fields), Setting(BOOK, "US", Day(), "medications"))
    return item.found


def is_asked(name: str | None = None, **fields: Any) -> bool:
    read = found(name, **fields)
    return isinstance(read, NotFound) and read.reason is Reason.ROUTE


@pytest.mark.parametrize("name", SPOKEN_OF)
@pytest.mark.parametrize("route", ELSEWHERE)
def test_a_route_is_taken_or_asked_as_it_is_sold(name: str, route: Route) -> None:
    sold = BOOK.vocabulary.ways_of([BOOK.vocabulary.substances[name]])
    assert is_asked(name, route=route) is (route not in sold)


@pytest.mark.parametrize(
    ("name", "route"),
    [
        ("digoxin", "injection"),
        ("digoxin", "intravenous"),
        ("azithromycin", "intravenous"),
        ("omeprazole", "injection"),
        ("diclofenac", "skin"),
        ("diclofenac gel", "skin"),
        ("estradiol patch", "skin"),
        ("timolol", "eye"),
        ("cipro", "ear"),
        ("insulin", "injection"),
        ("fluticasone", "nasal"),
        ("salbutamol", "inhaled"),
        ("clotrimazole", "vaginal"),
        ("neomycin", "other"),
        ("warfarin", "skin"),
    ],
)
def test_what_is_sold_so_or_changes_nothing_is_not_asked(name: str, route: str) -> None:
    assert not is_asked(name, route=route)


@pytest.mark.parametrize("told", [{"rxcui": "3407"}, {"atc": "C01AA05"}])
def test_a_code_is_asked_as_its_name_is(told: dict[str, str]) -> None:
    assert is_asked(**told, route="skin")
    assert not is_asked(**told, route="injection")


def test_told_in_the_line_and_in_the_field_it_is_believed() -> None:
    read = found("digoxin on the skin", route="skin")
    assert isinstance(read, Found)
    assert read.route is Route.SKIN


def checked(checker: Checker, medicine: dict[str, str]) -> Report:
    product = {"name": "magnesium citrate", "amount_mg": 100.0, "basis": "elemental"}
    told = {"person": {"age": 45}, "kidney": {"egfr": 95}, "medications": [medicine], "supplements": [product]}
    return checker.check(Profile.model_validate(told))


@pytest.mark.parametrize("name", SPOKEN_OF)
def test_any_other_route_never_makes_a_report_whole(name: str) -> None:
    report = checked(default_checker(), {"name": name, "route": "other"})
    assert not report.complete


def test_what_does_not_depend_on_the_route_is_said_meanwhile() -> None:
    report = checked(default_checker(), {"name": "tramadol", "route": "rectal"})
    assert not report.complete
    assert any(finding.rule == "sedatives-strong" for finding in report.findings)
