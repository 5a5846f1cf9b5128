"""A page and a profile, read line by line: which pages fire, what becomes of their windows, and the verdict."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.third_opinion import tables
from tests.third_opinion.person import (
    Item,
    Profile,
    daily_magnesium,
    egfr,
    items,
    kidney_answer,
    listed,
    meaning_terms,
    region,
    serum_magnesium,
    traits,
    without_route,
)
from tests.third_opinion.tables import Meaning, Page

STRENGTHS = ("avoid", "ask_first", "separate", "lower_dose", "monitor", "note", "clear")
DAY = 24 * 60


@dataclass(frozen=True)
class Said:
    """One thing that a report says."""

    rule: str
    action: str
    status: str | None = None


@dataclass(frozen=True)
class Opinion:
    """What the naive reading makes of one person."""

    said: frozenset[Said]
    verdict: str


@dataclass(frozen=True)
class Situation:
    """The person, worked out once."""

    profile: Profile
    taken: list[Item]

    def matching(self, terms: Any) -> list[Item]:
        """What is taken of these kinds."""
        return [item for item in self.taken if item.is_one_of(listed(terms))]

    def meant(self, terms: Any) -> list[Item]:
        """The same for a line `taking`: each meaning of a name may be another of its kinds of magnesium."""
        if not is_magnesium(terms):
            return self.matching(terms)
        return [item for item in self.taken if item.is_always_one_of(listed(terms))]


def opinion(profile: Profile) -> Opinion:
    """All findings and the verdict."""
    situation = Situation(profile, items(profile))
    fired = [page for page in tables.pages() if fires(page, situation)]
    said = frozenset(finding for page in speaking(fired) for finding in findings(page, situation))
    strengths = [STRENGTHS.index(finding.action) for finding in said if finding.status != "kept"]
    return Opinion(said, STRENGTHS[min(strengths, default=len(STRENGTHS) - 1)])


def fires(page: Page, situation: Situation) -> bool:
    """Every line of `when` must hold."""
    lines_hold = all(holds(key, value, page, situation) for line in page["when"] for key, value in line.items())
    return (
        lines_hold
        and apart(page, situation)
        and ("limit" not in page or daily_magnesium(situation.taken) > quantity(page["limit"]))
    )


def apart(page: Page, situation: Situation) -> bool:
    """Two lines `taking` are about two items: one product that holds both is not kept apart from itself."""
    named = [situation.meant(line["taking"]) for line in page["when"] if "taking" in line]
    return len(named) < 2 or any(one.where != other.where for one in named[0] for other in named[1])


def holds(key: str, value: Any, page: Page, situation: Situation) -> bool:
    """One line of `when`."""
    profile = situation.profile
    person = profile.get("person", {})
    if key == "taking":
        return bool(situation.meant(value))
    if key == "also taking":
        return bool(situation.matching(value))
    if key in {"condition", "symptom", "goal"}:
        return bool(set(listed(value)) & traits(profile, f"{key}s"))
    if key == "number taking":
        return within(len(different(situation, value["of"])), value)
    choices = {
        "kidney value": None if kidney_value_known(profile) else "unknown",
        "pregnancy": person.get("pregnancy"),
        "country": region(profile),
    }
    return choices[key] in listed(value) if key in choices else holds_number(key, value, page, situation)


def kidney_value_known(profile: Profile) -> bool:
    """Dialysis and an acute injury say enough."""
    return egfr(profile) is not None or kidney_answer(profile, "dialysis") or kidney_answer(profile, "acute")


YES_OR_NO = {"dialysis": "dialysis", "kidney disease": "disease", "acute kidney injury": "acute"}


def holds_number(key: str, value: Any, page: Page, situation: Situation) -> bool:
    """A line about a number, an amount, or a yes and no."""
    profile = situation.profile
    if key in YES_OR_NO:
        return kidney_answer(profile, YES_OR_NO[key]) is value
    if key == "amount told":
        return (len(told_amounts(page, situation)) == len(situation.matching(medicine_terms(page)))) is value
    numbers: dict[str, Callable[[], float | None]] = {
        "age": lambda: profile.get("person", {}).get("age"),
        "egfr": lambda: egfr(profile),
        "serum magnesium": lambda: serum_magnesium(profile),
        "daily magnesium": lambda: daily_magnesium(situation.taken),
        "amount a day": lambda: sum(told_amounts(page, situation)),
    }
    return within(numbers[key](), value)


def different(situation: Situation, terms: Any) -> set[str]:
    """The different substances of these kinds; of several meanings one more, unless it may be one of them."""
    matching = situation.matching(terms)
    found = {
        tables.salt_of(part) for item in matching for part in item.substances if part_is_one_of(item, part, terms)
    }
    groups: list[frozenset[str]] = []
    for item in matching:
        if item.one_of and item.one_of.isdisjoint(found) and all(map(item.one_of.isdisjoint, groups)):
            groups.append(item.one_of)
    return found | {", ".join(sorted(group)) for group in groups}


def part_is_one_of(item: Item, part: str, terms: Any) -> bool:
    """Is this part of a product of these kinds?"""
    route = next(iter(item.meanings)).route
    return not meaning_terms(Meaning((part,), route), item.told.get("route")).isdisjoint(listed(terms))


def told_amounts(page: Page, situation: Situation) -> list[float]:
    """Milligrams a day of each item of the page's medicine that tells them; a mixture does not."""
    return [
        item.milligrams * item.a_day
        for item in situation.matching(medicine_terms(page))
        if item.milligrams is not None and not any(meaning.is_mixture for meaning in item.meanings)
    ]


