"""Can something that is taken vanish? Only a line that says nothing else reads as not taken."""

from __future__ import annotations

import pytest

from magcheck.terminology.lexicon import NUMBER, Tag
from tests.reading.scoring import read, vocabulary

STOPPING = (Tag.STOPPED, Tag.REACTION, Tag.STOP_ORDER, Tag.INSTEAD, Tag.NONE_OF, Tag.DOUBTFUL, Tag.ANY_MORE)
PHRASES = sorted({words for words, sense in vocabulary().lexicon.phrases() if sense.tag in STOPPING})
FILLERS = (
    "{} ciprofloxacin xyzzy",
    "xyzzy {} ciprofloxacin",
    "ciprofloxacin {} xyzzy",
    "ciprofloxacin xyzzy {}",
    "ciprofloxacin ({} xyzzy)",
    "ciprofloxacin, {} 50",
    "{} ciprofloxacin every day",
    "ciprofloxacin {} at night",
    "ciprofloxacin for 7 days then {}",
    "ciprofloxacin {} tomorrow",
    "ciprofloxacin until {}",
    "cannot {} ciprofloxacin",
    "never {} ciprofloxacin",
    "ciprofloxacin 500 mg, {} 250 mg",
    "{} 250 mg ciprofloxacin, 500 mg",
    "ciprofloxacin {} after 7 days",
    "ciprofloxacin, {} with levothyroxine",
    "{} ciprofloxacin with food",
    "ciprofloxacin with food {}",
)
"""Words about a medicine and a word of stopping that together do not say that it is not taken."""


def test_there_are_many_words_of_stopping() -> None:
    assert len(PHRASES) > 250
    assert not [words for words in PHRASES if NUMBER in words]


@pytest.mark.parametrize("line", FILLERS)
def test_a_word_of_stopping_beside_other_words_is_never_trusted(line: str) -> None:
    longer = [words for words in PHRASES if line.format(words).removesuffix(" ciprofloxacin") in PHRASES]
    beside = sorted({*PHRASES} - {*longer}) if line.startswith("never") else PHRASES  # "never took" is one phrase
    trusted = [words for words in beside if any(item.taken is False for item in read(line.format(words)))]
    assert trusted == []


@pytest.mark.parametrize(
    "words", ["stopped", "discontinued", "abgesetzt", "arrêté", "suspendido", "sospeso", "gestopt"]
)
@pytest.mark.parametrize("line", ["{} ciprofloxacin", "ciprofloxacin ({})", "ciprofloxacin 500 mg 1-0-1 - {}"])
def test_a_word_of_stopping_alone_is_trusted(line: str, words: str) -> None:
    assert [item.taken for item in read(line.format(words))] == [False]


def test_a_word_that_may_stand_beside_says_nothing_else() -> None:
    silent = {
        Tag.BESIDE,
        Tag.FILLER,
        Tag.FORM_WORD,
        Tag.OF,
        Tag.PER,
        Tag.AT,
        Tag.EACH,
        Tag.RANGE,
        Tag.COUNTRY,
        Tag.UNITS,
        Tag.DOUBTFUL,
        Tag.SPAN,
        Tag.OR,
        Tag.MEDICINE,
        Tag.OPEN_END,
    }
    senses = [(words, sense.tag) for words, sense in vocabulary().lexicon.phrases()]
    beside = {words for words, tag in senses if tag is Tag.BESIDE}
    assert beside
    assert {words for words, tag in senses if words in beside and tag not in silent} == set()


@pytest.mark.parametrize("line", ["not taking Cipro with levothyroxine", "Cipro, not taking with levothyroxine"])
def test_two_that_are_kept_apart_are_not_left_out(line: str) -> None:
    assert all(item.taken is not False for item in read(line))
