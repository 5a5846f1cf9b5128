"""Hours on the circle of the day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from magcheck.core.time_of_day import DAY, Gap

CLOCKS = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))


def test_the_evening_is_eight_hours_before_the_morning() -> None:
    assert Gap("22:00", "06:00").before == 8 * 60
    assert Gap("22:00", "06:00").after == 16 * 60


def test_before_and_after_are_not_the_same() -> None:
    early = Gap("08:00", "13:00")
    assert early.keeps(5 * 60, 6 * 60)
    assert not early.keeps(5 * 60 + 1, 0)
    assert not early.keeps(0, 19 * 60 + 1)


@given(CLOCKS, CLOCKS)
def test_both_ways_round_make_a_day(medicine: str, magnesium: str) -> None:
    gap = Gap(medicine, magnesium)
    assert gap.before + gap.after == (0 if medicine == magnesium else DAY)


@given(CLOCKS)
def test_the_same_minute_keeps_no_gap(clock: str) -> None:
    assert not Gap(clock, clock).keeps(1, 0)
    assert not Gap(clock, clock).keeps(0, 1)
