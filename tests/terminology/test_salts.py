"""What a product brings, and what is known of a salt that may be one of several."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from magcheck.core.scales import Grade
from magcheck.terminology.magnesium_salts import Content, Property, property_interval
from magcheck.terminology.vocabulary import Substance


def content(low: float, high: float, **more: Any) -> Content:
    return Content(low_mg=low, high_mg=high, of="a dose", source="s", grade=next(iter(Grade)), **more)


LIQUID = content(300, 1200, least=15, most=60, unit="mL")
WEAKER_AT_MOST = content(300, 600, least=10, most=30, unit="mL")
PIECES = content(100, 200, least=1, most=2, unit="piece")
UNCOUNTED = content(50, 80)


@pytest.mark.parametrize(
    ("known", "ml", "pieces", "brought"),
    [
        (LIQUID, 30, None, (600, 600, "30 mL")),
        (LIQUID, 7.5, 4, (150, 150, "7.5 mL")),
        (LIQUID, None, 3, (300, 1200, "a dose")),
        (LIQUID, None, None, (300, 1200, "a dose")),
        (WEAKER_AT_MOST, 10, None, (200, 300, "10 mL")),
        (WEAKER_AT_MOST, 3.33, None, (66.6, 99.9, "3.33 mL")),
        (PIECES, None, 1, (100, 100, "1")),
        (PIECES, None, 2.5, (250, 250, "2.5")),
        (PIECES, 5, None, (100, 200, "a dose")),
        (UNCOUNTED, None, None, (50, 80, "a dose")),
        (UNCOUNTED, None, 1, (50, 80, "a dose")),
        (UNCOUNTED, None, 3, (50, 240, "a dose")),
        (UNCOUNTED, None, 0.5, (50, 80, "a dose")),
        (UNCOUNTED, 30, None, (50, 80, "a dose")),
        (content(50, 80, unit="piece", least=2), None, 4, (50, 80, "a dose")),
        (content(50, 80, unit="piece", most=2), None, 4, (50, 80, "a dose")),
    ],
)
def test_what_is_taken_brings_its_part_of_a_dose(
    known: Content, ml: float | None, pieces: float | None, brought: tuple[float, float, str]
) -> None:
    assert known.brought_by(ml, pieces) == brought


def salt(name: str) -> Substance:
    return Substance(name, (), frozenset({name}))


ANSWERS = {"yes": True, "no": False, "partly": None}


def variants(*answers: str) -> tuple[Property, ...]:
    return tuple(Property(percent=10, acid_neutralising=ANSWERS[answer], laxative=False) for answer in answers)


FORMS = {
    "sure": variants("yes", "yes"),
    "never": variants("no"),
    "partly": variants("partly"),
    "mixed": variants("yes", "no"),
}


@pytest.mark.parametrize(
    ("names", "interval"),
    [
        (["sure"], (1, 1)),
        (["never"], (0, 0)),
        (["never", "never"], (0, 0)),
        (["partly"], (0, 1)),
        (["mixed"], (0, 1)),
        (["unknown"], (0, 1)),
        (["unknown", "never"], (0, 1)),
        (["never", "partly"], (0, 1)),
        (["sure", "never"], (1, 1)),
        (["unknown", "sure"], (1, 1)),
        (["mixed", "mixed"], (0, 1)),
        ([], (0, 1)),
    ],
)
def test_a_product_of_several_salts_is_surely_so_where_one_of_them_is(
    names: list[str], interval: tuple[int, int]
) -> None:
    assert property_interval([salt(name) for name in names], FORMS, "acid_neutralising") == interval


@pytest.mark.parametrize(
    ("percent", "possible"), [(0, False), (0.1, True), (100, True), (100.1, False), (-1, False)]
)
def test_a_salt_holds_more_than_nothing_and_at_most_all(percent: float, *, possible: bool) -> None:
    if possible:
        assert Property(percent=percent, acid_neutralising=None, laxative=True).percent == percent
    else:
        with pytest.raises(ValidationError):
            Property(percent=percent, acid_neutralising=None, laxative=True)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"low_mg": -1}, {"low_mg": 0}),
        ({"high_mg": -1}, {"high_mg": 0}),
        ({"least": 0}, {"least": 0.1}),
        ({"most": 0}, {"most": 0.1}),
    ],
)
def test_a_product_brings_and_is_counted_in_no_less_than_nothing(
    wrong: dict[str, float], right: dict[str, float]
) -> None:
    told = {"low_mg": 1, "high_mg": 2, "of": "a dose", "source": "s", "grade": next(iter(Grade))}
    assert Content.model_validate({**told, **right})
    with pytest.raises(ValidationError):
        Content.model_validate({**told, **wrong})
