"""Some hour after seven is not seven, "12h" beside "8am" is not noon, and half a glass is not half a dose."""

from __future__ import annotations

import pytest

from tests.reading.scoring import read

OPEN = [
    "from 7am",
    "from about 7am",
    "by 10am",
    "until 10am",
    "no later than 10am",
    "not before 9am",
    "anytime after 9am",
    ">7am",
    "< 10am",
    "7am+",
    "7am ±1h",
    "ab 7 Uhr",
    "bis 10 Uhr",
    "spätestens 10 Uhr",
    "à partir de 7h",
    "jusqu'à 10h",
    "desde las 7:00",
    "a partir de las 7:00",
    "dalle 7:00",
    "entro le 10:00",
    "vanaf 7 uur",
    "tot 10 uur",
    "8am + 12h",
    "8am and 12h",
    "8am then 12h",
    "8am (12h)",
    "morning + 12h",
]


@pytest.mark.parametrize("when", OPEN)
def test_an_hour_with_an_open_end_is_no_hour(when: str) -> None:
    (item,) = read(f"levothyroxine 50 mcg {when}")
    assert item.timing.open
    assert item.not_read


@pytest.mark.parametrize(
    ("when", "times"),
    [
        ("7am", ("07:00",)),
        ("at 7am", ("07:00",)),
        ("7am + 7pm", ("07:00", "19:00")),
        ("8am and 8pm", ("08:00", "20:00")),
        ("8h et 20h", ("08:00", "20:00")),
        ("by mouth 8am", ("08:00",)),
        ("8am-8pm", ("08:00", "20:00")),
        ("um 7 Uhr", ("07:00",)),
    ],
)
def test_an_hour_without_one_is(when: str, times: tuple[str, ...]) -> None:
    (item,) = read(f"levothyroxine 50 mcg {when}")
    assert (item.timing.times, item.timing.open) == (times, False)


@pytest.mark.parametrize(
    "glass",
    [
        "with half a glass",
        "with half a glass of water",
        "with a half cup of milk",
        "with a quarter glass",
        "with half glass milk",
        "with 2 glasses of water",
        "mit einem halben Glas Wasser",
        "avec un demi-verre d'eau",
        "con medio vaso de agua",
        "con mezzo bicchiere d'acqua",
        "met een half glas water",
    ],
)
def test_a_part_of_a_glass_is_no_part_of_the_dose(glass: str) -> None:
    (item,) = read(f"magnesium citrate 600 mg elemental {glass}")
    assert (item.amount.high, item.not_read) == (600, ())
