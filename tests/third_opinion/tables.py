"""The tables and pages of rules/, read with csv and PyYAML and nothing else."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).parents[2] / "rules"
VOCABULARY = RULES / "vocabulary"

Page = dict[str, Any]


@dataclass(frozen=True)
class Meaning:
    """What a name means: its substances, and the route that the tables give (empty: may be swallowed)."""

    substances: tuple[str, ...]
    route: str
    holds_more: bool = False

    @property
    def is_mixture(self) -> bool:
        """Does its amount say nothing about one of its substances?"""
        return self.holds_more or len(self.substances) != 1


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table."""
    with (VOCABULARY / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def cell(text: str) -> list[str]:
    """A list inside a cell is separated by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def document(path: Path) -> Any:
    """One YAML file."""
    with path.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


@cache
def pages() -> tuple[Page, ...]:
    """Every page that is not retired."""
    found = [document(path) for path in sorted(RULES.rglob("*.yaml")) if path.parent not in {RULES, VOCABULARY}]
    return tuple(page for page in found if isinstance(page, dict) and "id" in page and page["status"] != "retired")


@cache
def substances() -> dict[str, dict[str, str]]:
    """Each substance by its name."""
    return {row["substance"]: row for row in rows("substances.csv")}


@cache
def wider_classes() -> dict[str, list[str]]:
    """Which wider classes a class stands in."""
    return {entry["name"]: entry.get("within", []) for entry in document(VOCABULARY / "classes.yaml")}


@cache
def salts() -> dict[str, list[dict[str, str]]]:
    """The variants of each magnesium salt."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows("forms.csv"):
        found[row["substance"]].append(row)
    return dict(found)


@cache
def kinds(substance: str) -> frozenset[str]:
    """Everything that a page may call this substance."""
    row = substances()[substance]
    return with_wider(cell(row["classes"])) | {substance, salt_of(substance)} | properties(substance)


def salt_of(substance: str) -> str:
    """A salt counts as the one that it belongs to; another formulation of a medicine is a medicine of its own."""
    row = substances()[substance]
    return row["of"] if row["of"] in salts() else substance


def with_wider(classes: list[str]) -> frozenset[str]:
    """These classes and all that they stand in."""
    found: set[str] = set()
    waiting = list(classes)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += wider_classes().get(name, [])
    return frozenset(found)


def properties(substance: str) -> set[str]:
    """What forms.csv says of a salt in all its variants."""
    variants = salts().get(substance, [])
    found = set()
    if variants and all(row["acid_neutralising"] == "yes" for row in variants):
        found.add("acid-neutralising magnesium")
    if variants and all(row["laxative"] == "high" for row in variants):
        found.add("laxative magnesium")
    return found


@cache
def contents() -> dict[str, float]:
    """The least magnesium of one intake of a known product, in milligrams."""
    return {row["name"].lower(): float(row["low_mg"]) for row in rows("contents.csv")}


@cache
def listed_meanings() -> dict[str, list[tuple[str, Meaning]]]:
    """Every name of a substance or product, in lower case: each country (empty: any) and what it means there."""
    found: dict[str, list[tuple[str, Meaning]]] = defaultdict(list)
    for row in rows("products.csv"):
        meaning = Meaning(tuple(cell(row["ingredients"])), row["route"], bool(row["other_ingredients"]))
        for country in cell(row["countries"]) or [""]:
            found[row["product"].lower()].append((country, meaning))
    for row in rows("substances.csv"):
        substance = (row["substance"],)
        for name in [row["substance"], *cell(row["names"])]:
            found[name.lower()].append(("", Meaning(substance, row["route"])))
        for brand in cell(row["brands"]):
            country, name = country_and_name(brand)
            found[name].append((country, Meaning(substance, row["route"])))
        for brand in cell(row["other_brands"]):
            country, name = country_and_name(brand.rsplit("@", 1)[0])
            found[name].append((country, Meaning(substance, brand.rsplit("@", 1)[1])))
    return dict(found)


def country_and_name(brand: str) -> tuple[str, str]:
    """ "US:Cipro" is US, and cipro."""
    head, colon, tail = brand.partition(":")
    return (head, tail.lower()) if colon and len(head) == 2 else ("", brand.lower())


@cache
def meanings() -> dict[str, frozenset[Meaning]]:
    """Every name, and all that it means somewhere."""
    return {name: frozenset(meaning for _, meaning in listed) for name, listed in listed_meanings().items()}


@cache
def class_words() -> dict[str, frozenset[Meaning]]:
    """Words for a class of medicines, and all that they may mean."""
    found = {}
    for entry in document(VOCABULARY / "classes.yaml"):
        members = frozenset(
            Meaning((name,), row["route"]) for name, row in substances().items() if entry["name"] in kinds(name)
        )
        for word in [entry["name"], *entry.get("words", [])]:
            found[word.lower()] = members
    return {name: members for name, members in found.items() if name not in substances()}


@cache
def families() -> dict[str, list[tuple[list[str], frozenset[Meaning]]]]:
    """Names that several products share: in which countries (none: anywhere), and all that they may mean."""
    found: dict[str, list[tuple[list[str], frozenset[Meaning]]]] = defaultdict(list)
    for row in rows("families.csv"):
        members = frozenset(meaning for name in cell(row["members"]) for meaning in meanings()[name.lower()])
        found[row["name"].lower()].append((cell(row["countries"]), members))
    return dict(found)


@cache
def thing_kinds(meaning: Meaning) -> frozenset[str]:
    """All that the substances of one thing are called."""
    return frozenset().union(*(kinds(part) for part in meaning.substances))


@cache
def clear_names() -> tuple[str, ...]:
    """Names with one meaning in the whole world."""
    return tuple(
        sorted(
            name
            for name, all_of_it in meanings().items()
            if len(all_of_it) == 1 and name not in class_words() and name not in families()
        )
    )


@cache
def traits(kind: str) -> dict[str, str]:
    """Each wording of the conditions, symptoms or goals, and what it means."""
    listed = document(VOCABULARY / "traits.yaml")[kind]
    return {word.lower(): name for name, words in listed.items() for word in [name, *(words or [])]}


@cache
def countries() -> tuple[dict[str, str], str, str]:
    """Country to region, the default country, and what every other one is."""
    table = document(RULES / "countries.yaml")
    regions = {country: region for region, members in table["regions"].items() for country in members}
    return regions, table["default"], table["elsewhere"]


@cache
def equations() -> dict[str, Any]:
    """The figures of the formulae."""
    read: dict[str, Any] = document(RULES / "equations.yaml")
    return read
