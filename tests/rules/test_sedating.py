"""Sedating things are counted together: everybody who takes one with magnesium reads exactly one line about it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from magcheck import Profile
from magcheck.knowledge.load import load_rules

if TYPE_CHECKING:
    from magcheck import Checker

SUBSTANCES = load_rules().vocabulary.substances.values()
MEDICINES = sorted(
    substance.name
    for substance in SUBSTANCES
    if substance.selectors & {"strongly sedating medicine", "mildly sedating medicine"}
)
SUPPLEMENTS = sorted(s.name for s in SUBSTANCES if "sedating supplement" in s.selectors)
LADDER = {
    "sleep-supplements",
    "sleep-supplements-several",
    "sedatives-mild",
    "sedatives-strong",
    "sedatives-several",
    "sleep-supplements-with-sedative",
    "sleep-supplements-with-sedatives",
}


def ladder(checker: Checker, *names: str) -> set[str]:
    told = [{"name": name, "route": "oral"} for name in names]
    supplement = {"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental"}
    given = {"medications": told, "supplements": [supplement], "kidney": {"egfr": 95}}
    return LADDER & checker.pages(Profile.model_validate(given))[0]


def test_there_are_sedating_things_to_count() -> None:
    assert len(MEDICINES) > 100
    assert len(SUPPLEMENTS) > 8


@pytest.mark.parametrize("name", MEDICINES)
def test_one_medicine_brings_one_line_whatever_comes_on_top(checker: Checker, name: str) -> None:
    other = "diazepam" if name != "diazepam" else "zolpidem"
    assert ladder(checker, name) in ({"sedatives-mild"}, {"sedatives-strong"})
    assert ladder(checker, name, "valerian") == {"sleep-supplements-with-sedative"}
    assert ladder(checker, name, other) == {"sedatives-several"}
    assert ladder(checker, name, other, "valerian") == {"sleep-supplements-with-sedatives"}


@pytest.mark.parametrize("name", SUPPLEMENTS)
def test_one_supplement_brings_one_line(checker: Checker, name: str) -> None:
    assert ladder(checker, name) == {"sleep-supplements"}


def test_every_pair_of_supplements_is_a_stack(checker: Checker) -> None:
    for one, other in product(SUPPLEMENTS, SUPPLEMENTS):
        if one < other:
            assert ladder(checker, one, other) == {"sleep-supplements-several"}


@pytest.mark.parametrize("name", ["amisulpride", "aripiprazole", "brexpiprazole", "cariprazine", "sertraline"])
def test_what_hardly_sedates_is_not_counted(checker: Checker, name: str) -> None:
    assert ladder(checker, name) == set()
    assert ladder(checker, name, "valerian") == {"sleep-supplements"}
    assert ladder(checker, name, "diazepam") == {"sedatives-mild"}
