"""Words about an illness count as answers, and never as better ones than were told."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.checker import default_checker
from magcheck.facts.traits import traits_of, with_traits
from tests.support import profile

if TYPE_CHECKING:
    from magcheck import Profile

BOOK = default_checker().book


def counted(**told: Any) -> Profile:
    asked = profile(**told)
    return with_traits(asked, traits_of(asked, BOOK).traits, BOOK)


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("dialysis", "dialysis"),
        ("Z99.2", "dialysis"),
        ("acute kidney injury", "acute"),
        ("AKI", "acute"),
        ("N17.9", "acute"),
    ],
)
@pytest.mark.parametrize("disease", [False, True, None])
@pytest.mark.parametrize("told", [False, True, None])
def test_failing_kidneys_among_the_words_outweigh_every_no(
    words: str, flag: str, *, disease: bool | None, told: bool | None
) -> None:
    kidney = counted(conditions=[words], kidney={"disease": disease, flag: told}).kidney
    assert getattr(kidney, flag) is True
    assert kidney.disease is not False


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        (["CKD stage 2", "CKD stage 4", "CKD 3a"], "G4"),
        (["CKD stage 5", "CKD stage 1", "CKD 3b"], "G5"),
        (["CKD 3a", "CKD stage 2", "CKD stage 1"], "G3a"),
    ],
)
@pytest.mark.parametrize("told", ["G1", "G4", None])
def test_of_several_stages_the_worst_counts_in_any_order(words: list[str], stage: str, told: str | None) -> None:
    order = ["G1", "G2", "G3a", "G3b", "G4", "G5"]
    worst = max([stage, told or stage], key=order.index)
    for mixed in permutations(words):
        kidney = counted(conditions=list(mixed), kidney={"stage": told}).kidney
        assert (kidney.stage, kidney.disease) == (worst, True)


@pytest.mark.parametrize("told", [20.0, 60.0, None])
def test_of_several_values_the_lowest_counts(told: float | None) -> None:
    for words in permutations(["eGFR 35", "eGFR 50", "eGFR 41"]):
        assert counted(conditions=list(words), kidney={"egfr": told}).kidney.egfr == min(35, told or 35)


@pytest.mark.parametrize(
    ("person", "words", "pregnancy", "sex"),
    [
        ({}, "pregnant", "pregnant", None),
        ({"pregnancy": "none"}, "pregnant", "pregnant", None),
        ({"pregnancy": "pregnant"}, "breastfeeding", "pregnant", None),
        ({"pregnancy": "breastfeeding"}, "pregnant", "pregnant", None),
        ({"pregnancy": "none"}, "breastfeeding", "breastfeeding", None),
        ({"sex": "female"}, "pregnant", "pregnant", "female"),
        ({"sex": "male"}, "pregnant", "pregnant", None),
        ({"sex": "male"}, "diabetes", None, "male"),
    ],
)
def test_of_two_states_the_one_that_asks_for_more_care_counts(
    person: dict[str, str], words: str, pregnancy: str | None, sex: str | None
) -> None:
    found = counted(person={"age": 30, **person}, conditions=[words]).person
    assert (found.pregnancy, found.sex, found.age) == (pregnancy, sex, 30)


def test_what_no_word_speaks_of_stays_as_it_was_told() -> None:
    told = {"egfr": 50, "creatinine": {"value": 1.2, "unit": "mg/dL"}, "acute": False}
    kidney = counted(kidney=told, conditions=["dialysis"]).kidney
    assert (kidney.egfr, kidney.acute, kidney.creatinine and kidney.creatinine.value) == (50, False, 1.2)
