"""Is the bare name of a class ("opioid") as strong as what all its members share, and never one thing more?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker
from magcheck.terminology.normalise import normal
from magcheck.terminology.vocabulary import NotFound, Reason

if TYPE_CHECKING:
    from magcheck.report import Report

CHECKER = Checker()
TAKEN: dict[str, Any] = {
    "person": {"age": 40, "sex": "male"},
    "kidney": {"egfr": 95, "disease": False},
    "country": "US",
    "supplements": ["magnesium citrate 100 mg elemental at 20:00"],
}


def classes() -> dict[str, tuple[str, ...]]:
    """Names that mean "which one?", and their members."""
    vocabulary = CHECKER.book.vocabulary
    names = sorted({name for substance in vocabulary.substances.values() for name in substance.classes})
    found = {
        name: vocabulary.exactly(normal(name), "US") for name in names if normal(name) in vocabulary.spellings
    }
    return {
        name: tuple(meaning.label for meaning in read.could_be)
        for name, read in found.items()
        if isinstance(read, NotFound) and read.reason is Reason.WHICH_ONE
    }


CLASSES = classes()
SEDATING = ("opioid", "barbiturate", "benzodiazepine", "tricyclic antidepressant")


@cache
def checked(*names: str) -> Report:
    return CHECKER.check({**TAKEN, "medications": list(names)})


def rules(*names: str) -> set[str]:
    return {finding.rule for finding in checked(*names).findings}


@pytest.mark.parametrize("name", CLASSES)
def test_what_all_members_bring_the_class_brings(name: str) -> None:
    shared = set[str].intersection(*(rules(member) for member in CLASSES[name][:40]))
    assert shared <= rules(name)
    assert not checked(name).complete


@pytest.mark.parametrize("name", SEDATING)
def test_a_class_and_its_member_are_one_thing(name: str) -> None:
    for member in CLASSES[name]:
        if checked(member).recognised[0].route == "oral":
            assert rules(name, member) == rules(member), member


def test_two_classes_of_different_members_are_two_things() -> None:
    assert "sedatives-several" in rules("opioid", "barbiturate")
    assert "sedatives-several" in rules("opioid", "lorazepam")
    assert "sedatives-several" in rules("opioid", "morphine", "oxycodone")
    assert "sedatives-several" not in rules("opioid", "opioid")
    assert "sedatives-several" not in rules("opioid", "morphine")


def test_the_gap_of_every_digitalis_stands_at_its_class() -> None:
    assert {"digoxin", "separate-digoxin"} <= rules("cardiac glycoside")


def test_the_members_that_matter_are_named() -> None:
    told = checked("painkiller").not_checked[0]
    assert told.could_become == "separate"
    assert "acetylsalicylic acid" not in told.could_become_as
    assert set(told.could_become_as) & set(told.candidates)
    assert checked("opioid").not_checked[0].could_become_as == ()
