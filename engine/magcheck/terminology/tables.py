"""How do the tables of rules/vocabulary become a Vocabulary?

Ten thousand names stand in the tables, and one check reads a handful. So a name leads to its row only, by the
spellings that are kept with the rules; what a row means is made when somebody asks for one of its names.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.lazy import LazyMapping
from magcheck.core.scales import Grade
from magcheck.profile import Route
from magcheck.terminology.magnesium_salts import Content, Property
from magcheck.terminology.normalise import DoseForms, normal
from magcheck.terminology.vocabulary import By, Group, Meaning, Substance, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Row = dict[str, str]
Spellings = Mapping[str, Mapping[str, Sequence[str]]]
"""Table -> name of its row -> every name in that row, normalised."""
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


class Words(NamedTuple):
    """What the tables do not hold: the question about a name of several things, and the words of written lines."""

    which_one: str
    lists: tuple[Mapping[str, Any], ...]


def build_vocabulary(
    read: Callable[[str], str],
    classes: Sequence[ClassEntry],
    regions: Mapping[str, frozenset[str]],
    words: Words,
    spellings: Spellings | None = None,
) -> Vocabulary:
    """`read` gives the text of a table by its file name; `spellings` are those of these very tables, if known.

    With them, each meaning is made when it is first asked for; without, all of it now, so that mistakes show.
    """
    tables = _Tables(read, classes)
    spelled = spellings or tables.spellings()
    names = tables.names(spelled)

    @cache
    def more_codes() -> Mapping[str, Meaning]:
        # By far the longest table, and only a code that no other table knows needs it.
        return dict(_packages(rows(read("rxnorm.csv")), tables.substances))

    vocabulary = Vocabulary(
        substances=tables.substances,
        names=names,
        groups=_groups(classes, rows(read("families.csv")), tables.substances, names, words.which_one),
        codes=tables.codes(),
        atc=LazyMapping(
            {row["atc"]: row["substance"] for row in rows(read("atc.csv"))},
            lambda _, name: _code(tables.substances[name], None),
        ),
        more_codes=more_codes,
        dose_forms=_dose_forms(rows(read("dose_forms.csv"))),
        regions=regions,
        classes=tables.lineage,
        word_lists=words.lists,
    )
    if spellings is None:
        _make_all(vocabulary)
    return vocabulary


def _make_all(vocabulary: Vocabulary) -> None:
    substances, names, codes = vocabulary.substances, vocabulary.names, vocabulary.codes
    for lazy in (substances, names, vocabulary.groups, codes, vocabulary.atc):
        dict(lazy)


def spellings_of(read: Callable[[str], str], classes: Sequence[ClassEntry]) -> Spellings:
    """What `build_vocabulary` may be given to be faster."""
    return _Tables(read, classes).spellings()


class _Tables:
    """The rows of substances and products, and what each of them says."""

    def __init__(self, read: Callable[[str], str], classes: Sequence[ClassEntry]) -> None:
        self.lineage = _lineages(classes)
        self._rows = {
            "substances": _by_name(read("substances.csv"), "substance"),
            "products": _by_name(read("products.csv"), "product"),
        }
        self.substances = LazyMapping(self._rows["substances"], lambda _, same: _substance(same[-1], self.lineage))
        self.meanings = cache(self._meanings)

    def _meanings(self, table: str, name: str) -> list[Meaning]:
        same = self._rows[table][name]
        if table == "products":
            return [_product(row, self.substances) for row in same]
        return [meaning for row in same for meaning in _substance_meanings(row, self.substances[name])]

    def spellings(self) -> Spellings:
        return {
            table: {
                name: list(dict.fromkeys(normal(m.label) for m in self.meanings(table, name))) for name in kept
            }
            for table, kept in self._rows.items()
        }

    def names(self, spellings: Spellings) -> LazyMapping[list[tuple[str, str]], tuple[Meaning, ...]]:
        """Word -> the rows (table, name) that hold it; where there are several, the word is ambiguous."""
        rows_of: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for table, spelled in spellings.items():
            for name, words in spelled.items():
                for word in words:
                    rows_of[word].append((table, name))
        return LazyMapping(rows_of, self._meanings_of)

    def _meanings_of(self, word: str, rows_of: Iterable[tuple[str, str]]) -> tuple[Meaning, ...]:
        every = (meaning for table, name in rows_of for meaning in self.meanings(table, name))
        return tuple(meaning for meaning in every if normal(meaning.label) == word)

    def codes(self) -> LazyMapping[tuple[str, str], Meaning]:
        """A code of a substance and of a product is the product: that knows its route and its partners."""
        substances = self._rows["substances"].items()
        row_of = {
            code: ("substances", name) for name, same in substances for row in same for code in cell(row, "rxcui")
        }
        for name, same in self._rows["products"].items():
            row_of |= {row["rxcui"]: ("products", name) for row in same if row["rxcui"]}
        return LazyMapping(row_of, self._meaning_of_code)

    def _meaning_of_code(self, code: str, row_of: tuple[str, str]) -> Meaning:
        table, name = row_of
        if table == "substances":
            return _code(self.substances[name], code)
        (product, *_) = (meaning for meaning in self.meanings(table, name) if meaning.rxcui == code)
        return product._replace(by=By.CODE, countries=frozenset())


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


def _groups(
    classes: Iterable[ClassEntry],
    families: Iterable[Row],
    substances: Mapping[str, Substance],
    names: Mapping[str, tuple[Meaning, ...]],
    which_one: str,
) -> LazyMapping[list[Callable[[], Group]], tuple[Group, ...]]:
    """Class words and brand families; a family comes before a class of the same name."""

    @cache
    def inside() -> Mapping[str, list[Meaning]]:
        found: defaultdict[str, list[Meaning]] = defaultdict(list)
        for substance in substances.values():
            alone = Meaning((substance,), By.NAME, substance.name, route=substance.route)
            for selector in substance.selectors:
                found[selector].append(alone)
        return found

    def of_class(word: str, name: str) -> Group:
        return Group(word, tuple(inside()[name]), which_one)

    def of_family(row: Row) -> Group:
        members = tuple(found for name in cell(row, "members") for found in names[normal(name)][:1])
        return Group(row["name"], members, row["question"], frozenset(cell(row, "countries")))

    groups: defaultdict[str, list[Callable[[], Group]]] = defaultdict(list)
    for entry in classes:
        for word in dict.fromkeys((entry.name, *entry.words)):
            if normal(word) not in names:
                groups[normal(word)].append(partial(of_class, word, entry.name))
    for row in families:
        groups[normal(row["name"])].insert(0, partial(of_family, row))
    return LazyMapping(groups, lambda _, found: tuple(group() for group in found))


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
