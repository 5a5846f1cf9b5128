"""How do the tables of rules/vocabulary become a Vocabulary?

Ten thousand names stand in the tables, and one check reads a handful. So a name leads to its row only, which is
kept with the rules; what a row means is made when somebody asks for one of its names.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.lazy import LazyMapping
from magcheck.core.scales import Grade
from magcheck.profile import Route
from magcheck.terminology.magnesium_salts import Content, Property
from magcheck.terminology.normalise import DoseForms, normal
from magcheck.terminology.vocabulary import By, Group, Meaning, Substance, Vocabulary, together

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from magcheck.terminology.lexicon import Phrases

Row = dict[str, str]
RowName = tuple[str, str]
"""A table, and the name of its row."""
_INJECTED = frozenset({Route.INTRAVENOUS, Route.INJECTION})
"""One way: by needle and into a vein."""
_ACID = {"yes": True, "no": False, "partly": None}
_LAXATIVE = frozenset({"moderate", "high"})


class ClassEntry(NamedTuple):
    """One class of medicines: the wider classes and the everyday words."""

    name: str
    within: tuple[str, ...]
    words: tuple[str, ...]


def class_entries(data: Iterable[Mapping[str, Any]]) -> list[ClassEntry]:
    return [
        ClassEntry(entry["name"], tuple(entry.get("within", ())), tuple(entry.get("words", ()))) for entry in data
    ]


def rows(text: str) -> list[Row]:
    """Raises ValueError for a row that has more or fewer cells than the first."""
    header, *lines = csv.reader(io.StringIO(text))
    return [dict(zip(header, line, strict=True)) for line in lines if line]


def cell(row: Row, column: str) -> list[str]:
    """The parts of a list cell."""
    text = row[column]
    return [part for part in text.split("; ") if part] if text else []


def _by_name(text: str, column: str) -> dict[str, list[Row]]:
    by_name: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows(text):
        by_name[row[column]].append(row)
    return dict(by_name)


class Tables(NamedTuple):
    """What the tables say, by the words and codes that somebody may ask for; plain data that can be kept."""

    lineage: Mapping[str, frozenset[str]]
    """Class -> itself and every class above it."""
    substances: Mapping[str, Sequence[Row]]
    products: Mapping[str, Sequence[Row]]
    words: Mapping[str, Sequence[RowName]]
    """Normalised word -> the rows that hold it; where there are several, the word is ambiguous."""
    codes: Mapping[str, RowName]
    atc: Mapping[str, str]
    """Code -> name of a substance."""
    groups: Mapping[str, Sequence[Row]]
    """Normalised word -> the class or the brand families that are called so."""
    routes: Mapping[str, str]
    """Normalised word for a dose form -> the route that it tells, those that it leaves open, or nothing."""
    salts: frozenset[str]
    beside: frozenset[str]
    """Words that stand beside a name and are no form."""
    ways: Mapping[str, str]
    """Substances of one product, put `together` -> the routes by which such products are known to go."""

    @property
    def forms(self) -> DoseForms:
        return DoseForms({word: _routes(ways) for word, ways in self.routes.items()}, self.salts, self.beside)


class Words(NamedTuple):
    """What the tables do not hold: the question about a name of several things, and the words of written lines."""

    which_one: str
    phrases: Callable[[DoseForms], Phrases]


def read_tables(read: Callable[[str], str], classes: Sequence[ClassEntry]) -> Tables:
    """`read` gives the text of a table by its file name."""
    substances = _by_name(read("substances.csv"), "substance")
    products = _by_name(read("products.csv"), "product")
    lineage = _lineages(classes)
    meanings = _Meanings(lineage, substances, products)
    words = _words(meanings)
    forms = rows(read("dose_forms.csv"))
    return Tables(
        lineage=lineage,
        substances=substances,
        products=products,
        words=words,
        codes=_codes(substances, products),
        atc={row["atc"]: row["substance"] for row in rows(read("atc.csv"))},
        groups=_group_rows(classes, rows(read("families.csv")), words),
        routes={normal(row["word"]): row["route"] for row in forms if row["kind"] == "form"},
        salts=frozenset(normal(row["word"]) for row in forms if row["kind"] == "salt"),
        beside=frozenset(normal(row["word"]) for row in forms if row["kind"] == "beside"),
        ways=_sold_ways(meanings, read("rxnorm.csv")),
    )


def build_vocabulary(
    tables: Tables, packages: Callable[[], str], regions: Mapping[str, frozenset[str]], words: Words
) -> Vocabulary:
    """Each meaning is made when it is first asked for. `packages`: the text of the table of packaged products."""
    meanings = _Meanings(tables.lineage, tables.substances, tables.products)
    names = LazyMapping(tables.words, meanings.of_word)

    @cache
    def more_codes() -> Mapping[str, Meaning]:
        # By far the longest table, and only a code that no other table knows needs it.
        return dict(_packages(rows(packages()), meanings.substances))

    return Vocabulary(
        substances=meanings.substances,
        names=names,
        groups=_groups(tables.groups, meanings.substances, names, words.which_one),
        codes=LazyMapping(tables.codes, meanings.of_code),
        atc=LazyMapping(tables.atc, lambda _, name: _code(meanings.substances[name], None)),
        more_codes=more_codes,
        dose_forms=tables.forms,
        regions=regions,
        classes=tables.lineage,
        spellings=frozenset([*tables.words, *tables.groups]),
        ways=LazyMapping(tables.ways, lambda _, ways: frozenset(_routes(ways))),
        phrases=words.phrases,
    )


def make_all(vocabulary: Vocabulary) -> None:
    """Every meaning now, so that a mistake in a row shows at the start and not at somebody's check."""
    substances, names, codes = vocabulary.substances, vocabulary.names, vocabulary.codes
    for lazy in (substances, names, vocabulary.groups, codes, vocabulary.atc):
        dict(lazy)


