"""Words before a name on its line, or before a colon, speak of what follows: never of the name before them."""

from __future__ import annotations

from itertools import product

import pytest

from magcheck.profile import Route
from magcheck.reading.line import LineItem
from tests.reading.scoring import names_of, read

STOPPED = (
    "Stopped",
    "Discontinued",
    "On hold",
    "Not taking",
    "STOP taking",
    "Abgesetzt",
    "Arrêté",
    "Suspendido",
    "Sospeso",
)
WAYS = ("Eye drops", "Cream", "Injection", "Nasal spray", "Suppository")
WHEN = ("8 pm", "At bedtime", "PM", "At night and in the morning", "8am and 8pm", "Abends", "le soir")
BEFORE = (". ", " | ", " - ", " (", "\n", "; ", ", ", ".\n", "\n\n")
NAMES = ("digoxin", "doxycycline 100 mg", "magnesium glycinate 200 mg elemental")


def _essence(item: LineItem) -> tuple[object, ...]:
    return names_of(item), item.taken, item.routes, item.timing, item.amount


@pytest.mark.parametrize("words", [*STOPPED, *WAYS, *WHEN, "Allergy", "Three times daily", "2 tablets"])
def test_what_a_colon_follows_is_said_of_what_comes(words: str) -> None:
    for name, before in product(NAMES, BEFORE):
        (alone,) = read(name)
        (headed,) = read(f"{words}: lisinopril")
        line = f"{name}{before}{words}: lisinopril{')' if '(' in before else ''}"
        first, second = read(line)
        asked = first.taken is None and second.taken is None
        assert asked or (_essence(first), _essence(second)) == (_essence(alone), _essence(headed)), line


@pytest.mark.parametrize("words", [*STOPPED, *WAYS, "8 pm", "At bedtime", "Three times daily"])
@pytest.mark.parametrize("sign", ["\n", " | ", " - "])
def test_words_between_two_signs_may_be_of_both(words: str, sign: str) -> None:
    first, second = read(sign.join(("digoxin", words, "lisinopril")))
    for item in (first, second):
        swallowed = item.routes is not None and Route.ORAL in item.routes.possible
        assert item.taken is None or swallowed or item.timing.open, words


@pytest.mark.parametrize("words", [*STOPPED, "Eye drops", "Cream", "8 pm", "At bedtime", "Three times daily"])
def test_where_the_first_line_heads_each_does(words: str) -> None:
    line = f"In the morning\nmetformin\ndigoxin\n{words}\nlisinopril"
    _, digoxin, lisinopril = read(line)
    assert (digoxin.taken, digoxin.routes, digoxin.timing.slots) == (True, None, ("morning",))
    (headed,) = read(f"{words}: lisinopril")
    assert _essence(lisinopril) == _essence(headed)


@pytest.mark.parametrize("words", ["stopped", "eye drops", "at bedtime", "3 times daily", "2 tablets twice daily"])
def test_where_the_last_line_is_of_the_name_before_each_is(words: str) -> None:
    first, second = read(f"timolol\n{words}\nmetformin\ntwice daily")
    (alone,) = read(f"timolol, {words}")
    assert _essence(first) == _essence(alone)
    assert second.timing.per_day == len(("morning", "evening"))


@pytest.mark.parametrize(
    ("line", "per_day"),
    [
        ("Three times daily: vitamin C 100 mg, magnesium glycinate 300 mg elemental", 3),
        ("TID: vitamin C, zinc 15 mg, magnesium glycinate 300 mg elemental", 3),
        ("Morning and night: vitamin C and magnesium glycinate 300 mg elemental", 2),
        ("MORNING AND NIGHT\nvitamin C\nmagnesium glycinate 300 mg elemental", 2),
        ("Twice a day:\n- vitamin C\n- magnesium glycinate 300 mg elemental", 2),
        ("Twice a day: vitamin C, magnesium glycinate 300 mg elemental 3 times a day", 3),
        ("Twice a day: vitamin C. Magnesium glycinate 300 mg elemental", None),
        ("Once a day: zinc. Three times daily: vitamin C, magnesium glycinate 300 mg elemental", 3),
    ],
)
def test_a_heading_is_said_of_its_whole_list(line: str, per_day: float | None) -> None:
    *_, magnesium = read(line)
    assert (magnesium.timing.per_day, magnesium.amount.high) == (per_day, 300)


def test_a_list_on_further_lines_may_go_on_or_not() -> None:
    *_, magnesium = read("Three times daily: vitamin C\nmagnesium glycinate 300 mg elemental")
    assert magnesium.timing.open


def test_the_number_that_heads_a_list_is_that_of_each() -> None:
    *_, magnesium = read("3 capsules: vitamin C 100 mg, magnesium glycinate 300 mg elemental")
    assert magnesium.amount.high == 3 * 300


@pytest.mark.parametrize(
    "line",
    [
        "8am - metformin, doxycycline\n8pm - atorvastatin",
        "8 AM | metformin, doxycycline\n8 PM | atorvastatin",
        "8am: metformin, doxycycline; 8pm: atorvastatin",
        "8am\n- metformin\n- doxycycline\n8pm\n- atorvastatin",
        "(8am) metformin, doxycycline (8pm) atorvastatin",
    ],
)
def test_an_hour_that_leads_its_list_leads_each(line: str) -> None:
    assert [item.timing.times for item in read(line)] == [("08:00",), ("08:00",), ("20:00",)]
