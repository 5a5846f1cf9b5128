"""What has to be placed on which day? Lines of the list, gaps and wishes, in minutes since waking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY, minutes

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from magcheck.knowledge.entries import Planning
    from magcheck.profile import Day, Frequency
    from magcheck.report import Subject


STEP = 5
"""Minutes from one time that is proposed to the next."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The day of one person."""

    wake: int
    """Minutes since midnight; every other time of a task counts from here."""
    awake: int
    """Length of the waking day."""
    meals: tuple[int, ...]
    told: bool
    """Wake and sleep are the person's own, so no dose is placed in the night."""
    meals_told: bool

    def since_wake(self, clock: str) -> int:
        return (minutes(clock) - self.wake) % DAY

    def clock(self, since_wake: int) -> str:
        """ "06:30" of minutes since waking."""
        hours, rest = divmod((since_wake + self.wake) % DAY, 60)
        return f"{hours:02d}:{rest:02d}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the person's list: a medicine or supplement with its doses of one day."""

    name: str
    subject: Subject
    count: int
    told: tuple[int, ...]
    """Its given times, in the order of the day; empty where none were given."""
    fixed: frozenset[int]
    """Numbers of the doses that may not be moved."""
    often: Frequency
    prescribed: bool
    """Stands in the list of medicines; only a prescriber changes its dose."""
    magnesium: bool

    def key(self) -> tuple[object, ...]:
        """The same whatever the order of the list."""
        kind = (self.often.value, self.prescribed, self.magnesium)
        return self.name, self.told, self.count, sorted(self.fixed), kind, self.subject.input

    def least_spacing(self, hours: Hours, percent: int) -> int:
        """Minutes between two doses at least; never more than the person keeps already."""
        if self.count < 2:
            return 0
        wanted = self.even_spacing(hours) * percent // 100 // STEP * STEP
        own = [(b - a) % DAY for a, b in zip(self.told, (*self.told[1:], *self.told[:1]), strict=True)]
        return min([wanted, *own])

    def even_spacing(self, hours: Hours) -> int:
        return min(DAY // self.count, hours.awake // (self.count - 1)) if self.count > 1 else DAY


@dataclass(frozen=True, slots=True)
class Apart:
    """`first` comes at least `before` minutes before `second`, and at least `after` minutes after it."""

    first: int
    second: int
    before: int
    after: int
    rule: str
    form: str = ""
    """The kind of magnesium that needs it, where another kind would not."""

    def keeps(self, first: int, second: int) -> bool:
        return (second - first) % DAY >= self.before and (first - second) % DAY >= self.after


@dataclass(frozen=True, slots=True)
class Wish:
    """A line is best taken within one of `zones`, as near to `best` as may be."""

    line: int
    rule: str
    zones: tuple[tuple[int, int], ...]
    best: int | None

    def holds(self, time: int) -> bool:
        return any(low <= time <= high for low, high in self.zones)


@dataclass(frozen=True)
class Task:
    """Everything that a plan must keep, and everything that it should."""

    hours: Hours
    lines: tuple[Line, ...]
    gaps: tuple[Apart, ...]
    """Never broken."""
    better: tuple[Apart, ...]
    """The stricter gap of those, and gaps that may be needed."""
    page_gaps: tuple[Apart, ...]
    """Gaps that have nothing to do with magnesium; kept where the day allows it."""
    wishes: tuple[Wish, ...]

    @property
    def doses(self) -> int:
        return sum(line.count for line in self.lines)

    def untimed(self) -> frozenset[int]:
        """Lines without a time for which something asks for one."""
        asked = self.touched() | {wish.line for wish in self.wishes}
        return frozenset(place for place in asked if not self.lines[place].told)

    def as_told(self) -> Task:
        """The task in which nothing that has a time may move, and nothing is placed in the night."""
        kept = tuple(replace(line, fixed=frozenset(range(len(line.told)))) for line in self.lines)
        return replace(self, lines=kept, hours=replace(self.hours, told=True))

    def without_gaps_of(self, places: AbstractSet[int]) -> Task:
        left = tuple(gap for gap in self.gaps if gap.first not in places and gap.second not in places)
        return replace(self, gaps=left)

    def touched(self) -> frozenset[int]:
        """Lines that some gap is about; the others have no reason to move."""
        return frozenset(
            place for gap in (*self.gaps, *self.better, *self.page_gaps) for place in (gap.first, gap.second)
        )


Times = tuple[tuple[int, ...], ...]
"""For each line the times of its doses, in the order of the day."""


def given_times_keep_every_gap(task: Task) -> bool:
    """Do the given times agree with each other? A line without times breaks nothing yet."""
    told = [line.told for line in task.lines]
    return all(gap.keeps(one, other) for gap in task.gaps for one in told[gap.first] for other in told[gap.second])


def hours_of(day: Day, planning: Planning) -> Hours:
    """The person's day, filled up with the usual one where it was not told."""
    usual = planning.unknown_day
    length = (minutes(usual.sleep) - minutes(usual.wake)) % DAY
    wake = minutes(day.wake) if day.wake else minutes(day.sleep) - length if day.sleep else minutes(usual.wake)
    told = day.wake is not None and day.sleep is not None and day.wake != day.sleep
    awake = (minutes(day.sleep) - wake) % DAY if told and day.sleep else length
    meals = tuple(sorted((minutes(meal) - wake) % DAY for meal in day.meals))
    assumed = tuple(after for after in usual.meals_after_wake if after <= awake)
    return Hours(wake % DAY, awake, meals or assumed, told, bool(meals))
