"""Do amounts, counts, times, intervals and brackets read right together? Right or asked, and never lost."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from magcheck import check
from magcheck.reading.line import LineItem
from magcheck.reading.parts import SLOTS
from magcheck.terminology.tokens import tokenise
from tests.reading.scoring import names_of, read

OPENERS = {"(": ")", "[": "]", "{": "}"}
INSIDE = (
    "{}",
    "with {}",
    "together with {}",
    "plus {}",
    "and {}",
    "I also take {}",
    "{} 500 mg",
    "{} twice a day",
)
NAMES = ("ciprofloxacin", "levothyroxine", "digoxin", "warfarin", "lithium", "raltegravir", "doxycycline", "iron")
BEFORE = (
    "magnesium 300 mg elemental",
    "magnesium glycinate 200 mg elemental",
    "magnesium citrate 300 mg",
    "zinc 15 mg elemental",
    "magnesium 300 mg elemental daily",
)


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("opener", OPENERS)
def test_a_name_in_brackets_is_an_item_or_not_read(before: str, opener: str) -> None:
    own = read(before)[0]
    for inside in INSIDE:
        for name in NAMES:
            items = read(f"{before} {opener}{inside.format(name)}{OPENERS[opener]}")
            found = [item for item in items if name in (names_of(item) or ())]
            assert found or any(name in item.not_read for item in items), (before, inside, name)
            assert (items[0].amount, items[0].timing) == (own.amount, own.timing), (before, inside, name)


CLOCKS = {
    "8 am": "08:00",
    "7:30 am": "07:30",
    "at 13:00": "13:00",
    "at 9 pm": "21:00",
    "20 Uhr": "20:00",
    "22h": "22:00",
}
PARTS_OF_DAY = {
    "in the morning": ("morning", 4, 12),
    "with breakfast": ("morning", 4, 12),
    "at noon": ("noon", 11, 18),
    "in the evening": ("evening", 15, 24),
    "at bedtime": ("bedtime", 18, 28),
    "abends": ("evening", 15, 24),
    "au coucher": ("bedtime", 18, 28),
}


@pytest.mark.parametrize("joint", [" and ", " & ", " + ", " und ", " et "])
@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("word", PARTS_OF_DAY)
def test_a_clock_time_and_another_part_of_the_day_are_two_intakes(clock: str, word: str, joint: str) -> None:
    slot, first, last = PARTS_OF_DAY[word]
    hour = int(CLOCKS[clock][:2])
    for line in (f"ciprofloxacin {clock}{joint}{word}", f"ciprofloxacin {word}{joint}{clock}"):
        timing = read(line)[0].timing
        if first <= hour < last:
            assert timing.open or timing.per_day == 1, line
        else:
            assert (timing.per_day, timing.times, timing.slots) == (2, (CLOCKS[clock],), (slot,)), line


@pytest.mark.parametrize("hour", range(1, 12))
@pytest.mark.parametrize("written", ["{}:00", "at {}:00", "{} o'clock", "{} Uhr", "{}h"])
def test_a_part_of_the_day_tells_which_half_is_meant(written: str, hour: int) -> None:
    for word, (slot, first, last) in PARTS_OF_DAY.items():
        timing = read(f"ciprofloxacin {written.format(hour)} {word}")[0].timing
        possible = [f"{at % 24:02d}:00" for at in (hour, hour + 12, hour + 24) if first <= at < last]
        assert timing.open or timing.times in [(time,) for time in possible], (written, hour, word, slot)


AMOUNTS = ("300 mg elemental", "300 mg", "150 mg and 250 mg", "300 mg elemental, total 900 mg")
COUNTS = ("2 tablets", "1 capsule", "x3", "whole bottle", "")
WHEN = (
    "8 am", "at 21:00", "9 Uhr", "in the evening", "at bedtime", "twice a day", "every 8 hours", "/ 8h",
    "alle 12 h", "with meals", "ac & hs", "1-0-1", "on Monday", "weekly", "until 12/12", "9 at night",
    "for 7 days", "daily",
)  # fmt: skip
ASIDE = ("", "(with ciprofloxacin)", "[500 mg bid]", "(=600 mg)", "(bid)")
OFTEN = ("8 am", "21:00", "Uhr", "evening", "twice", "8 hours", "8h", "12 h", "1-0-1", "daily", "bid")
"""What tells how often, so that "with meals" is only how."""


def random_lines(seed: int, count: int) -> list[str]:
    rng = Random(seed)
    lines: list[str] = []
    for _ in range(count):
        when = rng.sample(WHEN, rng.randint(1, 2))
        phrases = [rng.choice(AMOUNTS), rng.choice(COUNTS), *when, rng.choice(ASIDE)]
        rng.shuffle(phrases)
        lines.append(f"magnesium {' '.join(filter(None, phrases))}")
    return lines


def is_settled(item: LineItem) -> bool:
    return not (item.amount.open or item.timing.open or item.not_read)


def figures(item: LineItem) -> set[float]:
    """Every number that the reading of an item can come from."""
    timing, amount = item.timing, item.amount
    hours = {int(time[:2]) % 12 for time in timing.times} | {0 if item.timing.times else 12}
    told = {amount.low, amount.high, amount.strength, amount.count, timing.per_day, timing.days, timing.every_days}
    often = {24 / timing.per_day} if timing.per_day else set[float]()
    return {float(number) for number in (*told, *hours, *often, *timing.doses) if number is not None}


@pytest.mark.parametrize("line", random_lines(3, 600))
def test_no_number_and_no_time_of_a_line_is_lost(line: str) -> None:
    items = read(line)
    shown = " ".join(word for item in items for word in item.not_read)
    known = set[float]().union(*(figures(item) for item in items))
    for token in tokenise(line):
        if token.is_number and token.text not in shown:
            value = float(token.text)
            compound = value in (300, 500, 600) and any(item.amount.elemental for item in items)
            assert compound or value in known or value % 12 in known or value in (0, 1, 30), (line, token.text)
    for word, slot in {"in the evening": "evening", "at bedtime": "bedtime"}.items():
        if word in line and word not in shown:
            assert any(slot in item.timing.slots or item.timing.times for item in items), line
    agrees = "2 tablets (=600 mg)" in line and "300 mg elemental" in line
    for word in ("whole bottle", "total 900", *(() if agrees else ("=600",)), "until 12/12", "9 at night"):
        assert word not in line or not all(map(is_settled, items)), line
    meals = "with meals" in line or "ac & hs" in line
    assert not meals or any(often in line for often in OFTEN) or not all(map(is_settled, items)), line


@pytest.mark.parametrize(
    "pair", list(permutations(["8 am", "at 21:00", "at bedtime", "with breakfast", "13:30"], 2))
)
def test_two_times_are_the_same_in_both_orders(pair: tuple[str, str]) -> None:
    first, second = (read(f"levothyroxine {a} and {b}")[0].timing for a, b in (pair, pair[::-1]))
    assert (first.times, first.slots, first.open) == (second.times, second.slots, second.open)


TWICE = (
    {"name": "magnesium glycinate at bedtime", "times": ["07:00"]},
    {"name": "magnesium glycinate in the morning", "times": ["21:00"]},
    {"name": "magnesium glycinate at 20:30", "times": ["08:00"]},
    {"name": "magnesium glycinate 8 am and 8 pm", "times": ["08:00"]},
    {"name": "magnesium glycinate twice a day", "per_day": 1},
    {"name": "magnesium glycinate daily", "frequency": "weekly"},
    {"name": "magnesium glycinate once a week", "frequency": "daily"},
    {"name": "magnesium glycinate 200 mg of the compound"},
    {"name": "magnesium glycinate 300 mg elemental"},
    {"name": "magnesium glycinate x3"},
    {"name": "magnesium glycinate 3 x 200 mg"},
    {"name": "magnesium oxide", "basis": "compound", "elemental_percent": 0.6},
)


@pytest.mark.parametrize("told", TWICE)
def test_what_is_told_in_two_ways_is_asked(told: dict[str, object]) -> None:
    assert not check({"supplements": [{"amount_mg": 200, "basis": "elemental", **told}]}).complete
    asked = check({"supplements": [{"amount_mg": 200, "basis": "elemental", **told}]}).not_checked
    assert any(entry.question for entry in asked), told


AGREEING = (
    {"name": "magnesium glycinate at bedtime", "times": ["22:00"]},
    {"name": "magnesium glycinate in the morning", "times": ["07:00"]},
    {"name": "magnesium glycinate daily", "times": ["07:00"]},
    {"name": "magnesium glycinate 200 mg elemental", "times": ["07:00"]},
    {"name": "magnesium glycinate 8 am", "times": ["08:00"]},
    {"name": "magnesium glycinate in the morning", "frequency": "weekly"},
    {"name": "magnesium glycinate 2 x 100 mg", "times": ["07:00"]},
    {"name": "magnesium glycinate 1000 mg", "times": ["07:00"]},
)


@pytest.mark.parametrize("told", AGREEING)
def test_what_agrees_is_not_asked(told: dict[str, object]) -> None:
    assert not check({"supplements": [{"amount_mg": 200, "basis": "elemental", **told}]}).not_checked


def test_every_part_of_the_day_is_among_the_slots() -> None:
    assert {slot for slot, _, _ in PARTS_OF_DAY.values()} == set(SLOTS)
