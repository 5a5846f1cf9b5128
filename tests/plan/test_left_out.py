"""A plan promises nothing about what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from magcheck import Checker

MAGNESIUM = {"name": "magnesium glycinate", "amount_mg": 100, "basis": "elemental", "times": ["21:30"]}
KEPT = {"name": "doxycycline", "times": ["08:00"]}
NOT_UNDERSTOOD: list[Any] = [
    {"name": "qwertzu"},
    {"name": "levothyroxine?"},
    {"name": "levothyroxine", "route": "nasal"},
    {"name": "T3"},
    {"name": "not taking Cipro with qwertzu"},
]


def said(medications: list[Any], checker: Checker, *, solved: bool) -> str:
    told = {"person": {"age": 45}, "medications": medications, "supplements": [MAGNESIUM]}
    return (checker.plan(told) if solved else checker.check(told)).plan.said


@pytest.mark.parametrize("solved", [False, True])
@pytest.mark.parametrize("beside", [[], [KEPT]], ids=["alone", "beside a gap that is kept"])
@pytest.mark.parametrize("left_out", NOT_UNDERSTOOD, ids=lambda item: str(item["name"]))
def test_hours_are_promised_for_what_was_understood_alone(
    left_out: dict[str, Any], beside: list[Any], checker: Checker, *, solved: bool
) -> None:
    calm = said(beside, checker, solved=solved)
    careful = said([*beside, left_out], checker, solved=solved)
    words = checker.book.wording.plan.status
    assert calm in (words.nothing, words.suits, words.kept)
    assert words.left_out.removeprefix("{status}") in careful
    assert words.nothing not in careful


def test_a_condition_that_was_not_understood_has_no_hours(checker: Checker) -> None:
    told = {"conditions": ["qwertzu"], "supplements": [MAGNESIUM]}
    assert checker.check(told).plan.said == checker.book.wording.plan.status.nothing
