"""A line and the fields beside it: what they tell in two ways is asked, and what agrees is not."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from magcheck.knowledge.load import RuleBook, load_rules
from magcheck.profile import Day, Medication, Supplement
from magcheck.reading.echo import echo
from magcheck.reading.item import ReadItem, read_item
from magcheck.reading.setting import Setting
from magcheck.terminology.vocabulary import Found, NotFound, Reason


@cache
def book() -> RuleBook:
    return load_rules()


def items(name: str | None = None, kind: str = "supplements", **fields: Any) -> tuple[ReadItem, ...]:
    model = Supplement if kind == "supplements" else Medication
    told = {key: value for key, value in {"name": name, **fields}.items() if value is not None}
    return read_item(model.model_validate(told), Setting(book(), "US", Day(), kind))


def asked(name: str, kind: str = "supplements", **fields: Any) -> bool:
    """Is it told in two ways?"""
    (item,) = items(name, kind, **fields)
    return any(doubt.why.reason is Reason.TWICE for doubt in item.doubts)


@pytest.mark.parametrize(
    ("name", "own", "twice"),
    [
        ("magnesium citrate 200 mg", 200, False),
        ("magnesium citrate 200 mg", 203, False),
        ("magnesium citrate 200 mg", 204, False),
        ("magnesium citrate 200 mg", 196, False),
        ("magnesium citrate 200 mg", 195, True),
        ("magnesium citrate 200 mg", 206, True),
        ("magnesium citrate 200 mg", 100, True),
        ("magnesium citrate 200 mg", 400, True),
        ("magnesium citrate 2 x 200 mg", 400, False),
        ("magnesium citrate 2 x 200 mg", 200, True),
        ("magnesium citrate 2 x 200 mg", 300, True),
        ("magnesium citrate 1 x 200 mg", 200, False),
        ("magnesium citrate 3 tablets", 200, True),
        ("magnesium citrate 1 tablet", 200, False),
        ("magnesium citrate half a tablet", 200, False),
        ("magnesium citrate", 200, False),
        ("magnesium citrate 0.5 g", 500, False),
        ("magnesium citrate 0.5 g", 5, True),
    ],
)
def test_an_amount_beside_that_of_the_line(name: str, own: float, *, twice: bool) -> None:
    assert asked(name, amount_mg=own) is twice


@pytest.mark.parametrize(
    ("name", "own", "twice"),
    [
        ("furosemide 40 mg", 40, False),
        ("furosemide 40 mg", 20, True),
        ("furosemide 40 mg", 80, True),
        ("furosemide 2 tablets of 40 mg", 80, False),
        ("furosemide 2 tablets of 40 mg", 40, False),
        ("furosemide 2 tablets of 40 mg", 20, True),
        ("furosemide 2 tablets", 40, False),
        ("levothyroxine 50 mcg", 0.05, False),
        ("levothyroxine 50 mcg", 50, True),
    ],
)
def test_a_dose_beside_that_of_the_line(name: str, own: float, *, twice: bool) -> None:
    assert asked(name, "medications", dose_mg=own) is twice


@pytest.mark.parametrize(
    ("own", "basis", "twice"),
    [
        (30, "elemental", False),
        (100, "elemental", True),
        (300, "elemental", True),
        (100, "compound", True),
        (100, "unknown", True),
    ],
)
def test_the_magnesium_of_a_compound_is_less_than_the_compound(own: float, basis: str, *, twice: bool) -> None:
    assert asked("magnesium citrate 200 mg", amount_mg=own, basis=basis) is twice


@pytest.mark.parametrize(
    ("name", "fields", "twice"),
    [
        ("zinc twice a day", {"per_day": 2}, False),
        ("zinc twice a day", {"per_day": 3}, True),
        ("zinc twice a day", {"times": ["08:00", "20:00"]}, False),
        ("zinc twice a day", {"times": ["08:00"]}, True),
        ("zinc", {"times": ["08:00"], "per_day": 1}, False),
        ("zinc", {"times": ["08:00"], "per_day": 2}, True),
        ("zinc", {"times": ["08:00", "20:00"], "per_day": 1}, True),
        ("zinc", {"per_day": 2}, False),
        ("zinc at 8 am", {"times": ["08:00"]}, False),
        ("zinc at 8 am", {"times": ["09:00"]}, True),
        ("zinc at 8 am and 8 pm", {"times": ["08:00", "20:00"]}, False),
        ("zinc at 8 am and 8 pm", {"times": ["20:00", "21:00"]}, True),
        ("zinc in the evening", {"times": ["20:00"]}, False),
        ("zinc in the evening", {"times": ["15:00"]}, False),
        ("zinc in the evening", {"times": ["14:59"]}, True),
        ("zinc in the morning", {"times": ["11:59"]}, False),
        ("zinc in the morning", {"times": ["12:00"]}, True),
        ("zinc in the morning", {"times": ["04:00"]}, False),
        ("zinc in the morning", {"times": ["03:59"]}, True),
        ("zinc at bedtime", {"times": ["03:59"]}, False),
        ("zinc at bedtime", {"times": ["04:00"]}, True),
        ("zinc at bedtime", {"times": ["18:00"]}, False),
        ("zinc at bedtime", {"times": ["17:59"]}, True),
        ("zinc daily", {"frequency": "daily"}, False),
        ("zinc daily", {"frequency": "weekly"}, True),
        ("zinc once a week", {"frequency": "weekly"}, False),
        ("zinc once a week", {"frequency": "daily"}, True),
        ("zinc in the morning", {"frequency": "weekly"}, False),
        ("zinc as needed", {"frequency": "daily"}, True),
        ("zinc every 3 days", {"every": {"days": 3}}, False),
        ("zinc every 3 days", {"every": {"days": 2}}, True),
        ("zinc every other day", {"every": {"days": 2}}, False),
    ],
)
def test_a_schedule_beside_that_of_the_line(name: str, fields: dict[str, Any], *, twice: bool) -> None:
    assert asked(name, **fields) is twice


@pytest.mark.parametrize(
    ("name", "fields", "twice"),
    [
        ("magnesium 200 mg elemental", {"basis": "elemental"}, False),
        ("magnesium 200 mg elemental", {"basis": "compound"}, True),
        ("magnesium 200 mg elemental", {"basis": "compound", "amount_mg": 200}, True),
        ("magnesium 200 mg elemental", {"basis": "unknown", "amount_mg": 200}, False),
        ("magnesium oxide", {"basis": "compound", "elemental_percent": 60}, False),
        ("magnesium oxide", {"basis": "compound", "elemental_percent": 31}, False),
        ("magnesium oxide", {"basis": "compound", "elemental_percent": 0.6}, True),
        ("magnesium oxide", {"basis": "compound", "elemental_percent": 29}, True),
        ("zinc", {"elemental_percent": 0.5}, True),
        ("zinc", {"elemental_percent": 1}, False),
    ],
)
def test_what_an_amount_counts_beside_what_the_line_says(
    name: str, fields: dict[str, Any], *, twice: bool
) -> None:
    assert asked(name, **fields) is twice


def substances(item: ReadItem) -> set[str] | Reason:
    if isinstance(item.found, NotFound):
        return item.found.reason
    return {substance.name for substance in item.found.meaning.substances}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"rxcui": "10582"}, [{"levothyroxine"}]),
        ({"atc": "J01MA02"}, [{"ciprofloxacin"}]),
        ({"atc": "j01ma02"}, [{"ciprofloxacin"}]),
        ({"rxcui": "99999999"}, [Reason.UNKNOWN_CODE]),
        ({"atc": "Z99ZZ99"}, [Reason.UNKNOWN_CODE]),
        ({"rxcui": "99999999", "atc": "J01MA02"}, [{"ciprofloxacin"}]),
        ({"rxcui": "10582", "atc": "J01MA02"}, [Reason.DISAGREE]),
        ({"rxcui": "10582", "atc": "H03AA01"}, [{"levothyroxine"}]),
        ({"name": "levothyroxine", "rxcui": "10582"}, [{"levothyroxine"}]),
        ({"name": "Synthroid 50 mcg", "rxcui": "10582"}, [{"levothyroxine"}]),
        ({"name": "amlodipine", "rxcui": "10582"}, [Reason.DISAGREE]),
        ({"name": "amlodipine and aspirin", "rxcui": "10582"}, [Reason.DISAGREE, {"acetylsalicylic acid"}]),
        ({"name": "amlodipine and levothyroxine", "rxcui": "10582"}, [{"amlodipine"}, {"levothyroxine"}]),
        ({"name": "qwertzu", "rxcui": "10582"}, [{"levothyroxine"}]),
        ({"name": "qwertzu and levothyroxine", "rxcui": "10582"}, [Reason.UNKNOWN, {"levothyroxine"}]),
        ({"name": "qwertzu, amlodipine", "rxcui": "10582"}, [Reason.DISAGREE, {"amlodipine"}]),
        ({"name": "water pill", "atc": "C03CA01"}, [{"furosemide"}]),
        ({"name": "water pill", "rxcui": "10582"}, [Reason.DISAGREE]),
        ({"name": "levothyroxine", "rxcui": "99999999"}, [{"levothyroxine"}]),
        ({"name": "amlodipine/valsartan", "atc": "C08CA01"}, [{"amlodipine", "valsartan"}]),
        ({"name": "levothyroxine", "rxcui": "10582", "atc": "J01MA02"}, [Reason.DISAGREE]),
        ({"name": "...", "rxcui": "10582"}, [{"levothyroxine"}]),
        ({"name": "...", "rxcui": "99999999"}, [Reason.UNKNOWN]),
    ],
)
def test_a_code_settles_a_name_and_never_overrules_it(
    fields: dict[str, str], expected: list[set[str] | Reason]
) -> None:
    assert [substances(item) for item in items(kind="medications", **fields)] == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("magnesium citrate 200 mg", "magnesium citrate, 200 mg"),
        ("magnesium citrate 1 tablet", "magnesium citrate, 1 piece"),
        ("magnesium citrate 2 tablets", "magnesium citrate, 2 pieces"),
        ("magnesium citrate half a tablet", "magnesium citrate, 0.5 pieces"),
        ("magnesium citrate 3 x 100 mg", "magnesium citrate, 3 x 100 mg"),
        ("magnesium citrate 100 to 200 mg", "magnesium citrate, 100-200 mg"),
        ("magnesium citrate 200 mg elemental", "magnesium citrate, 200 mg elemental"),
        ("magnesium citrate 10 mL", "magnesium citrate, 10 mL"),
        ("levothyroxine 50 mcg", "levothyroxine, 50 mcg"),
        ("levothyroxine 0.5 mg", "levothyroxine, 500 mcg"),
        ("levothyroxine 1.125 mg", "levothyroxine"),
        ("zinc 2-0-1", "zinc, 2 pieces, 2-0-1"),
        ("zinc 1-0-0-2", "zinc, 2 pieces, 1-0-0-2"),
        ("zinc once a day", "zinc, once a day"),
        ("zinc twice a day", "zinc, 2 times a day"),
        ("zinc 2-3 times a day", "zinc, 2-3 times a day"),
        ("zinc weekly", "zinc, weekly"),
        ("zinc once", "zinc, once a day"),
        ("zinc every 3 days", "zinc, every 3 days"),
        ("zinc every other day", "zinc, every other day"),
        ("zinc as needed", "zinc, as needed"),
        ("zinc at 8 am", "zinc, at 08:00"),
        ("zinc at 8 am, 1 pm and 6 pm", "zinc, at 08:00, 13:00 and 18:00"),
        ("zinc in the morning and at bedtime", "zinc, in the morning and at bedtime"),
        ("zinc in the morning and in the afternoon", "zinc, in the morning and in the afternoon"),
        ("zinc for 10 days", "zinc, for 10 days"),
        ("stopped zinc", "zinc, not taken"),
        ("ciprofloxacin eye drops", "ciprofloxacin, in the eye"),
        ("ciprofloxacin iv", "ciprofloxacin, intravenously"),
    ],
)
def test_a_line_is_said_again_in_full(line: str, said: str) -> None:
    (item,) = items(line, "medications" if line.startswith(("levo", "cipro")) else "supplements")
    assert isinstance(item.found, Found)
    assert echo(item.found.meaning, item.item, item, book().wording.reading.echo) == said


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("qwertz", ["qwertz"]),
        ("qwertz citrate 5 mg per serving", ["qwertz citrate"]),
        ("qwertz per serving", ["qwertz"]),
        ("qwertz yxcv tablets", ["qwertz yxcv"]),
        ("qwertz tablets with food", ["qwertz"]),
        ("qwertz 5 mg daily in the morning", ["qwertz"]),
        ("qwertz, yxcv", ["qwertz", "yxcv"]),
        ("qwertz 5 mg\nyxcv 10 mg", ["qwertz", "yxcv"]),
        ("magnesium bisglycinate (chelate) per serving", ["magnesium bisglycinate"]),
    ],
)
def test_a_name_is_told_without_what_is_said_of_it(line: str, names: list[str]) -> None:
    assert [item.line.text for item in items(line) if item.line] == names
