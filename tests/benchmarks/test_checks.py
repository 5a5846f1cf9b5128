"""Does `python -m benchmarks.checks` run to its end? A few people and one round; the figures are not tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.checks import main, people, worst_legal

from magcheck.checker import default_checker

if TYPE_CHECKING:
    import pytest


def test_it_prints_each_figure(capsys: pytest.CaptureFixture[str]) -> None:
    main(5, 1)
    printed = capsys.readouterr().out
    for words in (" 5 medicines", "15 medicines", "median", "p99", "The worst legal profile: "):
        assert words in printed


def test_the_people_are_the_same_at_every_run_and_leave_things_out() -> None:
    assert people(15, 20) == people(15, 20)
    asked = {gap.field for told in people(15, 20) for gap in default_checker().check(told).missing}
    assert {"kidney.egfr", "supplements[0].amount_mg"} <= asked


def test_no_profile_of_the_worst_is_refused() -> None:
    checker = default_checker()
    assert all(checker.check(told).headline for told in worst_legal(checker).values())
