"""The words of the first screen."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class ScreenTitles(Words):
    apart: str
    apart_small: str
    """Of gaps of little weight, which do not share a title with the others."""
    unchecked: str
    reasons: str


class YoursWords(Words):
    """How far apart the person takes the two."""

    kept: str
    unplanned: str
    before: Annotated[str, Placeholders("gap")]
    after: Annotated[str, Placeholders("gap")]
    same: str


class ProfessionalWords(Words):
    """The table for those who advise."""

    columns: Annotated[tuple[str, ...], Field(min_length=6, max_length=6, strict=False)]
    """Drug, severity, interval, direction, mechanism, grade."""
    direction: Annotated[str, Placeholders("status")]
    person: str
    """Of a finding about no drug."""
    nothing: str
    dose: Annotated[str, Placeholders("amount", "limit")]
    no_dose: str


class ScreenWords(Words):
    professional: ProfessionalWords
    titles: ScreenTitles
    more: str
    """How to see the rest."""
    more_steps: Annotated[str, Placeholders("count")]
    more_names: Annotated[str, Placeholders("names", "count")]
    aim: Annotated[str, Placeholders("names")]
    """What stands before a note on what magnesium is taken for."""
    keep_apart: Annotated[str, Placeholders("names")]
    columns: Annotated[tuple[str, ...], Field(min_length=4, max_length=4, strict=False)]
    """Medicine, gap, yours, why."""
    gap: Annotated[str, Placeholders("before", "after")]
    yours: YoursWords
    in_a_line: Annotated[str, Placeholders("gap", "medicines")]
    in_a_line_small: Annotated[str, Placeholders("gap", "medicines")]
    kept_in_a_line: Annotated[str, Placeholders("medicines")]
    gaps: Annotated[str, Placeholders("medicines")]
    nothing_found: Annotated[str, Placeholders("names")]
    not_known: Annotated[str, Placeholders("names")]
    meanwhile: str
    to_answer: Annotated[str, Placeholders("fields", "action")]
    hours_alone: str
    blood_test: Annotated[str, Placeholders("what")]
    """As pages ask for one, so that several are put together."""
    and_: Annotated[str, Field(alias="and"), Placeholders("most", "last")]
    would_help: Annotated[str, Placeholders("change")]
