"""Several things told as sentences, with bars, dashes or bullets: what is said of one never moves to the next."""

from __future__ import annotations

from itertools import product

import pytest

from magcheck.reading.line import LineItem
from tests.reading.scoring import names_of, read

JOINTS = (". ", " | ", " - ", " \u2013 ", " \u2022 ", "\t", "  ", "\n", "; ", "! ")
SAID = (
    ("omeprazole", "stopped"),
    ("atorvastatin 20 mg", "at night"),
    ("digoxin", "1 tablet daily"),
    ("alendronate", "weekly"),
    ("timolol", "eye drops"),
    ("zinc", "15 mg"),
    ("levothyroxine", "75 mcg in the morning"),
    ("magnesium glycinate", "400 mg elemental"),
    ("ibuprofen", "as needed"),
    ("ramipril", "on hold"),
)


@pytest.mark.parametrize("joint", JOINTS, ids=repr)
def test_each_sentence_is_read_as_if_it_stood_alone(joint: str) -> None:
    for first, second in product(SAID, SAID):
        third = ("aspirin", "daily")
        if len({first, second}) < len((first, second)):
            continue
        lines = [", ".join(told) for told in (first, second, third)]
        together = read(joint.join(lines))
        alone = [item for line in lines for item in read(line)]
        assert [_essence(item) for item in together] == [_essence(item) for item in alone], joint.join(lines)


def _essence(item: LineItem) -> tuple[object, ...]:
    return names_of(item), item.amount, item.timing, item.taken, item.routes, item.words


@pytest.mark.parametrize(
    "line",
    [
        "At night, atorvastatin. In the morning, doxycycline. At noon, aspirin.",
        "One at night, atorvastatin. One in the morning, doxycycline. One at noon, aspirin.",
    ],
)
def test_a_sentence_may_begin_with_its_time(line: str) -> None:
    slots = {item.text: list(item.timing.slots) for item in read(line)}
    assert slots == {"atorvastatin": ["bedtime"], "doxycycline": ["morning"], "aspirin": ["noon"]}


def test_a_sentence_that_begins_with_an_order_speaks_of_the_name_before() -> None:
    first, second = read("Levothyroxine, 50 mcg. Take in the morning, metformin 500 mg")
    assert list(first.timing.slots) == ["morning"]
    assert second.timing.slots == ()


@pytest.mark.parametrize("then", ["then", "dann", "puis", "luego", "poi", "daarna"])
def test_what_comes_then_begins_anew(then: str) -> None:
    amounts = [
        item.amount.high for item in read(f"zinc, 15 mg {then} magnesium glycinate, 400 mg {then} B6, 10 mg")
    ]
    assert amounts == [15, 400, 10]


@pytest.mark.parametrize(
    "line",
    [
        "omeprazole, on hold. Takes digoxin daily. aspirin, daily",
        "omeprazole, stopped. Takes 1 tablet digoxin. aspirin, daily",
        "omeprazole, stopped - taking digoxin, daily - aspirin",
    ],
)
def test_what_leads_to_the_next_name_begins_with_it(line: str) -> None:
    standing = {item.text: item.taken for item in read(line)}
    assert standing["digoxin"] is not False
    assert standing["omeprazole"] is not True
