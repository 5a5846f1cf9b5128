"""Each bound that is written down is the bound that counts: just inside it is in, just outside it is out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from magcheck.checker import default_checker
from magcheck.core.errors import InputError
from magcheck.facts.budget import MOST_PAIRS, MOST_PAIRS_OF_TIMES, refuse_too_much
from magcheck.facts.plausibility import questioned
from magcheck.facts.recognition import recognise
from tests.support import profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.facts.recognition import RecognisedItem

BOOK = default_checker().book
A_LITTLE = 1e-6


def _creatinine(unit: str) -> Callable[[float], dict[str, Any]]:
    return lambda value: {"kidney": {"creatinine": {"value": value, "unit": unit}}}


def _serum(unit: str) -> Callable[[float], dict[str, Any]]:
    return lambda value: {"labs": {"magnesium": {"value": value, "unit": unit}}}


ENTRIES: dict[str, tuple[str, Callable[[float], dict[str, Any]]]] = {
    "kidney.egfr": ("kidney.egfr", lambda value: {"kidney": {"egfr": value}}),
    "kidney.creatinine.mg/dL": ("kidney.creatinine", _creatinine("mg/dL")),
    "kidney.creatinine.umol/L": ("kidney.creatinine", _creatinine("umol/L")),
    "labs.magnesium.mg/dL": ("labs.magnesium", _serum("mg/dL")),
    "labs.magnesium.mmol/L": ("labs.magnesium", _serum("mmol/L")),
    "labs.magnesium.mEq/L": ("labs.magnesium", _serum("mEq/L")),
    "supplements.amount_mg": (
        "supplements[1].amount_mg",
        lambda value: {"supplements": ["zinc", {"name": "magnesium citrate", "amount_mg": value}]},
    ),
    "medications.dose_mg": (
        "medications[1].dose_mg",
        lambda value: {"medications": ["aspirin", {"name": "metformin", "dose_mg": value}]},
    ),
}
"""Entry of questions.yaml -> field, and a profile that tells it."""


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_value_outside_the_range_is_refused_and_its_ends_are_not(entry: str) -> None:
    field, told = ENTRIES[entry]
    bounds = BOOK.questions[entry].range
    assert bounds is not None
    for value in bounds:
        questioned(profile(**told(value)), BOOK)
    low, high = bounds
    for value in (low * (1 - A_LITTLE), high * (1 + A_LITTLE)):
        if value > 0 and not low <= value <= high:
            with pytest.raises(InputError) as refused:
                questioned(profile(**told(value)), BOOK)
            (problem,) = refused.value.problems
            assert (problem.where, f"{low:g} to {high:g}" in problem.fix) == (field, True)


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if BOOK.questions[entry].usual])
def test_a_value_that_is_not_usual_is_questioned_and_a_usual_one_is_not(entry: str) -> None:
    field, told = ENTRIES[entry]
    usual, possible = BOOK.questions[entry].usual, BOOK.questions[entry].range
    assert usual is not None
    assert possible is not None
    for value in usual:
        assert questioned(profile(**told(value)), BOOK) == ()
    for value in (usual[0] * (1 - A_LITTLE), usual[1] * (1 + A_LITTLE)):
        if possible[0] <= value <= possible[1]:
            (strange,) = questioned(profile(**told(value)), BOOK)
            assert (strange.list, strange.input) == (field, f"{value:g}")


def test_every_impossible_value_is_said_at_once() -> None:
    told = profile(kidney={"egfr": 900}, labs={"magnesium": {"value": 900, "unit": "mg/dL"}})
    with pytest.raises(InputError) as refused:
        questioned(told, BOOK)
    assert [problem.where for problem in refused.value.problems] == ["kidney.egfr", "labs.magnesium"]


@pytest.mark.parametrize(
    ("person", "is_refused"),
    [
        ({"sex": "male", "pregnancy": "pregnant"}, True),
        ({"sex": "male", "pregnancy": "breastfeeding"}, True),
        ({"sex": "male", "pregnancy": "none"}, False),
        ({"sex": "female", "pregnancy": "pregnant"}, False),
        ({"pregnancy": "pregnant"}, False),
    ],
)
def test_only_a_man_cannot_be_expecting(person: dict[str, str], *, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(InputError, match=f"the pregnancy is '{person['pregnancy']}'"):
            questioned(profile(person=person), BOOK)
    else:
        assert questioned(profile(person=person), BOOK) == ()


def _taken(*hours: str) -> tuple[RecognisedItem, RecognisedItem]:
    """A product with magnesium and a medicine, both taken at these hours."""
    told = profile(
        supplements=[{"name": "magnesium citrate", "times": hours}],
        medications=[{"name": "metformin", "times": hours}],
    )
    medicine, product = sorted(recognise(told, BOOK).taken, key=lambda item: item.list)
    return product, medicine


def test_as_many_pairs_as_may_be_are_looked_at_and_one_more_product_is_refused() -> None:
    product, medicine = _taken()
    refuse_too_much([product] * 50 + [medicine])
    assert MOST_PAIRS == 50 * 50
    with pytest.raises(InputError, match="there are 2,550 pairs of a medicine and a magnesium product"):
        refuse_too_much([product] * 50 + [medicine] * 2)
    refuse_too_much([medicine] * 3_000)


def test_as_many_pairs_of_hours_as_may_be_are_looked_at_and_one_more_hour_is_refused() -> None:
    product, medicine = _taken(*(f"{hour:02d}:00" for hour in range(10)))
    _, without_hours = _taken()
    fits = [product] * 5 + [medicine] * 55
    refuse_too_much(fits)
    assert MOST_PAIRS_OF_TIMES == 50 * 600
    with pytest.raises(InputError, match="there are 30,050 pairs of a dose and a dose of magnesium"):
        refuse_too_much([*fits, without_hours])
