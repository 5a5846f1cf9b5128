"""A window is about the gut: what goes into the eye, onto the skin, into the lungs or a vein does not open it."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from magcheck.checker import default_checker
from magcheck.knowledge.conditions import Choice, Taking
from magcheck.profile import Profile, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.rule import Rule

VOCABULARY = default_checker().book.vocabulary
PAGES = [page for page in default_checker().book.rules if page.separate and not page.retired]
ELSEWHERE = [route for route in Route if route is not Route.ORAL]
SUBSTANCES = Path(__file__).parents[2] / "rules" / "vocabulary" / "substances.csv"


def medicines(page: Rule) -> set[str]:
    """Every substance that the window is about."""
    found: set[str] = set()
    for line in page.when:
        if isinstance(line, Taking) and not line.elsewhere and not is_magnesium(line):
            found |= members(line)
    return found


def members(line: Taking) -> set[str]:
    named = {VOCABULARY.selector(name) for name in line.names}
    return {substance.name for substance in VOCABULARY.substances.values() if named & substance.selectors}


def is_magnesium(line: Taking) -> bool:
    return any("magnesium" in name for name in line.names)


def home(page: Rule) -> str | None:
    """A country in which the page speaks, where it speaks in some only."""
    return next(
        (line.values[0] for line in page.when if isinstance(line, Choice) and line.word == "country"), None
    )


def touched(page: Rule, medicine: str, route: Route | None, country: str | None = None) -> bool:
    """Does `page` fire, or would it if more were known?"""
    taken = {"name": medicine} | ({"route": route.value} if route else {})
    rest = [{"name": min(members(line))} for line in page.when if isinstance(line, Taking) and line.elsewhere]
    salts = ["magnesium oxide", "magnesium hydroxide", "magnesium trisilicate", "Suprep"]
    profile = {
        "person": {"age": 40, "pregnancy": "none"},
        "kidney": {"egfr": 95},
        "medications": [taken, *rest],
        "supplements": [{"name": salt, "amount_mg": 200} for salt in salts],
        "country": country or home(page),
    }
    fired, possible = default_checker().pages(Profile.model_validate(profile))
    return page.id in fired | possible


@pytest.mark.parametrize("page", PAGES, ids=[page.id for page in PAGES])
def test_a_window_is_silent_for_what_is_not_swallowed(page: Rule) -> None:
    names = medicines(page)
    assert names
    for name in names:
        assert touched(page, name, Route.ORAL), f"{name}: the window does not open at all"
        assert [route for route in ELSEWHERE if touched(page, name, route)] == [], name


def brands_elsewhere() -> Iterator[tuple[str, str, str]]:
    """Substance, brand and country of every brand that is not swallowed."""
    with SUBSTANCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for brand in filter(None, row["other_brands"].split("; ")):
                country, _, name = brand.partition(":")
                yield row["substance"], name.partition("@")[0], country


def test_a_window_is_silent_for_brands_that_are_not_swallowed() -> None:
    pages: defaultdict[str, list[Rule]] = defaultdict(list)
    for page in PAGES:
        for name in medicines(page):
            pages[name].append(page)
    tried = 0
    for substance, brand, country in brands_elsewhere():
        for page in pages[substance]:
            tried += 1
            assert not touched(page, brand, None, country), f"{page.id}: {brand}"
    assert tried >= 20
