"""Two amounts that are added are asked; one amount told in two ways is read."""

from __future__ import annotations

import pytest

from magcheck.reading.line import read_line
from tests.reading.scoring import vocabulary


@pytest.mark.parametrize(
    "words",
    [
        "200 mg + 200 mg elemental",
        "200 mg & 200 mg elemental",
        "200 mg and 200 mg elemental",
        "200 mg plus 200 mg elemental",
        "200 mg, 200 mg elemental",
        "200 mg elemental + 200 mg elemental",
        "200 mg elemental, 200 mg",
        "200 mg elemental + 200 mg",
        "200 mg (elemental) + 200 mg",
        "200 mg + 200 mg",
        "200 mg and 200 mg",
        "100 mg + 300 mg elemental",
        "100 mg plus 300 mg elemental",
        "100 mg and 300 mg elemental",
        "100 mg & 300 mg elemental",
        "100 mg, 300 mg elemental",
        "300 mg + 100 mg elemental",
    ],
)
def test_two_amounts_that_are_added_are_asked(words: str) -> None:
    item, *_ = read_line(f"magnesium glycinate {words}", vocabulary(), vocabulary().lexicon)
    assert item.amount.open
    assert item.amount.high is None


@pytest.mark.parametrize(
    ("line", "milligrams"),
    [
        ("magnesium oxide 400 mg (241.3 mg elemental)", 241.3),
        ("Magnesium Glycinate 1000 mg, 100 mg elemental", 100),
        ("magnesium citrate 150 mg elemental, 1000 mg citrate", 150),
        ("magnesium oxide 400 mg, 241 mg elemental", 241),
        ("magnesium oxide 400 mg with 241 mg elemental", 241),
        ("magnesium oxide 400 mg (241 mg magnesium)", 241),
        ("magnesium 97.2 mg (4 mmol)", 97.2),
        ("magnesium 400 mg from 2,000 mg magnesium glycinate", 400),
        ("magnesium citrate 1 g, 150 mg elemental", 150),
        ("magnesium citrate 1000 mg providing 150 mg elemental", 150),
        ("magnesium glycinate 200 mg elemental (200 mg)", 200),
        ("magnesium citrate 200 mg", 200),
        ("magnesium citrate 200 mg elemental", 200),
        ("magnesium citrate 100 mg morning and 100 mg evening", 100),
        ("magnesium 200 mg + B6 10 mg", 200),
        ("magnesium citrate 200 mg and zinc 15 mg", 200),
        ("dolutegravir/lamivudine 50/300 mg", None),
    ],
)
def test_one_amount_told_in_two_ways_is_read(line: str, milligrams: float | None) -> None:
    item, *_ = read_line(line, vocabulary(), vocabulary().lexicon)
    assert (item.amount.high, item.amount.open) == (milligrams, False)
