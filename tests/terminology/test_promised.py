"""Names and codes are promises: none goes in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from magcheck.knowledge.load import RuleBook, load_rules
from tests.terminology.promised import KINDS, Promise, current, documents, lost, promised

FEWEST = {
    "name": 13_000,
    "rxnorm": 10_000,
    "atc": 690,
    "icd10": 2_200,
    "condition": 560,
    "symptom": 310,
    "goal": 110,
}


@pytest.fixture(scope="module")
def now() -> frozenset[Promise]:
    return current()


def test_nothing_that_was_promised_is_gone(now: frozenset[Promise]) -> None:
    gone = [f"{promise}. Put it back, or say so in CHANGELOG.md under 'Rules'." for promise in lost(now)]
    assert gone == []


def test_what_is_new_is_promised() -> None:
    stale = [path.name for path, text in documents().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "Run: make docs"


@pytest.mark.parametrize("kind", KINDS)
def test_so_many_are_promised(kind: str) -> None:
    assert sum(promise.kind == kind for promise in promised()) >= FEWEST[kind]


def without(book: RuleBook, spelling: str, code: str, atc: str) -> RuleBook:
    names = {key: found for key, found in book.vocabulary.names.items() if key != spelling}
    codes = {key: found for key, found in book.vocabulary.codes.items() if key != code}
    atcs = {key: found for key, found in book.vocabulary.atc.items() if key != atc}
    return replace(book, vocabulary=replace(book.vocabulary, names=names, codes=codes, atc=atcs))


def test_each_kind_of_loss_is_told_with_its_name() -> None:
    poorer = without(load_rules(), "synthroid", "1364430", "A01AA01")
    said = [str(promise) for promise in lost(current(poorer))]
    assert "apixaban lost the rxnorm 1364430" in said
    assert "sodium fluoride lost the atc A01AA01" in said
    assert {text.rpartition(" ")[2].partition(":")[2] for text in said if "name" in text} == {"Synthroid"}
