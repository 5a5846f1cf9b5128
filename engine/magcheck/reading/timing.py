"""How often, when, and for how long? The schedules of one item; what does not fit together is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from magcheck.profile import Frequency
from magcheck.reading.amounts import is_bare
from magcheck.reading.distances import distances_of, fit_together
from magcheck.reading.moments import Moments, moments_of
from magcheck.reading.parts import SLOTS, Count, Duration, NotRead, Schedule, TakenPart
from magcheck.reading.unread_hours import has_unread_hour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.distances import Distance
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
    distances: tuple[Distance, ...] = ()
    """How far from its slot, where it is not at it."""
    by_the_clock: tuple[Slot, ...] = ()
    """Those of `slots` that no meal and no bed names."""
    frequency: Frequency | None = None
    every_days: int | None = None
    days: int | None = None
    """For how many days."""
    open: bool = False
    """Something of it was said and not understood."""
    doses: tuple[float, ...] = ()
    """How many at each slot ("2-0-1"), or at each time ("2 x 1")."""
    every_day: bool = False
    """It says that it is taken each day, and takes it not for granted."""
    told: bool = False
    """Anything at all is said of it."""

    @property
    def as_needed(self) -> bool:
        return self.frequency is Frequency.AS_NEEDED


class When(NamedTuple):
    """At which times of the day, and how many at each."""

    moments: Moments
    doses: tuple[float, ...]


class Days(NamedTuple):
    """On which days; no frequency where two are told, or one that is none of ours."""

    frequency: Frequency | None = None
    every: int | None = None


class Intakes(NamedTuple):
    """How many a day, and the lower end of a range; `agree` where all that is said does."""

    per_day: int | None = None
    low: int | None = None
    agree: bool = True


def timing_of(parts: Sequence[Part]) -> Timing:
    schedules = [part for part in parts if isinstance(part, Schedule)]
    durations = {part.days for part in parts if isinstance(part, Duration) and part.days is not None}
    when, on = _when(parts, schedules), _on_which_days(parts, schedules)
    intakes = _how_often(schedules, when.moments)
    unclear = _is_unclear(parts, schedules) or not (intakes.agree and when.moments.clear) or on == Days()
    return Timing(
        per_day=None if unclear else intakes.per_day,
        low=None if unclear else intakes.low,
        times=when.moments.times,
        slots=when.moments.slots,
        distances=tuple(far for far in distances_of(parts) if far.slot in when.moments.slots),
        frequency=on.frequency,
        every_days=on.every,
        days=int(durations.pop()) if len(durations) == 1 else None,
        open=unclear,
        doses=when.doses,
        every_day=any(_is_of_every_day(schedule) for schedule in schedules),
        told=bool(schedules),
    )


def _is_unclear(parts: Sequence[Part], schedules: Sequence[Schedule]) -> bool:
    unread = any(isinstance(part, NotRead) and part.looks_like in ("schedule", "both") for part in parts)
    unclear = any(schedule.unclear for schedule in schedules) or not fit_together(parts)
    unclear = unclear or _is_divided_twice(schedules)
    return unread or unclear or is_bare(parts) or _is_of_times_or_pieces(parts) or has_unread_hour(parts)


def _is_divided_twice(schedules: Sequence[Schedule]) -> bool:
    """ "400 mg twice a day in 2 divided doses": is that 400 mg, or twice as much?"""
    counted = sum(schedule.per_day is not None for schedule in schedules)
    return counted > 1 and any(schedule.divided for schedule in schedules)


def _is_of_times_or_pieces(parts: Sequence[Part]) -> bool:
    """ "two tablets, at most 4 a day": four times, or four tablets?"""
    most = any(isinstance(part, Schedule) and part.of_pieces for part in parts)
    return most and any(isinstance(part, Count) and part.ml is None and part.high != 1 for part in parts)


def _when(parts: Sequence[Part], schedules: Sequence[Schedule]) -> When:
    moments = moments_of(parts)
    many: dict[Slot, float | None] = {}
    for schedule in schedules:
        doses: Sequence[float | None] = schedule.doses or (None,) * len(schedule.slots)
        for slot, dose in zip(schedule.slots, doses, strict=True):
            many[slot] = many.get(slot) or dose
    each = [schedule.each for schedule in schedules if schedule.each is not None]
    at_slots = [dose for slot in SLOTS if (dose := many.get(slot)) is not None]
    return When(moments, (*at_slots, *each))


def _on_which_days(parts: Sequence[Part], schedules: Sequence[Schedule]) -> Days:
    """Weekly, monthly, every other day; several weekdays are no frequency of ours."""
    if any(schedule.as_needed for schedule in schedules):
        return Days(Frequency.AS_NEEDED)
    weekdays = sum(schedule.weekdays for schedule in schedules)
    if weekdays and _is_of_a_change(parts):
        return Days()
    kinds = {
        Frequency.MONTHLY: any(schedule.monthly for schedule in schedules),
        Frequency.WEEKLY: weekdays == 1 or any(schedule.weekly for schedule in schedules),
        Frequency.SINGLE_DOSE: any(schedule.once_only for schedule in schedules),
    }
    told = [frequency for frequency, said in kinds.items() if said]
    every = {schedule.every_days for schedule in schedules if schedule.every_days}
    regular = any(schedule.daily or schedule.per_day for schedule in schedules)
    if kinds[Frequency.SINGLE_DOSE] and regular:  # "200 mg stat, then 100 mg once a day"
        return Days()
    if len(told) + len(every) > 1 or weekdays > 1 or any(schedule.per_week for schedule in schedules):
        return Days()
    if every:
        days = every.pop()
        return Days(Frequency.EVERY_OTHER_DAY if days == 2 else None, days)
    return Days(told[0] if told else Frequency.DAILY)


def _is_of_every_day(schedule: Schedule) -> bool:
    regular = schedule.daily or (schedule.per_day is not None and not schedule.at_most)
    return regular and not (schedule.weekly or schedule.monthly)


def _is_of_a_change(parts: Sequence[Part]) -> bool:
    """ "starting on Monday", "stops Friday": the day on which something changes, and no day of each week."""
    words = any(isinstance(part, NotRead) and part.looks_like == "word" for part in parts)
    return words or any(isinstance(part, TakenPart | Duration) for part in parts)


def _how_often(schedules: Sequence[Schedule], moments: Moments) -> Intakes:
    counts = {schedule.per_day for schedule in schedules if schedule.per_day is not None and not schedule.at_most}
    most = {schedule.per_day for schedule in schedules if schedule.per_day is not None and schedule.at_most}
    count = max(counts, default=None)
    timed = moments.intakes
    meals = any(schedule.meals for schedule in schedules)
    if meals and count is None and not moments.times and set(moments.slots) <= {"bedtime"} and not moments.untimed:
        return Intakes(agree=False)  # "with meals and at bedtime": nobody knows how many meals
    untimed = timed and count is not None and count not in (1, timed)
    if untimed or any(one % 1 for one in counts | most) or len(counts) > 1 or len(most) > 1:
        return Intakes(agree=False)
    regular = timed or count or (1 if any(schedule.daily for schedule in schedules) else None)
    told = max(*most, regular or 0) if most else regular
    lows = [schedule.low for schedule in schedules if schedule.low is not None and not schedule.at_most]
    low = lows[0] if lows else regular
    return Intakes(int(told) if told else None, None if low is None else int(low))
