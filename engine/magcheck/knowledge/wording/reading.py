"""What is said of a line that was read, and how its reading is shown back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class EchoWords(Words):
    """Words that the reader of lines knows: an echo that is read again gives the same item."""

    piece: Annotated[str, Placeholders("count")]
    pieces: Annotated[str, Placeholders("count")]
    millilitres: Annotated[str, Placeholders("count")]
    milligrams: Annotated[str, Placeholders("figure")]
    micrograms: Annotated[str, Placeholders("figure")]
    span: Annotated[str, Placeholders("low", "high")]
    several: Annotated[str, Placeholders("count", "mass")]
    bases: dict[str, str]
    """Basis -> what stands behind the amount."""
    routes: dict[str, str]
    times: Annotated[str, Placeholders("times")]
    also: str
    """Before the last of several clock times or parts of the day."""
    between: str
    """Between the others."""
    slots: dict[str, str]
    moments: dict[str, str]
    """Slot -> what a distance to it is counted from."""
    before: Annotated[str, Placeholders("minutes", "moment")]
    after: Annotated[str, Placeholders("minutes", "moment")]
    at_least: Annotated[str, Placeholders("time")]
    afternoon: str
    often: dict[str, str]
    every: Annotated[str, Placeholders("days")]
    once_a_day: str
    once: str
    times_a_day: Annotated[str, Placeholders("count")]
    up_to: Annotated[str, Placeholders("count")]
    days: Annotated[str, Placeholders("days")]
    not_taken: str


class ReadingWords(Words):
    is_it_taken: Annotated[str, Placeholders("item")]
    two_amounts: Annotated[str, Placeholders("told", "line")]
    two_counts: Annotated[str, Placeholders("told", "line")]
    times_and_count: Annotated[str, Placeholders("times", "count")]
    two_ways: Annotated[str, Placeholders("told", "line")]
    low_share: Annotated[str, Placeholders("told")]
    route: Annotated[str, Placeholders("words", "route")]
    slots: Annotated[str, Placeholders("times", "slots")]
    unknown_code: Annotated[str, Placeholders("code")]
    not_understood: Annotated[str, Placeholders("words")]
    no_items: Annotated[tuple[str, ...], Field(strict=False)]
    """Whole entries that say that a list of medicines or products is empty."""
    echo: EchoWords
