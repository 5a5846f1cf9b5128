"""Invented people whose names stand in the tables; the same number is always the same person."""

import random
from functools import cache
from typing import Any

from tests.third_opinion import tables
from tests.third_opinion.naive import within
from tests.third_opinion.person import Profile, listed, region, without_route
from tests.third_opinion.tables import Page

ROUTES = ["oral"] * 6 + ["intravenous", "injection", "rectal", "skin", "inhaled", "eye"]
COUNTRIES = ["US", "CA", "UK", "GB", "DE", "FR", "EU", "AU", "NZ", "JP", "BR", "IN"]
NOT_NAMES = ["zzqk", "qwxorol", "my blue pill"]
AMOUNTS = [
    1,
    5,
    10,
    10.5,
    12,
    25,
    40,
    50,
    64,
    65,
    66,
    100,
    110,
    142,
    150,
    151,
    200,
    250,
    251,
    300,
    350,
    351,
    400,
    500,
    700,
    701,
    1000,
    1500,
    2000,
    2501,
    3000,
]
EGFRS = [8, 14.9, 15, 29.9, 30, 44.9, 45, 59.9, 60, 75, 90, 110]
AGES = [0.5, 1, 3.9, 4, 8.9, 9, 17.9, 18, 30, 45, 64.9, 65, 72, 88]


def person(number: int) -> Profile:
    """The person of this number; every second one is made for a page to speak."""
    chance = random.Random(number)
    profile = anybody(chance)
    if number % 2:
        towards(chance, chance.choice(tables.pages()), profile)
    return profile


def towards(chance: random.Random, page: Page, profile: Profile) -> None:
    """Add what most lines of a page ask for."""
    for line in page["when"]:
        for key, value in line.items():
            if key in {"taking", "also taking"}:
                add_item(chance, listed(value), profile)
            elif key == "number taking":
                for _ in range(value.get("from", 0)):
                    add_item(chance, listed(value["of"]), profile)
            elif key in {"condition", "symptom", "goal"}:
                profile.setdefault(f"{key}s", []).append(chance.choice(listed(value)))
            elif key == "country":
                profile["country"] = chance.choice(
                    [name for name in COUNTRIES if region({"country": name}) in listed(value)]
                )
            elif key == "age":
                profile.setdefault("person", {})["age"] = chance.choice(
                    [age for age in AGES if within(age, value)]
                )


def add_item(chance: random.Random, terms: list[str], profile: Profile) -> None:
    """One more thing of these kinds, taken in the way that the page names."""
    term = chance.choice(terms)
    names = names_of_kind().get(without_route(term), ())
    if not names:
        return
    told = item(chance, "dose_mg", names)
    told.pop("route", None)
    if term.endswith((" by injection", " in the rectum")):
        told["route"] = "rectal" if term.endswith("rectum") else "intravenous"
    profile["medications"].append(told)


@cache
def names_of_kind() -> dict[str, tuple[str, ...]]:
    """The clear names of each kind of thing."""
    found: dict[str, list[str]] = {}
    for clear in tables.clear_names():
        for kind in kinds_of(clear):
            found.setdefault(kind, []).append(clear)
    return {kind: tuple(names) for kind, names in found.items()}


def anybody(chance: random.Random) -> Profile:
    """Somebody of whom this and that was told."""
    profile: Profile = {
        "medications": [item(chance, "dose_mg") for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 5]))],
        "supplements": supplements(chance),
    }
    for field, told in (("person", about(chance)), ("kidney", kidney(chance)), ("labs", labs(chance))):
        if told:
            profile[field] = told
    for kind, often in (("conditions", 0.35), ("symptoms", 0.15), ("goals", 0.35)):
        if chance.random() < often:
            profile[kind] = chance.sample(trait_words(kind), chance.choice([1, 1, 2]))
    if chance.random() < 0.6:
        profile["country"] = chance.choice(COUNTRIES)
    return profile


def supplements(chance: random.Random) -> list[dict[str, Any]]:
    """Some magnesium most of the time, and other things."""
    found = [item(chance, "amount_mg", magnesium_names()) for _ in range(chance.choice([0, 1, 1, 1, 2]))]
    return found + [item(chance, "amount_mg") for _ in range(chance.choice([0, 0, 0, 1, 2]))]


