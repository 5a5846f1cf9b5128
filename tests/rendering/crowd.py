"""Whoever the first screen is tried with: the whole people, plausible ones, and lists that are far too long."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.findings import Crowd

from magcheck import Profile, Report
from magcheck.checker import default_checker
from magcheck.knowledge.document import read_document

PROFILES = Path(__file__).parents[1] / "people" / "profiles"
SEED = 20_261_126
WORDING = default_checker().book.wording


@cache
def whole_people() -> tuple[Report, ...]:
    """Everybody of tests/people."""
    told = (read_document(path.read_bytes(), path.name).data for path in sorted(PROFILES.glob("*.yaml")))
    return tuple(report_of(data) for data in told)


def report_of(data: Any) -> Report:
    return default_checker().with_changes(Profile.model_validate(data))


def plausible(count: int) -> Iterator[Report]:
    """As many people as one likes, the same at every run."""
    crowd = Crowd(SEED)
    return (report_of(crowd.anybody()) for _ in range(count))


def crowded(count: int, medicines: int) -> Iterator[Report]:
    """People with a great many medicines, most of which magnesium does something to."""
    dice = random.Random(SEED)
    names = _kept_apart()
    for number in range(count):
        chosen = dice.sample(names, medicines)
        timed = [{"name": name, "times": [f"{dice.randrange(24):02d}:00"]} for name in chosen[: medicines // 2]]
        yield report_of(
            {
                "person": {"age": dice.randint(18, 95), "sex": "female"},
                "medications": [*timed, *chosen[medicines // 2 :], *(["Xyzol 5 mg"] if number % 2 else [])],
                "supplements": [{"name": "magnesium oxide", "amount_mg": 900, "times": ["08:00"]}, "zinc"],
                "conditions": ["heart failure", "kidney stones"],
                "symptoms": ["loose stools"] if number % 3 == 0 else [],
                "goals": ["sleep"],
            }
        )


@cache
def _kept_apart() -> list[str]:
    """A medicine of each page that keeps something apart, from its first example."""
    pages = (page.examples[0].given for page in default_checker().book.rules if page.separate)
    told = (item for given in pages for item in given.get("medications", ()))
    return sorted({item if isinstance(item, str) else item.get("name", "") for item in told} - {""})
