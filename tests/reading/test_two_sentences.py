"""Two sentences about two illnesses mean what each means alone, whatever words they share."""

from __future__ import annotations

from itertools import product

import pytest

from magcheck.checker import default_checker
from magcheck.reading.conditions import read_condition
from tests.reading.test_conditions import read

FORMS = (
    *("{}", "no {}", "denies {}", "never had {}", "possible {}", "severe {}", "acute {}", "history of {}"),
    *("{}: no", "{}: yes", "{} - none", "{}?", "{} resolved", "{} has not resolved", "{} ruled out"),
    *("{} not ruled out", "{} in 2019", "{} 10 years ago", "{} is fine", "mother had {}"),
)
WORDS = default_checker().book.condition_words
ENDS = (
    *(" - no", ": none", " - ruled out", " - not ruled out", " - resolved", " - mother", "?", " - in 2019"),
    " - severe",
)
PAIRS = [("asthma", "AKI"), ("heart block", "gout"), ("CKD", "asthma"), ("asthma", "asthma")]


@pytest.mark.parametrize("between", [". ", "\n", "; "])
@pytest.mark.parametrize("pair", PAIRS)
def test_neither_sentence_changes_what_the_other_says(pair: tuple[str, str], between: str) -> None:
    for first, second in product(FORMS, FORMS):
        said = first.format(pair[0]), second.format(pair[1])
        (here, asked, is_open), (there, asked_too, is_open_too) = (read(words, "conditions") for words in said)
        together = read(between.join(said), "conditions")
        assert together == (here | there, asked | asked_too, is_open or is_open_too), said


@pytest.mark.parametrize(
    "words",
    [
        "asthma: no. history of {}",
        "asthma: no. History of {}",
        "asthma: no\nhistory of {}",
        "asthma: none. Known {}",
        "asthma? No. Family history of gout. {}",
        "lives with mother. Has {}",
        "lives with my mother\nhas {}",
        "gout: not. Present: {}",
    ],
)
@pytest.mark.parametrize("name", ["heart block", "kidney transplant", "myasthenia gravis"])
def test_an_answer_and_the_next_sentence_are_no_denial(words: str, name: str) -> None:
    present, asked, _ = read(words.format(name), "conditions")
    alone, _, _ = read(name, "conditions")
    assert alone <= present or asked


@pytest.mark.parametrize("words", ["neg. for {}", "fam. hx of {}", "no hx. of {}", "family\nhistory of {}"])
def test_a_full_stop_behind_a_short_form_ends_nothing(words: str) -> None:
    assert read(words.format("heart block"), "conditions") == (set(), set(), False)


@pytest.mark.parametrize("organ", sorted(set(WORDS.union("organs"))))
def test_an_organ_of_which_something_else_is_said_is_asked_and_never_stumbles(organ: str) -> None:
    for said, behind in product(("", " fine", " are fine"), ENDS):
        assert read_condition(f"{organ}{said}{behind}", WORDS).text
    for words in (organ, f"{organ} zzz", f"{organ} fine - has not resolved", f"{organ} fine - no"):
        assert read_condition(words, WORDS).asks, words