def within(number: float | None, bounds: dict[str, Any]) -> bool:
    """Does a number keep all bounds? What is unknown keeps none."""
    if number is None:
        return False
    checks = {
        "from": lambda bound: number >= bound,
        "above": lambda bound: number > bound,
        "below": lambda bound: number < bound,
        "up to": lambda bound: number <= bound,
    }
    return all(checks[key](quantity(bound)) for key, bound in bounds.items() if key != "of")


def quantity(bound: Any) -> float:
    """ "350 mg" is 350; "1 h" is 60 minutes."""
    number, _, unit = str(bound).partition(" ")
    return float(number) * (60 if unit == "h" else 1)


def is_magnesium(terms: Any) -> bool:
    """Does a line of `when` name magnesium itself?"""
    return all(map(names_magnesium, listed(terms)))


@cache
def names_magnesium(term: str) -> bool:
    """Does one name of a line?"""
    name = without_route(term)
    return name.endswith("magnesium") or (name in tables.substances() and "magnesium" in tables.kinds(name))


def medicine_terms(page: Page) -> Any:
    """The line that names the medicine: the first one that is not magnesium."""
    lines = [line["taking"] for line in page["when"] if "taking" in line]
    return next((terms for terms in lines if not is_magnesium(terms)), lines[0])


def magnesium_terms(page: Page) -> Any:
    """The line that names the magnesium."""
    return next(line["taking"] for line in page["when"] if "taking" in line and is_magnesium(line["taking"]))


def speaking(fired: list[Page]) -> list[Page]:
    """The pages that are left beside each other."""
    pages = [page for page in fired if "ask" not in page and "place" not in page]
    covered = {name for page in pages for name in page.get("covers", [])}
    loud = [page for page in pages if page["id"] not in covered]
    blocked = any(page.get("blocks_guidance") or page.get("action") == "avoid" for page in loud)
    stopped = any(page.get("urgency") == "emergency" or against_all(page) for page in loud)
    return [
        page
        for page in loud
        if not (page.get("guidance") and blocked)
        and not ((page.get("while_taking") or "limit" in page) and stopped)
    ]


def against_all(page: Page) -> bool:
    """Does it say to avoid all swallowed magnesium, and not one kind of it, or magnesium altogether?"""
    named = [line[key] for line in page["when"] for key in ("taking", "also taking") if key in line]
    about_magnesium = [terms for terms in named if is_magnesium(terms)]
    swallowed = any(term == "magnesium by mouth" for terms in about_magnesium for term in listed(terms))
    return page.get("action") == "avoid" and (swallowed or not about_magnesium)


def findings(page: Page, situation: Situation) -> set[Said]:
    """What one page says: once, or for each medicine where it is about hours."""
    if "separate" not in page or "no_safe_gap" in page["separate"]:
        return {Said(page["id"], page["action"], "no safe gap" if "separate" in page else None)}
    magnesium = situation.meant(magnesium_terms(page))
    return {
        Said(page["id"], "separate", status(page["separate"], medicine, others))
        for medicine in situation.matching(medicine_terms(page))
        if (others := [item for item in magnesium if item.where != medicine.where])
    }


def status(window: dict[str, Any], medicine: Item, others: list[Item]) -> str:
    """Broken by any two times; kept where all are told and none breaks it."""
    if any(breaks(window, one, other) for item in others for one in medicine.times for other in item.times):
        return "broken"
    if medicine.times and all(item.times for item in others):
        return "kept"
    return "unplanned"


def breaks(window: dict[str, Any], medicine: str, magnesium: str) -> bool:
    """Are two times of the day, repeated every day, too close to each other?"""
    ahead = (minutes(magnesium) - minutes(medicine)) % DAY
    behind = (minutes(medicine) - minutes(magnesium)) % DAY
    return ahead < quantity(window.get("before", 0)) or behind < quantity(window.get("after", 0))


def minutes(clock: str) -> int:
    """Minutes since midnight."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)
