"""How long does a whole check take, names to report? Plausible people with gaps, and the worst that is legal.

Processor time of this process, the least of several rounds for each person; as a ratio to the same pages written
by hand as plain ifs for one person with five medicines, measured in between, so that a slow minute meets both.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.findings import ALL, BESIDES, CONDITIONS_OF, COUNTRIES, DOSES, FORMS, GOALS, MAGNESIUM_TIMES
from benchmarks.run import PROFILE, hand_written

from magcheck import Checker, Profile
from magcheck.facts.budget import MOST_LETTERS
from magcheck.facts.situation import situation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.findings import Medicine

SEED = 20_261_126
PEOPLE = 600
ROUNDS = 3
WARM = 50
"""People who are checked before anything is measured."""
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


def worst_legal(checker: Checker, turn: int = 0) -> dict[str, Profile]:
    """Profiles that ask for as much work as one can, and are not refused; each by what is much in it.

    What was read once is remembered, so names and lines are others at each `turn`.
    """
    vocabulary = checker.book.vocabulary
    salts = [salt.name for salt in vocabulary.within("magnesium")]
    busy = sorted(vocabulary.substances.values(), key=lambda one: -len(checker.program.keys_of(one.selectors)))
    medicines = [one.name for one in busy if "magnesium" not in one.selectors]
    groups = sorted(vocabulary.groups, key=lambda name: -len(vocabulary.groups[name][0].members))
    told: dict[str, dict[str, list[str]]] = {
        "medicines": {"medications": medicines[:100], "supplements": ["magnesium"]},
        "unknown salts without amounts": {"medications": medicines[:75], "supplements": ["magnesium"] * 25},
        "salts without amounts": {"medications": medicines[:75], "supplements": salts[:25]},
        "products alone": {"supplements": ["magnesium"] * 50},
        "unknown names": {
            "medications": _unknown(f"medicine{turn}", 100),
            "supplements": _unknown(f"powder{turn}", 100),
        },
        "names that mean many things": {"medications": groups[:100], "supplements": groups[:100]},
        "letters of medicines": {"medications": _long(f"blue{turn} oval tablets ", MOST_LETTERS // 500)},
        "numbers": {"medications": _long(f"{turn} 8 ", MOST_LETTERS // 500)},
        "amounts": {"medications": _long(f"{turn}7 mg ", MOST_LETTERS // 500)},
        "durations": {"medications": _long(f"{turn + 1}/7 ", MOST_LETTERS // 500)},
        "unknown names in each line": {"medications": _long(f"q{turn}, ", MOST_LETTERS // 500)},
        "letters of illnesses": {"conditions": _long(f"some{turn} pain of the left ", MOST_LETTERS // 500)},
        "denied illnesses": {"conditions": _long(f"no q{turn} ", MOST_LETTERS // 500)},
        "unknown illnesses": {
            name: _unknown(f"{name}{turn}", 100) for name in ("conditions", "symptoms", "goals")
        },
    }
    return {name: Profile.model_validate(lists) for name, lists in told.items()}


def _unknown(word: str, count: int) -> list[str]:
    return [f"q{number}x{word}" for number in range(count)]


def _long(words: str, count: int) -> list[str]:
    return [(f"{number} {words}" * 500)[:500] for number in range(count)]


class Ratios(NamedTuple):
    """Of one profile each, rising: how many times the plain ifs; and the least time of those, in milliseconds."""

    ratios: list[float]
    base_ms: float

    def line(self) -> str:
        middle, late, worst = (
            statistics.median(self.ratios),
            self.ratios[-1 - len(self.ratios) // 100],
            self.ratios[-1],
        )
        figures = (("median", middle), ("p99", late), ("worst", worst))
        return "  ".join(f"{name} {ratio:7.1f} x {ratio * self.base_ms:7.2f} ms" for name, ratio in figures)


def measured(checker: Checker, profiles: Sequence[Profile], rounds: int) -> Ratios:
    told = Profile.model_validate(PROFILE)
    facts = situation(told, checker.book, checker.program).facts
    by_hand = partial(hand_written(checker.program), facts)
    bases, ratios = list[int](), list[float]()
    for profile in profiles:
        of_it = list[float]()
        for _ in range(rounds):
            base = min(_nanoseconds(by_hand) for _ in range(3))
            bases.append(base)
            of_it.append(_nanoseconds(partial(checker.check, profile)) / base)
        ratios.append(min(of_it))
    return Ratios(sorted(ratios), min(bases) / 1e6)


def _nanoseconds(work: Callable[[], object]) -> int:
    start = time.process_time_ns()
    work()
    return time.process_time_ns() - start


def main(count: int = PEOPLE, rounds: int = ROUNDS) -> None:
    checker = Checker()
    for profile in people(MEDICINES[-1], WARM):
        checker.check(profile)
    gc.collect()
    gc.freeze()  # as `serve`, `mcp` and `screen` do, and a program that embeds checks may
    print(f"Whole checks with {len(checker.book.rules)} pages, in times the same pages as plain ifs")
    for medicines in MEDICINES:
        print(f"  {medicines:2} medicines {'':22} {measured(checker, people(medicines, count), rounds).line()}")
    worst: dict[str, float] = {}
    turns = [worst_legal(checker, turn) for turn in range(rounds)]
    for name in turns[0]:
        ratios = measured(checker, [turn[name] for turn in turns], 1)
        worst[name] = ratios.ratios[0]
        print(f"  {name:34} {worst[name]:9.1f} x {worst[name] * ratios.base_ms:7.1f} ms")
    print(f"The worst legal profile: {max(worst, key=lambda name: worst[name])}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
