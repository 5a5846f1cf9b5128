"""What is an outline made of? Sections of entries, each with its tone and its labelled details."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

CITATIONS = frozenset({"Sources", "Evidence"})
"""Details that name sources by their numbers: "[1] [2]"."""


class EntryKind(Enum):
    """What a section is about; a rendering may draw some of them in its own way."""

    ADVICE = auto()
    KEPT = auto()
    UNREAD = auto()
    MISSING = auto()
    CHANGES = auto()
    DOSE = auto()
    UNDERSTOOD = auto()
    ASSUMED = auto()
    PAGES = auto()
    """Rule pages, each explained."""
    COMPARED = auto()
    """Of two profiles."""
    SOURCES = auto()


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
class Entry:
    """One thing said: a text, below a tag shared with its neighbours, with labelled details."""

    text: str
    tag: str = ""
    tone: Tone = Tone.QUIET
    details: tuple[tuple[str, str], ...] = ()
    window: Window | None = None
    urgent: bool = False
    number: int = 0
    """Of a source; 0 where nothing is numbered."""


@dataclass(frozen=True, slots=True)
class Window:
    """A gap in hours on both sides of magnesium."""

    take: str
    around: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The magnesium of a day against its limit, milligrams."""

    low: float
    high: float | None
    limit: float | None


@dataclass(frozen=True, slots=True)
class Section:
    kind: EntryKind
    title: str
    entries: tuple[Entry, ...]
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    tags: tuple[str, ...]
    """The verdict in words, and whether it is complete."""
    tone: Tone
    headline: str
    sections: tuple[Section, ...] = field(default=())
    foot: tuple[str, ...] = ()


def is_address(text: str) -> bool:
    """An address stands alone on its line, so that it can be opened."""
    return text.startswith(("https://", "http://"))
