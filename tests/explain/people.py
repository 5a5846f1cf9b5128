"""The golden persons, and people whom nobody thought of, for the tests of changes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from magcheck.knowledge.document import read_document

GOLDEN = sorted((Path(__file__).parents[1] / "people" / "profiles").glob("*.yaml"))
MEDICINES = [
    "cefuroxime", "gefitinib", "levothyroxine", "lithium", "furosemide", "ciprofloxacin", "amfetamine",
    "ulipristal",
    "spironolactone", "amlodipine", "tacrolimus", "alendronic acid", "doxycycline", "Maalox", "Xyzol",
]  # fmt: skip
PRODUCTS = [
    "magnesium",
    "magnesium glycinate",
    "magnesium oxide",
    "magnesium citrate",
    "magnesium sulfate",
    "calcium",
]
CLOCKS = ["06:00", "07:30", "08:00", "12:30", "18:00", "20:00", "22:00"]
AMOUNTS = [50.0, 200.0, 360.0, 600.0, 1000.0, 4000.0]


def golden(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = read_document(path.read_bytes(), path.name).data
    return data


def random_people(count: int) -> list[dict[str, Any]]:
    chance = random.Random(5)
    return [_person(chance) for _ in range(count)]


def _person(chance: random.Random) -> dict[str, Any]:
    return {
        "person": _some(chance, age=[0.5, 6, 12, 40, 70, 70], sex=["female", "male"]),
        "kidney": _some(chance, egfr=[20, 44.9, 90], creatinine=[{"value": 1.6, "unit": "mg/dL"}], unlikely=True),
        "medications": [_medicine(chance) for _ in range(chance.randrange(4))],
        "supplements": [_product(chance) for _ in range(chance.randrange(3))],
        **_some(
            chance, country=["US", "DE", "JP"], conditions=[["diabetes"], ["myasthenia gravis"]], unlikely=True
        ),
    }


def _some(chance: random.Random, *, unlikely: bool = False, **choices: list[Any]) -> dict[str, Any]:
    return {
        name: chance.choice(from_)
        for name, from_ in choices.items()
        if chance.random() < (0.3 if unlikely else 0.8)
    }


def _medicine(chance: random.Random) -> dict[str, Any]:
    fixed = {"fixed": True} if chance.random() < 0.2 else {}
    return {"name": chance.choice(MEDICINES), **_times(chance), **fixed}


def _product(chance: random.Random) -> dict[str, Any]:
    told = _some(chance, amount_mg=AMOUNTS, basis=["elemental", "compound", "unknown"])
    return {"name": chance.choice(PRODUCTS), **told, **_times(chance)}


def _times(chance: random.Random) -> dict[str, Any]:
    times = chance.sample(CLOCKS, chance.randrange(1, 3))
    return {"times": times} if chance.random() < 0.7 else {}
