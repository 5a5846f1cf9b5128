"""Is one salt of each group enough? Trying every salt of the vocabulary gives the same answers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.checker import default_checker
from magcheck.core.fact_names import MAGNESIUM
from magcheck.missing import item_answers
from magcheck.reading.profile import read_profile
from tests.support import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.findings.evaluation import Evaluation
    from magcheck.terminology.vocabulary import Substance

MEDICINES = [
    "cefuroxime", "gefitinib", "levothyroxine", "lithium", "furosemide", "ciprofloxacin", "ulipristal",
    "rilpivirine", "spironolactone", "amlodipine", "tacrolimus", "morphine", "quinidine", "mycophenolate",
    "digoxin", "sevelamer",
]  # fmt: skip
PRODUCTS = ["magnesium", "magnesium glycinate", "calcium", "magnesium hydroxide", "Rolaids"]


def every_salt(evaluation: Evaluation, _: object) -> Iterator[Substance]:
    for salt in evaluation.book.vocabulary.within(MAGNESIUM):
        if salt.name != MAGNESIUM and salt.route is None:
            yield salt


def person(dice: random.Random) -> dict[str, Any]:
    """Somebody who tells little of the product, so that its kind or amount is asked."""
    product: dict[str, Any] = {"name": dice.choice(PRODUCTS)}
    if dice.random() < 0.6:
        product["amount_mg"] = dice.choice([50, 200, 400, 900, 3000])
        product["basis"] = dice.choice(["unknown", "compound", "elemental"])
    return {
        "person": {"age": dice.choice([3, 40, 71])},
        "kidney": dice.choice([{}, {"egfr": 38}, {"egfr": 95}]),
        "medications": dice.sample(MEDICINES, dice.randint(0, 4)),
        "supplements": [product] if dice.random() < 0.9 else [],
        "country": dice.choice(["US", "DE", "JP"]),
    }


@pytest.mark.parametrize("seed", range(4))
def test_every_salt_gives_the_answers_of_the_tried_ones(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    dice = random.Random(seed)
    people = [profile(**person(dice)) for _ in range(20)]
    checker = default_checker()
    few = [checker.check(told).missing for told in people]
    assert any(gap.field.startswith("supplements") for missing in few for gap in missing)
    monkeypatch.setattr(item_answers, "salts_told_apart", every_salt)
    assert [checker.check(told).missing for told in people] == few


def test_what_was_read_is_not_read_again_and_reads_the_same() -> None:
    book = default_checker().book
    told = profile(
        medications=["cipro 500 mg twice a day", "Zyxolo", "metformin and aspirin"],
        supplements=["magnesium citrate 200-300 mg at night"],
    )
    known = read_profile(told, book)
    again = read_profile(told, book, known)
    assert (again.entries, again.profile) == (known.entries, known.profile)
    assert all(one.read is other.read for one, other in zip(again.entries, known.entries, strict=True))
    abroad = read_profile(told.model_copy(update={"country": "JP"}), book, known)
    assert not any(one.read is other.read for one, other in zip(abroad.entries, known.entries, strict=True))
