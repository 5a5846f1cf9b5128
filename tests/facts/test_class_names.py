"""Is the bare name of a class ("opioid") as strong as what all its members share, and never one thing more?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker
from magcheck.knowledge.conditions import Taking
from magcheck.terminology.normalise import normal
from magcheck.terminology.vocabulary import NotFound, Reason

if TYPE_CHECKING:
    from magcheck.knowledge.rule import Rule
    from magcheck.report import Report

CHECKER = Checker()
TAKEN: dict[str, Any] = {
    "person": {"age": 40, "sex": "male"},
    "kidney": {"egfr": 95, "disease": False},
    "country": "US",
    "supplements": ["magnesium citrate 100 mg elemental at 20:00"],
}


def _names(page: Rule) -> list[str]:
    return [name for line in page.when if isinstance(line, Taking) for name in line.names]


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


def brands_of_magnesium() -> dict[tuple[str, str], tuple[str, ...]]:
    """Names of several products that all bring magnesium, with a country, and the products."""
    groups = [group for groups in CHECKER.book.vocabulary.groups.values() for group in groups]
    return {
        (group.label, min(group.countries, default="US")): tuple(meaning.label for meaning in group.members)
        for group in groups
        if all(any("magnesium" in s.selectors for s in meaning.substances) for meaning in group.members)
    }


BRANDS = brands_of_magnesium()
BESIDE = sorted(
    {
        name.removesuffix(" by mouth")
        for page in CHECKER.book.rules
        for line in page.when
        if isinstance(line, Taking) and any("acid-neutralising" in other for other in _names(page))
        for name in line.names
        if not CHECKER.book.terms.is_magnesium(name)
    }
)
"""Medicines of pages about kinds of magnesium that take acid away."""
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


@pytest.mark.parametrize(("brand", "country"), BRANDS)
def test_what_each_product_of_a_brand_brings_the_brand_brings(brand: str, country: str) -> None:
    """Also where one of them is of one kind that a page names, and one of another."""
    beside = [name for name in BESIDE if name in CHECKER.book.vocabulary.substances]
    told = {**TAKEN, "country": country, "medications": beside}
    pages = {name: CHECKER.pages({**told, "supplements": [name]})[0] for name in (brand, *BRANDS[brand, country])}
    assert frozenset.intersection(*(pages[product] for product in BRANDS[brand, country])) <= pages[brand]


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
