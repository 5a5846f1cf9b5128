"""Whose milligrams are they? Behind "magnesium + zinc" hardly those of the magnesium, so they are asked."""

from __future__ import annotations

import pytest

from magcheck.reading.line import read_line
from tests.reading.scoring import vocabulary


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("magnesium + B6 10 mg", 10),
        ("magnesium & B6 10 mg", 10),
        ("magnesium with B6 10 mg", 10),
        ("magnesium with B6 10 mg daily", 10),
        ("magnesium glycinate & B6 2 mg", 2),
        ("Magnesium + Vitamin B6 1,4 mg", 1.4),
        ("magnesium & zinc 15 mg", 15),
        ("magnesium and zinc 15 mg", 15),
        ("magnesium/zinc 15 mg", 15),
        ("magnesium + zinc 15 mg at night", 15),
        ("magnesium + potassium 99 mg", 99),
        ("magnesium with melatonin 1 mg", 1),
        ("magnesium with melatonin 3 mg", 3),
        ("magnesium/calcium 100 mg", 100),
        ("magnesium + calcium 500 mg", 500),
        ("magnesio + B6 10 mg", 10),
        ("mag + zinc 15 mg", 15),
        ("magnesio con vitamina B6 10 mg", 10),
        ("magnésium et vitamine B6 10 mg", 10),
    ],
)
def test_the_amount_behind_a_second_name_is_not_that_of_the_magnesium(line: str, beside: float) -> None:
    (item,) = read_line(line, vocabulary(), vocabulary().lexicon)
    assert (item.amount.low, item.amount.high, item.amount.open) == (None, None, True)
    assert item.amount.beside == beside
    assert item.figures


@pytest.mark.parametrize(
    ("line", "milligrams"),
    [
        ("magnesium 200 mg + B6 10 mg", 200),
        ("magnesium 200 mg with B6", 200),
        ("magnesium (with B6) 200 mg", 200),
        ("100 mg magnesium + B6", 100),
        ("magnesium B6 100 mg", 100),
        ("Magne B6 48 mg", 48),
        ("magnesium citrate/malate 200 mg", 200),
        ("magnesium glycinate/citrate 300 mg", 300),
        ("multivitamin with magnesium 100 mg", 100),
        ("calcium with magnesium 300 mg", 300),
        ("calcium magnesium zinc 300 mg", 300),
        ("zinc and magnesium 100 mg", 100),
        ("magnesium (as magnesium oxide) 250 mg", 250),
        ("magnesium oxide 400 mg (241.3 mg elemental)", 241.3),
        ("Magnesium Glycinate 1000 mg, 100 mg elemental", 100),
        ("amlodipine and valsartan 5 mg", 5),
        ("dolutegravir/lamivudine 50/300 mg", None),
        ("magnesium citrate + zinc 15 mg", None),
        ("magnesium + B6", None),
    ],
)
def test_an_amount_of_the_magnesium_stays_its_own(line: str, milligrams: float | None) -> None:
    item, *_ = read_line(line, vocabulary(), vocabulary().lexicon)
    assert (item.amount.high, item.amount.open) == (milligrams, False)
