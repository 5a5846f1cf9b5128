"""How long does a whole check take, names to report? Plausible people with gaps in their answers, and the worst legal ones.

Everything is processor time of this process, the least of several rounds for each person, so that other work on the
machine disturbs it little. Ratios are to `base`: a fixed piece of plain Python, measured in between.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.findings import ALL, BESIDES, CONDITIONS_OF, COUNTRIES, DOSES, FORMS, GOALS, MAGNESIUM_TIMES

from magcheck import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.findings import Medicine

SEED = 20_261_126
PEOPLE = 600
ROUNDS = 3
MEDICINES = (5, 15)


class Told(NamedTuple):
    """Shares of people who leave something out."""

    age: float = 0.1
    sex: float = 0.1
    kidney: float = 0.4
    form: float = 0.25
    amount: float = 0.25
    basis: float = 0.4
    product: float = 0.1
    misspelt: float = 0.1


LEFT_OUT = Told()


def plausible(dice: random.Random, medicines: int) -> dict[str, Any]:
    """Somebody with so many medicines; the more of them, the older."""
    age = dice.randint(30 if medicines < 10 else 55, 90)
    sex = dice.choice(["female", "male"])
    taken = _medicines(dice, age, sex, medicines)
    timed = dice.random() < 0.6
    named = [_medicine(dice, one, timed=timed) for one in taken]
    told: dict[str, Any] = {
        "person": _person(dice, age, sex),
        "medications": named,
        "supplements": _supplements(dice, timed=timed),
        "conditions": [word for word, treated in CONDITIONS_OF.items() if {one.name for one in taken} & treated],
        "goals": [goal for goal in [_one(dice, GOALS)] if goal],
    }
    if dice.random() >= LEFT_OUT.kidney:
        told["kidney"] = _kidney(dice, age)
    if dice.random() < 0.7:
        told["country"] = _one(dice, COUNTRIES)
    return told


def _medicines(dice: random.Random, age: int, sex: str, count: int) -> list[Medicine]:
    left = [one for one in ALL if one.fits(age, sex)]
    taken: list[Medicine] = []
    for _ in range(count):
        chosen = dice.choices(left, [one.weight for one in left])[0]
        left.remove(chosen)
        taken.append(chosen)
    return taken


def _medicine(dice: random.Random, one: Medicine, *, timed: bool) -> dict[str, Any]:
    name = one.name
    if dice.random() < LEFT_OUT.misspelt / 5:
        at = dice.randrange(1, len(name) - 1)
        name = name[:at] + name[at + 1 :]
    return {"name": name} | ({"times": list(one.times)} if timed and one.times else {})


def _person(dice: random.Random, age: int, sex: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if dice.random() >= LEFT_OUT.age:
        told["age"] = age
    if dice.random() >= LEFT_OUT.sex:
        told["sex"] = sex
    return told


def _kidney(dice: random.Random, age: int) -> dict[str, Any]:
    if dice.random() < 0.3:
        return {"creatinine": {"value": round(dice.uniform(0.6, 2.2), 1), "unit": "mg/dL"}}
    return {"egfr": round(min(125, max(16, dice.gauss(112 - 0.75 * (age - 25), 14))))}


def _supplements(dice: random.Random, *, timed: bool) -> list[dict[str, Any]]:
    besides = [{"name": name} for name, share in BESIDES.items() if dice.random() < share / 100]
    if dice.random() < LEFT_OUT.product:
        return besides
    product: dict[str, Any] = {"name": "magnesium" if dice.random() < LEFT_OUT.form else _one(dice, FORMS)}
    if dice.random() >= LEFT_OUT.amount:
        product["amount_mg"] = _one(dice, DOSES)
    if dice.random() >= LEFT_OUT.basis:
        product["basis"] = "elemental"
    if timed:
        product["times"] = [_one(dice, MAGNESIUM_TIMES)]
    return [product, *besides]


def _one(dice: random.Random, weights: Mapping[Any, int]) -> Any:  # noqa: ANN401 - a word or a number
    return dice.choices(list(weights), list(weights.values()))[0]


def people(medicines: int, count: int = PEOPLE) -> list[Profile]:
    dice = random.Random(f"{SEED}-{medicines}")
    return [Profile.model_validate(plausible(dice, medicines)) for _ in range(count)]
