"""What an ambiguous name could become: one more medicine says the same as a whole situation made anew."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import InputError
from magcheck.checker import default_checker
from magcheck.facts.situation import situation
from magcheck.missing.addition import Addition
from magcheck.missing.chosen import Choice
from tests.support import profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.facts.recognition import Unread
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Profile
    from magcheck.terminology.vocabulary import Meaning

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
    """Every meaning needs a situation of its own then."""


@pytest.mark.parametrize("seed", range(4))
def test_one_more_medicine_says_what_a_whole_situation_says(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    dice = random.Random(seed)
    people = [person(dice) for _ in range(30)]
    quick = [CHECKER.check(told).not_checked for told in people]
    assert len({unread.could_become for unclear in quick for unread in unclear}) > 3
    monkeypatch.setattr(Addition, "as_medicine", no_medicine)
    assert [CHECKER.check(told).not_checked for told in people] == quick


@pytest.mark.parametrize("seed", range(4))
def test_a_chosen_meaning_makes_the_situation_that_a_check_would_make(seed: int) -> None:
    dice = random.Random(seed)
    tried = 0
    for told in (person(dice) for _ in range(25)):
        evaluation = evaluated(told)
        for unread in (one for one in evaluation.situation.unread if one.why.could_be):
            choice = Choice(evaluation, unread)
            for meaning in (
                unread.why.could_be[:: max(1, len(unread.why.could_be) // 8)] if choice.is_simple else ()
            ):
                assert of_the_choice(choice, meaning) == of_a_check(evaluation, unread, meaning)
                tried += 1
    assert tried > 100


def evaluated(told: Profile) -> Evaluation:
    return CHECKER.evaluations([CHECKER.seen(told).situation])[0]


def of_the_choice(choice: Choice, meaning: Meaning) -> tuple[object, ...]:
    return seen_of(partial(choice.situation, meaning))


def of_a_check(evaluation: Evaluation, unread: Unread, meaning: Meaning) -> tuple[object, ...]:
    read, chosen = evaluation.situation.read, {(unread.list, unread.index): meaning}
    return seen_of(partial(situation, read.profile, CHECKER.book, CHECKER.program, chosen, read))


def seen_of(make: Callable[[], Situation]) -> tuple[object, ...]:
    """What a verdict is made of."""
    try:
        made = make()
    except InputError as error:
        return (str(error),)
    return made.facts, tuple(replace(item, origin=0) for item in made.taken)
