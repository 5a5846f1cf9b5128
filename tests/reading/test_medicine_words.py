"""Who only says what it is for is asked which one it is, whatever word for a medicine stands behind."""

from __future__ import annotations

import pytest

from magcheck.terminology.vocabulary import NotFound, Reason
from tests.reading.scoring import names_of, read

WORDS = ("medicine", "medication", "tablet", "tablets", "pill", "pills", "tabs", "drug", "meds")
FOR = (
    "thyroid",
    "osteoporosis",
    "heart",
    "water",
    "cholesterol",
    "epilepsy",
    "reflux",
    "sleeping",
    "HIV",
    "blood pressure",
)


@pytest.mark.parametrize("what", FOR)
def test_any_word_for_a_medicine_asks_the_same(what: str) -> None:
    asked = {_could_be(f"{what} {word}") for word in WORDS}
    assert len(asked) == 1
    assert asked != {()}


@pytest.mark.parametrize(("line", "name"), [("zinc tablets", "zinc"), ("ciprofloxacin pills", "ciprofloxacin")])
def test_a_name_before_such_a_word_stays_that_name(line: str, name: str) -> None:
    assert names_of(read(f"{line} twice daily")[0]) == names_of(read(name)[0])


@pytest.mark.parametrize(
    "line", ["water pills (furosemide)", "blood pressure tabs: ramipril", "thyroid meds levothyroxine"]
)
def test_the_name_behind_it_says_which_one(line: str) -> None:
    (item,) = read(line)
    assert not isinstance(item.read, NotFound)
    assert not item.not_read


def _could_be(line: str) -> tuple[str, ...]:
    (item,) = read(line)
    if not isinstance(item.read, NotFound) or item.read.reason is not Reason.WHICH_ONE:
        return ()
    return tuple(meaning.label for meaning in item.read.could_be)
