"""How does a terminal draw a day? A line of 24 hours for each medicine, whose marks need no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from magcheck.core.time_of_day import DAY, minutes
from magcheck.rendering.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.wording.day import SignWords
    from magcheck.rendering.day_chart import ChartRow, DayChart
    from magcheck.report import PlanDay, Span

DOSE, CLOSED, FREE, ASLEEP, OPEN, SHUT = "●", "▒", "·", " ", "○", "░"
MEAL, NIGHT = "m", "z"
STYLES = {DOSE: "bold", CLOSED: "yellow", FREE: "dim", OPEN: "green", SHUT: "yellow", ASLEEP: ""}
_LABELS = 26
"""Columns of the names, where they stand beside their lines."""
_ROOM = 48
"""Columns that a line needs before its name may stand beside it."""
_MOST_CELLS = 4
"""For an hour."""


def timeline(chart: DayChart, columns: int) -> Iterator[Text]:
    """Hours and nights above, the legend below; names stand above their lines where there is little room."""
    beside = columns - _LABELS >= _ROOM
    margin = " " * _LABELS if beside else ""
    cells = max(1, min(_MOST_CELLS, (columns - len(margin)) // 24))
    scale = _Scale(minutes(chart.day.wake) // 60 * 60, cells)
    moments, lines = scale.moments(chart.day), [_line(row, chart.day, scale) for row in chart.rows]
    yield Text(margin + scale.hours(), "dim")
    yield Text(margin + moments, "dim")
    for row, line in zip(chart.rows, lines, strict=True):
        yield from _named(Text(row.name[: _LABELS - 2]), _styled(line), beside=beside)
    legend = _legend(set("".join((moments, *lines))), chart.words.signs)
    yield from (Text(part, "dim") for part in wrapped(legend, columns))


def _named(name: Text, line: Text, *, beside: bool) -> Iterator[Text]:
    if not beside:
        yield from (name, line)
        return
    name.pad_right(_LABELS - name.cell_len)
    yield name.append_text(line)


def _legend(used: set[str], words: SignWords) -> str:
    signs = {
        DOSE: words.dose,
        CLOSED: words.closed,
        FREE: words.awake,
        OPEN: words.open,
        SHUT: words.shut,
        MEAL: words.meal,
        NIGHT: words.asleep,
    }
    return "  ".join(f"{sign} {meaning}" for sign, meaning in signs.items() if sign in used)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Cells of a day that begins at the hour of waking."""

    start: int
    """Minutes since midnight."""
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


def _line(row: ChartRow, day: PlanDay, scale: _Scale) -> str:
    """One mark for each cell; a dose hides what it stands on."""
    marks = [_mark(row, day, scale.middle(cell)) for cell in range(scale.cells)]
    for time in row.doses:
        marks[scale.cell(time)] = DOSE
    return "".join(marks)


def _mark(row: ChartRow, day: PlanDay, minute: int) -> str:
    if any(_covers(span, minute) for span in row.free or ()):
        return OPEN
    if any(_covers(span, minute) for span in row.closed):
        return CLOSED if row.free is None else SHUT
    return ASLEEP if _within(minute, day.sleep, day.wake) else FREE


def _covers(span: Span, minute: int) -> bool:
    return _within(minute, span.from_, span.to)


def _styled(line: str) -> Text:
    text = Text()
    for mark in line:
        text.append(mark, STYLES[mark])
    return text
