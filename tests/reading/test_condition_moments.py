"""Is it ahead, one's own, of today? An operation told with a day, a relative's illness, an old kidney value."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from magcheck import check
from magcheck.checker import default_checker
from magcheck.reading.conditions import read_condition
from tests.support import ROOT

WORDS = default_checker().book.condition_words
KINDS: dict[str, list[str]] = yaml.safe_load((ROOT / "tests/reading/moments.yaml").read_text(encoding="utf-8"))


def lines(*kinds: str) -> list[str]:
    return [words for kind in kinds for words in KINDS[kind]]


def names(words: str) -> set[str]:
    return {named.name for named in read_condition(words, WORDS).present}


def asked(words: str) -> set[str]:
    return {ask.field for ask in read_condition(words, WORDS).asks}


@pytest.mark.parametrize("words", lines("ahead", "perhaps ahead", "birth ahead"))
def test_an_operation_ahead_is_a_planned_one(words: str) -> None:
    assert "planned surgery" in names(words)


@pytest.mark.parametrize("words", lines("perhaps ahead"))
@pytest.mark.parametrize("before", ["", "my ", "acne, "])
def test_a_day_without_its_year_is_asked(words: str, before: str) -> None:
    assert "conditions" in asked(f"{before}{words}")
    assert not read_condition(f"{before}{words}", WORDS).not_read


@pytest.mark.parametrize("words", lines("birth ahead"))
def test_a_caesarean_ahead_is_a_pregnancy(words: str) -> None:
    assert "person.pregnancy" in asked(words)


@pytest.mark.parametrize("words", lines("past"))
def test_a_past_operation_stays_past(words: str) -> None:
    assert "planned surgery" not in names(words)
    assert not asked(words)


@pytest.mark.parametrize("words", lines("own"))
def test_what_is_ones_own_is_no_relatives(words: str) -> None:
    reading = read_condition(words, WORDS)
    assert not reading.family
    assert not reading.denied
    assert reading.present or reading.asks


@pytest.mark.parametrize("words", lines("a relative's"))
def test_what_is_a_relatives_stays_so(words: str) -> None:
    reading = read_condition(words, WORDS)
    assert reading.family
    assert not reading.present
    assert not reading.asks


@pytest.mark.parametrize("words", lines("for somebody else"))
def test_the_aim_for_a_relative_counts_and_is_asked(words: str) -> None:
    reading = read_condition(words, WORDS, "goal")
    assert not reading.family
    assert reading.asks


@pytest.mark.parametrize("words", lines("old value"))
def test_an_old_kidney_value_is_counted_and_asked(words: str) -> None:
    reading = read_condition(words, WORDS)
    assert "kidney.egfr" in dict(reading.implied)
    assert "kidney.egfr" in asked(words)


@pytest.mark.parametrize("words", lines("value of today"))
def test_a_kidney_value_of_this_year_is_not_asked(words: str) -> None:
    reading = read_condition(words, WORDS)
    assert "kidney.egfr" in dict(reading.implied)
    assert "kidney.egfr" not in asked(words)


def report(words: str, **kidney: Any) -> Any:
    return check(
        {
            "person": {"age": 45, "sex": "male", "pregnancy": "none"},
            "kidney": kidney,
            "conditions": [words],
            "symptoms": ["none"],
            "goals": ["sleep"],
            "country": "US",
            "medications": [],
            "supplements": ["magnesium glycinate 100 mg elemental at 22:00"],
        }
    )


def test_a_report_does_not_rest_on_an_old_value() -> None:
    assert not report("eGFR 95 in 2015").complete
    assert not report("last eGFR 88 (2012)").complete
    assert report("eGFR 95 in March").complete


def test_a_value_in_its_own_field_answers_for_an_old_one() -> None:
    assert report("eGFR 95 in 2015", egfr=90, disease=False).complete


def test_the_year_of_the_words_is_that_of_the_edition() -> None:
    edition = yaml.safe_load((ROOT / "rules/edition.yaml").read_text(encoding="utf-8"))["version"]
    assert str(WORDS.shared["this year"]) == edition.partition(".")[0]


@pytest.mark.parametrize(
    "words", ["block, bad shoulder", "block xyz shoulder", "block beside a knee", "knee, block"]
)
def test_a_part_of_the_body_far_from_it_leaves_the_heart_asked(words: str) -> None:
    assert asked(words) == {"conditions"}


@pytest.mark.parametrize("words", ["block in my shoulder", "block of the right knee", "shoulder block"])
def test_beside_a_part_of_the_body_it_is_not_the_heart(words: str) -> None:
    assert not read_condition(words, WORDS).asks
