"""Which facts may a rule page ask about? Names, units, and the answer that would settle an unknown one."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

SCALE = 1000
"""Facts are integers: thousandths of their unit."""
BEYOND = 10**15
"""Larger than any fact; the bound of what is not known."""


class Quantity(NamedTuple):
    """A number in a page: `egfr: {from: 30, below: 45}`."""

    fact: str
    unit: str
    settled_by: str
    """The profile field whose answer makes it known."""
    needs_unit: bool = True


QUANTITIES: dict[str, Quantity] = {
    "age": Quantity("age", "years", "person.age", needs_unit=False),
    "egfr": Quantity("egfr", "mL/min/1.73 m2", "kidney.egfr", needs_unit=False),
    "daily magnesium": Quantity("daily_magnesium", "mg", "supplements.amount_mg"),
    "amount a day": Quantity("amount_per_day", "mg", "amount"),
    "serum magnesium": Quantity("serum_magnesium", "mg/dL", "labs.magnesium"),
}

FLAGS: dict[str, tuple[str, str]] = {
    "dialysis": ("dialysis", "kidney.dialysis"),
    "acute kidney injury": ("acute_kidney_injury", "kidney.acute"),
    "kidney disease": ("kidney_disease", "kidney.disease"),
    "amount told": ("amount_told", "amount"),
}
"""Word in a page -> (fact, profile field); answered with yes or no."""

OF_THE_MEDICINE: tuple[str, ...] = ("amount a day", "amount told")
"""Words that speak of the medicine or supplement that the page is about."""
OF_A_SUM: tuple[str, ...] = (QUANTITIES["amount a day"].fact, FLAGS["amount told"][0])
"""Facts about the sum of all items that a page calls the same."""

CHOICES: dict[str, tuple[str, str]] = {
    "kidney value": ("kidney_value", "kidney.egfr"),
    "pregnancy": ("pregnancy", "person.pregnancy"),
    "country": ("country", "country"),
}
"""Word in a page -> (fact, profile field); answered with one word or a list of words."""

TRAITS: dict[str, str] = {"condition": "conditions", "symptom": "symptoms", "goal": "goals"}
"""Word in a page -> list of the profile."""
WORD_LISTS = tuple(TRAITS.values())
ITEM_LISTS = ("medications", "supplements")
LISTS = (*WORD_LISTS, *ITEM_LISTS)
"""Lists of the profile."""

SWALLOWED = "by mouth"
ROUTES: dict[str, frozenset[str]] = {
    SWALLOWED: frozenset({"oral"}),
    "by injection": frozenset({"intravenous", "injection"}),
    "in the eye": frozenset({"eye"}),
    "in the ear": frozenset({"ear"}),
    "on the skin": frozenset({"skin"}),
    "inhaled": frozenset({"inhaled"}),
    "in the vagina": frozenset({"vaginal"}),
    "in the rectum": frozenset({"rectal"}),
    "in the nose": frozenset({"nasal"}),
}
"""How a page says a route -> the routes of the profile."""

MAGNESIUM = "magnesium"
"""The class that every check is about."""
PROPERTIES: dict[str, str] = {
    "acid-neutralising magnesium": "acid_neutralising",
    "laxative magnesium": "laxative",
}
"""Kinds of magnesium that a page may name -> fact about a product."""

PRODUCT_FIELD = "supplements.name"
"""What settles an unknown property of a product."""


@cache
def route_fact(phrase: str) -> str:
    return phrase.replace(" ", "_")


def product_fact(name: str) -> str:
    """A fact about the magnesium product of a pair, not about the medicine."""
    return f"product {name}"


@cache
def choice_fact(fact: str, word: str) -> str:
    return f"{fact}:{word}"
