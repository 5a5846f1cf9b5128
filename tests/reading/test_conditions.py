"""Conditions and symptoms as people and records write them, against a corpus that others wrote."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from magcheck import Profile
from magcheck.checker import default_checker
from magcheck.facts.traits import traits_of
from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.facts.traits import TraitsTold

CHECKER = default_checker()
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/reading/conditions.yaml").read_text(encoding="utf-8"))
FIELDS = {
    "chronic kidney disease": {("kidney.disease", True)},
    "dialysis": {("kidney.dialysis", True)},
    "acute kidney injury": {("kidney.acute", True)},
}
"""The condition and the field are the same thing."""
ASKS = {
    "kidney": {"kidney.disease", "kidney.egfr", "kidney.acute", "kidney.stage"},
    "heart": {"conditions"},
    "muscle": {"conditions"},
    "bowel": {"conditions"},
    "pregnancy": {"person.pregnancy"},
}
Meaning = tuple[str, Any]


def told(words: str, where: str) -> TraitsTold:
    return traits_of(Profile.model_validate({where: [words]}), CHECKER.book)


def read(words: str, where: str) -> tuple[set[Meaning], set[str], bool]:
    """What was understood, which fields are asked, and whether anything is left open."""
    found = told(words, where)
    meanings: set[Meaning] = set()
    for trait in found.traits:
        if trait.asked:
            continue
        meanings |= {(field, value) for field, value in trait.implies}
        known = bool(trait.name) and trait.name in CHECKER.book.traits[trait.kind].values()
        if known and trait.name not in FIELDS:
            meanings.add((trait.kind, trait.name))
    return meanings, {field for field, _ in found.asked}, bool(found.unread or found.asked)


def wanted(means: Iterable[dict[str, Any]]) -> tuple[set[Meaning], set[str], set[str]]:
    """(meanings, groups that are asked, special words) of one way to be right."""
    meanings: set[Meaning] = set()
    groups: set[str] = set()
    special: set[str] = set()
    for meaning in means:
        for key, value in meaning.items():
            if key == "kidney":
                meanings |= {(f"kidney.{name}", answer) for name, answer in value.items()}
            elif key == "pregnancy":
                meanings.add(("person.pregnancy", value))
            elif key == "condition" and value in FIELDS:
                meanings |= FIELDS[value]
            elif key in ("condition", "symptom"):
                meanings.add((key, value))
            elif key == "asks":
                groups.add(value)
            else:
                special.add(key)
    return meanings, groups, special


def implied(meanings: set[Meaning]) -> set[Meaning]:
    """What goes without saying: whoever has a stage or a kidney condition has a kidney disease."""
    names = {value for key, value in meanings if key == "condition"}
    own = {(field, answer) for field, name, answer in CHECKER.book.implied if name in names}
    kidneys = any(key.startswith("kidney.") for key, _ in meanings)
    return own | ({("kidney.disease", True)} if kidneys else set())


def is_right(case: dict[str, Any], means: Iterable[dict[str, Any]]) -> bool:
    meanings, asked, is_open = read(case["words"], case["list"])
    want, groups, special = wanted(means)
    if "unknown" in special:
        return is_open and not meanings
    if any(not asked & ASKS[group] for group in groups):
        return False
    if not groups and is_open:
        return False
    safer = {("kidney.disease", True)} if "kidney" in groups else set()
    return want <= meanings <= want | implied(want) | safer


def result(case: dict[str, Any]) -> tuple[str, str]:
    """right, asked or wrong; and what was read."""
    meanings, asked, is_open = read(case["words"], case["list"])
    shown = f"{sorted(map(str, meanings))} asked {sorted(asked)} open {is_open}"
    if any(is_right(case, means) for means in [case["means"], *case.get("or", ())]):
        return "right", shown
    every = [wanted(means) for means in [case["means"], *case.get("or", ())]]
    allowed = {meaning for want, _, _ in every for meaning in want | implied(want)}
    harmless = meanings <= allowed or not meanings
    if is_open and harmless:
        return ("right" if case.get("may_ask") else "asked"), shown
    return "wrong", shown


RESULTS = {str(case["words"]): result(case) for case in CASES}


@pytest.mark.parametrize("words", RESULTS)
def test_no_entry_of_the_corpus_is_read_wrongly(words: str) -> None:
    found, shown = RESULTS[words]
    assert found != "wrong", shown


def test_nearly_all_of_the_corpus_is_read() -> None:
    counted = Counter(found for found, _ in RESULTS.values())
    assert counted["right"] >= 0.93 * len(RESULTS)
