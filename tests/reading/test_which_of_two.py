"""What may be of two names, or be two things: read rightly where only one is meant, else asked."""

from __future__ import annotations

import pytest

from magcheck.profile import Frequency, Route
from magcheck.reading.line import LineItem
from magcheck.terminology.vocabulary import NotFound
from tests.reading.scoring import names_of, read


def ways(item: LineItem) -> frozenset[Route]:
    return item.routes.possible if item.routes else frozenset()


BEFORE_BRACKETS = [
    "8am metformin, cipro 6pm [atorvastatin]",
    "8am metformin, cipro 6pm (atorvastatin)",
    "8am: metformin, cipro 6pm: {atorvastatin}",
    "morning metformin, cipro evening (atorvastatin)",
    "AM metformin, cipro PM (atorvastatin)",
    "breakfast metformin cipro dinner (atorvastatin)",
    "8am metformin, cipro at 6pm [atorvastatin]",
    "8am metformin, cipro 6pm 1 tablet [atorvastatin]",
]
BETWEEN = [
    "levothyroxine in the morning 400 mg magnesium",
    "levothyroxine at night 400 mg magnesium glycinate",
    "levothyroxine 8am 400 mg magnesium citrate",
    "zinc twice daily 400 mg magnesium",
    "zinc tablets 400 mg magnesium",
    "zinc orally 400 mg magnesium",
    "zinc 15 mg in the morning 400 mg magnesium",
    "zinc morning 2 magnesium 200 mg",
    "magnesium in the morning 15 mg zinc",
    "magnesium glycinate at night 5 mg melatonin",
    "magnesium citrate daily 1000 mg vitamin C",
]


@pytest.mark.parametrize("line", BEFORE_BRACKETS)
def test_an_hour_before_brackets_may_be_that_of_what_they_hold(line: str) -> None:
    cipro, atorvastatin = read(line)[-2:]
    assert (cipro.timing.open, atorvastatin.timing.open) == (True, True)


def test_an_hour_before_an_aside_stays_where_names_lead() -> None:
    cipro = read("metformin 8am, cipro 6pm (atorvastatin)")[1]
    assert (cipro.timing.times, cipro.timing.open) == (("18:00",), False)


@pytest.mark.parametrize("line", BETWEEN)
def test_an_amount_behind_a_time_and_before_a_name_may_be_of_either(line: str) -> None:
    first, second = read(line)
    magnesium = first if "magnesium" in first.text else second
    assert (magnesium.amount.high, magnesium.amount.open) == (None, True)


@pytest.mark.parametrize(
    ("line", "milligrams"),
    [
        ("zinc 15 mg in the morning magnesium 200 mg at night", 200),
        ("zinc in the morning, 200 mg magnesium", 200),
        ("500 mg calcium in the morning 200 mg magnesium", 200),
    ],
)
def test_an_amount_whose_name_is_clear_is_not_asked(line: str, milligrams: float) -> None:
    assert read(line)[1].amount.high == milligrams


@pytest.mark.parametrize(
    "words", ["am & eve", "morning & eve", "am and eve", "8am + eve", "am/eve", "mornings and eves"]
)
def test_eve_behind_a_time_is_the_evening(words: str) -> None:
    (cipro,) = read(f"cipro {words}")
    assert "evening" in cipro.timing.slots
    assert not cipro.timing.open


@pytest.mark.parametrize(
    "line", ["cipro, Eve", "cipro and Eve", "cipro & Eve", "cipro + Eve 200 mg", "cipro am, Eve"]
)
def test_eve_with_a_capital_is_the_brand(line: str) -> None:
    assert names_of(read(line)[-1]) == {"ibuprofen"}


@pytest.mark.parametrize("words", ["eve", "500 mg eve", "am, eve", "1 am 1 eve"])
def test_an_eve_that_may_be_either_leaves_the_time_open(words: str) -> None:
    assert all(item.timing.open for item in read(f"cipro {words}"))


