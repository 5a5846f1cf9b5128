"""The words on the cards that a record system shows."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class CardTitles(Words):
    """What stands before each part of a card's detail."""

    what_to_do: str
    facts: str
    why: str
    change: str
    day: str
    sources: str
    about: str


class OverrideWords(Words):
    """A reason not to follow a card."""

    code: str
    words: str


class ServiceWords(Words):
    title: str
    description: str


class CardWords(Words):
    services: dict[str, ServiceWords]
    """Hook -> how the service for it is described."""
    source: Annotated[str, Placeholders("version")]
    titles: CardTitles
    apart: Annotated[str, Placeholders("names")]
    """The one card of all gaps in hours."""
    more: Annotated[str, Placeholders("count")]
    not_checked: str
    not_checked_about: Annotated[str, Placeholders("things")]
    missing: Annotated[str, Placeholders("question", "action")]
    not_read: Annotated[str, Placeholders("told", "reason")]
    remove: Annotated[str, Placeholders("item")]
    overrides: Annotated[tuple[OverrideWords, ...], Field(strict=False)]
