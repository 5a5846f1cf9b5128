"""Amounts before their names, behind them, or both: nobody gets the amount of a neighbour."""

from __future__ import annotations

from random import Random

import pytest

from magcheck.reading.line import LineItem, read_line
from tests.reading.scoring import vocabulary

NAMES = (
    "magnesium", "magnesium oxide", "mag ox", "magnesium glycinate", "calcium", "calcium carbonate", "zinc",
    "iron", "vitamin c", "cipro", "levothyroxine", "omeprazole", "doxycycline",
)  # fmt: skip
AMOUNTS = ("400 mg", "15 mg", "1000 mg", "50 mcg", "0.5 g", "250mg", "62.5 mg")
COUNTS = ("1 tablet", "2 tablets", "3 capsules")
HOURS = ("at 8 am", "10pm", "22:30", "at bedtime", "in the morning")
TIMES = ("twice daily", "in the morning", "at bedtime", "every other day")


def read(line: str) -> tuple[LineItem, ...]:
    return read_line(line, vocabulary(), vocabulary().lexicon)


def said(line: str) -> list[tuple[object, ...]]:
    return [(item.text, item.amount, item.timing, item.not_read) for item in read(line)]


def things(dice: Random) -> list[tuple[str, str]]:
    """Different things with an amount each; no two are kinds of one substance, which would be one item."""
    names = dice.sample([name for name in NAMES if "mag" not in name and "calcium" not in name], 2)
    names += [dice.choice(NAMES[:4]), dice.choice(NAMES[4:6])]
    dice.shuffle(names)
    return [(name, dice.choice(AMOUNTS)) for name in names[: dice.randint(2, 4)]]


@pytest.mark.parametrize("seed", range(60))
def test_without_a_separator_amounts_before_and_behind_read_as_with_commas(seed: int) -> None:
    told = things(Random(seed))
    apart = said(", ".join(f"{name} {amount}" for name, amount in told))
    assert [text for text, *_ in apart] == [name for name, _ in told]
    assert said(" ".join(f"{name} {amount}" for name, amount in told)) == apart
    assert said(" ".join(f"{amount} {name}" for name, amount in told)) == apart


@pytest.mark.parametrize("seed", range(30))
def test_counts_lead_by_themselves(seed: int) -> None:
    dice = Random(seed)
    told = [(name, amount, dice.choice(COUNTS)) for name, amount in things(dice)]
    apart = said(", ".join(f"{count} {name} {amount}" for name, amount, count in told))
    assert said(" ".join(f"{count} {name} {amount}" for name, amount, count in told)) == apart
    assert said(" ".join(f"{count} {amount} {name}" for name, amount, count in told)) == apart


@pytest.mark.parametrize("seed", range(30))
def test_what_is_said_of_the_time_stays_with_the_name_before_it(seed: int) -> None:
    dice = Random(seed)
    told = [(name, amount, dice.choice(TIMES)) for name, amount in things(dice)]
    apart = said(", ".join(f"{amount} {name} {time}" for name, amount, time in told))
    assert said(" ".join(f"{amount} {name} {time}" for name, amount, time in told)) == apart


@pytest.mark.parametrize("seed", range(30))
def test_times_lead_by_themselves(seed: int) -> None:
    dice = Random(seed)
    told = [(name, amount, dice.choice(HOURS)) for name, amount in things(dice)]
    apart = said(", ".join(f"{name} {amount} {hour}" for name, amount, hour in told))
    assert said(" ".join(f"{hour} {name} {amount}" for name, amount, hour in told)) == apart
    assert said(" ".join(f"{hour} {amount} {name}" for name, amount, hour in told)) == apart
    assert said(" ".join(f"{name} {amount} {hour}" for name, amount, hour in told)) == apart


@pytest.mark.parametrize(
    "line",
    [
        "500 mg calcium 250 mg magnesium 400 mg",
        "400 mg magnesium 15 mg zinc 1000 mg",
        "1 cipro 500mg 2 magnesium 400mg",
        "500 mg vitamin C 400 mg magnesium oxide 20 mg omeprazole 10 mg",
    ],
)
def test_amounts_on_both_ends_are_asked_of_everything_between(line: str) -> None:
    items = read(line)
    assert len(items) > 1
    assert all(item.amount.open and item.figures for item in items)
