"""Hundreds of written lines and illnesses, each with everything that is read of it.

A change shows here line by line: `pytest tests/reading --update-readings`, then read the whole difference. Every
reading was looked at when it was kept.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.reading.readings import ITEMS, KINDS, LISTS, keep, kept_readings, open_in, reading_of, what_is_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck import Checker

BEFORE = {"zinc": "zinc, oral", "zinc 15 mg": "zinc, 15 mg, oral"}
"""Of one token and of three, with what is read of each."""


@pytest.mark.parametrize("where", LISTS)
def test_each_is_read_as_it_was(where: str, request: pytest.FixtureRequest, checker: Checker) -> None:
    kept = kept_readings(where)
    now = {written: reading_of(written, where, checker) for written in kept}
    if request.config.getoption("--update-readings", default=False):
        keep(where, now)
    assert now == kept_readings(where)


@pytest.mark.parametrize(("where", "before"), list(product(ITEMS, BEFORE)))
def test_a_line_says_the_same_further_down_or_is_asked(where: str, before: str, checker: Checker) -> None:
    """Below another, each line of a list is read as it is alone; what is not, shows."""
    for written, alone in kept_readings(where).items():
        if "\n" in written:
            continue
        below = reading_of(f"{before}\n{written}", where, checker)
        same = what_is_read(below) == [BEFORE[before], *what_is_read(alone)]
        assert same or open_in(below) - open_in(alone), written


@pytest.mark.parametrize("where", KINDS)
def test_an_illness_is_the_same_further_down(where: str, checker: Checker) -> None:
    above = set(reading_of("gout", where, checker))
    for written, alone in kept_readings(where).items():
        if "\n" in written:
            continue
        below = reading_of(f"gout\n{written}", where, checker)
        assert without_details(below) - above == without_details(alone) - above, written


def without_details(reading: Iterable[str]) -> set[str]:
    return {line for line in reading if not line.startswith("details")}
