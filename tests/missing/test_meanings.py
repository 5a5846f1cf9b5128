"""What an ambiguous name could become: one more medicine says the same as a whole situation made anew."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.checker import default_checker
from magcheck.missing.addition import Addition
from tests.support import profile

if TYPE_CHECKING:
    from magcheck.profile import Profile

CHECKER = default_checker()
GROUPS = sorted(CHECKER.book.vocabulary.groups)
SEVERAL = sorted(name for name, meanings in CHECKER.book.vocabulary.names.items() if len(meanings) > 1)
KNOWN = ["levothyroxine", "lithium", "furosemide", "ciprofloxacin", "spironolactone", "morphine", "digoxin",
         "zinc 30 mg", "calcium carbonate 500 mg", "melatonin", "metoprolol"]  # fmt: skip
PRODUCTS = [
    "magnesium",
    "magnesium oxide 400 mg",
    "milk of magnesia",
    "Rolaids",
    "magnesium citrate 150 mg elemental",
]


def person(dice: random.Random) -> Profile:
    unclear: list[Any] = [
        dice.choice(GROUPS if dice.random() < 0.7 else SEVERAL) for _ in range(dice.randint(1, 3))
    ]
    unclear[0] = {"name": unclear[0], "times": ["08:00"]}
    return profile(
        person={"age": dice.choice([5, 40, 71])},
        kidney=dice.choice([{}, {"egfr": 38}, {"egfr": 95}]),
        medications=[*unclear, *dice.sample(KNOWN, dice.randint(0, 3))],
        supplements=dice.sample(PRODUCTS, dice.randint(0, 2)),
        country=dice.choice(["US", "DE", "JP"]),
    )


def no_medicine(*_: object) -> None:
    """Every meaning needs a whole situation then."""


@pytest.mark.parametrize("seed", range(4))
def test_one_more_medicine_says_what_a_whole_situation_says(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    dice = random.Random(seed)
    people = [person(dice) for _ in range(30)]
    quick = [CHECKER.check(told).not_checked for told in people]
    assert len({unread.could_become for unclear in quick for unread in unclear}) > 3
    monkeypatch.setattr(Addition, "as_medicine", no_medicine)
    assert [CHECKER.check(told).not_checked for told in people] == quick
