"""How much of a mineral or vitamin is taken a day, over all products? Never less than what is told for sure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import checker_of, page, profile

CHECKER = checker_of(
    page("above-40", {"taking": "zinc by mouth"}, {"amount a day": {"above": "40 mg"}}),
    page("up-to-40", {"taking": "zinc by mouth"}, {"amount a day": {"up to": "40 mg"}}, {"amount told": True}),
    page("not-told", {"taking": "zinc by mouth"}, {"amount told": False}),
)
ABOVE, WITHIN, NOBODY_KNOWS = {"above-40"}, {"up-to-40"}, {"not-told"}
ABOVE_AT_LEAST = ABOVE | NOBODY_KNOWS


def zinc(amount: float | None = None, name: str = "zinc gluconate", **more: Any) -> dict[str, Any]:
    return {"name": name, "amount_mg": amount, **more}


@pytest.mark.parametrize(
    ("supplements", "pages"),
    [
        ([zinc(40)], WITHIN),
        ([zinc(40.01)], ABOVE),
        (["zinc 50 mg"], ABOVE),
        (["zinc 15 mg"], WITHIN),
        (["zinc"], NOBODY_KNOWS),
        ([zinc(25), zinc(16, "zinc citrate")], ABOVE),
        ([zinc(25), zinc(15, "zinc citrate")], WITHIN),
        ([zinc(21, per_day=2)], ABOVE),
        ([zinc(21, times=["08:00", "20:00"])], ABOVE),
        ([zinc(50), zinc()], ABOVE_AT_LEAST),
        ([zinc(30), zinc()], NOBODY_KNOWS),
        ([zinc(25), zinc(25, route="skin")], WITHIN),
        ([zinc(450, "ZMA")], NOBODY_KNOWS),
        ([zinc(450, "ZMA"), zinc(50)], ABOVE_AT_LEAST),
        ([zinc(450, "ZMA"), zinc(15)], NOBODY_KNOWS),
        ([zinc(50, "Wunderpille"), zinc(15)], WITHIN),
    ],
    ids=lambda told: " and ".join(sorted(told)) if isinstance(told, set) else str(told),
)
def test_the_amounts_of_all_products_are_added_up(supplements: list[object], pages: set[str]) -> None:
    assert CHECKER.pages(profile(supplements=supplements))[0] == pages


ASPIRIN = checker_of(
    page("above-2-g", {"taking": "aspirin by mouth"}, {"amount a day": {"above": "2000 mg"}}),
    page("not-told", {"taking": "aspirin by mouth"}, {"amount told": False}),
)


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("aspirin", {"above-2-g"}),
        ("buffered aspirin", NOBODY_KNOWS),
        ("Bufferin", NOBODY_KNOWS),
        ("Alka-Seltzer Original", NOBODY_KNOWS),
    ],
)
def test_an_amount_of_what_may_be_a_mixture_is_not_that_of_its_substance(name: str, pages: set[str]) -> None:
    told = profile(medications=[{"name": name, "dose_mg": 2500}])
    assert ASPIRIN.pages(told)[0] == pages


def test_both_lists_count() -> None:
    told = profile(supplements=[zinc(25)], medications=[{"name": "zinc sulfate", "dose_mg": 20}])
    assert CHECKER.pages(told)[0] == ABOVE


def test_iu_are_not_milligrams() -> None:
    page_of_d = page("too-much-d", {"taking": "colecalciferol by mouth"}, {"amount a day": {"above": "0.1 mg"}})
    assert checker_of(page_of_d).pages(profile(supplements=["vitamin D3 5000 IU"]))[0] == set()


def test_the_sum_stands_in_the_finding() -> None:
    (finding,) = CHECKER.check(profile(supplements=[zinc(25.5), zinc(16, "zinc citrate")])).findings
    (fact,) = finding.facts
    assert (fact.name, fact.value, fact.unit, fact.origin) == ("amount_mg_per_day", 41.5, "mg", "added up")
