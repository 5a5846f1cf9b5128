"""What is an outline made of? Sections of entries, each with its tone and its labelled details.

Whatever people read is one outline first: a report, a day, an explanation, a comparison, a handout. Every
rendering walks it from top to bottom, and decides nothing but how it looks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.rendering.day_chart import DayChart


class SectionKind(Enum):
    """What a section is about; a rendering may draw some of them in its own way."""

    CARD = auto()
    """What one would pin to the fridge."""
    ADVICE = auto()
    APART = auto()
    """Every gap to magnesium, as a table."""
    KEPT = auto()
    UNREAD = auto()
    MISSING = auto()
    THE_DAY = auto()
    TIMES = auto()
    """The times of a day; its chart shows the same."""
    OF_THE_DAY = auto()
    """Everything else that a day plan says."""
    NOTES = auto()
    CHANGES = auto()
    DOSE = auto()
    UNDERSTOOD = auto()
    ASSUMED = auto()
    TOLD = auto()
    PAGES = auto()
    """Rule pages, each explained."""
    COMPARED = auto()
    """Of two profiles."""
    SOURCES = auto()


class Listing(Enum):
    """What stands before the entries of a section."""

    MARKS = auto()
    """A sign for the tone, where the rendering has signs."""
    DASHES = auto()
    LINES = auto()
    """Nothing: each entry is a line of its own."""
    TABLE = auto()
    """Its table stands in columns, and the entries that are no rows below it."""


class Tone(Enum):
    """How serious an entry is; a rendering may colour it."""

    STOP = auto()
    ASK = auto()
    CHANGE = auto()
    WATCH = auto()
    FINE = auto()
    OPEN = auto()
    QUIET = auto()


TONES: dict[str, Tone] = {
    "avoid": Tone.STOP,
    "ask_first": Tone.ASK,
    "separate": Tone.CHANGE,
    "lower_dose": Tone.CHANGE,
    "monitor": Tone.WATCH,
    "note": Tone.WATCH,
    "clear": Tone.FINE,
}


@dataclass(frozen=True, slots=True)
class GapHours:
    """A gap in hours on both sides of magnesium."""

    take: str
    around: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said: a text, below a tag shared with its neighbours, with labelled details."""

    text: str
    tag: str = ""
    tone: Tone = Tone.QUIET
    details: tuple[tuple[str, str], ...] = ()
    """(label, text)."""
    below: tuple[str, ...] = ()
    """Lines that belong to it and need no label."""
    window: GapHours | None = None
    urgent: bool = False
    number: int = 0
    """Of a source; 0 where nothing is numbered."""
    is_row: bool = False
    """The table of its section, if a rendering draws tables, says the same."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The magnesium of a day against its limit, milligrams."""

    low: float
    high: float | None
    limit: float | None
    surely: str
    perhaps: str
    limit_said: str
    """The words beside its bar."""


@dataclass(frozen=True, slots=True)
class Table:
    """The entries of a section as rows; each begins with what the row is about."""

    caption: str
    columns: tuple[str, ...]
    """Empty where the rows explain themselves."""
    rows: tuple[tuple[str, ...], ...]
    name: str = ""
    """For a rendering that has a look of its own for it."""


@dataclass(frozen=True, slots=True)
class Section:
    kind: SectionKind
    title: str
    entries: tuple[Entry, ...]
    listing: Listing = Listing.MARKS
    sum: Sum | None = None
    table: Table | None = None
    chart: DayChart | None = None
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    tags: tuple[str, ...]
    """The verdict in words, and whether it is complete."""
    tone: Tone
    headline: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...] = ()
    """Paragraphs; a line break in one of them stays."""
    title: str = ""
    """Of a day, which is only a part of what there is to say: it takes the place of the tags."""
    lead: str = ""
    """What stands between such a title and the headline."""
    above: str = ""
    """The first line of all, where there is something to know before anything is read."""

    def with_sections(self, sections: Iterable[Section]) -> Outline:
        """The same verdict and foot above and below other sections, of which empty ones are left out."""
        return replace(self, sections=filled(sections))


def filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections that have something to say."""
    return tuple(section for section in sections if section.entries or section.parts)


def text_in(sections: Iterable[Section]) -> str:
    """Everything that they say above their details."""
    return "\n".join(entry.text for section in sections for entry in section.entries)


def is_address(text: str) -> bool:
    """An address stands alone on its line, so that it can be opened."""
    return text.startswith(("https://", "http://"))
