"""Is it enough to look at the facts that an answer moves? Making every situation anew gives the same answers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.checker import default_checker
from magcheck.facts.dose import magnesium_part, most_surely
from magcheck.findings.reach import Reach
from magcheck.missing import missing
from magcheck.missing.exchange import Exchange
from magcheck.missing.item_answers import answers_about_item
from magcheck.reading.profile import read_profile
from magcheck.report import Verdict
from tests.support import profile

if TYPE_CHECKING:
    from collections.abc import Callable

MEDICINES = [
    "cefuroxime", "gefitinib", "levothyroxine", "lithium", "furosemide", "ciprofloxacin", "ulipristal",
    "rilpivirine", "spironolactone", "amlodipine", "tacrolimus", "morphine", "quinidine", "mycophenolate",
    "digoxin", "sevelamer",
]  # fmt: skip
PRODUCTS = [
    "magnesium", "magnesium glycinate", "calcium", "magnesium hydroxide", "Rolaids", "Maalox",
    "magnesium suppository", "magnesium 1.000 mg", "calcium magnesium zinc",
]  # fmt: skip


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
        "supplements": [product, *dice.sample(BESIDES, dice.randint(0, 1))] if dice.random() < 0.9 else [],
        "country": dice.choice(["US", "DE", "JP"]),
    }


BESIDES: list[dict[str, Any]] = [
    {"name": "magnesium citrate", "amount_mg": 150, "basis": "elemental"},
    {"name": "milk of magnesia"},
    {"name": "zinc", "amount_mg": 30},
    {"name": "Gaviscon"},
]


def always(*, answer: bool) -> Callable[..., bool]:
    def said(*_: object) -> bool:
        return answer

    return said


def try_everything_anew(patch: pytest.MonkeyPatch) -> None:
    """Every answer, by a whole situation of its own, whatever the bounds say."""
    patch.setattr(Exchange, "fits", always(answer=False))
    patch.setattr(Reach, "limit", Verdict.AVOID)
    patch.setattr(Reach, "could_beat", always(answer=True))
    patch.setattr(missing, "_could_beat", always(answer=True))


@pytest.mark.parametrize("seed", range(8))
def test_whole_situations_of_every_salt_give_the_same_answers(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    dice = random.Random(seed)
    people = [profile(**person(dice)) for _ in range(20)]
    checker = default_checker()
    few = [checker.check(told).missing for told in people]
    assert any(gap.field.startswith("supplements") for gaps in few for gap in gaps)
    try_everything_anew(monkeypatch)
    assert [checker.check(told).missing for told in people] == few


LINES = [
    "magnesium 2 x 400 mg twice a day", "magnesium 1.000 mg three times a day", "milk of magnesia 30 mL",
    "Maalox 20 mL four times a day", "magnesium oxide 3 tablets", "Rolaids 10 tablets", "magnesium 300-900 mg",
    "magnesium 5000 mg", "magnesium 250 mg elemental bd", "magnesium 500 mg (of the compound)",
    "magnesium now and then",
    "calcium magnesium zinc 2 tablets", "magnesium suppository", "milk of magnesia 500 mg",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_where_no_kind_at_all_could_be_worse_none_is(seed: int) -> None:
    dice, checker = random.Random(seed), default_checker()
    spared = 0
    for line in LINES:
        told = profile(**person(dice) | {"supplements": [line, *dice.sample(BESIDES, dice.randint(0, 2))]})
        known = checker.seen(told).situation
        (evaluation,) = checker.evaluations([known])
        contents = checker.book.contents.values()
        for item in known.taken:
            answers = answers_about_item(item.list, item.index, "name", told, evaluation)
            for answer in answers.others() if item.salts else ():
                trial = answer.trial
                assert trial
                assert trial.any_kind
                assert magnesium_part(trial.new, checker.book).surely <= most_surely(item, contents) + 1e-6
                beyond = [verdict for verdict in Verdict if not trial.any_kind.could_beat(verdict)]
                if trial.exchange.fits(trial.new):
                    assert not any(trial.exchange.could_beat(verdict, trial.new) for verdict in beyond)
                    spared += len(beyond) > 1  # nothing is worse than "avoid"
    assert spared


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
