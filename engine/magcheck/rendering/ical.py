"""The plan as a calendar that a phone imports: local times without a time zone, repeated as the medicine is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from icalendar import Alarm, Calendar, Event

from magcheck._version import __version__
from magcheck.profile import Frequency
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Component

    from magcheck.report import Plan, PlanEntry

REPEATS = {Frequency.DAILY: "DAILY", Frequency.WEEKLY: "WEEKLY", Frequency.MONTHLY: "MONTHLY"}
LASTS = timedelta(minutes=10)
SHORTEST_MONTH = 28


def calendar(plan: Plan, first_day: date) -> bytes:
    """The same plan and first day give the same bytes."""
    made = Calendar()
    _add(made, "prodid", f"-//magcheck//{__version__}//EN")
    _add(made, "version", "2.0")
    counted: dict[str, int] = {}
    days = _first_days(plan, first_day)
    for entry, name in _doses(plan):
        counted[name] = counted.get(name, 0) + 1
        made.add_component(_event(plan, entry, name, counted[name], days.get((name, entry.often), first_day)))
    return bytes(made.to_ical())


def _first_days(plan: Plan, first_day: date) -> dict[tuple[str, Frequency], date]:
    """What is not taken every day begins on a day of its own, what is taken once first of all."""
    seldom = {(name, entry.often) for entry, name in _doses(plan) if entry.often is not Frequency.DAILY}
    order = sorted(seldom, key=lambda one: (one[1] is not Frequency.SINGLE_DOSE, one))
    return {one: first_day + timedelta(days=place) for place, one in enumerate(order)}


def _date(plan: Plan, entry: PlanEntry, first_day: date) -> date:
    """A waking day goes on after midnight."""
    is_next = plan.day is not None and entry.time < plan.day.wake
    return first_day + timedelta(days=1) if is_next else first_day


def _add(component: Component, name: str, value: object) -> None:
    cast("Any", component).add(name, value)  # its values are not typed


def _doses(plan: Plan) -> Iterator[tuple[PlanEntry, str]]:
    for entry in plan.entries:
        for name in entry.take:
            yield entry, name


def _event(plan: Plan, entry: PlanEntry, name: str, number: int, first_day: date) -> Event:
    """One dose. Its name and number make the identity, so that a new plan moves it instead of doubling it."""
    event, first = Event(), _date(plan, entry, first_day)
    _add(event, "uid", f"{sha256(f'{name}/{number}'.encode()).hexdigest()[:32]}@magcheck")
    _add(event, "dtstamp", datetime.combine(first_day, time(), UTC))
    _add(event, "dtstart", datetime.combine(first, time.fromisoformat(entry.time)))
    _add(event, "duration", LASTS)
    _add(event, "summary", one_line(f"Take {name}"))
    closed = "\n".join(_closed(plan, entry, name))
    if closed:
        _add(event, "description", closed)
    if entry.often in REPEATS:
        _add(event, "rrule", {"freq": REPEATS[entry.often], **_short_months(entry, first)})
    event.add_component(_alarm(name))
    return event


def _closed(plan: Plan, entry: PlanEntry, name: str) -> Iterator[str]:
    """What keeps away from this dose, in which hours."""
    around = [item for item, own in zip(entry.items, entry.take, strict=True) if own == name]
    for one in plan.closed:
        if one.around in around and one.at == entry.time:
            yield one_line(f"No {one.item.is_} from {one.from_} to {one.to}.")


def _short_months(entry: PlanEntry, first_day: date) -> dict[str, object]:
    """A month without a 31st has a last day; without this rule a calendar leaves that month out."""
    if entry.often is not Frequency.MONTHLY or first_day.day <= SHORTEST_MONTH:
        return {}
    return {"bymonthday": list(range(SHORTEST_MONTH, first_day.day + 1)), "bysetpos": -1}


def _alarm(name: str) -> Alarm:
    alarm = Alarm()
    _add(alarm, "action", "DISPLAY")
    _add(alarm, "description", one_line(f"Take {name}"))
    _add(alarm, "trigger", timedelta())
    return alarm
