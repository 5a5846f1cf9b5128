"""Do amounts and times stand before their names? "500 mg calcium 250 mg magnesium", "8 am iron 10 pm zinc"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from magcheck.profile import Route
from magcheck.reading.parts import (
    BULLETS,
    DASHES,
    QUIET,
    BasisPart,
    Count,
    Duration,
    Mark,
    Name,
    NotRead,
    Schedule,
    Strength,
    TakenPart,
    Way,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.reading.parts import Part

STOPS = frozenset(".!") | BULLETS | DASHES
Kind = Literal["strength", "count", "time"]


class Names(NamedTuple):
    """Where the names of one item begin and end."""

    first: int
    last: int


class Beginning(NamedTuple):
    """Where the parts of an item begin that follows another without a separator."""

    place: int
    doubtful: tuple[Part, ...] = ()
    """What stands before it and may be its own, too: the same stands before the first name and behind the last."""


def beginnings(
    parts: Sequence[Part], run: Sequence[Names], start: int, end: int, *, times_lead: bool
) -> list[Beginning]:
    """Of each item but the first. `run`: items with no separator between them, in the parts `start` to `end`.

    `times_lead`: the line begins with when or how often, so that a time within the run may lead its name as well.
    """
    before, behind = _kinds(parts[start : run[0].first]), _kinds(parts[run[-1].last + 1 : end])
    before |= {"time"} if times_lead else set()
    found: list[Beginning] = []
    for one, other in pairwise(run):
        tail = _tail(parts, one.last + 1, other.first)
        times = _times_before(parts, one.last + 1, other.first)
        near = [*times, *(place for place in tail if _kind(parts[place]) != "time")]
        led = [place for place in near if _kind(parts[place]) in before - behind]
        led += [place for place in times if _is_headed(parts, place)]
        between = _Between(parts, one, other, end)
        led += between.of_other
        doubtful = tuple(parts[place] for place in sorted(near) if _kind(parts[place]) in before & behind)
        if not led:
            doubtful += between.of_both(counted="count" in before | behind)
            doubtful += _before_brackets(parts, one.last + 1, other.first) if "time" in before else ()
            doubtful += _amounts_behind(parts, one, other, alone="strength" not in before | behind)
        place = _introduced(parts, one.last + 1, min(led, default=other.first))
        found.append(Beginning(place, tuple(dict.fromkeys(doubtful))))
    return found


class _Between:
    """What stands behind one name and before the next, with no separator."""

    def __init__(self, parts: Sequence[Part], one: Names, other: Names, end: int) -> None:
        self._parts, self._one, self._other = parts, one, other
        self._lead = self._behind_a_stop()
        self._of_one = self._schedules(range(one.last + 1, self._lead.start))
        self._told = _said(takewhile(lambda part: not isinstance(part, Name), parts[other.last + 1 : end]))
        """What is said behind the other name."""

    @property
    def of_other(self) -> range:
        """ "zinc 15 mg once a day. 2 tablets twice a day magnesium", "zinc 15 mg. 2 tablets magnesium"."""
        sure = self._of_one or not (self._schedules(self._lead) or self._stop in DASHES)
        return range(0) if self._says_it_twice or not sure else self._lead

    def of_both(self, *, counted: bool) -> tuple[Part, ...]:
        """What may as well be said of the other. `counted`: tablets stand elsewhere, and show which way round."""
        if self._lead and (self._of_one or not self._says_it_twice):
            return tuple(self._parts[place] for place in self._lead if not isinstance(self._parts[place], Mark))
        tail = _tail(self._parts, self._one.last + 1, self._other.first)
        asked = () if counted or Count in self._told else tail
        counts = [self._parts[place] for place in asked if isinstance(self._parts[place], Count)]
        contradictory = Schedule not in self._told and _contradict(self._of_one)
        return (*counts, *(self._of_one[-1:] if contradictory else ()))

    @property
    def _says_it_twice(self) -> bool:
        """ "zinc 15 mg. Twice daily magnesium 200 mg. Once daily": it stands behind each name."""
        return bool(self._told & _said(self._parts[place] for place in self._lead))

    def _behind_a_stop(self) -> range:
        """What says how much and when in the words that lead to the other name, if a stop begins them."""
        first, self._stop = self._other.first, ""
        for place in range(self._other.first - 1, self._one.last, -1):
            part = self._parts[place]
            if isinstance(part, Mark) and part.text in STOPS:
                self._stop = part.text
                return range(first, self._other.first)
            if _kind(part) or isinstance(part, Schedule):
                first = place
            elif not (_belongs(part) or _may_stand_between(part)):
                break
        return range(self._other.first, self._other.first)

    def _schedules(self, places: range) -> list[Schedule]:
        return [part for part in self._parts[places.start : places.stop] if isinstance(part, Schedule)]


def _said(parts: Iterable[Part]) -> set[type[Part]]:
    """How often or when, how many, how much."""
    return {type(part) for part in parts if isinstance(part, Schedule | Count | Strength)}


def _contradict(schedules: Sequence[Schedule]) -> bool:
    """ "once a day twice a day", "in the morning twice a day"."""
    many = {schedule.per_day for schedule in schedules if schedule.per_day is not None}
    if timed := sum(len(schedule.slots) + len(schedule.times) for schedule in schedules):
        many.add(timed)
    return len(many) > 1


def _before_brackets(parts: Sequence[Part], start: int, end: int) -> tuple[Part, ...]:
    """The time of "8 am metformin, cipro 6 pm [atorvastatin]": of cipro, or of what stands in the brackets?"""
    opening = next((place for place in range(end - 1, start - 1, -1) if _opens(parts[place])), None)
    if opening is None:
        return ()
    return tuple(parts[place] for place in _times_before(parts, start, opening))


def _opens(part: Part) -> bool:
    return isinstance(part, Mark) and part.kind == "open"


def _amounts_behind(parts: Sequence[Part], one: Names, other: Names, *, alone: bool) -> tuple[Part, ...]:
    """The amount of "levothyroxine in the morning 400 mg magnesium": of the one, or of the other?

    `alone`: no other name of these has an amount before or behind it; a bare figure is in doubt in any case.
    """
    between = range(one.last + 1, other.first)
    said = max((place for place in between if isinstance(parts[place], Schedule | Way | Duration)), default=None)
    tail = _tail(parts, one.last + 1, other.first) if said is not None else ()
    amounts = [parts[place] for place in tail if place > (said or 0) and _kind(parts[place]) == "strength"]
    return tuple(part for part in amounts if alone or not isinstance(part, Strength))


def leads_with_a_time(parts: Sequence[Part], name: int) -> bool:
    """ "8 am iron, zinc 10 pm calcium": does a time stand before the first name of the line that holds `name`?"""
    ends = (place for place in range(name - 1, -1, -1) if _ends_a_line(parts[place]))
    start = next(ends, -1) + 1
    first = next(place for place in range(start, name + 1) if place == name or isinstance(parts[place], Name))
    return any(isinstance(part, Schedule) for part in parts[start:first])


def _ends_a_line(part: Part) -> bool:
    return isinstance(part, Mark) and part.text == "\n"


def in_doubt(part: Part, begin: Sequence[Beginning]) -> Part:
    """What may be said of two names tells of neither when it is taken, how, how much, or whether."""
    if not any(part in beginning.doubtful for beginning in begin):
        return part
    if isinstance(part, Schedule):
        return replace(part, unclear=True)
    if isinstance(part, TakenPart):
        return replace(part, taken=None)
    if isinstance(part, Way):
        return replace(part, routes=part.routes | {Route.ORAL})
    return replace(part, doubtful=True) if isinstance(part, Strength | Count) else part


def _is_headed(parts: Sequence[Part], place: int) -> bool:
    """ "abends: Zink": a sign that says that a list follows."""
    behind = parts[place + 1]
    return isinstance(behind, Mark) and behind.text == ":"


def _times_before(parts: Sequence[Part], start: int, end: int) -> list[int]:
    """The times of which nothing but amounts, words and "I take" parts the name behind them."""
    place = end
    while place > start and (_belongs(parts[place - 1]) or _may_stand_between(parts[place - 1])):
        place -= 1
    return [step for step in range(place, end) if _kind(parts[step]) == "time"]


def _may_stand_between(part: Part) -> bool:
    return isinstance(part, NotRead | Way | Duration) or (isinstance(part, TakenPart) and part.taken is True)


def _introduced(parts: Sequence[Part], start: int, place: int) -> int:
    """ "instead of", "(changed from": what speaks of the name behind it begins before it."""
    while place > start and _introduces(parts[place - 1]):
        place -= 1
    return place


def _introduces(part: Part) -> bool:
    return isinstance(part, TakenPart) or (isinstance(part, Mark) and part.kind == "open")


def _tail(parts: Sequence[Part], start: int, end: int) -> range:
    """The amounts and times that stand right before a name."""
    place = end
    while place > start and _belongs(parts[place - 1]):
        place -= 1
    return range(place, end)


def _belongs(part: Part) -> bool:
    return (
        _kind(part) is not None or isinstance(part, BasisPart) or (isinstance(part, Mark) and part.kind in QUIET)
    )


def _kinds(parts: Iterable[Part]) -> set[Kind]:
    return {kind for part in parts if (kind := _kind(part))}


def _kind(part: Part) -> Kind | None:
    if isinstance(part, Count):
        return "count"
    if isinstance(part, Schedule):
        return "time" if part.slots or part.times or part.afternoon or part.per_day else None
    is_figure = isinstance(part, NotRead) and part.looks_like in ("amount", "both")
    return "strength" if isinstance(part, Strength) or is_figure else None
