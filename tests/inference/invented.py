"""People and rule sets that nobody thought of, made from a seed."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from magcheck import Profile
from magcheck.core.fact_names import (
    BEYOND,
    FLAGS,
    PROPERTIES,
    QUANTITIES,
    ROUTES,
    SCALE,
    TRAITS,
    product_fact,
    route_fact,
)
from magcheck.inference.program import Clause, Fact, Outcome, Program, Scope, Test
from magcheck.profile import Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck import Checker
    from magcheck.inference.program import Interval

Raw = dict[str, Any]

_CLOCK = [f"{hour:02d}:{minute}" for hour, minute in product(range(24), ("00", "07", "30", "59"))]
_FLAGS = {fact: field for fact, field in FLAGS.values() if field.startswith("kidney.")}
_MEASURED = {quantity.fact for quantity in QUANTITIES.values()}
_PRODUCT_KINDS = {"acid_neutralising": "magnesium oxide", "laxative": "magnesium citrate"}
_STRANGE = ["Wunderpille", "aspirn", "x", "water pill", "blood pressure tablet", "Dulcolax"]


@dataclass
class Vagueness:
    """How much this person tells."""

    unknown: float
    medicines: int


class People:
    """Random people for one checker: half are aimed at a page, to land on it or just beside it."""

    def __init__(self, checker: Checker, seed: int) -> None:
        self.random = random.Random(seed)
        self.checker = checker
        self.names = {key: name for name, key in checker.program.keys.items()}
        self.spellings = _spellings(checker)
        self.named = sorted(name for name in self.names.values() if name in self.spellings)
        self.salts = self.spellings["magnesium"]
        self.every = sorted({spelling for spellings in self.spellings.values() for spelling in spellings})
        self.edges = _edges(checker.program)
        self.taken: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
        for selector, wanted in checker.program.takes.items():
            for fact, phrase in wanted:
                self.taken[fact].append((selector, phrase))
        traits = checker.book.traits
        self.traits = {kind: sorted(set(traits[kind].values())) for kind in TRAITS}

    def person(self) -> Profile:
        pick = self.random
        vague = Vagueness(pick.choice((0, 0.2, 0.6, 1)), pick.choice((0, 0, 1, 1, 2, 3, 4, 6, 9, 12)))
        raw = self._anybody(vague)
        if pick.random() < 0.6:
            self._aim(raw, pick.choice(self.checker.program.clauses))
        pick.shuffle(raw["medications"])
        return Profile.model_validate(raw)

    def _anybody(self, vague: Vagueness) -> Raw:
        raw: Raw = {
            "person": self._told({"age": self._edge("age", 0, 120), "sex": self._one("female", "male")}, vague),
            "kidney": self._kidney(vague),
            "medications": [self._medicine() for _ in range(vague.medicines)],
            "supplements": [self._supplement() for _ in range(self.random.choice((0, 1, 1, 1, 2, 5)))],
        }
        if raw["person"].get("sex") != "male":
            pregnancy = {"pregnancy": self._one("none", "pregnant", "breastfeeding")}
            raw["person"] |= self._told(pregnancy, vague)
        for kind, field in TRAITS.items():
            words = self.traits[kind]
            raw[field] = self.random.sample(words, self.random.choice((0, 0, 0, 1, 3)))
        serum = {"value": self._edge("serum_magnesium", 0.1, 12), "unit": "mg/dL"}
        raw["labs"] = self._told({"magnesium": serum}, vague)
        regions = [*self.checker.book.regions_for_limits, "DE", "GB", "BR"]
        return raw | self._told({"country": self._country(self.random.choice(regions))}, vague)

    def _country(self, region: str) -> str:
        return region if len(region) == 2 else "BR"

    def _told(self, told: Raw, vague: Vagueness) -> Raw:
        return {name: value for name, value in told.items() if self.random.random() >= vague.unknown}

    def _one(self, *words: str) -> str:
        return self.random.choice(words)

    def _edge(self, fact: str, lowest: float, highest: float) -> float:
        """A value at, just below or just above a bound of some page, or any other."""
        edges = [value / SCALE for value in self.edges[fact] if lowest <= value / SCALE <= highest]
        if edges and self.random.random() < 0.8:
            return self.random.choice(edges)
        return max(lowest, round(self.random.uniform(lowest, highest), self.random.choice((0, 1, 4))))

    def _kidney(self, vague: Vagueness) -> Raw:
        told = {"egfr": self._edge("egfr", 0, 200)}
        raw = self._told(self.random.choice((told, told, told, {"stage": self._one("G1", "G3", "G4")})), vague)
        flags = {"dialysis": self.random.random() < 0.3, "acute": self.random.random() < 0.3}
        raw |= self._told(flags, vague)
        sick = bool(raw.get("dialysis") or raw.get("acute"))
        return raw | self._told({"disease": sick or self.random.random() < 0.5}, vague)

    def _medicine(self) -> Raw:
        pool = self.random.choice((self.named, self.named, self.named, None))
        name = self.random.choice(self.every if pool is None else self.spellings[self.random.choice(pool)])
        return self._item(self.random.choice(_STRANGE) if self.random.random() < 0.04 else name)

    def _item(self, name: str) -> Raw:
        raw: Raw = {"name": name}
        if self.random.random() < 0.2:
            raw["route"] = self.random.choice([route.value for route in Route])
        if self.random.random() < 0.5:
            raw["times"] = sorted(self.random.sample(_CLOCK, self.random.choice((1, 2, 3))))
        return raw

    def _supplement(self) -> Raw:
        raw = self._item(self.random.choice(self.salts if self.random.random() < 0.9 else self.every))
        if self.random.random() < 0.8:
            raw["amount_mg"] = self._edge("daily_magnesium", 0.01, 5000)
            raw["basis"] = self._one("elemental", "elemental", "compound", "unknown")
        return raw

    def _aim(self, raw: Raw, clause: Clause) -> None:
        """Change `raw` so that `clause` nearly always holds."""
        if clause.keys != (0,):
            self._add_key(raw, self.names[self.random.choice(clause.keys)], clause)
        for test in clause.tests:
            self._satisfy(raw, test)

    def _add_key(self, raw: Raw, name: str, clause: Clause) -> None:
        kind, _, trait = name.partition(" ")
        if clause.scope is Scope.TRAIT:
            raw[TRAITS[kind]].append(trait)
            return
        asked = {test.fact for test in clause.tests}
        routes = [phrase for phrase in ROUTES if route_fact(phrase) in asked]
        self._add(raw["medications"], name, routes[0] if routes else None)

    def _add(self, items: list[Raw], selector: str, phrase: str | None) -> None:
        item: Raw = {"name": self.random.choice(self.spellings[selector])}
        if phrase:
            item["route"] = self.random.choice(sorted(ROUTES[phrase]))
        items.append(item)

    def _satisfy(self, raw: Raw, test: Test) -> None:
        fact, _, answer = test.fact.partition(":")
        if answer:
            self._choose(raw, fact, answer)
        elif fact in _MEASURED:
            self._measure(raw, fact, max(0, min(test.high, 10**6, max(test.low, 0))) / SCALE)
        elif fact in self.checker.program.counts:
            for selector, phrase in self.random.choices(self.checker.program.counts[fact], k=test.low // SCALE):
                self._add(raw["medications"], selector, phrase)
        elif fact in _FLAGS:
            self._answer(raw["kidney"], _FLAGS[fact].removeprefix("kidney."), yes=test.low > 0)
        else:
            self._take(raw, fact)

    def _choose(self, raw: Raw, fact: str, answer: str) -> None:
        if fact == "country":
            raw["country"] = self._country(answer)
        elif fact == "pregnancy":
            raw["person"] |= {"sex": "female", "pregnancy": answer}
        elif answer == "unknown":
            raw["kidney"] = {"disease": raw["kidney"].get("disease")}

    def _measure(self, raw: Raw, fact: str, value: float) -> None:
        if fact == "age":
            raw["person"]["age"] = min(value, 120)
        elif fact == "egfr":
            raw["kidney"] |= {"egfr": value, "stage": None}
        elif fact == "serum_magnesium":
            raw["labs"] = {"magnesium": {"value": max(value, 0.1), "unit": "mg/dL"}}
        else:
            amount = {"amount_mg": max(value, 0.01), "basis": "elemental"}
            raw["supplements"] = [{"name": "magnesium", **amount}, *raw["supplements"][1:]]

    def _answer(self, kidney: Raw, field: str, *, yes: bool) -> None:
        kidney[field] = yes
        if yes:
            kidney["disease"] = True
        elif field == "disease":
            kidney |= {"dialysis": None, "acute": None, "stage": None}

    def _take(self, raw: Raw, fact: str) -> None:
        kinds = self.checker.program.kinds
        elsewhere = {product_fact(route_fact(phrase)): phrase for phrase in ROUTES if phrase != "by mouth"}
        if fact in self.taken:
            self._add(raw["medications"], *self.random.choice(self.taken[fact]))
        elif fact in kinds:
            kind = self._one(*sorted(kinds[fact]))
            self._add(raw["supplements"], _PRODUCT_KINDS.get(PROPERTIES.get(kind, ""), kind), None)
        elif fact in _PRODUCT_KINDS:
            self._add(raw["supplements"], _PRODUCT_KINDS[fact], None)
        elif fact in elsewhere:
            self._add(raw["supplements"], "magnesium", elsewhere[fact])


def _spellings(checker: Checker) -> dict[str, list[str]]:
    """Selector -> everything that means something of it, as written on a box."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for meanings in checker.book.vocabulary.names.values():
        for meaning in meanings:
            for substance in meaning.substances:
                for selector in substance.selectors:
                    found[selector].add(meaning.label)
    return {selector: sorted(labels) for selector, labels in found.items()}


