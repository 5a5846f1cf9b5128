"""A kind and then one of that kind is one thing: "zinc: Solvazinc", "multivitamin Centrum"."""

from __future__ import annotations

import pytest

from magcheck import check
from tests.reading.scoring import names_of, read

PAIRS = (
    ("multivitamin", "Centrum Silver"),
    ("zinc", "Solvazinc"),
    ("calcium", "Caltrate"),
    ("calcium", "calcium carbonate"),
    ("antacid", "Rennie"),
    ("laxative", "Movicol"),
    ("magnesium", "Slow-Mag"),
    ("diuretic", "furosemide"),
)


@pytest.mark.parametrize(("kind", "name"), PAIRS)
@pytest.mark.parametrize("shape", ["{kind} {name}", "{kind}: {name}", "{kind} ({name})"])
def test_the_kind_says_nothing_more(kind: str, name: str, shape: str) -> None:
    line = shape.format(kind=kind, name=name)
    assert [names_of(item) for item in read(line)] == [names_of(item) for item in read(name)], line


@pytest.mark.parametrize("joint", [", ", " and ", " 15 mg "])
def test_what_parts_them_makes_two(joint: str) -> None:
    assert len(read(f"zinc{joint}Solvazinc")) == len(("zinc", "Solvazinc"))


def test_a_multivitamin_and_its_brand_count_once() -> None:
    once, named = (
        check({"supplements": [line]}).dose for line in ("Centrum Silver", "multivitamin Centrum Silver")
    )
    assert once == named
