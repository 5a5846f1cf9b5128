"""Where does another amount begin to matter for somebody?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck import Profile
from magcheck.core.fact_names import QUANTITIES, SCALE

if TYPE_CHECKING:
    from magcheck import Checker

DAILY, AGE = (QUANTITIES[name].fact for name in ("daily magnesium", "age"))
JUST_ABOVE = 1
"""A thousandth of a milligram."""


def test_the_thresholds_of_a_fact_are_its_own(checker: Checker) -> None:
    """A limit of the USA for a grown-up, and what is dangerous for anybody; nothing of what is not free."""
    told = Profile.model_validate({"person": {"age": 40}, "country": "US", "supplements": ["magnesium citrate"]})
    reach = checker.evaluations([checker.seen(told).situation])[0].reach(frozenset({DAILY}))
    assert {350 * SCALE + JUST_ABOVE, 2500 * SCALE + JUST_ABOVE} <= reach.thresholds(DAILY)
    assert reach.thresholds(AGE) == frozenset()
