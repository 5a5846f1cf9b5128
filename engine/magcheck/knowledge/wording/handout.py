"""The words of the handout that the report itself does not bring."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.model import Model
from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class ToldWords(Words):
    """A profile as a table."""

    title: str
    caption: str
    nothing: str
    names: dict[str, str]
    """Field -> its label, where this differs from that in the report."""
    units: dict[str, str]
    bases: dict[str, str]
    """What an amount counts -> the same as part of a sentence."""
    phrases: Annotated[dict[str, str], Placeholders("value")]
    """Field of a medicine or product -> what was told of it."""


class FridgeCardWords(Words):
    title: str
    whom: str
    call: str
    blanks: Annotated[tuple[str, ...], Field(strict=False)]
    """Numbers that somebody writes down by hand."""


class HandoutWords(Words):
    card: FridgeCardWords
    title: str
    title_professional: str
    page_title: Annotated[str, Placeholders("headline")]
    blanks: tuple[str, ...]
    """To be filled in by hand."""
    day: str
    day_status: Annotated[str, Placeholders("status")]
    day_status_incomplete: Annotated[str, Placeholders("status")]
    notes: str
    dose: str
    dose_columns: tuple[str, str, str]
    source: Annotated[str, Placeholders("number")]
    """What a screen reader says for a number in brackets."""
    edition: Annotated[str, Placeholders("program", "rules")]
    told: ToldWords

    model_config = Model.model_config | {"strict": False}
