"""What a page may ask about a person, worked out plainly from one profile."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from tests.third_opinion import tables
from tests.third_opinion.tables import Meaning

Profile = dict[str, Any]
SWALLOWED = "oral"


@dataclass(frozen=True)
class Item:
    """One line of the two lists, and all that its name may mean (one meaning where it is clear)."""

    where: str
    name: str
    meanings: frozenset[Meaning]
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def substances(self) -> tuple[str, ...]:
        """What it surely holds: nothing where its name may mean several things."""
        return next(iter(self.meanings)).substances if len(self.meanings) == 1 else ()

    @property
    def times(self) -> tuple[str, ...]:
        """Clock times of a day."""
        return tuple(self.told.get("times", []))

    @property
    def a_day(self) -> int:
        """Intakes a day."""
        return len(self.times) or int(self.told.get("per_day", 1))

    @property
    def milligrams(self) -> float | None:
        """Milligrams of one intake."""
        told = self.told.get("amount_mg", self.told.get("dose_mg"))
        return None if told is None else float(told)

    @cached_property
    def terms(self) -> frozenset[str]:
        """All that pages may call it, whatever its name means; swallowed where its meanings go different ways."""
        return frozenset.intersection(*self.terms_of_each)

    @cached_property
    def terms_of_each(self) -> list[frozenset[str]]:
        """Of each meaning, all that pages may call it."""
        ways = {meaning.route or SWALLOWED for meaning in self.meanings}
        route = self.told.get("route") or (SWALLOWED if len(ways) > 1 else None)
        return [meaning_terms(meaning, route) for meaning in self.meanings]

    @property
    def one_of(self) -> frozenset[str]:
        """The substances that a name of several meanings may be; empty where it is clear."""
        parts = (part for meaning in self.meanings for part in meaning.substances)
        return frozenset(map(tables.salt_of, parts)) if len(self.meanings) > 1 else frozenset()

    def is_one_of(self, terms: list[str]) -> bool:
        """Does a page call it by one of these?"""
        return not self.terms.isdisjoint(terms)

    def is_always_one_of(self, terms: list[str]) -> bool:
        """Does a page call each of its meanings by one of these, if not all by the same?"""
        return not any(each.isdisjoint(terms) for each in self.terms_of_each)


ROUTES = {
    " by mouth": ("oral",),
    " by injection": ("intravenous", "injection"),
    " in the rectum": ("rectal",),
}


@cache
def meaning_terms(meaning: Meaning, told_route: str | None) -> frozenset[str]:
    """What pages may call something with this meaning, with and without the way in which it is taken."""
    route = told_route or meaning.route or SWALLOWED
    endings = ["", *(ending for ending, routes in ROUTES.items() if route in routes)]
    return frozenset(f"{kind}{ending}" for kind in tables.thing_kinds(meaning) for ending in endings)


def without_route(term: str) -> str:
    """ "iron by mouth" is iron."""
    for ending in ROUTES:
        term = term.removesuffix(ending)
    return term


def listed(value: Any) -> list[Any]:
    """A page may write one thing or a list of them."""
    return list(value) if isinstance(value, list) else [value]


def items(profile: Profile) -> list[Item]:
    """Everything taken whose name is clear; magnesium by mouth is assumed where none is among it."""
    found = [
        item
        for kind in ("medications", "supplements")
        for index, told in enumerate(profile.get(kind, []))
        if (item := read_item(f"{kind}[{index}]", told, profile.get("country"))) is not None
    ]
    if not any(item.is_one_of(["magnesium by mouth"]) for item in found):
        found.append(Item("assumed", "magnesium", frozenset({Meaning(("magnesium",), SWALLOWED)})))
    return found


def read_item(where: str, told: dict[str, Any], country: str | None) -> Item | None:
    """One item, or nothing where its name is in no table."""
    name = told["name"].lower()
    meant = (
        tables.class_words().get(name)
        or in_family(name, country)
        or in_country(name, country)
        or in_family(name, None)
    )
    return Item(where, name, meant, told) if meant else None


def in_family(name: str, country: str | None) -> frozenset[Meaning]:
    """What a name that several products share may mean in this country."""
    return frozenset(
        meaning
        for where, members in tables.families().get(name, [])
        if country is None or not where or any(same_country(one, country) for one in where)
        for meaning in members
    )


def in_country(name: str, country: str | None) -> frozenset[Meaning]:
    """What a name means in the country that was told; all its meanings where that settles nothing."""
    listed_here = tables.listed_meanings().get(name, [])
    meant = frozenset(meaning for where, meaning in listed_here if country and same_country(where, country))
    return swallowed_if_same(meant or tables.meanings().get(name, frozenset()))


def swallowed_if_same(meant: frozenset[Meaning]) -> frozenset[Meaning]:
    """One medicine in several ways is taken as swallowed."""
    swallowed = frozenset(meaning for meaning in meant if not meaning.route)
    return swallowed if swallowed and len({meaning.substances for meaning in meant}) == 1 else meant


def same_country(where: str, country: str) -> bool:
    """Does what a table says of one country hold in another? So in one region, but not between two of the EU."""
    regions = tables.countries()[0]
    same_region = where in regions and regions[where] == regions.get(country)
    return not where or where == country or (same_region and (regions[where] != "EU" or "EU" in {where, country}))


def egfr(profile: Profile) -> float | None:
    """The kidney value that counts; the lower one where several are possible."""
    told = profile.get("kidney", {}).get("egfr")
    value = from_creatinine(profile) if told is None else float(told)
    stages = [tables.equations()["stages"][stage] for stage in told_stages(profile)]
    if value is None:
        return min((float(least) for least, _ in stages), default=None)
    return min([value, *(float(least) for least, end in stages if not least <= value < end)])


def told_stages(profile: Profile) -> list[str]:
    """The stage that was told, and those that conditions mean."""
    means = {"severe kidney disease": "G4", "kidney failure": "G5"}
    stages = [profile.get("kidney", {}).get("stage"), *(means.get(name) for name in traits(profile, "conditions"))]
    return [stage for stage in stages if stage]


def from_creatinine(profile: Profile) -> float | None:
    """CKD-EPI 2021 for adults, bedside Schwartz for children; without a sex the lower of both."""
    told, person = profile.get("kidney", {}).get("creatinine"), profile.get("person", {})
    age = person.get("age")
    if told is None or age is None:
        return None
    table = tables.equations()
    value = told["value"] / (table["creatinine_umol_l_per_mg_dl"] if told["unit"] == "umol/L" else 1)
    if age < table["ckd_epi_2021"]["from_age"]:
        height = person.get("height_cm")
        child = table["bedside_schwartz"]
        return None if height is None or age < child["from_age"] else float(child["factor"] * height / value)
    sexes = [person["sex"]] if "sex" in person else ["female", "male"]
    return min(ckd_epi(table["ckd_epi_2021"], sex, value, age) for sex in sexes)


def ckd_epi(table: dict[str, Any], sex: str, value: float, age: float) -> float:
    """142 x min(Scr/k, 1)^a x max(Scr/k, 1)^-1.200 x 0.9938^age (x 1.012 for women)."""
    figures = table[sex]
    ratio = value / figures["kappa"]
    return float(
        table["scale"]
        * min(ratio, 1.0) ** figures["alpha"]
        * max(ratio, 1.0) ** table["exponent_above"]
        * table["age_base"] ** age
        * figures["factor"]
    )


def traits(profile: Profile, kind: str) -> set[str]:
    """The conditions, symptoms or goals that were told, by their names in the tables."""
    known = tables.traits(kind)
    return {known[word.lower()] for word in profile.get(kind, []) if word.lower() in known}


def kidney_answer(profile: Profile, field: str) -> bool:
    """Dialysis, an acute injury or kidney disease, as told or as a condition means it."""
    means = {
        "disease": {"chronic kidney disease", "kidney failure", "severe kidney disease"},
        "dialysis": {"dialysis"},
        "acute": {"acute kidney injury"},
    }
    return bool(profile.get("kidney", {}).get(field)) or bool(means[field] & traits(profile, "conditions"))


def serum_magnesium(profile: Profile) -> float | None:
    """Blood magnesium in mg/dL."""
    told = profile.get("labs", {}).get("magnesium")
    if told is None:
        return None
    factors = {"mg/dL": 1.0, "mmol/L": 2.4305, "mEq/L": 2.4305 / 2}
    return float(told["value"] * factors[told["unit"]])


def region(profile: Profile) -> str:
    """The region whose limits hold."""
    regions, default, elsewhere = tables.countries()
    return regions.get(profile.get("country", default), elsewhere)


def daily_magnesium(taken: list[Item]) -> float:
    """Swallowed magnesium a day: the high estimate of what was told, the least of what a product holds."""
    return sum(item.a_day * one_intake(item) for item in taken if item.is_one_of(["magnesium by mouth"]))


def one_intake(item: Item) -> float:
    """Milligrams of magnesium in one intake."""
    if item.milligrams is None:
        return tables.contents().get(item.name, 0.0)
    if item.told.get("basis") != "compound":
        return item.milligrams
    percent = item.told.get("elemental_percent")
    return item.milligrams * (percent if percent is not None else highest_percent(item)) / 100


def highest_percent(item: Item) -> float:
    """The largest share of magnesium of the salts that it holds; all of it where the tables lack one of them."""
    salts = [part for part in item.substances if "magnesium" in tables.kinds(part)]
    shares = [float(row["elemental_percent"]) for salt in salts for row in tables.salts().get(salt, [])]
    return max(shares) if salts and all(salt in tables.salts() for salt in salts) else 100.0
