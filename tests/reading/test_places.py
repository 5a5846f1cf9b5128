"""Does it matter where in a text an illness stands? What stands lines before it or behind it changes nothing."""

from __future__ import annotations

import pytest

from tests.reading.test_conditions import CASES, read

BEFORE = [("acne", "\n"), ("acne", ", "), ("acne, insomnia", "; "), ("hay fever; insomnia, acne, hay fever", "\n")]
"""With their joint of one, two, four and seven marks: even numbers and odd ones."""


@pytest.mark.parametrize(("others", "joint"), BEFORE)
def test_what_stands_before_changes_nothing(others: str, joint: str) -> None:
    for case in CASES:
        words, where = case["words"], case["list"]
        alone, beside = read(words, where), read(others, where)
        together = read(f"{others}{joint}{words}", where)
        assert together == (alone[0] | beside[0], alone[1] | beside[1], alone[2] or beside[2]), words


@pytest.mark.parametrize("others", ["acne", "acne\ninsomnia, acne"])
def test_what_stands_behind_changes_nothing(others: str) -> None:
    for case in CASES:
        words, where = case["words"], case["list"]
        alone, beside = read(words, where), read(others, where)
        together = read(f"{words}\n{others}", where)
        assert together == (alone[0] | beside[0], alone[1] | beside[1], alone[2] or beside[2]), words
