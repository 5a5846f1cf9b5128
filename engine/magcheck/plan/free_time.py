"""Which minutes of the day are left when something has to be kept away from some of them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from magcheck.core.time_of_day import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

Zones: TypeAlias = tuple[tuple[int, int], ...]
"""First and last minute since waking of each stretch."""

_FREE, _CLOSED = 1, 0


def free_around(moments: Iterable[tuple[int, int, int]], last: int = DAY) -> Zones:
    """The stretches up to `last` that keep their distance to every moment.

    A moment: the minute, and how many minutes away something has to be before it and after it. It may be exactly
    so far away, and where both are 0, at the moment itself.
    """
    minutes = bytearray([_FREE]) * DAY
    for moment, before, after in moments:
        for minute in (*range(moment - before + 1, moment + 1), *range(moment, moment + after)):
            minutes[minute % DAY] = _CLOSED
    minutes[last + 1 :] = bytearray(len(minutes[last + 1 :]))
    return _stretches(minutes)


def _stretches(minutes: bytearray) -> Zones:
    """The runs of minutes that are free, first and last minute included."""
    zones: list[tuple[int, int]] = []
    start = minutes.find(_FREE)
    while start >= 0:
        closed = minutes.find(_CLOSED, start)
        end = closed if closed >= 0 else len(minutes)
        zones.append((start, end - 1))
        start = minutes.find(_FREE, end)
    return tuple(zones)
