"""The plan as a calendar that a phone imports: local times without a time zone, repeated as the medicine is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from icalendar import Alarm, Calendar, Event

from magcheck._version import __version__
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Frequency
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from icalendar import Component

    from magcheck.knowledge.wording.day import CalendarWords
    from magcheck.report import Plan, PlanEntry

REPEATS: dict[Frequency, dict[str, object]] = {
    Frequency.DAILY: {"freq": "DAILY"},
    Frequency.EVERY_OTHER_DAY: {"freq": "DAILY", "interval": 2},
    Frequency.WEEKLY: {"freq": "WEEKLY"},
    Frequency.MONTHLY: {"freq": "MONTHLY"},
}
LASTS = timedelta(minutes=10)
SHORTEST_MONTH = 28


def calendar(plan: Plan, first_day: date, words: CalendarWords) -> bytes:
    """The same plan and first day give the same bytes."""
    made = Calendar()
    _add(made, "prodid", f"-//magcheck//{__version__}//EN")
    _add(made, "version", "2.0")
    counted: dict[str, int] = {}
    days = _first_days(plan, first_day)
    for entry, name in _doses(plan):
        counted[name] = counted.get(name, 0) + 1
        day = days.get((name, entry.often), first_day)
        made.add_component(_event(plan, entry, (name, counted[name]), day, words))
    return bytes(made.to_ical())


def _first_days(plan: Plan, first_day: date) -> dict[tuple[str, Frequency], date]:
    """What is not taken every day begins on a day of its own, what is taken once first of all."""
    seldom = {(name, entry.often) for entry, name in _doses(plan) if entry.often is not Frequency.DAILY}
    order = sorted(seldom, key=lambda dose: (dose[1] is not Frequency.SINGLE_DOSE, dose))
    return {dose: first_day + timedelta(days=number) for number, dose in enumerate(order)}


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


def _event(plan: Plan, entry: PlanEntry, dose: tuple[str, int], first_day: date, words: CalendarWords) -> Event:
    """One dose. Its name and number make the identity, so that a new plan moves it instead of doubling it."""
    event, first, (name, number) = Event(), _date(plan, entry, first_day), dose
    _add(event, "uid", f"{sha256(f'{name}/{number}'.encode()).hexdigest()[:32]}@magcheck")
    _add(event, "dtstamp", datetime.combine(first_day, time(), UTC))
    _add(event, "dtstart", datetime.combine(first, time.fromisoformat(entry.time)))
    _add(event, "duration", LASTS)
    _add(event, "summary", one_line(fill(words.take, item=name)))
    closed = "\n".join(_closed(plan, entry, name, words))
    if closed:
        _add(event, "description", closed)
    if entry.often in REPEATS:
        _add(event, "rrule", REPEATS[entry.often] | _short_months(entry, first))
    event.add_component(_alarm(name, words))
    return event


def _closed(plan: Plan, entry: PlanEntry, name: str, words: CalendarWords) -> Iterator[str]:
    """What keeps away from this dose, in which hours."""
    around = [item for item, own in zip(entry.items, entry.take, strict=True) if own == name]
    for span in plan.closed:
        if span.around in around and span.at == entry.time:
            yield one_line(fill(words.away, item=span.item.is_, start=span.from_, end=span.to))


def _short_months(entry: PlanEntry, first_day: date) -> dict[str, object]:
    """A month without a 31st has a last day; without this rule a calendar leaves that month out."""
    if entry.often is not Frequency.MONTHLY or first_day.day <= SHORTEST_MONTH:
        return {}
    return {"bymonthday": list(range(SHORTEST_MONTH, first_day.day + 1)), "bysetpos": -1}


def _alarm(name: str, words: CalendarWords) -> Alarm:
    alarm = Alarm()
    _add(alarm, "action", "DISPLAY")
    _add(alarm, "description", one_line(fill(words.take, item=name)))
    _add(alarm, "trigger", timedelta())
    return alarm
