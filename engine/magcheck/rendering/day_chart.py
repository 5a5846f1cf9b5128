"""What does a day plan say, in which order? One list of sections, from which every rendering is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from magcheck.core.time_of_day import DAY, minutes
from magcheck.profile import Frequency
from magcheck.rendering.line import one_line
from magcheck.rendering.voice import Voice
from magcheck.rendering.voices import window_in_figures
from magcheck.report import PlanStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.report import Change, Closed, Plan, PlanWish, Report, Subject

NO_DAY = "No plan"
TITLES = {
    PlanStatus.FEASIBLE: "A day that works",
    PlanStatus.IMPOSSIBLE: "No day is possible",
    PlanStatus.NOT_NEEDED: "No plan needed for magnesium",
    PlanStatus.NOT_SOLVED: "No plan found",
    PlanStatus.NOT_MADE: NO_DAY,
}
OFTEN = {
    Frequency.WEEKLY: "once a week",
    Frequency.MONTHLY: "once a month",
    Frequency.SINGLE_DOSE: "once",
}
Key: TypeAlias = "tuple[str, int]"
DAILY = "every day"


@dataclass(frozen=True, slots=True)
class DaySection:
    """A heading and what stands below it: a list, or the times of the day as a table of two columns."""

    title: str
    items: tuple[str, ...]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class DrawnDose:
    """What is taken at one time, and what keeps away from it in which hours."""

    time: str
    names: tuple[str, ...]
    often: str
    closed: tuple[tuple[str, str], ...]

    @property
    def said(self) -> str:
        often = f" ({self.often})" if self.often != DAILY else ""
        return f"{', '.join(self.names)}{often}"


def plan_title(plan: Plan) -> str:
    """Where something speaks against magnesium at all, there is no day, and nothing is "not needed"."""
    return NO_DAY if plan.day is None else TITLES[plan.status]


def plan_sections(report: Report, voice: Voice = Voice.PLAIN) -> Iterator[DaySection]:
    """Everything but the times, most important first."""
    plan = report.plan
    every = (
        DaySection("Moved", tuple(_moved(plan)), listed=False),
        DaySection("Only if needed", tuple(_as_needed(plan))),
        DaySection("At any time", tuple(one_line(one.is_) for one in plan.anytime), listed=False),
        DaySection("In the way of each other", tuple(one_line(part.said) for part in plan.conflict)),
        DaySection("Any one of these would help", tuple(one_line(_change(one)) for one in plan.changes)),
        DaySection("Ask your prescriber", tuple(one_line(question) for question in plan.questions)),
        DaySection("Wishes", tuple(_wish(one, voice) for one in plan.wishes), listed=False),
        DaySection("About this plan", tuple(one_line(note) for note in plan.notes)),
        DaySection("Windows in figures", tuple(_windows(report)) if voice is Voice.PROFESSIONAL else ()),
    )
    yield from (section for section in every if section.items)


def _windows(report: Report) -> Iterator[str]:
    for finding in report.findings:
        if finding.separation:
            yield f"{window_in_figures(finding.separation)} ({finding.rule})"


def _change(change: Change) -> str:
    return f"{change.said} ({', '.join(change.to)})" if change.kind == "fewer" and change.to else change.said


def doses(plan: Plan) -> Iterator[DrawnDose]:
    """The day in its order."""
    for entry in plan.entries:
        yield DrawnDose(
            time=entry.time,
            names=tuple(one_line(name) for name in entry.take),
            often=OFTEN.get(entry.often, DAILY),
            closed=tuple(_closed_at(plan, entry.time, {key(one) for one in entry.items})),
        )


def _closed_at(plan: Plan, time: str, around: set[Key]) -> Iterator[tuple[str, str]]:
    """What is not taken around a dose, and in which hours; the widest where several gaps ask for some."""
    found: dict[str, list[Closed]] = {}
    for one in plan.closed:
        if one.at == time and key(one.around) in around:
            found.setdefault(one.item.is_, []).append(one)
    for item, spans in found.items():
        at = minutes(time)
        first = max(spans, key=lambda one: (at - minutes(one.from_)) % DAY).from_
        last = max(spans, key=lambda one: (minutes(one.to) - at) % DAY).to
        yield one_line(item), f"{first}-{last}"


def _moved(plan: Plan) -> Iterator[str]:
    for one in plan.moved:
        yield one_line(f"{one.item.is_}: {one.to} instead of {one.from_}. {one.because}")


def _as_needed(plan: Plan) -> Iterator[str]:
    for one in plan.as_needed:
        if one.said:
            yield one_line(one.said)


def _wish(wish: PlanWish, voice: Voice) -> str:
    rule = f" ({wish.rule})" if voice is Voice.PROFESSIONAL else ""
    return one_line(f"{'Kept' if wish.granted else 'Not kept'}: {wish.said}{rule}")


def taken(plan: Plan) -> dict[Key, tuple[str, list[str]]]:
    """Each medicine and product of the day with its times."""
    found: dict[Key, tuple[str, list[str]]] = {}
    for entry in plan.entries:
        for name, item in zip(entry.take, entry.items, strict=True):
            found.setdefault(key(item), (one_line(name), []))[1].append(entry.time)
    return found


def key(subject: Subject) -> Key:
    return subject.list, subject.index
