"""What can the pages tell of an amount? Its share of the magnesium of a day, and of the sum of one substance."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from magcheck.core.fact_names import BEYOND, QUANTITIES, SCALE
from magcheck.core.lazy import cached_property
from magcheck.missing.exchange import DAILY, ONLY_DAILY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from magcheck.core.bounds import Bounds
    from magcheck.missing.exchange import Exchange
    from magcheck.profile import Item
    from magcheck.report import Verdict

OWN = QUANTITIES["amount a day"].fact


@dataclass(frozen=True)
class Amounts:
    """An answer to how much, or to how much of it is magnesium: all sums grow evenly with it."""

    span: Bounds
    told: Callable[[float], Item]
    """The thing with this answer."""
    exchange: Exchange

    @cached_property
    def sums(self) -> Callable[[float], tuple[int, ...]]:
        """Of the magnesium of a day the surest and the most, and of each substance what is sure."""

        def sums(value: float) -> tuple[int, ...]:
            new = self.exchange.told(self.told(value))
            return *self.exchange.daily(new), *self.exchange.sums(new)

        return lru_cache(sums)

    def seen(self, value: float) -> object:
        daily, own = self._thresholds
        sure, most, *alone = self.sums(value)
        bands = bisect_right(daily, sure), bisect_right(daily, most), most == BEYOND
        return *bands, *(bisect_right(own, amount) for amount in alone)

    def edges(self) -> list[int]:
        """Two sums, at the ends of the span, say where each threshold is met: halving has almost nothing to do."""
        daily, own = self._thresholds
        low, high = map(self.sums, self.span)
        sides = zip(low, high, (daily, daily, *(own for _ in low[2:])), strict=True)
        return sorted({edge for side in sides for edge in self._crossings(*side)})

    def _crossings(self, low: int, high: int, thresholds: Iterable[int]) -> Iterator[int]:
        """About where, in thousandths of the answer, a sum that grows evenly meets a threshold.

        Sums are rounded, so the exact place is one of the few beside the computed one; all of them are tried.
        """
        start, end = self.span
        for threshold in thresholds:
            if low < threshold <= high:
                share = (threshold - low) / (high - low)
                middle = round((start + share * (end - start)) * SCALE)
                yield from range(middle - 2, middle + 4)

    def could_beat(self, verdict: Verdict) -> bool:
        """May some answer of the span make the verdict stronger? No page can meet more than both ends together."""
        if self.exchange.is_summed:
            return True
        low, high = map(self.sums, self.span)
        at_once = max(low[0], high[0]), min(low[1], high[1])
        return self.exchange.evaluation.reach(ONLY_DAILY).could_beat(verdict, lambda _name, _fact: at_once)

    @cached_property
    def _thresholds(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        thresholds = self.exchange.evaluation.program.thresholds
        return thresholds.get(DAILY, ()), thresholds.get(OWN, ())
