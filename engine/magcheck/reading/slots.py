"""Which clock time has a word of the day? That of the person's own day, or of the one that is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY, clock, minutes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.knowledge.entries import Planning
    from magcheck.profile import Day
    from magcheck.reading.parts import Slot


def clock_times(times: Iterable[str], slots: Iterable[Slot], day: Day, planning: Planning) -> tuple[str, ...]:
    """Told times as they are; a slot as the hour of its meal or of bed. "HH:MM", in the order of the clock."""
    words = tuple(slots)
    hours = dict(_hours(day, planning)) if words else {}
    return tuple(sorted({*times, *(clock(hours[slot]) for slot in words)}))


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
