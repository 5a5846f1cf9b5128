"""What would make a day possible? The least changes of what is not prescribed, each alone enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from magcheck.plan.solver import solve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.entries import Planning
    from magcheck.plan.problem import DayProblem

KINDS = ("move", "form", "fewer", "skip")
"""From the least change to the greatest."""
ALL = -1
"""In place of the number of a dose: every dose of the regimen."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A change after which there is a day."""

    kind: Literal["move", "form", "fewer", "skip"]
    regimens: tuple[int, ...]
    """Indexes of the changed regimens in the problem as it was."""
    count: int = 0
    """Doses a day that are left of a regimen that is taken less often."""
    dose: int = 0
    """Number of the dose that gets another hour."""
    form: str = ""
    times: tuple[int, ...] = ()
    """Of the changed regimen, in the new day."""


class _Attempt(NamedTuple):
    repair: Repair
    problem: DayProblem
    """After the change."""
    shown: int | None
    """The regimen whose new times are told."""


def repairs(problem: DayProblem, planning: Planning) -> tuple[Repair, ...]:
    """Every single change of something that is not prescribed and alone makes a day; the least first."""
    helping = _that_help(_single(problem), planning) or _that_help(_together(problem), planning)
    return tuple(sorted(helping, key=lambda repair: (KINDS.index(repair.kind), repair.regimens)))


def _that_help(attempts: Iterable[_Attempt], planning: Planning) -> list[Repair]:
    """The first of each kind for the same regimens; its day is only worked out where its times are told."""
    helping: dict[tuple[str, tuple[int, ...]], Repair] = {}
    for repair, problem, shown in attempts:
        key = repair.kind, repair.regimens
        if key in helping:
            continue
        times = solve(problem, planning, wishes=False).times
        if times and shown is not None:
            times = solve(problem, planning).times or times
            helping[key] = replace(repair, times=times[shown])
        elif times:
            helping[key] = repair
    return list(helping.values())


def _single(problem: DayProblem) -> Iterator[_Attempt]:
    for index, regimen in enumerate(problem.regimens):
        if not regimen.prescribed:
            yield from _moves(problem, index)
            if regimen.magnesium:
                yield from _of_magnesium(problem, index)


def _moves(problem: DayProblem, index: int) -> Iterator[_Attempt]:
    """One fixed dose freed, then all of them."""
    regimen = problem.regimens[index]
    for dose in sorted(regimen.fixed):
        freed = replace(regimen, fixed=regimen.fixed - {dose})
        yield _Attempt(Repair("move", (index,), dose=dose), problem.replacing(index, freed), index)
    if len(regimen.fixed) > 1:
        freed = replace(regimen, fixed=frozenset())
        yield _Attempt(Repair("move", (index,), dose=ALL), problem.replacing(index, freed), index)


def _of_magnesium(problem: DayProblem, index: int) -> Iterator[_Attempt]:
    regimen = problem.regimens[index]
    for form in sorted({gap.form for gap in problem.gaps if gap.second == index and gap.form}):
        gaps = tuple(gap for gap in problem.gaps if gap.second != index or gap.form != form)
        yield _Attempt(Repair("form", (index,), form=form), replace(problem, gaps=gaps), None)
    for count in range(regimen.count - 1, 0, -1):
        fewer = replace(regimen, count=count, given=(), fixed=frozenset())
        yield _Attempt(Repair("fewer", (index,), count=count), problem.replacing(index, fewer), index)
    yield _Attempt(Repair("skip", (index,)), problem.without_doses_of({index}), None)


def _together(problem: DayProblem) -> Iterator[_Attempt]:
    """Where no single change is enough: all fixed hours freed, or all magnesium left out."""
    own = [index for index, regimen in enumerate(problem.regimens) if not regimen.prescribed]
    fixed = tuple(index for index in own if problem.regimens[index].fixed)
    if len(fixed) > 1:
        freed = problem
        for index in fixed:
            freed = freed.replacing(index, replace(freed.regimens[index], fixed=frozenset()))
        yield _Attempt(Repair("move", fixed, dose=ALL), freed, None)
    magnesium = tuple(index for index in own if problem.regimens[index].magnesium)
    if len(magnesium) > 1:
        yield _Attempt(Repair("skip", magnesium), problem.without_doses_of(set(magnesium)), None)
