"""How is a day plan shown? A line of 24 hours for each medicine, and everything in words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from magcheck.cli.plain import wrapped
from magcheck.cli.streams import one_line
from magcheck.clock import DAY, minutes
from magcheck.profile import Frequency
from magcheck.report import PlanStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.report import Closed, Plan, PlanDay, Report, Span, Subject

TITLES = {
    PlanStatus.FEASIBLE: "A day that works",
    PlanStatus.IMPOSSIBLE: "No day is possible",
    PlanStatus.NOT_NEEDED: "No change needed",
    PlanStatus.NOT_SOLVED: "No plan found",
}
OFTEN = {
    Frequency.WEEKLY: "once a week",
    Frequency.MONTHLY: "once a month",
    Frequency.SINGLE_DOSE: "once",
}
DOSE, CLOSED, FREE, ASLEEP, OPEN = "●", "▒", "·", " ", "○"
LEGEND = ((DOSE, "dose"), (CLOSED, "no magnesium"), (FREE, "awake"), (OPEN, "free if needed"))
STYLES = {DOSE: "bold", CLOSED: "yellow", FREE: "dim", OPEN: "green", ASLEEP: ""}
_LABELS = 26
_CLOCK = 6
_INDENT = "  "
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[str, ...]


def plain_plan(report: Report, columns: int) -> str:
    """The plan in words alone, in an order that a screen reader can read aloud."""
    lines = [*_head(report, columns)]
    for section in _sections(report):
        lines += ["", section.title.upper()]
        lines += [part for line in section.lines for part in wrapped(line, columns, _INDENT)]
    return "\n".join([*lines, "", *wrapped(report.notice, columns)]) + "\n"


def terminal_plan(report: Report, columns: int, *, colour: bool) -> str:
    """The plan with its 24 hours drawn; without colour the marks alone say everything."""
    out = StringIO()
    console = Console(
        file=out,
        width=columns,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for line in _drawn(report, columns):
        line.rstrip()
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return out.getvalue()


def _drawn(report: Report, columns: int) -> Iterator[Text]:
    head = _head(report, columns)
    yield Text(head[0], "bold")
    yield from (Text(line) for line in head[1:])
    if report.plan and report.plan.day and report.plan.entries:
        yield Text()
        yield from _chart(report.plan, report.plan.day, columns)
    for section in _sections(report):
        yield Text()
        yield Text.assemble(
            ("─ ", "dim"), (section.title, "bold"), (f" {'─' * (columns - len(section.title) - 3)}", "dim")
        )
        for line in section.lines:
            yield from (Text(part) for part in wrapped(line, columns, _INDENT))
    yield Text()
    yield from (Text(line, "dim") for line in wrapped(report.notice, columns))


def _head(report: Report, columns: int) -> list[str]:
    plan = report.plan
    if plan is None:
        return ["NO PLAN"]
    return [TITLES[plan.status].upper(), *wrapped(plan.said, columns), *wrapped(report.headline, columns)]


def _sections(report: Report) -> Iterator[Section]:
    plan = report.plan
    if plan is None:
        return
    every = (
        Section("Times", tuple(_times(plan))),
        Section("Moved", tuple(_moved(plan))),
        Section("Only if needed", tuple(_as_needed(plan))),
        Section("At any time", tuple(one_line(one.is_) for one in plan.anytime)),
        Section("In the way of each other", tuple(one_line(f"- {part.said}") for part in plan.conflict)),
        Section(
            "Any one of these would help",
            tuple(one_line(f"- {_change(plan, n)}") for n in range(len(plan.changes))),
        ),
        Section("Ask your prescriber", tuple(one_line(f"- {question}") for question in plan.questions)),
        Section("Wishes", tuple(_wishes(plan))),
        Section("Good to know", tuple(one_line(f"- {note}") for note in plan.notes)),
    )
    yield from (section for section in every if section.lines)


def _change(plan: Plan, number: int) -> str:
    change = plan.changes[number]
    return f"{change.said} ({', '.join(change.to)})" if change.kind == "fewer" and change.to else change.said


def _times(plan: Plan) -> Iterator[str]:
    for entry in plan.entries:
        often = f" ({OFTEN[entry.often]})" if entry.often in OFTEN else ""
        yield one_line(f"{entry.time}  {', '.join(entry.take)}{often}")
        for item, spans in _closed_at(plan, entry.time, {_key(one) for one in entry.items}):
            yield " " * _CLOCK + one_line(f"no {item} {spans}")


def _closed_at(plan: Plan, time: str, around: set[Key]) -> Iterator[tuple[str, str]]:
    """What is not taken around a dose, and in which hours; the widest where several gaps ask for some."""
    found: dict[str, list[Closed]] = {}
    for one in plan.closed:
        if one.at == time and _key(one.around) in around:
            found.setdefault(one.item.is_, []).append(one)
    for item, spans in found.items():
        at = minutes(time)
        first = max(spans, key=lambda one: (at - minutes(one.from_)) % DAY).from_
        last = max(spans, key=lambda one: (minutes(one.to) - at) % DAY).to
        yield item, f"{first}-{last}"


def _moved(plan: Plan) -> Iterator[str]:
    for one in plan.moved:
        yield one_line(f"{one.from_} -> {one.to}  {one.item.is_}. {one.because}")


def _as_needed(plan: Plan) -> Iterator[str]:
    for one in plan.as_needed:
        yield one_line(f"- {one.said} {', '.join(f'{span.from_}-{span.to}' for span in one.open)}")


def _wishes(plan: Plan) -> Iterator[str]:
    for wish in plan.wishes:
        yield one_line(f"{'[yes]' if wish.granted else '[no] '} {wish.said}")


def _key(subject: Subject) -> Key:
    return subject.list, subject.index


def _chart(plan: Plan, day: PlanDay, columns: int) -> Iterator[Text]:
    """One line for each medicine; labels stand above their line where there is little room."""
    beside = columns - _LABELS >= 48
    room = columns - (_LABELS if beside else 0)
    each = max(1, min(4, room // 24))
    scale = _Scale(minutes(day.wake) // 60 * 60, each)
    margin = " " * _LABELS if beside else ""
    yield Text(margin + scale.hours(), "dim")
    yield Text(margin + scale.moments(day), "dim")
    for name, line in _rows(plan, day, scale):
        label = Text(name[: _LABELS - 2])
        if beside:
            label.pad_right(_LABELS - label.cell_len)
            yield label.append_text(_styled(line))
        else:
            yield label
            yield _styled(line)
    used = {mark for _, line in _rows(plan, day, scale) for mark in line}
    words = "  ".join(f"{mark} {word}" for mark, word in LEGEND if mark in used)
    yield from (Text(part, "dim") for part in wrapped(words, columns))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Cells of a day that begins at the hour of waking."""

    start: int
    each: int
    """Cells for an hour."""

    @property
    def cells(self) -> int:
        return 24 * self.each

    def cell(self, clock: str) -> int:
        return (minutes(clock) - self.start) % DAY * self.cells // DAY

    def middle(self, cell: int) -> int:
        """The minute of the day in the middle of a cell."""
        return (self.start + (2 * cell + 1) * DAY // (2 * self.cells)) % DAY

    def hours(self) -> str:
        """Every third hour above the line, or every sixth where there is little room."""
        step = 6 if self.each == 1 else 3
        marks = [f"{(self.start // 60 + hour) % 24:02d}".ljust(step * self.each) for hour in range(0, 24, step)]
        return "".join(marks)

    def moments(self, day: PlanDay) -> str:
        """M for meals, Z from bedtime to waking."""
        line = ["z" if _within(self.middle(cell), day.sleep, day.wake) else " " for cell in range(self.cells)]
        for meal in day.meals:
            line[self.cell(meal)] = "m"
        return "".join(line)


def _within(minute: int, start: str, end: str) -> bool:
    return (minute - minutes(start)) % DAY < (minutes(end) - minutes(start)) % DAY


def _rows(plan: Plan, day: PlanDay, scale: _Scale) -> Iterator[tuple[str, str]]:
    """(name, marks) of everything that is taken."""
    for key, (name, times) in _taken(plan).items():
        closed = [one for one in plan.closed if _key(one.around) == key]
        line = _line(day, scale, closed)
        for time in times:
            line[scale.cell(time)] = DOSE
        yield name, "".join(line)
    for one in plan.as_needed:
        line = _line(day, scale, one.closed)
        for cell in range(scale.cells):
            if any(_covers(span, scale.middle(cell)) for span in one.open):
                line[cell] = OPEN
        yield one.item.is_, "".join(line)


def _covers(span: Span, minute: int) -> bool:
    return _within(minute, span.from_, span.to)


def _taken(plan: Plan) -> dict[Key, tuple[str, list[str]]]:
    found: dict[Key, tuple[str, list[str]]] = {}
    for entry in plan.entries:
        for name, item in zip(entry.take, entry.items, strict=True):
            found.setdefault(_key(item), (name, []))[1].append(entry.time)
    return found


def _line(day: PlanDay, scale: _Scale, closed: Iterable[Closed]) -> list[str]:
    spans: Sequence[Closed] = list(closed)
    line: list[str] = []
    for cell in range(scale.cells):
        minute = scale.middle(cell)
        awake = ASLEEP if _within(minute, day.sleep, day.wake) else FREE
        line.append(CLOSED if any(_covers(span, minute) for span in spans) else awake)
    return line


def _styled(line: str) -> Text:
    text = Text()
    for mark in line:
        text.append(mark, STYLES[mark])
    return text
