"""How much is one intake? What is told, put together, and open where it does not fit."""

from __future__ import annotations

import pytest

from magcheck.reading.amounts import Amount
from magcheck.reading.line import read_line
from tests.reading.scoring import vocabulary

OXIDE, CITRATE = "magnesium oxide", "magnesium citrate"


def amount(line: str) -> Amount:
    item, *_ = read_line(line, vocabulary(), vocabulary().lexicon)
    return item.amount


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("200 mg", 200, 200),
        ("1 g", 1000, 1000),
        ("500 mcg", 0.5, 0.5),
        ("100-200 mg", 100, 200),
        ("100 mg to 200 mg", 100, 200),
        ("1-2 tablets of 100 mg", 100, 200),
        ("3 tablets of 100 mg", 300, 300),
        ("3 x 100 mg", 300, 300),
        ("half a tablet of 300 mg", 150, 150),
        ("300 mg per 2 tablets, 1 tablet", 150, 150),
        ("300 mg per 2 tablets, 4 tablets", 600, 600),
        ("300 mg/5 mL, 10 mL", 600, 600),
        ("300 mg/5 mL, 2.5 mL", 150, 150),
        ("100-200 mg/5 mL, 10 mL", 200, 400),
        ("100 mg 2-0-1", 100, 200),
        ("100 mg 1-0-1", 100, 100),
        ("100 mg capsule, take 3 capsules (300 mg)", 300, 300),
        ("100 mg, 100 tablets, 2 tablets", 200, 200),
        ("24 tablets of 10 mg", 240, 240),
        ("1 tablet = 100 mg, 3 tablets", 300, 300),
        ("2 tablets = 200 mg, 1 tablet", 100, 100),
        ("3 capsules = 300 mg, take 2", 200, 200),
        ("2 tablets = 200 mg, 1-0-2", 100, 200),
        ("100 mg 0-0-0-1", 100, 100),
    ],
)
def test_strength_and_count_make_one_intake(words: str, low: float, high: float) -> None:
    read = amount(f"{CITRATE} {words}")
    assert (read.low, read.high, read.open) == (low, high, False)
    assert not read.elemental


@pytest.mark.parametrize("part", ["1/2", "1/3", "2/3", "1/4", "3/4"])
@pytest.mark.parametrize("whole", [0, 1, 2])
def test_a_part_of_a_tablet_is_that_part_of_its_amount(whole: int, part: str) -> None:
    above, below = map(int, part.split("/"))
    read = amount(f"{CITRATE} {100 * below} mg, {f'{whole} ' if whole else ''}{part} tablet")
    assert (read.low, read.high, read.open) == pytest.approx((100 * (whole * below + above),) * 2 + (False,))


@pytest.mark.parametrize(
    "words",
    [
        "100 mg, 200 mg",
        "100 mg, 1-0-0-1-0",
        "100 mg, 1-1-1-1-1",
        "100 mg 2 tablets, 3 tablets",
        "100 mg capsule, take 3 capsules (400 mg)",
        "2 tablets (400 mg)",
        "400 mg (2 tablets)",
        "100 tablets",
        "25 tablets of 10 mg",
        "400 mg+",
        "300 mg/5 mL",
        "300 mg, 10 mL",
        "875/125 mg",
        "1.000 mg",
        "97.2 mg (5 mmol)",
        "150 mg elemental, 250 mg elemental",
        "150 mg elemental or 250 mg elemental",
        "providing 150 mg, providing 250 mg",
        "150 mg elemental in the morning, 250 mg at night",
        "100 mg 2 tablets 1-0-2",
    ],
)
def test_what_does_not_fit_together_is_open(words: str) -> None:
    read = amount(f"{CITRATE} {words}")
    assert (read.low, read.high, read.open) == (None, None, True)


@pytest.mark.parametrize(
    ("line", "milligrams"),
    [
        ("magnesium 150 mg elemental", 150),
        ("magnesium citrate 1000 mg (150 mg elemental)", 150),
        ("magnesium citrate 150 mg elemental, 1000 mg citrate", 150),
        ("magnesium oxide 400 mg (241 mg magnesium)", 241),
        ("magnesium 400 mg from 2,000 mg magnesium glycinate", 400),
        ("magnesium (as magnesium oxide) 250 mg", 250),
        ("multivitamin (magnesium 100 mg)", 100),
        ("magnesium 4 mmol", 97.22),
        ("magnesium 97.2 mg (4 mmol)", 97.2),
        ("magnesium 10 meq", 121.525),
        ("magnesium citrate 2 tablets of 5 mmol", 243.05),
    ],
)
def test_the_magnesium_alone_is_known_as_such(line: str, milligrams: float) -> None:
    read = amount(line)
    assert read.low == read.high == pytest.approx(milligrams)
    assert read.elemental
    assert not read.open


@pytest.mark.parametrize(
    ("words", "count", "strength", "ml"),
    [
        ("2 tablets", 2, None, None),
        ("half a tablet", 0.5, None, None),
        ("1-2 tablets", 2, None, None),
        ("2 tablets of 100 mg", 2, 100, None),
        ("300 mg per 2 tablets, 2 tablets", 2, 150, None),
        ("300 mg per 2 tablets, 1 tablet", 1, 150, None),
        ("10 mL", None, None, 10),
        ("0.3 L", None, None, 300),
        ("0.2 litres", None, None, 200),
        ("300 mg/L, 10 mL", None, None, 10),
        ("2 teaspoons", None, None, 10),
        ("300 mg/5 mL, 10 mL", None, None, 10),
        ("200 mg", None, None, None),
        ("", None, None, None),
    ],
)
def test_what_is_counted_or_measured_is_kept(
    words: str, count: float | None, strength: float | None, ml: float | None
) -> None:
    read = amount(f"{OXIDE} {words}")
    assert (read.count, read.strength, read.ml, read.open) == (count, strength, ml, False)


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("magnesium citrate 2 tablets (400 mg)", 800),
        ("magnesium citrate 100 mg, 2 tablets, 3 tablets", 200),
        ("magnesium citrate 300 mg/5 mL", None),
        ("magnesium citrate 100 tablets", None),
    ],
)
def test_of_an_open_amount_what_was_read_is_kept_beside(line: str, beside: float | None) -> None:
    assert amount(line).beside == beside


@pytest.mark.parametrize(
    "line", ["amoxicillin/clavulanic acid 875 mg 125 mg", "amoxicillin/clavulanic acid 875/125 mg, 2 tablets"]
)
def test_of_a_mixture_nobody_says_what_one_figure_counts(line: str) -> None:
    read = amount(line)
    assert (read.low, read.high, read.open) == (None, None, False)


@pytest.mark.parametrize("scheme", ["1-0-0-1-0", "1-1-1-1-1"])
def test_a_scheme_of_five_is_no_day(scheme: str) -> None:
    item, *_ = read_line(f"{CITRATE} 100 mg {scheme}", vocabulary(), vocabulary().lexicon)
    assert (item.timing.slots, item.timing.open) == ((), True)
    assert item.figures
