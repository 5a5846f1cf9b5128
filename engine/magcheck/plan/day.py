"""Is there a day that keeps every gap? The findings in, a plan out, or the proof that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.book.rule import Action
from magcheck.plan.reading import read
from magcheck.plan.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.findings import Answer
    from magcheck.plan.reading import Reading
    from magcheck.plan.task import Times
    from magcheck.profile import Day
    from magcheck.report import Finding, Plan


def day_plan(answer: Answer, findings: Iterable[Finding], day: Day) -> Plan:
    """The one function that decides which kind of answer a plan is."""
    words = answer.book.wording.plan
    reading = read(answer, day)
    teller = Teller(reading, answer)
    if is_blocked(answer, findings):
        return teller.nothing(words.status.blocked)
    if keeps_every_gap(reading) and not reading.needed_gaps:
        said = words.status.kept if reading.task.gaps else words.status.nothing
        return teller.kept(said)
    if reading.task.doses > answer.book.planning.most_doses:
        return teller.not_solved(words.status.too_many.replace("{count}", str(reading.task.doses)))
    return _solved(reading, answer, teller)


def is_blocked(answer: Answer, findings: Iterable[Finding]) -> bool:
    """No word on time while something speaks against taking magnesium at all."""
    pages = answer.book.pages_by_id
    return any(one.action is Action.AVOID or pages[one.rule].blocks_guidance for one in findings)


def keeps_every_gap(reading: Reading) -> bool:
    """Do the given times keep every gap as they are?"""
    lines = reading.task.lines
    return all(
        bool(lines[gap.first].told and lines[gap.second].told)
        and all(gap.keeps(one, other) for one in lines[gap.first].told for other in lines[gap.second].told)
        for gap in reading.task.gaps
    )


def _solved(reading: Reading, answer: Answer, teller: Teller) -> Plan:
    times = _as_given(reading)
    if times:
        return teller.feasible(times)
    from magcheck.plan.solver import solve  # noqa: PLC0415 - the solver is only loaded when there is a day to solve

    planning, words = answer.book.planning, answer.book.wording.plan
    solution = solve(reading.task, planning)
    if solution.times is None and not solution.impossible:
        solution = solve(reading.task, planning, wishes=False)
    if solution.times:
        return teller.feasible(solution.times)
    if not solution.impossible:
        return teller.not_solved(words.status.not_solved)
    from magcheck.plan.conflict import changes, conflict  # noqa: PLC0415 - it loads the solver

    return teller.impossible(conflict(reading.task, planning), changes(reading.task, planning))


def _as_given(reading: Reading) -> Times | None:
    """The given times, where they keep every gap and only something taken as needed is left to place."""
    lines = reading.task.lines
    if keeps_every_gap(reading) and all(line.told for line in lines):
        return tuple(line.told for line in lines)
    return None
