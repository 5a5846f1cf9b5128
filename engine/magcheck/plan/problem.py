"""What has to be placed on which day? Regimens, gaps and wishes, in minutes since waking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

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
    """Minutes since midnight; every other time of a problem counts from here."""
    awake: int
    """Length of the waking day in minutes."""
    meals: tuple[int, ...]
    are_given: bool
    """Wake and sleep are the person's own, so no dose is placed in the night."""
    meals_are_given: bool

    def since_wake(self, clock: str) -> int:
        return (minutes(clock) - self.wake) % DAY

    def clock(self, since_wake: int) -> str:
        """ "06:30" of minutes since waking."""
        hours, rest = divmod((since_wake + self.wake) % DAY, 60)
        return f"{hours:02d}:{rest:02d}"


@dataclass(frozen=True, slots=True)
class Regimen:
    """One medicine or supplement of the person's list, with its doses of one day."""

    name: str
    subject: Subject
    count: int
    """Doses a day."""
    given: tuple[int, ...]
    """The times that the person told, in the order of the day; empty where none were."""
    fixed: frozenset[int]
    """Numbers of the doses that may not be moved."""
    frequency: Frequency
    prescribed: bool
    """Stands in the list of medicines; only a prescriber changes its dose."""
    magnesium: bool

    def key(self) -> tuple[object, ...]:
        """The same whatever the order of the list."""
        kind = (self.frequency.value, self.prescribed, self.magnesium)
        return self.name, self.given, self.count, sorted(self.fixed), kind, self.subject.input

    def least_spacing(self, hours: Hours, percent: int) -> int:
        """Minutes between two doses at least; never more than the person keeps already."""
        if self.count < 2:
            return 0
        wanted = self.even_spacing(hours) * percent // 100 // STEP * STEP
        own = [(b - a) % DAY for a, b in zip(self.given, (*self.given[1:], *self.given[:1]), strict=True)]
        return min([wanted, *own])

    def even_spacing(self, hours: Hours) -> int:
        return min(DAY // self.count, hours.awake // (self.count - 1)) if self.count > 1 else DAY


@dataclass(frozen=True, slots=True)
class MinimumGap:
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

    def is_kept(self, times: DoseTimes) -> bool:
        """By every pair of doses; a regimen without times breaks nothing yet."""
        return all(self.keeps(first, second) for first in times[self.first] for second in times[self.second])

    def is_about(self, index: int) -> bool:
        return index in (self.first, self.second)

    def from_the_other_side(self) -> MinimumGap:
        """The same hours, told of `second`."""
        return MinimumGap(self.second, self.first, self.after, self.before, self.rule, self.form)


@dataclass(frozen=True, slots=True)
class Wish:
    """A regimen is best taken within one of `zones`, as near to `best` as may be."""

    regimen: int
    rule: str
    zones: tuple[tuple[int, int], ...]
    best: int | None

    def holds(self, time: int) -> bool:
        return any(low <= time <= high for low, high in self.zones)


@dataclass(frozen=True)
class DayProblem:
    """Everything that a plan must keep, and everything that it should. Regimens are called by their index."""

    hours: Hours
    regimens: tuple[Regimen, ...]
    gaps: tuple[MinimumGap, ...]
    """Never broken."""
    better_gaps: tuple[MinimumGap, ...]
    """The stricter gap of those, and gaps that may be needed."""
    page_gaps: tuple[MinimumGap, ...]
    """Gaps that have nothing to do with magnesium; kept where the day allows it."""
    wishes: tuple[Wish, ...]

    @property
    def doses(self) -> int:
        return sum(regimen.count for regimen in self.regimens)

    @property
    def given_times(self) -> DoseTimes:
        return tuple(regimen.given for regimen in self.regimens)

    @property
    def soft_gaps(self) -> tuple[MinimumGap, ...]:
        return *self.better_gaps, *self.page_gaps

    def untimed(self) -> frozenset[int]:
        """Regimens without a time for which something asks for one."""
        asked = self.with_gaps() | {wish.regimen for wish in self.wishes}
        return frozenset(index for index in asked if not self.regimens[index].given)

    def as_given(self) -> DayProblem:
        """The problem in which nothing that has a time may move, and nothing is placed in the night."""
        kept = tuple(replace(regimen, fixed=frozenset(range(len(regimen.given)))) for regimen in self.regimens)
        return replace(self, regimens=kept, hours=replace(self.hours, are_given=True))

    def without_gaps_of(self, indexes: AbstractSet[int]) -> DayProblem:
        left = tuple(gap for gap in self.gaps if not {gap.first, gap.second} & indexes)
        return replace(self, gaps=left)

    def with_gaps(self) -> frozenset[int]:
        """Regimens that some gap is about; the others have no reason to move."""
        return frozenset(index for gap in (*self.gaps, *self.soft_gaps) for index in (gap.first, gap.second))

    def replacing(self, index: int, regimen: Regimen) -> DayProblem:
        """The problem with `regimen` in the place of another."""
        return replace(self, regimens=(*self.regimens[:index], regimen, *self.regimens[index + 1 :]))

    def without_doses_of(self, indexes: AbstractSet[int]) -> DayProblem:
        """Some regimens lose their doses; they stay in the list, so that every index keeps its meaning."""
        problem = self
        for index in indexes:
            problem = problem.replacing(index, replace(self.regimens[index], count=0, given=(), fixed=frozenset()))
        return problem


DoseTimes: TypeAlias = tuple[tuple[int, ...], ...]
"""For each regimen the times of its doses, in the order of the day, in minutes since waking."""


def hours_of(day: Day, planning: Planning) -> Hours:
    """The person's day, filled up with the usual one where it was not told."""
    usual = planning.unknown_day
    length = (minutes(usual.sleep) - minutes(usual.wake)) % DAY
    wake = minutes(day.wake) if day.wake else minutes(day.sleep) - length if day.sleep else minutes(usual.wake)
    are_given = day.wake is not None and day.sleep is not None and day.wake != day.sleep
    awake = (minutes(day.sleep) - wake) % DAY if are_given and day.sleep else length
    meals = tuple(sorted((minutes(meal) - wake) % DAY for meal in day.meals))
    assumed = tuple(after for after in usual.meals_after_wake if after <= awake)
    return Hours(wake % DAY, awake, meals or assumed, are_given, bool(meals))
