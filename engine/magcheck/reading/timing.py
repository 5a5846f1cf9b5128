"""How often, when, and for how long? The schedules of one item; what does not fit together is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from magcheck.profile import Frequency
from magcheck.reading.amounts import is_bare
from magcheck.reading.parts import SLOTS, Count, Duration, NotRead, Schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.parts import Part, Slot


@dataclass(frozen=True)
class Timing:
    """How often and when."""

    per_day: int | None = None
    """Intakes on a day of intake."""
    low: int | None = None
    """The lower end of a range; 0 for "up to"."""
    times: tuple[str, ...] = ()
    """ "HH:MM", in order."""
    slots: tuple[Slot, ...] = ()
    frequency: Frequency | None = None
    every_days: int | None = None
    as_needed: bool = False
    days: int | None = None
    """For how many days."""
    open: bool = False
    """Something of it was said and not understood."""
    doses: tuple[float, ...] = ()
    """How many at each slot ("2-0-1"), or at each time ("2 x 1")."""
    told: bool = False
    """Anything at all is said of it."""


def timing_of(parts: Sequence[Part]) -> Timing:
    schedules = [part for part in parts if isinstance(part, Schedule)]
    days = {part.days for part in parts if isinstance(part, Duration) and part.days is not None}
    timing = Timing(
        told=bool(schedules),
        open=_is_unclear(parts, schedules),
        days=int(days.pop()) if len(days) == 1 else None,
        as_needed=any(schedule.as_needed for schedule in schedules),
    )
    timing = _how_often(_on_which_days(_when(timing, schedules), schedules), schedules)
    return replace(timing, per_day=None, low=None) if timing.open else timing


def _is_unclear(parts: Sequence[Part], schedules: Sequence[Schedule]) -> bool:
    unread = any(isinstance(part, NotRead) and part.looks_like in ("schedule", "both") for part in parts)
    unclear = any(schedule.unclear for schedule in schedules)
    return unread or unclear or is_bare(parts) or _is_of_times_or_pieces(parts)


def _is_of_times_or_pieces(parts: Sequence[Part]) -> bool:
    """ "two tablets, at most 4 a day": four times, or four tablets?"""
    most = any(isinstance(part, Schedule) and part.of_pieces for part in parts)
    return most and any(isinstance(part, Count) and part.ml is None and part.high != 1 for part in parts)


def _when(timing: Timing, schedules: Sequence[Schedule]) -> Timing:
    """With clock times, words of the day, and how many at each."""
    many: dict[Slot, float | None] = {}
    for schedule in schedules:
        doses: Sequence[float | None] = schedule.doses or (None,) * len(schedule.slots)
        for slot, dose in zip(schedule.slots, doses, strict=True):
            many[slot] = many.get(slot) or dose
    slots: tuple[Slot, ...] = tuple(slot for slot in SLOTS if slot in many)
    each = [schedule.each for schedule in schedules if schedule.each is not None]
    at_slots = [dose for slot in slots if (dose := many[slot]) is not None]
    times = sorted({time for schedule in schedules for time in schedule.times})
    return replace(timing, slots=slots, times=tuple(times), doses=(*at_slots, *each))


def _on_which_days(timing: Timing, schedules: Sequence[Schedule]) -> Timing:
    """With weekly, monthly, every other day; several weekdays are no frequency of ours, and open."""
    weekdays = sum(schedule.weekdays for schedule in schedules)
    kinds = {
        Frequency.MONTHLY: any(schedule.monthly for schedule in schedules),
        Frequency.WEEKLY: weekdays == 1 or any(schedule.weekly for schedule in schedules),
        Frequency.SINGLE_DOSE: any(schedule.once_only for schedule in schedules),
    }
    told = [frequency for frequency, said in kinds.items() if said]
    every = {schedule.every_days for schedule in schedules if schedule.every_days}
    if timing.as_needed:
        return replace(timing, frequency=Frequency.AS_NEEDED)
    if len(told) + len(every) > 1 or weekdays > 1 or any(schedule.per_week for schedule in schedules):
        return replace(timing, open=True)
    if every:
        days = every.pop()
        return replace(timing, every_days=days, frequency=Frequency.EVERY_OTHER_DAY if days == 2 else None)
    return replace(timing, frequency=told[0] if told else Frequency.DAILY)


def _how_often(timing: Timing, schedules: Sequence[Schedule]) -> Timing:
    """With intakes a day; open where two counts disagree."""
    counts = {schedule.per_day for schedule in schedules if schedule.per_day is not None and not schedule.at_most}
    most = {schedule.per_day for schedule in schedules if schedule.per_day is not None and schedule.at_most}
    if any(count % 1 for count in counts | most) or len(counts - {1}) > 1 or len(most) > 1:
        return replace(timing, open=True)
    timed = max(len(timing.times), len(timing.slots)) if timing.times else len(timing.slots)
    count = max(counts, default=None)
    if timed and count is not None and count not in (1, timed):
        return replace(timing, open=True)
    regular = timed or count or (1 if any(schedule.daily for schedule in schedules) else None)
    told = max(*most, regular or 0) if most else regular
    lows = [schedule.low for schedule in schedules if schedule.low is not None and not schedule.at_most]
    low = lows[0] if lows else regular
    return replace(timing, per_day=int(told) if told else None, low=None if low is None else int(low))
