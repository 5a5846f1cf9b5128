"""Are the free hours those that a clock shows, minute by minute?"""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from magcheck.plan.free_time import free_around
from magcheck.plan.problem import MinimumGap

DAY = 24 * 60
SPANS = st.one_of(st.integers(0, 3), st.integers(0, 12 * 60), st.just(DAY))
MOMENTS = st.tuples(st.integers(0, DAY - 1), SPANS, SPANS)


@given(st.lists(MOMENTS, max_size=5), st.integers(0, DAY))
def test_free_is_every_minute_that_keeps_each_gap(moments: list[tuple[int, int, int]], last: int) -> None:
    free = {minute for start, end in free_around(moments, last) for minute in range(start, end + 1)}
    by_the_clock = {
        minute
        for minute in range(DAY)
        if minute <= last
        and all(MinimumGap(0, 1, before, after, "").keeps(minute, at) for at, before, after in moments)
    }
    assert free == by_the_clock


@given(st.lists(MOMENTS, max_size=5))
def test_stretches_do_not_touch(moments: list[tuple[int, int, int]]) -> None:
    zones = free_around(moments)
    assert all(start <= end for start, end in zones)
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(zones))
