"""Five thousand people: an independent judge finds no broken gap in any plan."""

from __future__ import annotations

import pytest

from tests.plan.making import faults_of

pytestmark = pytest.mark.thorough

PEOPLE, AT_ONCE = 5000, 125


@pytest.mark.parametrize("first", range(0, PEOPLE, AT_ONCE))
def test_every_plan_keeps_every_gap(first: int) -> None:
    wrong, kinds = faults_of(range(first, first + AT_ONCE))
    assert wrong == []
    assert kinds.get("feasible", 0) > AT_ONCE / 3
    assert not kinds.get("not solved")