def _edges(program: Program) -> dict[str, list[int]]:
    """Fact -> the bounds of its tests, each with its two neighbours."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for clause in program.clauses:
        for test in clause.tests:
            for bound in (test.low, test.high):
                if abs(bound) < BEYOND:
                    found[test.fact] |= {bound - 1, bound, bound + 1}
    return defaultdict(list, {fact: sorted(values) for fact, values in found.items()})


# Rule sets

ODD_NAMES = (
    "age", "daily_magnesium", "country:EU", "takes loop diuretic by any route", "product by_mouth",
    "größe", "日本語", "a.b", 'q"uote', "b{r}ace", "x,]}", "back\\slash", "two\nlines", "$or", "$and", "#", "0",
    "'", " ", "k2", "tt", "idx", "null", "true", "1e5", "e" * 200,
)  # fmt: skip
SMALL = 12
"""Values and bounds lie close together, so that their ends meet often."""


def invented_program(pick: random.Random, clauses: int) -> Program:
    names = pick.sample(ODD_NAMES, pick.randint(1, 8)) + [f"f{n}" for n in range(pick.randint(0, 20))]
    keys = range(1, pick.choice((2, 5, 40, 300)))
    return Program(tuple(_clause(pick, n, names, keys) for n in range(clauses)), {})


def _clause(pick: random.Random, number: int, names: Sequence[str], keys: Sequence[int]) -> Clause:
    scope = pick.choice(list(Scope))
    anybody = scope in (Scope.PERSON, Scope.PRODUCT)
    chosen = (0,) if anybody else tuple(sorted(pick.sample(keys, min(len(keys), pick.choice((1, 1, 2, 20))))))
    tests = {_test(pick, pick.choice(names)) for _ in range(pick.choice((0, 1, 1, 2, 2, 3, 6)))}
    return Clause(f"page-{number}", pick.choice(list(Outcome)), scope, chosen, tuple(sorted(tests)))


def _test(pick: random.Random, name: str) -> Test:
    low, high = sorted((pick.randint(-SMALL, SMALL), pick.randint(-SMALL, SMALL)))
    low, high = pick.choice(((low, high), (low, low), (-BEYOND, high), (low, BEYOND), (-BEYOND, BEYOND)))
    return Test(name, low, high, surely=pick.random() < 0.6)


def invented_facts(pick: random.Random, program: Program) -> list[Fact]:
    names = sorted({test.fact for clause in program.clauses for test in clause.tests})
    return [_fact(pick, program, names) for _ in range(pick.choice((0, 1, 2, 5, 20)))]


def _fact(pick: random.Random, program: Program, names: Iterable[str]) -> Fact:
    scope = pick.choice(list(Scope))
    keys = sorted(program.keys_used[scope]) or [0]
    key = pick.choice(keys) if scope in (Scope.PERSON, Scope.PRODUCT) else pick.choice([*keys, 999])
    return Fact(scope, key, {name: _interval(pick) for name in names})


def _interval(pick: random.Random) -> Interval:
    low, high = sorted((pick.randint(-SMALL, SMALL), pick.randint(-SMALL, SMALL)))
    return pick.choice(((low, high), (low, low), (0, BEYOND), (0, 1), (-BEYOND, BEYOND)))
