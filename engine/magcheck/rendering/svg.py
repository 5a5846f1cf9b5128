"""The plan as a drawing for a handout: one line of 24 hours for each medicine, in one self-contained file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from magcheck.core.time_of_day import DAY, minutes
from magcheck.profile import Frequency
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.report import Plan, PlanDay, Span, Subject

LEFT, WIDTH, ROW, TOP, FOOT = 210, 720, 44, 64, 64
INK, QUIET, NIGHT, CLOSED, OPEN = "#1a1a1a", "#5a5a5a", "#e8ecf4", "#b35900", "#2e7d4f"
OFTEN = {Frequency.WEEKLY: ", weekly", Frequency.MONTHLY: ", monthly", Frequency.SINGLE_DOSE: ", once"}
_HEAD = 'role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14"'
_TILE = 'width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'


def drawing(plan: Plan) -> str:
    """A whole SVG file; colours are never the only sign."""
    day = plan.day
    if day is None:
        return ""
    rows = _rows(plan)
    height = TOP + ROW * (len(rows) + len(plan.as_needed)) + FOOT
    size = f"0 0 {LEFT + WIDTH + 30} {height}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" {_HEAD}>',
        '<title id="title">A day of medicines</title>',
        f'<desc id="desc">{escape(one_line(_told(plan)))}</desc>',
        f'<defs><pattern id="closed" {_TILE}><rect width="3" height="8" fill="{CLOSED}"/></pattern></defs>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *_frame(day, height),
    ]
    for number, (key, (name, times)) in enumerate(rows.items()):
        closed = (one for one in plan.closed if _key(one.around) == key)
        parts += _row(name, closed, "url(#closed)", times, TOP + ROW * number)
    for number, one in enumerate(plan.as_needed, start=len(rows)):
        parts += _row(one.item.is_, one.open, OPEN, (), TOP + ROW * number)
    parts.append(_legend(height, as_needed=bool(plan.as_needed)))
    return "\n".join([*parts, "</svg>"]) + "\n"


Key = tuple[str, int]


def _key(subject: Subject) -> Key:
    return subject.list, subject.index


def _rows(plan: Plan) -> dict[Key, tuple[str, list[str]]]:
    rows: dict[Key, tuple[str, list[str]]] = {}
    for entry in plan.entries:
        for name, item in zip(entry.take, entry.items, strict=True):
            rows.setdefault(_key(item), (f"{name}{OFTEN.get(entry.often, '')}", []))[1].append(entry.time)
    return rows


def _told(plan: Plan) -> str:
    """The same in words, for those who do not see it."""
    doses = (f"{entry.time} {', '.join(entry.take)} ({entry.often.value})" for entry in plan.entries)
    return "; ".join([*doses, *(one.said for one in plan.as_needed if one.said)])


def _x(minute: float) -> float:
    return round(LEFT + WIDTH * minute / DAY, 1)


def spans(start: str, end: str) -> Iterator[tuple[int, int]]:
    """The stretch from `start` to `end`, in two pieces where it goes round midnight."""
    first, last = minutes(start), minutes(end)
    if first <= last:
        yield first, last
    else:
        yield first, DAY
        yield 0, last


def _frame(day: PlanDay, height: int) -> Iterator[str]:
    bottom = height - FOOT
    for start, end in spans(day.sleep, day.wake):
        yield _box(start, end, TOP - 20, bottom - TOP + 20, NIGHT)
    for hour in range(0, 25, 3):
        x = _x(hour * 60)
        yield f'<line x1="{x}" y1="{TOP - 20}" x2="{x}" y2="{bottom}" stroke="#c8c8c8"/>'
        yield f'<text x="{x}" y="{TOP - 28}" text-anchor="middle" fill="{QUIET}">{hour:02d}:00</text>'


def _box(start: float, end: float, top: float, height: float, fill: str) -> str:
    width = round(_x(end) - _x(start), 1)
    return f'<rect x="{_x(start)}" y="{top}" width="{width}" height="{height}" fill="{fill}"/>'


def _row(name: str, marked: Iterable[Span], fill: str, times: Sequence[str], top: int) -> Iterator[str]:
    middle, label = top + ROW // 2, escape(short(one_line(name)))
    yield f'<text x="{LEFT - 12}" y="{middle + 5}" text-anchor="end" fill="{INK}">{label}</text>'
    yield f'<line x1="{LEFT}" y1="{middle}" x2="{LEFT + WIDTH}" y2="{middle}" stroke="{QUIET}"/>'
    for one in marked:
        for start, end in spans(one.from_, one.to):
            yield _box(start, end, middle - 6, 12, fill)
    for time in times:
        x = _x(minutes(time))
        yield f'<circle cx="{x}" cy="{middle}" r="7" fill="{INK}"/>'
        yield f'<text x="{x}" y="{middle - 11}" text-anchor="middle" fill="{INK}" font-weight="bold">{time}</text>'


def short(name: str, most: int = 26) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _legend(height: int, *, as_needed: bool) -> str:
    y = height - 24
    free = f'{_sign(LEFT + 470, y, OPEN)}<text x="{LEFT + 508}" y="{y}" fill="{INK}">free, if needed</text>'
    return (
        f'<circle cx="{LEFT + 7}" cy="{y - 5}" r="7" fill="{INK}"/>'
        f'<text x="{LEFT + 22}" y="{y}" fill="{INK}">dose</text>'
        f"{_sign(LEFT + 80, y, 'url(#closed)')}"
        f'<text x="{LEFT + 118}" y="{y}" fill="{INK}">no magnesium in these hours</text>'
        f"{_sign(LEFT + 340, y, NIGHT)}"
        f'<text x="{LEFT + 378}" y="{y}" fill="{INK}">asleep</text>'
    ) + (free if as_needed else "")


def _sign(x: int, y: int, fill: str) -> str:
    return f'<rect x="{x}" y="{y - 11}" width="30" height="12" fill="{fill}"/>'