class _Meanings:
    """What each row of the substances and products says."""

    def __init__(
        self,
        lineage: Mapping[str, frozenset[str]],
        substances: Mapping[str, Sequence[Row]],
        products: Mapping[str, Sequence[Row]],
    ) -> None:
        self.rows = {"substances": substances, "products": products}
        self.substances = LazyMapping(substances, lambda _, same: _substance(same[-1], lineage))
        self.of_row = cache(self._of_row)

    def _of_row(self, table: str, name: str) -> list[Meaning]:
        same = self.rows[table][name]
        if table == "products":
            return [_product(row, self.substances) for row in same]
        return [meaning for row in same for meaning in _substance_meanings(row, self.substances[name])]

    def of_word(self, word: str, row_names: Iterable[RowName]) -> tuple[Meaning, ...]:
        every = (meaning for table, name in row_names for meaning in self.of_row(table, name))
        return tuple(meaning for meaning in every if normal(meaning.label) == word)

    def of_code(self, code: str, row_name: RowName) -> Meaning:
        table, name = row_name
        if table == "substances":
            return _code(self.substances[name], code)
        (product, *_) = (meaning for meaning in self.of_row(table, name) if meaning.rxcui == code)
        return product._replace(by=By.CODE, countries=frozenset())


def _words(meanings: _Meanings) -> dict[str, list[RowName]]:
    rows_of: defaultdict[str, list[RowName]] = defaultdict(list)
    for table, kept in meanings.rows.items():
        for name in kept:
            for word in dict.fromkeys(normal(meaning.label) for meaning in meanings.of_row(table, name)):
                rows_of[word].append((table, name))
    return dict(rows_of)


def _codes(substances: Mapping[str, Sequence[Row]], products: Mapping[str, Sequence[Row]]) -> dict[str, RowName]:
    """A code of a substance and of a product is the product: that knows its route and its partners."""
    row_of = {
        code: ("substances", name)
        for name, same in substances.items()
        for row in same
        for code in cell(row, "rxcui")
    }
    for name, same in products.items():
        row_of |= {row["rxcui"]: ("products", name) for row in same if row["rxcui"]}
    return row_of


def _sold_ways(meanings: _Meanings, packages: str) -> dict[str, str]:
    named = (
        meaning
        for table, kept in meanings.rows.items()
        for name in kept
        for meaning in meanings.of_row(table, name)
    )
    coded = (meaning for _, meaning in _packages(rows(packages), meanings.substances))
    ways: defaultdict[str, set[Route]] = defaultdict(set)
    for meaning in chain(named, coded):
        if meaning.route is not None:
            injected = meaning.route in _INJECTED
            ways[together(meaning.substances)] |= _INJECTED if injected else {meaning.route}
    return {inside: " or ".join(sorted(found)) for inside, found in ways.items()}


def _lineages(classes: Iterable[ClassEntry]) -> dict[str, frozenset[str]]:
    """Class -> itself and every class above it."""
    above = {entry.name: entry.within for entry in classes}
    return {name: _lineage(name, above) for name in above}