def item(chance: random.Random, amount: str, names: tuple[str, ...] | None = None) -> dict[str, Any]:
    """One medicine or product."""
    told: dict[str, Any] = {"name": name(chance, names)}
    usual = tables.meanings().get(told["name"].lower())
    if chance.random() < 0.15 and not (usual and any(meaning.route for meaning in usual)):
        told["route"] = chance.choice(ROUTES)
    if chance.random() < 0.5:
        told[amount] = chance.choice(AMOUNTS)
    if amount == "amount_mg" and chance.random() < 0.6:
        told["basis"] = chance.choice(["elemental", "compound", "unknown"])
        if chance.random() < 0.2:
            told["elemental_percent"] = chance.choice([8, 14.1, 20, 60.3])
    if chance.random() < 0.6:
        told["times"] = sorted(
            {
                f"{chance.randrange(24):02}:{chance.choice([0, 0, 30, 59]):02}"
                for _ in range(chance.choice([1, 1, 1, 2]))
            }
        )
    elif chance.random() < 0.4:
        told["per_day"] = chance.choice([1, 2, 3])
    return told


def name(chance: random.Random, names: tuple[str, ...] | None) -> str:
    """Of the things that pages name, of all others, or no name at all."""
    if names is not None:
        return chance.choice(names)
    share = chance.random()
    if share < 0.06:
        return chance.choice(unclear_names())
    return chance.choice(interesting_names() if share < 0.7 else tables.clear_names())


@cache
def unclear_names() -> tuple[str, ...]:
    """Names of several things (the same everywhere or by country), and no names."""
    several = [name for name, meant in tables.meanings().items() if len(meant) > 1]
    return (*NOT_NAMES * 10, *sorted(tables.class_words()), *sorted(tables.families()) * 5, *sorted(several) * 5)


@cache
def magnesium_names() -> tuple[str, ...]:
    """Clear names of what holds magnesium."""
    return tuple(found for found in tables.clear_names() if "magnesium" in kinds_of(found))


@cache
def kinds_of(found: str) -> frozenset[str]:
    """All that pages may call a clear name."""
    meaning = next(iter(tables.meanings()[found]))
    return tables.thing_kinds(meaning)


@cache
def interesting_names() -> tuple[str, ...]:
    """Clear names of things that some page names."""
    named = {
        without_route(term)
        for page in tables.pages()
        for line in page["when"]
        for key, value in line.items()
        if "taking" in key
        for term in listed(value["of"] if isinstance(value, dict) else value)
    }
    return tuple(found for found in tables.clear_names() if kinds_of(found) & named - {"magnesium"})


@cache
def trait_words(kind: str) -> list[str]:
    """Words that pages name count three times."""
    named = {
        value for page in tables.pages() for line in page["when"] for value in listed(line.get(kind[:-1], []))
    }
    words = tables.traits(kind)
    return [word for word in sorted(words) for _ in range(3 if words[word] in named else 1)]


def about(chance: random.Random) -> dict[str, Any]:
    """Age, sex, pregnancy, height."""
    told: dict[str, Any] = {}
    if chance.random() < 0.7:
        told["age"] = chance.choice(AGES)
    if chance.random() < 0.6:
        told["sex"] = chance.choice(["female", "male"])
    if told.get("sex") == "female" and told.get("age", 30) in {18, 30, 45} and chance.random() < 0.5:
        told["pregnancy"] = chance.choice(["none", "pregnant", "breastfeeding"])
    if chance.random() < 0.2:
        told["height_cm"] = 130
    return told


def kidney(chance: random.Random) -> dict[str, Any]:
    """One of the ways to tell about kidneys, seldom several."""
    told: dict[str, Any] = {}
    way = chance.random()
    if way < 0.25:
        told["egfr"] = chance.choice(EGFRS)
    elif way < 0.45:
        unit, least, most = chance.choice([("mg/dL", 0.5, 6), ("umol/L", 45, 530)])
        told["creatinine"] = {"value": round(chance.uniform(least, most), 1), "unit": unit}
    elif way < 0.55:
        told["stage"] = chance.choice(["G1", "G2", "G3", "G3a", "G3b", "G4", "G5"])
    for field, often in (("disease", 0.1), ("dialysis", 0.05), ("acute", 0.04)):
        if chance.random() < often:
            told[field] = True
    return told


def labs(chance: random.Random) -> dict[str, Any]:
    """A blood value, seldom."""
    if chance.random() > 0.15:
        return {}
    unit, values = chance.choice(
        [
            ("mg/dL", [1.1, 1.2, 1.81, 1.82, 2, 2.31, 2.4, 2.5, 2.6, 4.86, 4.9, 6]),
            ("mmol/L", [0.4, 0.6, 0.8, 1, 1.2, 2.1]),
        ]
    )
    return {"magnesium": {"value": chance.choice(values), "unit": unit}}