@pytest.mark.parametrize("word", ["week", "Woche", "cycle", "phase", "stage", "day"])
def test_a_numeral_is_no_way(word: str) -> None:
    (cipro,) = read(f"cipro {word} IV")
    assert ways(cipro) == {Route.INTRAVENOUS, Route.ORAL}


@pytest.mark.parametrize("line", ["cipro IV", "cipro 400 mg IV", "cipro weekly IV", "cipro IV week 4"])
def test_a_way_is_a_way(line: str) -> None:
    assert ways(read(line)[0]) == {Route.INTRAVENOUS}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("6-monthly", 180), ("3-monthly", 90), ("2-weekly", 14), ("12-weekly", 84), ("half yearly", 180),
        ("twice a year", 180), ("quarterly", 90), ("halbjährlich", 180), ("semestriel", 180),
        ("every 6 months", 180),
    ],
)  # fmt: skip
def test_rhythms_of_weeks_and_months(words: str, days: int) -> None:
    (item,) = read(f"denosumab {words}")
    assert (item.timing.every_days, item.timing.open, item.amount.count) == (days, False, None)


@pytest.mark.parametrize("words", ["6 monthly", "six monthly", "12 weekly", "2 weekly", "60 mg 6 monthly"])
def test_so_many_monthly_are_no_pieces_and_asked(words: str) -> None:
    (item,) = read(f"denosumab {words}")
    assert (item.timing.open, item.amount.count) == (True, None)
    assert item.timing.frequency is not Frequency.DAILY


@pytest.mark.parametrize("line", ["gaba 300 tid", "gaba 300", "GABA 100 nocte", "gaba 600 tds", "gaba tid"])
def test_a_short_form_of_clinicians_is_asked(line: str) -> None:
    assert isinstance(read(line)[0].read, NotFound)


@pytest.mark.parametrize("line", ["GABA", "gaba 500 mg", "GABA 750 mg at bedtime", "gaba supplement"])
def test_the_supplement_is_known(line: str) -> None:
    assert names_of(read(line)[0]) == {"gaba"}


@pytest.mark.parametrize(
    "line",
    [
        "switching to digoxin from levofloxacin", "changed to digoxin from levofloxacin",
        "digoxin from levofloxacin",
        "digoxin as levofloxacin", "digoxin (from levofloxacin)",
    ],
)  # fmt: skip
def test_from_another_medicine_loses_none(line: str) -> None:
    assert [names_of(item) for item in read(line)] == [{"digoxin"}, {"levofloxacin"}]


@pytest.mark.parametrize(
    "words",
    [
        "don't use",
        "don't need",
        "doesn't use",
        "can't tolerate",
        "took",
        "once took",
        "ran out of",
        "tried",
        "haven't started",
    ],
)
def test_words_that_put_in_doubt_whether_it_is_taken(words: str) -> None:
    assert [item.taken for item in read(f"{words} cipro")] == [None]


@pytest.mark.parametrize("line", ["still on digoxin", "Still taking digoxin", "digoxin, still", "still digoxin"])
def test_what_is_still_taken_is_taken(line: str) -> None:
    assert [(item.taken, item.words) for item in read(line)] == [(True, ())]


@pytest.mark.parametrize("line", ["digoxin still on hold", "digoxin: still paused", "still not taking digoxin"])
def test_what_is_still_on_hold_is_not(line: str) -> None:
    assert [item.taken for item in read(line)] == [False]


@pytest.mark.parametrize(
    "line",
    [
        "brown inhaler beclometasone",
        "beclometasone brown inhaler",
        "preventer inhaler: Clenil",
        "inhaler salbutamol",
    ],
)
def test_a_word_for_an_inhaler_beside_its_medicine_is_the_way(line: str) -> None:
    (item,) = read(line)
    assert ways(item) == {Route.INHALED}
    assert not item.words


@pytest.mark.parametrize("line", ["inhaler digoxin", "nasal spray digoxin", "eye drops levothyroxine"])
def test_a_form_before_a_name_that_is_not_sold_so_may_be_something_else(line: str) -> None:
    assert Route.ORAL in ways(read(line)[0])
