"""Is every word about an illness somewhere in what was read? Codes and pregnancy alone are told as values."""

from __future__ import annotations

import pytest

from magcheck.reading.conditions import ConditionReading, read_condition
from magcheck.terminology.condition_words import Says, words_of
from tests.reading.test_conditions import CASES, CHECKER

WORDS = CHECKER.book.condition_words
MORE = [
    "gout 10 years ago",
    "gout last year",
    "gout two weeks ago, asthma",
    "eGFR about 42 mL/min in 2019",
    "eGFR > 60 ml/min/1.73 m2",
    "heart rate 42 bpm, tired",
    "creatinine 0.8 mg/dL",
    "gout since 12.05.2019",
    "fever for 3 days and a cough",
    "CKD stage 3-4, G3b/A2",
    "CKD stage 7",
    "no, none, nothing of that",
    "mother with gout, 38 years old",
    "history of gout (2011), s/p bypass, ICD N20.0",
    "severe acute pain, possible gout, planned colonoscopy",
    "neither gout nor asthma but weak legs like my father",
]


def told(reading: ConditionReading) -> set[str]:
    parts = (
        *(named.words for named in reading.present),
        *(question.words for question in reading.asks),
        *reading.denied,
        *reading.family,
        *reading.details,
        *reading.not_read,
    )
    return {word.norm for part in parts for word in words_of(part)}


def is_a_value(norm: str) -> bool:
    found = WORDS.longest(words_of(norm), 0, lambda _, meant: meant.says is Says.PREGNANCY)
    return found is not None or WORDS.code(norm) is not None


@pytest.mark.parametrize("text", ["{}", "acne, {}", "{}; acne", "insomnia\n{}\nhay fever"])
def test_every_word_is_told(text: str) -> None:
    for words in (*(case["words"] for case in CASES), *MORE):
        reading = read_condition(text.format(words), WORDS)
        known = told(reading)
        lost = [word.norm for word in words_of(reading.text) if not word.is_sign and word.norm not in known]
        assert all(map(is_a_value, lost)), (reading.text, lost)
        assert not lost or reading.implied, reading.text
