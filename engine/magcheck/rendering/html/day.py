"""The day of a handout: a picture of 24 hours that fits any width, and the same day as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY, minutes
from magcheck.rendering.day_chart import doses, key, taken
from magcheck.rendering.html.markup import Markup, element, together
from magcheck.rendering.svg import short, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.rendering.day_chart import DrawnDose
    from magcheck.report import Plan, PlanDay, Span

HEAD, ROW, NAME, TIME, LINE = 30, 60, 16, 33, 46
"""Heights in pixels; widths are shares of the paper, so that letters keep their size."""
MOST_LETTERS = 32
"""Of a name in the picture; the table has all of them."""
_HATCH = element(
    "pattern",
    element("rect", width="3", height="8", class_="hatch"),
    id="hatch",
    width="8",
    height="8",
    patternUnits="userSpaceOnUse",
    patternTransform="rotate(45)",
)
_SIGNS: dict[str, tuple[str, Markup]] = {
    "dose": ("dose", element("circle", cx="14", cy="10", r="7", class_="dot")),
    "closed": (
        "no magnesium in these hours",
        element("rect", x="0", y="3", width="28", height="14", class_="shut"),
    ),
    "open": ("free, if needed", element("rect", x="1", y="4", width="26", height="12", class_="free")),
    "night": ("asleep", element("rect", x="0", y="0", width="28", height="20", class_="night")),
}


def picture(plan: Plan) -> Markup:
    """Nothing where there is no day; the table says the same in words."""
    if plan.day is None or not plan.entries:
        return Markup("")
    rows = list(_rows(plan))
    height = HEAD + ROW * len(rows)
    drawn = together(_HATCH, *_frame(plan.day, height), *(_shifted(row, place) for place, row in enumerate(rows)))
    named = element("title", "The day as a picture", id="day-title"), element("desc", _said(plan), id="day-said")
    svg = element(
        "svg",
        *named,
        drawn,
        class_="day",
        role="img",
        aria_labelledby="day-title day-said",
        width="100%",
        height=str(height),
    )
    return element("figure", svg, _legend(plan), element("figcaption", _hours(plan.day)))


def table(plan: Plan) -> Markup:
    """Time, what is taken, and what keeps away from it."""
    head = element("tr", *(element("th", title, scope="col") for title in ("Time", "What", "Around it")))
    rows = (_table_row(dose) for dose in doses(plan))
    return element(
        "table",
        element("caption", "The same day in words"),
        element("thead", head),
        element("tbody", *rows),
        class_="day-table",
    )


def _table_row(dose: DrawnDose) -> Markup:
    away = "; ".join(f"no {item} from {span.replace('-', ' to ')}" for item, span in dose.closed)
    return element(
        "tr",
        element("th", dose.time, scope="row"),
        element("td", dose.said),
        element("td", away or "nothing to mind"),
    )


def _said(plan: Plan) -> str:
    return "; ".join(f"{dose.time} {dose.said}" for dose in doses(plan))


def _hours(day: PlanDay) -> str:
    meals = f", with meals at {', '.join(day.meals)}" if day.meals else ""
    return f"For a day from {day.wake} to {day.sleep}{meals}."


def _at(minute: float) -> str:
    return f"{round(100 * minute / DAY, 2):g}%"


def _bar(start: str, end: str, y: int, height: int, sign: str) -> Iterator[Markup]:
    for first, last in spans(start, end):
        yield element("rect", x=_at(first), y=str(y), width=_at(last - first), height=str(height), class_=sign)


def _frame(day: PlanDay, height: int) -> Iterator[Markup]:
    """Night, and a line for every third hour."""
    yield from _bar(day.sleep, day.wake, HEAD - 8, height - HEAD + 8, "night")
    for hour in range(0, 25, 3):
        x = _at(hour * 60)
        yield element("line", x1=x, y1=str(HEAD - 8), x2=x, y2=str(height), class_="hour")
        yield element("text", f"{hour:02d}", x=x, y=str(HEAD - 14), text_anchor="middle", class_="small")


def _rows(plan: Plan) -> Iterator[Markup]:
    for item, (name, times) in taken(plan).items():
        closed = [one for one in plan.closed if key(one.around) == item]
        yield together(*_row(short(name, MOST_LETTERS), times, closed, "shut"))
    for one in plan.as_needed:
        yield together(*_row(short(one.item.is_, MOST_LETTERS), (), one.open, "free"))


def _row(name: str, times: Sequence[str], marked: Sequence[Span], sign: str) -> Iterator[Markup]:
    yield element("text", name, x="0", y=str(NAME), class_="name")
    yield element("line", x1="0", y1=str(LINE), x2="100%", y2=str(LINE), class_="line")
    for span in marked:
        yield from _bar(span.from_, span.to, LINE - 7, 14, sign)
    for time in times:
        x = _at(minutes(time))
        yield element("circle", cx=x, cy=str(LINE), r="7", class_="dot")
        yield element("text", time, x=x, y=str(TIME), text_anchor="middle", class_="clock")


def _shifted(row: Markup, place: int) -> Markup:
    return element("g", row, transform=f"translate(0 {HEAD + ROW * place})")


def _legend(plan: Plan) -> Markup:
    used = {"dose": True, "closed": bool(plan.closed), "open": bool(plan.as_needed), "night": True}
    return element("ul", *(_sign(*_SIGNS[name]) for name, here in used.items() if here), class_="legend")


def _sign(word: str, drawn: Markup) -> Markup:
    return element("li", element("svg", drawn, width="28", height="20", aria_hidden="true"), word)
