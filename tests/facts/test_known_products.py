"""An amount that is written beside a known product: its strength by name, or more than the table knows of it."""

from __future__ import annotations

import pytest

from magcheck import Checker
from magcheck.report import Dose

CHECKER = Checker()


def dose(name: str, where: str = "supplements") -> Dose:
    found = CHECKER.check({"person": {"age": 40}, where: [name]}).dose
    assert found is not None
    return found


LARGER = [
    ("Mag-Ox 800 mg", 800),
    ("mag ox 800 mg", 800),
    ("Mag-Ox 1000 mg", 1000),
    ("Mag-Ox 500 mg", 500),
    ("Mag-Ox 800 mg daily", 800),
    ("Mag-Ox 800 mg twice a day", 1600),
    ("Mag-Tab SR 500 mg", 500),
    ("Slow-Mag 500 mg", 500),
    ("Slow-Mag 1000 mg", 1000),
    ("Uro-Mag 500 mg", 500),
    ("Magnetrans extra 600 mg", 600),
    ("Magnetrans forte 500 mg", 500),
    ("Magnevie B6 500 mg", 500),
    ("Spasmag 400 mg", 400),
    ("Spasmag 400 mg twice a day", 800),
    ("multivitamin with magnesium 500 mg", 500),
]


@pytest.mark.parametrize("where", ["supplements", "medications"])
@pytest.mark.parametrize(("name", "milligrams"), LARGER)
def test_more_than_a_product_is_known_to_hold_counts(name: str, milligrams: float, where: str) -> None:
    assert dose(name, where).high == milligrams


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("Mag-Ox 400 mg", 240, 240),
        ("Mag-Ox 400", 240, 240),
        ("Mag-Ox 400 mg tablet", 240, 240),
        ("Mag-Ox 400 mg (magnesium oxide)", 240, 240),
        ("Mag-Ox 400 mg twice a day", 480, 480),
        ("Mag-Ox 241 mg", 240, 240),
        ("Mag-Ox 400 mg (241.3 mg elemental)", 241.3, 241.3),
        ("Mag-Tab SR 84 mg", 84, 84),
        ("Slow-Mag 64 mg", 64, 144),
        ("Slow-Mag 143 mg", 64, 144),
        ("Slow-Mag 535 mg", 64, 144),
        ("Uro-Mag 140 mg", 84.5, 84.5),
        ("Magnetrans extra 243 mg", 243, 243),
        ("Magnetrans forte 150 mg", 150, 150),
        ("Magne B6 48 mg", 48, 100),
        ("Mag 2 122 mg", 100, 184),
        ("Spasmag 59 mg", 59, 59),
        ("LMNT 60 mg", 60, 60),
        ("ZMA 450 mg", 300, 450),
        ("Pepcid Complete 10 mg", 69, 138),
        ("milk of magnesia 1200 mg", 500, 2000),
        ("multivitamin with magnesium 100 mg", 0, 200),
        ("Centrum 100 mg", 0, 200),
    ],
)
def test_its_strength_by_name_changes_nothing(name: str, low: float, high: float) -> None:
    assert (dose(name).low, dose(name).high) == (low, high)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("emergen-c 1000 mg", "emergen-c"),
        ("Berocca 1000 mg", "Berocca"),
        ("LMNT 1000 mg", "LMNT"),
        ("ZMA 800 mg", "ZMA"),
        ("multivitamin 500 mg", "multivitamin"),
        ("One A Day 500 mg", "One A Day"),
    ],
)
def test_milligrams_of_a_product_of_many_things_are_not_those_of_its_magnesium(name: str, bare: str) -> None:
    assert (dose(name).low, dose(name).high) == (dose(bare).low, dose(bare).high)
