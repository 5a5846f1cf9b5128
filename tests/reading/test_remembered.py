"""Is what was read before the same as what is read for the first time, whoever asked before?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import TYPE_CHECKING

from magcheck import Checker
from magcheck.knowledge.load import load_rules
from magcheck.profile import Day, Medication, Profile, Supplement
from magcheck.reading import remembered
from magcheck.reading.item import read_item
from magcheck.reading.remembered import RememberedLines
from magcheck.reading.setting import Setting
from tests.inference.invented import People

if TYPE_CHECKING:
    import pytest

MOST_FEW = 5
"""So few lines are remembered that most are forgotten again."""

ITEMS = [
    Medication(name="cipro 500 mg twice a day"),
    Medication(name="cipro 500 mg twice a day", per_day=1),
    Medication(name="cipro 500 mg twice a day", times=("08:00",)),
    Medication(name="Warfarin 5 mg every other day"),
    Medication(name="Warfarin 5 mg every other day", frequency="daily"),  # type: ignore[arg-type]
    Medication(name="Advil"),
    Medication(name="cipro and xyzzol at breakfast"),
    Medication(rxcui="2551"),
    Supplement(name="magnesium citrate 200 mg before breakfast"),
    Supplement(name="magnesium citrate", amount_mg=200),
    Supplement(name="magnesium citrate", amount_mg=200, basis="elemental"),  # type: ignore[arg-type]
    Supplement(name="cipro 500 mg twice a day"),
]
SETTINGS = [
    (country, day, listed)
    for country, day, listed in product(
        (None, "DE", "AU"), (Day(), Day(wake="05:00")), ("medications", "supplements")
    )
]


def test_a_remembered_line_is_read_as_if_for_the_first_time(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = [Setting(checker.book, *of) for of in SETTINGS]
    asked = [(item, setting) for item, setting in product(ITEMS, settings)]
    expected = [read_item(*one) for one in asked]
    for most in (remembered.MOST_LINES, 5):
        monkeypatch.setattr(remembered, "MOST_LINES", most)
        lines = RememberedLines(checker.book)
        for _ in range(2):
            assert [lines(*one) for one in asked] == expected
        assert len(lines) <= most


def test_a_remembered_line_is_not_read_again(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    lines, setting = RememberedLines(checker.book), Setting(checker.book, None, Day(), "medications")
    first = lines(Medication(name="cipro"), setting)
    monkeypatch.setattr(remembered, "read_item", None)
    assert lines(Medication(name="cipro"), setting) is first


def test_lines_of_another_rule_book_are_not_mixed_in(checker: Checker) -> None:
    lines, item = RememberedLines(checker.book), Medication(name="cipro")
    other = Setting(load_rules(), None, Day(), "medications")
    assert lines(item, other) == read_item(item, other)
    assert len(lines) == 0


def test_nobody_is_told_otherwise_because_of_who_was_checked_before(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same lines in other places, lists and countries, beside other things, for several threads at once."""
    crowd = People(checker, seed=77)
    people = [crowd.person() for _ in range(60)]
    people += [person.model_copy(update={"medications": person.medications[::-1]}) for person in people]
    people += [
        person.model_copy(update={"supplements": (*ITEMS[-4:], *person.supplements)}) for person in people[:30]
    ]
    monkeypatch.setattr(checker, "_lines", read_item)
    expected = [checker.check(person, rules_of_names=bool(place % 2)) for place, person in enumerate(people)]
    for most in (4096, MOST_FEW):
        monkeypatch.setattr(remembered, "MOST_LINES", most)
        monkeypatch.setattr(checker, "_lines", RememberedLines(checker.book))
        with ThreadPoolExecutor(3) as threads:
            asked = [
                threads.submit(checker.check, person, rules_of_names=bool(place % 2))
                for _ in range(2)
                for place, person in enumerate(people)
            ]
        assert [answer.result() for answer in asked] == expected * 2


def test_a_checker_remembers_lines(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Profile.model_validate({"medications": ["cipro 500 mg twice a day, remembered"]})
    first = checker.check(told)
    monkeypatch.setattr(remembered, "read_item", None)
    assert checker.check(told) == first
