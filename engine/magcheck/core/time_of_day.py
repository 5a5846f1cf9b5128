"""How many hours lie between two doses, on a day that repeats?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import MAGNESIUM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAY = 24 * 60


def minutes(clock: str) -> int:
    """ "06:30" as minutes since midnight."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def clock(since_midnight: int) -> str:
    """Minutes since midnight as "06:30"."""
    hours, rest = divmod(since_midnight % DAY, 60)
    return f"{hours:02d}:{rest:02d}"


class Gap(NamedTuple):
    """A dose of the medicine and one of magnesium, with the way round the clock in both directions."""

    medicine: str
    magnesium: str
    product: str = MAGNESIUM
    """What the magnesium is in."""

    @property
    def before(self) -> int:
        """Minutes by which the medicine comes before the next magnesium."""
        return (minutes(self.magnesium) - minutes(self.medicine)) % DAY

    @property
    def after(self) -> int:
        """Minutes by which the medicine comes after the last magnesium."""
        return (minutes(self.medicine) - minutes(self.magnesium)) % DAY

    def keeps(self, before: int, after: int) -> bool:
        return self.before >= before and self.after >= after


def gaps(medicine: Sequence[str], magnesium: Iterable[str], product: str = MAGNESIUM) -> list[Gap]:
    return [
        Gap(medicine_time, magnesium_time, product) for magnesium_time in magnesium for medicine_time in medicine
    ]
