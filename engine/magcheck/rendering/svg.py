"""The one drawing of a day for the eye: 24 hours for each medicine; colour is never the only sign.

Heights are pixels and widths shares of the place, so that letters keep their size on a phone, a page and on paper.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY, minutes
from magcheck.rendering.day_chart import stretches
from magcheck.rendering.html.markup import Markup, element, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.rendering.day_chart import ChartRow, DayChart
    from magcheck.report import PlanDay, Span

HEAD, ROW, NAME, TIME, LINE = 30, 60, 16, 33, 46
"""Of the hours above, of a row, and within a row of its name, its times and its line."""
SIGN, BELOW = 24, 12
"""Of one line of the legend, and of the room above it."""
MOST_LETTERS, MOST_BESIDE = 32, 20
"""Of a name, alone and beside words on how often it is taken; the words of the day have all of them."""
FILE_WIDTH, MARGIN = 760, 30
_HATCH = element(
    "pattern",
    element("rect", width="3", height="8", class_="hatch"),
    id="hatch",
    width="8",
    height="8",
    patternUnits="userSpaceOnUse",
    patternTransform="rotate(45)",
)
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")


def picture(chart: DayChart) -> Markup:
    """For a page, whose style brings `style()`."""
    return _drawing(chart, _parts(chart), width="100%", height=str(_height(chart)))


def svg_file(chart: DayChart) -> str:
    """The same picture as a file that stands alone, on white."""
    height = _height(chart)
    inner = element(
        "svg", _parts(chart), x=str(MARGIN), y="10", width=str(FILE_WIDTH - 2 * MARGIN), height=str(height),
        overflow="visible",
    )  # fmt: skip
    paper = element("rect", width="100%", height="100%", class_="paper")
    inside = together(element("style", Markup(_style_of_a_file())), paper, inner)
    size = {"width": str(FILE_WIDTH), "height": str(height + 20)}
    return _drawing(chart, inside, xmlns="http://www.w3.org/2000/svg", **size) + "\n"


@cache
def style() -> str:
    """The colours, and how they are used in a picture."""
    folder = files("magcheck.rendering")
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("palette.css", "day.css"))


@cache
def _style_of_a_file() -> str:
    """Not every program that shows a file knows variables: the colours of a bright screen take their places."""
    palette, day = ((files("magcheck.rendering") / name).read_text("utf-8") for name in ("palette.css", "day.css"))
    colours = dict(_COLOUR.findall(palette.partition("@media")[0]))
    plain = re.sub(r"var\(--([\w-]+)\)", lambda variable: colours[variable[1]], day)
    return f"{plain}.day {{ font-family: sans-serif; }}\n.paper {{ fill: {colours['paper']}; }}\n"


def _drawing(chart: DayChart, inside: Markup, **attributes: str) -> Markup:
    return element(
        "svg",
        element("title", chart.words.picture.title, id="day-title"),
        element("desc", chart.said, id="day-said"),
        inside,
        class_="day",
        role="img",
        aria_labelledby="day-title day-said",
        **attributes,
    )


def _height(chart: DayChart) -> int:
    """The first two signs of the legend stand on one line."""
    return HEAD + ROW * len(chart.rows) + BELOW + SIGN * (len([*_signs(chart)]) - 1)


def _parts(chart: DayChart) -> Markup:
    bottom = HEAD + ROW * len(chart.rows)
    rows = (_moved(_row(row), HEAD + ROW * number) for number, row in enumerate(chart.rows))
    return together(_HATCH, *_frame(chart.day, bottom), *rows, _moved(_legend(chart), bottom + BELOW))


def _moved(drawn: Iterator[Markup], down: int) -> Markup:
    return element("g", *drawn, transform=f"translate(0 {down})")


def _at(minute: float) -> str:
    """The share of the width at which a minute of the day stands."""
    return f"{round(100 * minute / DAY, 2):g}%"


def _bar(start: str, end: str, y: int, height: int, sign: str) -> Iterator[Markup]:
    for first, last in stretches(start, end):
        yield element("rect", x=_at(first), y=str(y), width=_at(last - first), height=str(height), class_=sign)


def _frame(day: PlanDay, bottom: int) -> Iterator[Markup]:
    """Night, and a line for every third hour."""
    yield from _bar(day.sleep, day.wake, HEAD - 8, bottom - HEAD + 8, "night")
    for hour in range(0, 25, 3):
        x = _at(hour * 60)
        yield element("line", x1=x, y1=str(HEAD - 8), x2=x, y2=str(bottom), class_="hour")
        yield element("text", f"{hour:02d}", x=x, y=str(HEAD - 14), text_anchor="middle", class_="small")


def _row(row: ChartRow) -> Iterator[Markup]:
    name = short(row.name, MOST_BESIDE if row.often else MOST_LETTERS)
    yield element("text", name, x="0", y=str(NAME), class_="name")
    if row.often:
        yield element("text", row.often, x="100%", y=str(NAME), text_anchor="end", class_="small")
    yield element("line", x1="0", y1=str(LINE), x2="100%", y2=str(LINE), class_="line")
    marked: Sequence[Span] = row.closed if row.free is None else row.free
    for span in marked:
        yield from _bar(span.from_, span.to, LINE - 7, 14, "shut" if row.free is None else "free")
    for time in row.doses:
        x = _at(minutes(time))
        yield element("circle", cx=x, cy=str(LINE), r="7", class_="dot")
        yield element("text", time, x=x, y=str(TIME), text_anchor="middle", class_="clock")


def short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _signs(chart: DayChart) -> Iterator[tuple[str, Markup]]:
    """What is drawn, and what it means."""
    yield chart.words.signs.dose, element("circle", cx="14", cy="10", r="7", class_="dot")
    yield chart.words.signs.asleep, element("rect", width="28", height="20", class_="night")
    if any(row.closed for row in chart.rows if row.free is None):
        yield chart.words.picture.closed, element("rect", y="3", width="28", height="14", class_="shut")
    if any(row.free is not None for row in chart.rows):
        yield chart.words.picture.open, element("rect", x="1", y="4", width="26", height="12", class_="free")


def _legend(chart: DayChart) -> Iterator[Markup]:
    """Two short signs side by side, then one on each line, so that it fits a phone."""
    for number, (meaning, sign) in enumerate(_signs(chart)):
        beside, line = ("50%", 0) if number == 1 else ("0", max(0, number - 1))
        words_beside = element("text", meaning, x="36", y="15")
        yield element(
            "svg",
            sign,
            words_beside,
            x=beside,
            y=str(SIGN * line),
            overflow="visible",
            aria_hidden="true",
            class_="legend",
        )
