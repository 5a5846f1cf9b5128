"""An outline on a terminal: words first, colour second, in any width from 40 columns."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.box import ROUNDED
from rich.console import Console
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from magcheck.rendering.outline import Listing, Tone, is_address
from magcheck.rendering.text import BELOW, INDENT, table_lines, wrapped
from magcheck.rendering.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.rendering.outline import Entry, GapHours, Outline, Section, Sum

STYLES: dict[Tone, str] = {
    Tone.STOP: "bold red",
    Tone.ASK: "bold magenta",
    Tone.CHANGE: "bold yellow",
    Tone.WATCH: "bold cyan",
    Tone.FINE: "bold green",
    Tone.OPEN: "bold blue",
    Tone.QUIET: "dim",
}
MARKS: dict[Tone, str] = {
    Tone.STOP: "✖",
    Tone.ASK: "?",
    Tone.CHANGE: "↔",
    Tone.WATCH: "•",
    Tone.FINE: "✓",
    Tone.OPEN: "…",
    Tone.QUIET: "·",
}
_LONGEST_BAR = 48
_NARROW = 60
_LABELS = 14


def terminal_text(outline: Outline, columns: int, *, colour: bool) -> str:
    """The whole outline as text with escape codes, or without any when `colour` is off."""
    drawing = _Drawing(columns, colour=colour)
    drawing.draw(outline)
    return drawing.out.getvalue()


class _Drawing:
    """Draws an outline line by line, so that no line ends in blanks and no address is broken."""

    def __init__(self, columns: int, *, colour: bool) -> None:
        self.columns = columns
        self.out = StringIO()
        self.console = Console(
            file=self.out,
            width=columns,
            force_terminal=colour,
            color_system="standard" if colour else None,
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
        )

    def draw(self, outline: Outline) -> None:
        if outline.above:
            self._wrapped((outline.above,), "bold", indent="")
            self._line(Text())
        if outline.title:
            self._title(outline)
        else:
            self._verdict(outline)
        for section in outline.sections:
            self._section(section)
        for paragraph in outline.foot:
            self._line(Text())
            self._wrapped(paragraph.split("\n"), "dim", indent="")

    def _line(self, text: Text) -> None:
        text.rstrip()
        self.console.print(text, no_wrap=True, overflow="ignore", crop=False)

    def _wrapped(self, lines: Iterable[str], style: str = "", indent: str = INDENT) -> None:
        for line in lines:
            for part in wrapped(line, self.columns, indent):
                self._line(Text(part, style))

    def _hanging(self, first: Text, rest: Text, indent: int) -> None:
        """`first`, and `rest` beside it, each of its lines beginning `indent` columns from the left."""
        for line in rest.wrap(self.console, self.columns - indent):
            line.rstrip()
            first.pad_right(indent - first.cell_len)
            self._line(first.append_text(line))
            first = Text()

    def _title(self, outline: Outline) -> None:
        """A day begins with its own name and its own sentence; the verdict follows as a reminder."""
        self._line(Text(outline.title.upper(), "bold"))
        self._wrapped((outline.lead, outline.headline), indent="")

    def _verdict(self, outline: Outline) -> None:
        style = STYLES[outline.tone]
        text = Text.assemble((" · ".join(outline.tags).upper(), style), "\n", (outline.headline, "bold"))
        self.console.print(Panel(text, box=ROUNDED, border_style=style, padding=(0, 1)))

    def _section(self, section: Section) -> None:
        if section.chart:
            self._line(Text())
            for drawn in timeline(section.chart, self.columns):
                self._line(drawn)
        line = "─" * (self.columns - len(section.title) - 3)
        self._line(Text())
        self._line(Text.assemble(("─ ", "dim"), (section.title, "bold"), (f" {line}", "dim")))
        airy = any(len(entry.details) > 1 for entry in section.entries)
        rows = (
            table_lines(section.table, self.columns) if section.listing is Listing.TABLE and section.table else []
        )
        for index, row in enumerate(rows):
            self._line(Text(row, "" if index else "dim"))
        tag = ""
        for number, entry in enumerate(section.entries):
            if rows and entry.is_row:
                continue
            if airy and number:
                self._line(Text())
            if entry.tag != tag:
                tag = entry.tag
                self._line(Text(f"{MARKS[entry.tone]} {tag.upper()}", STYLES[entry.tone]))
            self._entry(entry, section.listing)
        if section.sum:
            self._bar(section.sum)

    def _entry(self, entry: Entry, listing: Listing) -> None:
        if listing is Listing.MARKS:
            mark = f"[{entry.number}] " if entry.number else "" if entry.tag else MARKS[entry.tone]
            width = max(len(INDENT), len(mark))
            self._hanging(Text().append(mark, STYLES[entry.tone]), Text(entry.text), width)
        else:
            self._wrapped((f"- {entry.text}" if listing is Listing.DASHES else entry.text,))
        self._wrapped(f"{BELOW}{line}" for line in entry.below)
        if entry.window:
            self._window(entry.window)
        for label, text in entry.details:
            self._detail(label, text)

    def _detail(self, label: str, text: str) -> None:
        if is_address(text):
            self._line(Text("    ").append(text, Style(dim=True, link=text)))
        elif self.columns < _NARROW:
            self._hanging(Text(), Text.assemble((f"{label}: ", "dim"), text), 2 * len(INDENT))
        else:
            self._hanging(Text().append(f"  {label}", "dim"), Text(text), _LABELS + len(INDENT))

    def _window(self, window: GapHours) -> None:
        """The gap as arrows: the medicine, its hours to magnesium, and the hours back."""
        before, after = f" ──{window.before}─→ ", f" ──{window.after}─→ "
        take, around = Text(window.take, "bold"), Text(window.around, "cyan")
        whole = Text.assemble("  ", take, before, around, after, take)
        if whole.cell_len <= self.columns:
            self._line(whole)
        else:
            self._line(Text.assemble("  ", take, before, around))
            self._line(Text.assemble("  ", around, after, take))

    def _bar(self, total: Sum) -> None:
        """How much of the limit the day uses: surely, and at most."""
        if not total.limit or total.high is None:
            return
        cells = min(_LONGEST_BAR, self.columns - 2 * len(INDENT))
        scale = max(total.high, total.limit)
        sure, most, edge = (round(cells * value / scale) for value in (total.low, total.high, total.limit))
        style = STYLES[Tone.CHANGE if total.high > total.limit else Tone.FINE]
        bar = Text("  ").append("█" * sure, style).append("▒" * (most - sure), style)
        self._line(bar.append("░" * (cells - most), "dim"))
        legend = f"█ {total.surely}" + (f"  ▒ {total.perhaps}" if most > sure else "")
        limit = f"{total.limit_said} ↑"
        pointed = limit.rjust(edge) if edge >= len(limit) else f"{'↑'.rjust(max(edge, 1))} {total.limit_said}"
        self._line(Text(f"  {pointed}", "dim"))
        self._line(Text(f"  {legend}", "dim"))