def _lineage(name: str, above: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Every class is passed once, so that even a ring of classes ends."""
    reached: set[str] = set()
    to_visit = [name]
    while to_visit:
        current = to_visit.pop()
        if current not in reached:
            reached.add(current)
            to_visit += above.get(current, ())
    return frozenset(reached)


def _substance(row: Row, lineage: Mapping[str, frozenset[str]]) -> Substance:
    classes = cell(row, "classes")
    selectors = {row["substance"]}.union(*(lineage[name] for name in classes))
    # A page that names a salt means its variants too.
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


def _routes(ways: str) -> tuple[Route, ...]:
    return tuple(Route(way) for way in ways.split(" or ")) if ways else ()


def _route(word: str) -> Route | None:
    return Route(word) if word else None


def _code(substance: Substance, rxcui: str | None) -> Meaning:
    return Meaning((substance,), By.CODE, substance.name, route=substance.route, rxcui=rxcui or substance.rxcui)


def _substance_meanings(row: Row, substance: Substance) -> Iterator[Meaning]:
    alone = (substance,)
    for name in [substance.name, *cell(row, "names")]:
        yield Meaning(alone, By.NAME, name, route=substance.route, rxcui=substance.rxcui)
    for brand, countries in _by_brand(cell(row, "brands")):
        yield Meaning(alone, By.BRAND, brand, countries, substance.route, substance.rxcui)
    for brand, countries in _by_brand(cell(row, "other_brands")):
        name, _, route = brand.partition("@")
        yield Meaning(alone, By.BRAND, name, countries, _route(route) or substance.route, substance.rxcui)


def _by_brand(brands: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    countries: defaultdict[str, set[str]] = defaultdict(set)
    for brand in brands:
        country, _, name = brand.partition(":")
        countries[name].add(country)
    for name, where in countries.items():
        yield name, frozenset(where)


def _product(row: Row, substances: Mapping[str, Substance]) -> Meaning:
    return Meaning(
        substances=tuple(substances[name] for name in cell(row, "ingredients")),
        by=By.PRODUCT,
        label=row["product"],
        countries=frozenset(cell(row, "countries")),
        route=_route(row["route"]),
        rxcui=row["rxcui"] or None,
        others=tuple(cell(row, "other_ingredients")),
    )


def _packages(package_rows: Iterable[Row], substances: Mapping[str, Substance]) -> Iterator[tuple[str, Meaning]]:
    for row in package_rows:
        inside = tuple(substances[name] for name in cell(row, "means"))
        label = " / ".join(substance.name for substance in inside)
        route = _route(row["route"])
        yield row["rxcui"], Meaning(inside, By.CODE, label, route=route, rxcui=row["rxcui"])


def _group_rows(
    classes: Iterable[ClassEntry], families: Iterable[Row], names: Container[str]
) -> dict[str, list[Row]]:
    """Class words and brand families; a family comes before a class of the same name."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for entry in classes:
        for word in dict.fromkeys((entry.name, *entry.words)):
            if normal(word) not in names:
                groups[normal(word)].append({"name": word, "class": entry.name})
    for row in families:
        groups[normal(row["name"])].insert(0, row)
    return dict(groups)


def _groups(
    group_rows: Mapping[str, Sequence[Row]],
    substances: Mapping[str, Substance],
    names: Mapping[str, tuple[Meaning, ...]],
    which_one: str,
) -> LazyMapping[Sequence[Row], tuple[Group, ...]]:
    @cache
    def inside() -> Mapping[str, list[Meaning]]:
        found: defaultdict[str, list[Meaning]] = defaultdict(list)
        for substance in substances.values():
            alone = Meaning((substance,), By.NAME, substance.name, route=substance.route)
            for selector in substance.selectors:
                found[selector].append(alone)
        return found

    def group(row: Row) -> Group:
        if "class" in row:
            return Group(row["name"], tuple(inside()[row["class"]]), which_one)
        members = tuple(found for name in cell(row, "members") for found in names[normal(name)][:1])
        return Group(row["name"], members, row["question"], frozenset(cell(row, "countries")))

    return LazyMapping(group_rows, lambda _, found: tuple(map(group, found)))


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


_UNITS: dict[str, Literal["mL", "piece"] | None] = {"mL": "mL", "piece": "piece", "": None}


def known_contents(content_rows: Iterable[Row]) -> dict[str, Content]:
    """Normalised name of a product (or of a substance) -> the magnesium that one intake brings."""
    return {
        normal(row["name"]): Content(
            low_mg=float(row["low_mg"]),
            high_mg=float(row["high_mg"]),
            of=row["of"],
            least=float(row["least"]) if row["least"] else None,
            most=float(row["most"]) if row["most"] else None,
            unit=_UNITS[row["unit"]],
            source=row["source"],
            grade=Grade(row["grade"]),
        )
        for row in content_rows
    }
