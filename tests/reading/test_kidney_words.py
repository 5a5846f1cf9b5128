"""Kidneys, children, relatives and nothing at all, as people write of them: no danger is lost, no alarm made."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from magcheck.checker import default_checker
from magcheck.reading.conditions import ConditionReading, read_condition
from tests.support import ROOT

WORDS = default_checker().book.condition_words
KINDS: dict[str, Any] = yaml.safe_load((ROOT / "tests/reading/kidneys.yaml").read_text(encoding="utf-8"))


def lines(kind: str) -> list[str]:
    return list(KINDS[kind])


def read(words: str) -> ConditionReading:
    return read_condition(words, WORDS)


def names(words: str) -> set[str]:
    return {named.name for named in read(words).present}


def asked(words: str) -> set[str]:
    return {ask.field for ask in read(words).asks}


def says_nothing(reading: ConditionReading) -> bool:
    """Of the person, and nothing is left open."""
    return not (reading.present or reading.implied or reading.asks or reading.not_read)


@pytest.mark.parametrize("words", lines("on dialysis"))
def test_days_of_dialysis_are_dialysis(words: str) -> None:
    assert "dialysis" in names(words)
    assert not read(words).not_read


@pytest.mark.parametrize("words", lines("dialysis or a kidney ahead"))
def test_whose_kidneys_are_to_be_replaced_counts_as_on_dialysis(words: str) -> None:
    taken = {named.name for ask in read(words).asks for named in ask.takes}
    assert "dialysis" in taken
    assert "kidney.disease" in asked(words)


@pytest.mark.parametrize("words", lines("a kidney asked"))
def test_kidneys_of_which_too_little_is_said_are_asked(words: str) -> None:
    assert "kidney.disease" in asked(words)
    assert "kidney.egfr" not in dict(read(words).implied)


@pytest.mark.parametrize("words", [*lines("kidneys well"), *lines("denied")])
def test_kidneys_that_are_well_and_what_is_answered_with_no_asks_nothing(words: str) -> None:
    reading = read(words)
    assert reading.denied
    assert says_nothing(reading)


@pytest.mark.parametrize("words", lines("a denial that answers something else"))
def test_a_denial_before_a_dash_denies_nothing(words: str) -> None:
    assert "dialysis" in names(words)
    assert "conditions" in asked(words)


@pytest.mark.parametrize("words", lines("stage of another year"))
def test_the_stage_of_another_year_counts_and_is_asked(words: str) -> None:
    assert str(dict(read(words).implied)["kidney.stage"]).startswith("G3")
    assert "kidney.egfr" in asked(words)


@pytest.mark.parametrize("words", lines("stage of today"))
def test_a_stage_that_began_in_another_year_is_of_today(words: str) -> None:
    assert dict(read(words).implied)["kidney.stage"] == "G3"
    assert not asked(words)


@pytest.mark.parametrize("words", lines("their own child"))
def test_who_carries_or_feeds_a_child_does_so(words: str) -> None:
    assert dict(read(words).implied)["person.pregnancy"] in ("pregnant", "breastfeeding")
    assert not read(words).family


@pytest.mark.parametrize("words", lines("a kidney of a relative"))
def test_a_kidney_that_a_relative_gave_or_got_counts_and_is_asked(words: str) -> None:
    assert names(words) & {"kidney transplant", "single kidney"}
    assert "conditions" in asked(words)


@pytest.mark.parametrize("words", lines("a relative's"))
def test_what_a_relative_had_is_not_ones_own(words: str) -> None:
    reading = read(words)
    assert reading.family
    assert says_nothing(reading)


@pytest.mark.parametrize("words", lines("something is left"))
def test_nothing_serious_is_not_nothing(words: str) -> None:
    assert not read(words).understood


@pytest.mark.parametrize("words", lines("nothing at all"))
def test_nothing_is_nothing(words: str) -> None:
    assert read(words).denied
    assert read(words).understood


@pytest.mark.parametrize(("words", "implied"), KINDS["written together"].items())
def test_a_name_and_its_figure_may_be_one_word(words: str, implied: dict[str, Any]) -> None:
    assert implied.items() <= dict(read(words).implied).items()
    assert not read(words).not_read


@pytest.mark.parametrize(("words", "value"), KINDS["the lower of two values"].items())
def test_of_two_kidney_values_the_newer_counts_too(words: str, value: float) -> None:
    assert value in [told for field, told in read(words).implied if field == "kidney.egfr"]


@pytest.mark.parametrize("words", lines("heart block of a degree"))
def test_a_heart_block_has_a_degree(words: str) -> None:
    assert names(words) == {"heart block"}
    assert not read(words).not_read


@pytest.mark.parametrize("words", lines("swallowing of tablets"))
def test_who_cannot_swallow_tablets_is_asked_and_no_emergency(words: str) -> None:
    assert not names(words)
    assert "symptoms" in asked(words)


@pytest.mark.parametrize("words", lines("swallowing at all"))
def test_who_cannot_swallow_is_one(words: str) -> None:
    assert names(words) == {"trouble swallowing"}


@pytest.mark.parametrize("words", lines("a list of lines"))
def test_lines_of_a_list_are_read_one_by_one(words: str) -> None:
    assert "chronic kidney disease" in names(words)
    assert "dialysis" not in names(words)
    assert dict(read(words).implied)["kidney.stage"] == "G4"
    assert not read(words).not_read


@pytest.mark.parametrize("words", ["3. Grades AV-Block", "3. Stadium Niereninsuffizienz", "4.", "2.5 kidneys"])
def test_a_number_that_counts_begins_no_line_of_a_list(words: str) -> None:
    reading = read(words)
    assert "3" not in reading.details
    assert reading.not_read or "2" not in reading.details


@pytest.mark.parametrize("words", lines("a denial that is not sure"))
def test_a_denial_that_is_not_sure_denies_nothing(words: str) -> None:
    assert "chronic kidney disease" in names(words)
    assert "conditions" in asked(words)


@pytest.mark.parametrize("words", lines("no severe one"))
def test_what_is_not_severe_is_no_severe_illness(words: str) -> None:
    assert names(words) == {"chronic kidney disease"}
    assert not read(words).not_read


@pytest.mark.parametrize("words", lines("like a relative"))
def test_what_one_has_like_a_relative_is_ones_own(words: str) -> None:
    assert "chronic kidney disease" in names(words)
    assert "conditions" in asked(words)
