"""How do the tables of rules/vocabulary become a Vocabulary?"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from magcheck.dose import Content, Property
from magcheck.fields import MAGNESIUM
from magcheck.names import DoseForms, normal
from magcheck.profile import Route
from magcheck.rule import Grade
from magcheck.vocabulary import By, Group, Meaning, Substance, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Row = dict[str, str]
_ACID = {"yes": True, "no": False, "partly": None}
_LAXATIVE = frozenset({"moderate", "high"})


@dataclass(frozen=True)
class ClassEntry:
    """One class of medicines: the wider classes and the everyday words."""

    name: str
    within: tuple[str, ...]
    words: tuple[str, ...]


def rows(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def cell(row: Row, column: str) -> list[str]:
    """The parts of a list cell."""
    return [part for part in row[column].split("; ") if part]


def build_vocabulary(
    read: Callable[[str], str],
    classes: Sequence[ClassEntry],
    regions: Mapping[str, frozenset[str]],
    which_one: str,
) -> Vocabulary:
    """`read` gives the text of a table by its file name."""
    lineage = {entry.name: _lineage(entry.name, classes) for entry in classes}
    substance_rows = rows(read("substances.csv"))
    substances = {row["substance"]: _substance(row, lineage) for row in substance_rows}
    meanings: defaultdict[str, list[Meaning]] = defaultdict(list)
    codes: dict[str, Meaning] = {}
    for row in substance_rows:
        _add_substance(row, substances[row["substance"]], meanings, codes)
    for row in rows(read("products.csv")):
        _add_product(row, substances, meanings, codes)
    names = {name: tuple(found) for name, found in meanings.items()}

    @cache
    def more_codes() -> Mapping[str, Meaning]:
        return dict(_packages(rows(read("rxnorm.csv")), substances))

    return Vocabulary(
        substances=substances,
        names=names,
        groups=_groups(classes, rows(read("families.csv")), substances, names, which_one),
        codes=codes,
        atc={row["atc"]: _code(substances[row["substance"]], None) for row in rows(read("atc.csv"))},
        more_codes=more_codes,
        dose_forms=_dose_forms(rows(read("dose_forms.csv"))),
        regions=regions,
        classes=lineage,
    )


def _lineage(name: str, classes: Iterable[ClassEntry]) -> frozenset[str]:
    above = {entry.name: entry.within for entry in classes}
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += above.get(one, ())
    return frozenset(found)


def _substance(row: Row, lineage: Mapping[str, frozenset[str]]) -> Substance:
    classes = cell(row, "classes")
    selectors = {row["substance"]}.union(*(lineage[name] for name in classes))
    if MAGNESIUM in selectors and row["of"]:
        selectors.add(row["of"])
    return Substance(
        name=row["substance"],
        classes=tuple(classes),
        selectors=frozenset(selectors),
        rxcui=next(iter(cell(row, "rxcui")), None),
        route=_route(row["route"]),
        of=row["of"] or None,
    )


def _route(word: str) -> Route | None:
    return Route(word) if word else None


def _code(substance: Substance, rxcui: str | None) -> Meaning:
    return Meaning((substance,), By.CODE, substance.name, route=substance.route, rxcui=rxcui or substance.rxcui)


def _add_substance(
    row: Row, substance: Substance, names: defaultdict[str, list[Meaning]], codes: dict[str, Meaning]
) -> None:
    alone = (substance,)
    for name in [substance.name, *cell(row, "names")]:
        meaning = Meaning(alone, By.NAME, name, route=substance.route, rxcui=substance.rxcui)
        names[normal(name)].append(meaning)
    for brand, countries in _by_brand(cell(row, "brands")):
        names[normal(brand)].append(Meaning(alone, By.BRAND, brand, countries, substance.route, substance.rxcui))
    for brand, countries in _by_brand(cell(row, "other_brands")):
        name, _, route = brand.partition("@")
        names[normal(name)].append(
            Meaning(alone, By.BRAND, name, countries, _route(route) or substance.route, substance.rxcui)
        )
    for code in cell(row, "rxcui"):
        codes[code] = _code(substance, code)


def _by_brand(brands: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    countries: defaultdict[str, set[str]] = defaultdict(set)
    for brand in brands:
        country, _, name = brand.partition(":")
        countries[name].add(country)
    for name, where in countries.items():
        yield name, frozenset(where)


def _add_product(
    row: Row,
    substances: Mapping[str, Substance],
    names: defaultdict[str, list[Meaning]],
    codes: dict[str, Meaning],
) -> None:
    meaning = Meaning(
        substances=tuple(substances[name] for name in cell(row, "ingredients")),
        by=By.PRODUCT,
        label=row["product"],
        countries=frozenset(cell(row, "countries")),
        route=_route(row["route"]),
        rxcui=row["rxcui"] or None,
        others=tuple(cell(row, "other_ingredients")),
    )
    names[normal(row["product"])].append(meaning)
    if meaning.rxcui:
        codes[meaning.rxcui] = Meaning(
            meaning.substances,
            By.CODE,
            meaning.label,
            route=meaning.route,
            rxcui=meaning.rxcui,
            others=meaning.others,
        )


def _packages(package_rows: Iterable[Row], substances: Mapping[str, Substance]) -> Iterator[tuple[str, Meaning]]:
    for row in package_rows:
        inside = tuple(substances[name] for name in cell(row, "means"))
        label = " / ".join(substance.name for substance in inside)
        route = _route(row["route"])
        yield row["rxcui"], Meaning(inside, By.CODE, label, route=route, rxcui=row["rxcui"])


def _groups(
    classes: Iterable[ClassEntry],
    families: Iterable[Row],
    substances: Mapping[str, Substance],
    names: Mapping[str, tuple[Meaning, ...]],
    which_one: str,
) -> dict[str, tuple[Group, ...]]:
    groups: defaultdict[str, list[Group]] = defaultdict(list)
    inside: defaultdict[str, list[Meaning]] = defaultdict(list)
    for substance in substances.values():
        alone = Meaning((substance,), By.NAME, substance.name, route=substance.route)
        for selector in substance.selectors:
            inside[selector].append(alone)
    for entry in classes:
        members = tuple(inside[entry.name])
        for word in {entry.name, *entry.words}:
            if normal(word) not in names:
                groups[normal(word)].append(Group(word, members, which_one))
    for row in families:
        members = tuple(found for name in cell(row, "members") for found in names[normal(name)][:1])
        groups[normal(row["name"])].insert(
            0, Group(row["name"], members, row["question"], frozenset(cell(row, "countries")))
        )
    return {word: tuple(found) for word, found in groups.items()}


def _dose_forms(form_rows: Iterable[Row]) -> DoseForms:
    words = list(form_rows)
    return DoseForms(
        routes={normal(row["word"]): _route(row["route"]) for row in words if row["kind"] == "form"},
        salts=frozenset(normal(row["word"]) for row in words if row["kind"] == "salt"),
    )


def magnesium_forms(form_rows: Iterable[Row]) -> dict[str, tuple[Property, ...]]:
    """Salt -> what is known of each of its variants."""
    found: defaultdict[str, list[Property]] = defaultdict(list)
    for row in form_rows:
        found[row["substance"]].append(
            Property(
                percent=float(row["elemental_percent"]),
                acid_neutralising=_ACID[row["acid_neutralising"]],
                laxative=row["laxative"] in _LAXATIVE,
            )
        )
    return {name: tuple(variants) for name, variants in found.items()}


def known_contents(content_rows: Iterable[Row]) -> dict[str, Content]:
    """Normalised name of a product (or of a substance) -> the magnesium that one intake brings."""
    return {
        normal(row["name"]): Content(
            low_mg=float(row["low_mg"]),
            high_mg=float(row["high_mg"]),
            of=row["of"],
            source=row["source"],
            grade=Grade(row["grade"]),
        )
        for row in content_rows
    }
