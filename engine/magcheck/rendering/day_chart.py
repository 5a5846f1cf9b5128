"""What does a drawing of a day show? One model, which the terminal, a file and a page draw each in their way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.time_of_day import DAY, minutes
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.wording.day import DayWords
    from magcheck.report import Closed, Plan, PlanDay, PlanEntry, Span, Subject

_Place = tuple[str, int]
"""List and index of an item."""


class Away(NamedTuple):
    """What is not taken around a dose, from and until when ("HH:MM")."""

    item: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class ChartDose:
    """What is taken at one time."""

    time: str
    items: tuple[str, ...]
    said: str
    """Its items in words, with how often they are taken where that is not every day."""
    away: tuple[Away, ...]


@dataclass(frozen=True, slots=True)
class ChartRow:
    """24 hours of one medicine or product."""

    name: str
    often: str = ""
    """Empty where it is taken every day."""
    doses: tuple[str, ...] = ()
    closed: tuple[Span, ...] = ()
    """Hours in which something else keeps away from it; of what is taken as needed, hours that are not free."""
    free: tuple[Span, ...] | None = None
    """Of what is only taken as needed: the hours that are free for it."""


@dataclass(frozen=True, slots=True)
class DayChart:
    """A day that was solved, with everything that its words say."""

    day: PlanDay
    rows: tuple[ChartRow, ...]
    doses: tuple[ChartDose, ...]
    """From waking on."""
    as_needed: tuple[str, ...]
    """When what has no time may be taken, a sentence each."""
    words: DayWords
    """What its signs mean."""

    @property
    def said(self) -> str:
        """The same in words, for those who do not see it."""
        return "; ".join((*(f"{dose.time} {dose.said}" for dose in self.doses), *self.as_needed))


def day_chart(plan: Plan, words: DayWords) -> DayChart | None:
    """None where nothing has a time."""
    if plan.day is None or not plan.entries:
        return None
    needed = (ChartRow(one_line(item.item.is_), closed=item.closed, free=item.open) for item in plan.as_needed)
    return DayChart(
        day=plan.day,
        rows=(*_rows(plan, words), *needed),
        doses=tuple(_dose(plan, entry, words) for entry in _from_waking(plan.entries, plan.day.wake)),
        as_needed=tuple(one_line(item.said) for item in plan.as_needed if item.said),
        words=words,
    )


def _from_waking(entries: Iterable[PlanEntry], wake: str) -> list[PlanEntry]:
    return sorted(entries, key=lambda entry: (minutes(entry.time) - minutes(wake)) % DAY)


def _rows(plan: Plan, words: DayWords) -> Iterator[ChartRow]:
    taken: dict[_Place, tuple[str, str]] = {}
    times: dict[_Place, list[str]] = {}
    for entry in plan.entries:
        for name, item in zip(entry.take, entry.items, strict=True):
            taken.setdefault(_place(item), (one_line(name), words.often.get(entry.often, "")))
            times.setdefault(_place(item), []).append(entry.time)
    for place, (name, often) in taken.items():
        closed = tuple(span for span in plan.closed if _place(span.around) == place)
        yield ChartRow(name, often, tuple(times[place]), closed)


def _dose(plan: Plan, entry: PlanEntry, words: DayWords) -> ChartDose:
    names = tuple(one_line(name) for name in entry.take)
    often, listed = words.often.get(entry.often), ", ".join(names)
    said = fill(words.dose, items=listed, often=often) if often else listed
    around = {_place(item) for item in entry.items}
    return ChartDose(entry.time, names, said, tuple(_away(plan, entry.time, around)))


def _away(plan: Plan, time: str, around: set[_Place]) -> Iterator[Away]:
    """The widest hours for each item, where several gaps ask for some."""
    spans_of: dict[str, list[Closed]] = {}
    for span in plan.closed:
        if span.at == time and _place(span.around) in around:
            spans_of.setdefault(span.item.is_, []).append(span)
    at = minutes(time)
    for item, spans in spans_of.items():
        first = max(spans, key=lambda span: (at - minutes(span.from_)) % DAY).from_
        last = max(spans, key=lambda span: (minutes(span.to) - at) % DAY).to
        yield Away(one_line(item), first, last)


def _place(subject: Subject) -> _Place:
    return subject.list, subject.index


def stretches(start: str, end: str) -> Iterator[tuple[int, int]]:
    """Minutes of the day from `start` to `end`, in two pieces where they go round midnight."""
    first, last = minutes(start), minutes(end)
    if first <= last:
        yield first, last
    else:
        yield first, DAY
        yield 0, last
