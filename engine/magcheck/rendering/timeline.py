"""How is a day plan shown? A line of 24 hours for each medicine, and everything in words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from magcheck.core.time_of_day import DAY, minutes
from magcheck.rendering.day_chart import doses, key, plan_sections, plan_title, taken
from magcheck.rendering.text import wrapped
from magcheck.rendering.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.report import Closed, Plan, PlanDay, Report, Span

DOSE, CLOSED, FREE, ASLEEP, OPEN, SHUT = "●", "▒", "·", " ", "○", "░"
MEAL, NIGHT = "m", "z"
LEGEND = (
    (DOSE, "dose"),
    (CLOSED, "no magnesium"),
    (FREE, "awake"),
    (OPEN, "free if needed"),
    (SHUT, "not free"),
    (MEAL, "meal"),
    (NIGHT, "asleep"),
)
STYLES = {DOSE: "bold", CLOSED: "yellow", FREE: "dim", OPEN: "green", SHUT: "yellow", ASLEEP: ""}
ELSEWHERE = "Everything else that was found: magcheck check, with the same profile."
_LABELS = 26
_CLOCK = 6
_INDENT = "  "


def plain_plan(report: Report, columns: int, voice: Voice = Voice.PLAIN) -> str:
    """The plan in words alone, in an order that a screen reader can read aloud."""
    lines = [*_head(report, columns)]
    for title, said in _sections(report, voice):
        lines += ["", title.upper()]
        lines += [part for line in said for part in wrapped(line, columns, _INDENT)]
    return "\n".join([*lines, "", *(line for part in _foot(report) for line in wrapped(part, columns))]) + "\n"


def terminal_plan(report: Report, columns: int, *, colour: bool, voice: Voice = Voice.PLAIN) -> str:
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
    for line in _drawn(report, columns, voice):
        line.rstrip()
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return out.getvalue()


def _drawn(report: Report, columns: int, voice: Voice) -> Iterator[Text]:
    head = _head(report, columns)
    yield Text(head[0], "bold")
    yield from (Text(line) for line in head[1:])
    if report.plan.day and report.plan.entries:
        yield Text()
        yield from _chart(report.plan, report.plan.day, columns)
    for title, said in _sections(report, voice):
        yield Text()
        yield Text.assemble(("─ ", "dim"), (title, "bold"), (f" {'─' * (columns - len(title) - 3)}", "dim"))
        for line in said:
            yield from (Text(part) for part in wrapped(line, columns, _INDENT))
    yield Text()
    yield from (Text(line, "dim") for part in _foot(report) for line in wrapped(part, columns))


def _head(report: Report, columns: int) -> list[str]:
    plan = report.plan
    return [plan_title(plan).upper(), *wrapped(plan.said, columns), *wrapped(report.headline, columns)]


def _foot(report: Report) -> tuple[str, ...]:
    """The plan is about hours only; what else was found, and what was not checked, stands in the report."""
    return ELSEWHERE, report.notice


def _sections(report: Report, voice: Voice) -> Iterator[tuple[str, list[str]]]:
    """Titles and their lines, the times of the day first."""
    if report.plan.entries:
        yield "Times", list(_times(report.plan))
    for section in plan_sections(report, voice):
        yield section.title, [f"- {item}" if section.listed else item for item in section.items]


def _times(plan: Plan) -> Iterator[str]:
    for dose in doses(plan):
        yield f"{dose.time} {dose.said}"
        for item, spans in dose.closed:
            yield f"{' ' * _CLOCK}no {item} {spans}"


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
    used = {mark for _, line in _rows(plan, day, scale) for mark in line} | set(scale.moments(day))
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
        line = [NIGHT if _within(self.middle(cell), day.sleep, day.wake) else " " for cell in range(self.cells)]
        for meal in day.meals:
            line[self.cell(meal)] = MEAL
        return "".join(line)


def _within(minute: int, start: str, end: str) -> bool:
    return (minute - minutes(start)) % DAY < (minutes(end) - minutes(start)) % DAY


def _rows(plan: Plan, day: PlanDay, scale: _Scale) -> Iterator[tuple[str, str]]:
    """(name, marks) of everything that is taken."""
    for item, (name, times) in taken(plan).items():
        closed = [one for one in plan.closed if key(one.around) == item]
        line = _line(day, scale, closed)
        for time in times:
            line[scale.cell(time)] = DOSE
        yield name, "".join(line)
    for one in plan.as_needed:
        line = _line(day, scale, one.closed, SHUT)
        for cell in range(scale.cells):
            if any(_covers(span, scale.middle(cell)) for span in one.open):
                line[cell] = OPEN
        yield one.item.is_, "".join(line)


def _covers(span: Span, minute: int) -> bool:
    return _within(minute, span.from_, span.to)


def _line(day: PlanDay, scale: _Scale, closed: Iterable[Closed], mark: str = CLOSED) -> list[str]:
    spans: Sequence[Closed] = list(closed)
    line: list[str] = []
    for cell in range(scale.cells):
        minute = scale.middle(cell)
        awake = ASLEEP if _within(minute, day.sleep, day.wake) else FREE
        line.append(mark if any(_covers(span, minute) for span in spans) else awake)
    return line


def _styled(line: str) -> Text:
    text = Text()
    for mark in line:
        text.append(mark, STYLES[mark])
    return text
