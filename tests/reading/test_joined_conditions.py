"""How far does a denial or a relative reach? "or" carries it on, "but" ends it, and of "and" it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reading.test_conditions import read

if TYPE_CHECKING:
    from collections.abc import Iterable

PAIRS = [("gout", "heart failure"), ("heart failure", "asthma"), ("asthma", "gout")]
NEITHER, FIRST, SECOND, BOTH = (), (0,), (1,), (0, 1)
SURE = [
    ("{} and {}", BOTH),
    ("{}, {}", BOTH),
    ("{}; {}", BOTH),
    ("{} but {}", BOTH),
    ("{} with {}", BOTH),
    ("no {} but {}", SECOND),
    ("no {}, but {}", SECOND),
    ("no {}, {}", SECOND),
    ("no {}; {}", SECOND),
    ("no {}\n{}", SECOND),
    ("no {}. {}", SECOND),
    ("no {} or {}", NEITHER),
    ("no {}, no {}", NEITHER),
    ("no {} and no {}", NEITHER),
    ("no {} / {}", NEITHER),
    ("denies {}, {}", SECOND),
    ("denies {} or {}", NEITHER),
    ("{}, no {}", FIRST),
    ("{} and no {}", FIRST),
    ("{} but no {}", FIRST),
    ("{} without {}", FIRST),
    ("mother has {} but {}", SECOND),
    ("mother with {}, {}", SECOND),
    ("family history of {}, {}", SECOND),
    ("family history of {} or {}", NEITHER),
    ("history of {} but {}", BOTH),
    ("possible {} but {}", BOTH),
]


def conditions(names: Iterable[str]) -> set[tuple[str, str]]:
    return {("condition", name) for name in names}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(("words", "there"), SURE)
def test_who_has_what_is_told(words: str, there: tuple[int, ...], pair: tuple[str, str]) -> None:
    assert read(words.format(*pair), "conditions") == (conditions(pair[place] for place in there), set(), False)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(
    "words", ["no {} and {}", "denies {} and {}", "family history of {} and {}", "mother with {} and {}"]
)
def test_what_may_be_denied_with_the_other_counts_and_is_asked(words: str, pair: tuple[str, str]) -> None:
    assert read(words.format(*pair), "conditions") == (conditions(pair[1:]), {"conditions"}, True)


@pytest.mark.parametrize("words", ["no {}, {} or {}", "denies {}, {} or {}", "without {}, {}, or {}"])
def test_a_denied_list_that_ends_in_or_is_denied_whole(words: str) -> None:
    assert read(words.format("gout", "heart failure", "asthma"), "conditions") == (set(), set(), False)


@pytest.mark.parametrize("words", ["no {}, {} and {}", "no {}, {} but {}", "no {}. {}, or {}"])
def test_a_denied_list_that_ends_otherwise_is_not(words: str) -> None:
    present, _, _ = read(words.format("gout", "heart failure", "asthma"), "conditions")
    assert ("condition", "heart failure") in present
