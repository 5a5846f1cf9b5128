"""The lint tries the edges of every window itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from magcheck.checker import Checker, default_checker
from magcheck.core.scales import Status
from magcheck.lint.windows import Boundary, boundaries, first_pair, profile_at, window_problems
from tests.support import book_of, page

if TYPE_CHECKING:
    from magcheck.core.time_of_day import Gap
    from magcheck.knowledge.rule import Rule

WHEN: tuple[dict[str, Any], ...] = ({"taking": "ciprofloxacin by mouth"}, {"taking": "magnesium by mouth"})
GIVEN = {
    "medications": ["cipro"],
    "supplements": [{"name": "magnesium citrate", "per_day": 2}],
    "goals": ["sleep"],
}


def spaced(before: str = "2 h", after: str = "6 h", given: dict[str, Any] = GIVEN) -> Rule:
    examples = [{"given": given, "expect": "fires"}, {"given": {"goals": ["sleep"]}, "expect": "silent"}]
    return page("a-window", *WHEN, separate={"before": before, "after": after}, examples=examples)


def problems(rule: Rule) -> list[str]:
    return [problem.what for problem in window_problems(rule, Checker(book_of(rule)))]


def test_both_sides_are_tried_at_one_minute_inside_and_one_outside() -> None:
    assert [*boundaries(spaced())] == [
        Boundary(-120, Status.KEPT), Boundary(-119, Status.BROKEN), Boundary(-121, Status.KEPT),
        Boundary(360, Status.KEPT), Boundary(359, Status.BROKEN), Boundary(361, Status.KEPT),
    ]  # fmt: skip
    assert problems(spaced()) == []


def test_the_items_of_the_first_firing_example_are_used_and_nothing_else_of_it_changes() -> None:
    rule = spaced()
    pair = first_pair(rule, Checker(book_of(rule)))
    assert pair is not None
    told = profile_at(pair, Boundary(-121, Status.KEPT))
    assert [item.times for item in told.medications] == [("09:59",)]
    assert [(item.times, item.per_day) for item in told.supplements] == [(("12:00",), None)]
    assert told.goals == ("sleep",)
    assert GIVEN["supplements"] == [{"name": "magnesium citrate", "per_day": 2}]


@pytest.mark.parametrize(
    "sides", [("2 h", "6 h"), ("0 min", "2 h"), ("2 h", "0 min"), ("12 h", "11.5 h"), ("1 min", "1 min")]
)
def test_windows_of_any_length_hold(sides: tuple[str, str]) -> None:
    assert problems(spaced(*sides)) == []


def test_a_window_that_no_hour_keeps_is_an_error() -> None:
    assert problems(spaced("12 h", "12 h")) == ["no hour of the day keeps this window."]


@pytest.mark.parametrize(
    "given",
    [
        {"medications": ["cipro"]},
        {"medications": ["cipro"], "supplements": ["magnesium citrate", "magnesium oxide"]},
    ],
    ids=["no product", "two products"],
)
def test_a_page_that_cannot_be_tried_is_an_error(given: dict[str, Any]) -> None:
    (said,) = problems(spaced(given=given))
    assert "so the window cannot be tested" in said


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [(1, 0, "10:01"), (-1, 0, "10:00"), (0, 1, "17:59"), (0, -1, "18:00")],
    ids=["a minute too lenient before", "too strict before", "too lenient after", "too strict after"],
)
def test_an_engine_that_is_off_by_one_minute_is_noticed(
    monkeypatch: pytest.MonkeyPatch, before: int, after: int, wrong: str
) -> None:
    from magcheck.core.time_of_day import Gap as Real

    def off(gap: Gap, least_before: int, least_after: int) -> bool:
        return gap.before >= least_before - before and gap.after >= least_after - after

    monkeypatch.setattr(Real, "keeps", off)
    (said,) = problems(spaced())
    assert f"the medicine at {wrong} with the magnesium at 12:00" in said


def test_every_window_of_ours_is_tried() -> None:
    checker = default_checker()
    spacing = [rule for rule in checker.book.rules if [*boundaries(rule)]]
    assert len(spacing) > 100
    assert all(first_pair(rule, checker) for rule in spacing)


def test_a_retired_window_is_not_tried() -> None:
    rule = default_checker().book.rules_by_id["separate-ezetimibe"]
    assert rule.separate
    assert [*boundaries(rule)] == []
