"""Plain lines that ask nothing: instructions about food, divided doses, and a list of which "none" is all."""

from __future__ import annotations

import pytest

from magcheck import Checker, Profile
from magcheck.profile import Medication, Supplement
from tests.reading.scoring import read

FOOD = [
    "no food", "not with milk", "not with grapefruit", "no grapefruit juice", "avoid dairy", "without milk",
    "no coffee", "avoid alcohol", "no sugar", "no gluten, no dairy", "no additives", "lactose free",
]  # fmt: skip


@pytest.mark.parametrize("words", FOOD)
@pytest.mark.parametrize("joint", [" ", ", ", " - "])
def test_food_behind_a_dose_says_nothing_of_whether_it_is_taken(words: str, joint: str) -> None:
    (item,) = read(f"doxycycline 100 mg{joint}{words}")
    assert (item.taken, item.words, item.figures) == (True, (), ())


@pytest.mark.parametrize("line", ["cipro, no milk thistle", "no cipro", "cipro 500 mg, no digoxin"])
def test_a_medicine_that_is_denied_is_not_lost(line: str) -> None:
    assert any(item.taken is not True for item in read(line))


@pytest.mark.parametrize(
    "words",
    [
        "in 2 divided doses", "in two divided doses", "split in 2 doses", "divided into 2 doses",
        "daily in 2 divided doses",
        "aufgeteilt auf 2 Dosen", "en 2 prises", "en dos tomas", "diviso in 2 dosi", "verdeeld over 2 giften",
    ],
)  # fmt: skip
def test_divided_doses_are_parts_of_the_amount(words: str) -> None:
    (item,) = read(f"magnesium glycinate 400 mg {words}")
    assert (item.amount.high, item.timing.per_day, item.amount.open, item.timing.open) == (200, 2, False, False)


@pytest.mark.parametrize("words", ["in divided doses", "twice a day in 2 divided doses", "in 2-3 divided doses"])
def test_what_is_divided_nobody_knows_how_is_open(words: str) -> None:
    assert read(f"magnesium glycinate 400 mg {words}")[0].timing.open


@pytest.mark.parametrize(
    "said", ["none", "None.", "nothing", "nil", "n/a", "-", "keine", "aucun", "ninguno", "nessuno", "geen"]
)
def test_none_as_the_only_entry_is_an_empty_list(said: str) -> None:
    report = Checker().check(Profile(medications=(Medication(name=said),), supplements=(Supplement(name="zinc"),)))
    empty = Checker().check(Profile(medications=(), supplements=(Supplement(name="zinc"),)))
    assert report == empty


@pytest.mark.parametrize("said", ["NKDA", "NKA", "no known allergies", "unknown", "n", "not sure"])
def test_what_says_nothing_of_medicines_is_no_empty_list(said: str) -> None:
    report = Checker().check(Profile(medications=(Medication(name=said),)))
    assert [unread.input for unread in report.not_checked] == [said]


def test_none_beside_a_medicine_is_an_unknown_name() -> None:
    report = Checker().check(Profile(medications=(Medication(name="none"), Medication(name="digoxin"))))
    assert [unread.input for unread in report.not_checked] == ["none"]
