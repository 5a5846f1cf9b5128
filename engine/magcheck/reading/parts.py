"""What parts can a written line have? Small typed pieces, each with the tokens that it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck.profile import Route
    from magcheck.terminology.lexicon import Sense

Role = Literal["told", "elemental", "from", "brings", "dose"]
"""What a strength counts: the magnesium of a compound, the compound, or the dose instead of one tablet."""
MarkKind = Literal[
    "comma", "also", "open", "close", "as", "filler", "form", "food", "pace", "serving", "date", "salt", "pack"
]
DASHES = frozenset("-\u2013\u2014")
BULLETS = frozenset("|*\u2022\u00b7\u2023\u25cf\u25aa\u25e6")
"""Bars, and the signs before the lines of a list."""
QUIET: frozenset[MarkKind] = frozenset({"filler", "form", "food", "pace", "serving"})
"""Marks that separate nothing."""
LooksLike = Literal["word", "amount", "schedule", "both"]
Use = Literal["", "order", "before", "bare", "more", "reaction"]
"""Of a word of stopping: an order ("stop"), which may hold from a day to come; one that speaks only of what stands
behind it ("instead of"); "no ciprofloxacin", which counts only where nothing else is said of it; "any more", which
belongs to another one; "allergy", which behind a dose is what it is taken for."""
Slot = Literal["morning", "noon", "evening", "bedtime"]
SLOTS: tuple[Slot, ...] = ("morning", "noon", "evening", "bedtime")
"""In the order of the day."""
DayWord = Slot | Literal["afternoon"]
"""The afternoon is a part of the day, but has no clock time of its own."""
SCHEDULES = (
    Tag.PER_DAY,
    Tag.HOURS,
    Tag.SLOTS,
    Tag.AFTERNOON,
    Tag.DAYS,
    Tag.WEEKLY,
    Tag.MONTHLY,
    Tag.ONCE,
    Tag.AS_NEEDED,
    Tag.AT_MOST,
    Tag.AT_MOST_TIMES,
)
"""What phrases say that say how often or when."""


def slots_of(sense: Sense) -> tuple[Slot, ...]:
    """The words of the day of one entry of a word list, such as "morning evening"."""
    return cast("tuple[Slot, ...]", tuple(str(sense.value).split()))


class TokenSpan(NamedTuple):
    """Tokens `start` up to `end` of a line."""

    start: int
    end: int


class Offset(NamedTuple):
    """Minutes from a moment of the day, before it below 0: from `first` to `last`."""

    first: int
    last: int
    at_least: bool = False
    """They may be more."""

    @property
    def exact(self) -> bool:
        return self.first == self.last and not self.at_least


class Name(NamedTuple):
    """Words that the vocabulary knows."""

    span: TokenSpan
    text: str
    """Normalised, as the vocabulary has it."""


@dataclass(frozen=True, slots=True)
class Strength:
    """ "500 mg", "10 mmol", "400 mg/5 mL", "100 to 200 mcg", "300 mg per 2 capsules"."""

    span: TokenSpan
    low: float
    high: float
    unit: str
    per_ml: float | None = None
    """Millilitres that hold it."""
    per_units: float | None = None
    """Tablets (capsules, scoops) that hold it."""
    role: Role = "told"
    """ "from 2,000 mg chelate" is the compound; "providing 200 mg" is the magnesium."""
    inside: bool = False
    """It stands in brackets."""
    combined: bool = False
    """Of a combination: "875/125 mg"."""
    doubtful: bool = False
    """It may be of another name."""


@dataclass(frozen=True, slots=True)
class Count:
    """ "2 tablets", "1-2 capsules", "10 mL", "half a tablet"."""

    span: TokenSpan
    low: float
    high: float
    ml: float | None = None
    """Millilitres of one, where it is a spoon or a volume."""
    inside: bool = False
    swallowed: bool = False
    """Of tablets and the like."""
    doubtful: bool = False
    """It may be said of another name."""
    left_open: tuple[Route, ...] = ()
    """Of drops and the like: the ways that they may go, the usual one first."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often, or when; what is not said stays absent."""

    span: TokenSpan
    per_day: float | None = None
    daily: bool = False
    """ "daily", "a day": on every day, and nothing of how often on it."""
    low: float | None = None
    """The lower end of a range, and 0 for "up to"."""
    every_days: int | None = None
    weekly: bool = False
    monthly: bool = False
    once_only: bool = False
    as_needed: bool = False
    at_most: bool = False
    of_pieces: bool = False
    """ "at most 4 a day": four times, or four tablets."""
    slots: tuple[Slot, ...] = ()
    offset: Offset | None = None
    """How far from its slots: "2 hours before bed"."""
    doses: tuple[float, ...] = ()
    """How many for each of `slots` ("1-0-2")."""
    each: float | None = None
    """How many at each time ("2 x 1", "2 dd 1")."""
    divided: bool = False
    """ "in 2 divided doses": the amount is that of them all."""
    bare: bool = False
    """ "5 daily": five times, or five milligrams."""
    times: tuple[str, ...] = ()
    sure: bool = False
    """The half of the day of `times` is told: "7 am", "19:00"."""
    halved: bool = False
    """`times` are told on a clock of twelve hours, so that a word must tell the half: "8 o'clock"."""
    rhythm: bool = False
    """Alone it may say how often: "12h"."""
    afternoon: bool = False
    weekdays: int = 0
    per_week: float | None = None
    meals: bool = False
    """ "with meals": at each, of which nobody knows the number."""
    unclear: bool = False
    """It looks like a schedule and was not understood."""


@dataclass(frozen=True, slots=True)
class Duration:
    """ "for 10 days"; days are absent for "until Friday"."""

    span: TokenSpan
    days: float | None


@dataclass(frozen=True, slots=True)
class TakenPart:
    """Is it taken? True, False, or None where only the person can say."""

    span: TokenSpan
    taken: bool | None
    use: Use = ""


@dataclass(frozen=True, slots=True)
class Way:
    """How it goes into the body: one route, or several that the word can mean."""

    span: TokenSpan
    routes: frozenset[Route]
    by_form: bool = False
    """A tablet: swallowed, unless something else is said."""
    left_open: tuple[Route, ...] = ()
    """Of a form ("gel"): the ways between which it leaves it open, the usual one first."""


@dataclass(frozen=True, slots=True)
class BasisPart:
    """ "elemental" or "of the compound"."""

    span: TokenSpan
    elemental: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What holds a line together: a separator, a bracket, "as", a word that changes nothing, a date."""

    span: TokenSpan
    kind: MarkKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class NotRead:
    """A token that was not understood, and what it looks like."""

    span: TokenSpan
    text: str
    looks_like: LooksLike


Part = Name | Strength | Count | Schedule | Duration | TakenPart | Way | BasisPart | Mark | NotRead


@dataclass
class Draft:
    """The parts of one item, before they are put together."""

    parts: list[Part] = field(default_factory=list["Part"])
    joined: bool = False
    """It follows the last item with "and": what is said of one may be said of both."""
