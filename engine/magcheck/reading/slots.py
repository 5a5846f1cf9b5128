"""Which clock time has a word of the day? That of the person's own day, or of the one that is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY, clock, minutes
from magcheck.reading.distances import minutes_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.knowledge.entries import Planning
    from magcheck.profile import Day
    from magcheck.reading.distances import Distance
    from magcheck.reading.parts import Slot


def clock_times(
    times: Iterable[str], slots: Iterable[Slot], day: Day, planning: Planning, distances: Sequence[Distance] = ()
) -> tuple[str, ...]:
    """Told times as they are; a slot as the hour of its meal or of bed, or so far from it as is told.

    "HH:MM", in the order of the clock; none for what is told as a stretch of time ("1-2 hours before bed").
    """
    words = tuple(slots)
    hours = dict(_hours(day, planning)) if words else {}
    away = dict.fromkeys(words, 0) | dict(minutes_from(distances))
    at_slots = (clock(hours[slot] + far) for slot in words if (far := away[slot]) is not None)
    return tuple(sorted({*times, *at_slots}))


def is_of_another_part(slot: Slot, day: Day, planning: Planning) -> bool:
    """Is it no hour of this part of the day? Of a night worker the first meal is not "in the morning"."""
    part, hour = planning.parts_of_the_day[slot], dict(_hours(day, planning))[slot]
    first, last = minutes(part.first), minutes(part.last)
    return (hour - first) % DAY > (last - first) % DAY


def _hours(day: Day, planning: Planning) -> Iterable[tuple[Slot, int]]:
    unknown = planning.unknown_day
    wake = minutes(day.wake) if day.wake else minutes(unknown.wake)
    meals = [minutes(meal) for meal in day.meals] or [(wake + after) % DAY for after in unknown.meals_after_wake]
    meals.sort(key=lambda meal: (meal - wake) % DAY)
    yield "morning", meals[0]
    yield "noon", meals[len(meals) // 2]
    yield "evening", meals[-1]
    yield "bedtime", minutes(day.sleep) if day.sleep else minutes(unknown.sleep)
