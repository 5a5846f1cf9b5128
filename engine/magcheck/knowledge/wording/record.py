"""The words about what a clinical record holds, and how it was taken."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class NotReadWords(Words):
    """Why a part of a record was not read."""

    no_medicine: str
    unresolved: str
    two_names: Annotated[str, Placeholders("names")]
    too_long: str
    too_many: str
    dosage: str
    timing: str
    dose: str
    value: str
    unit: str
    impossible: str
    bound: str
    answer: str
    stale: str
    due: str
    contradicts: Annotated[str, Placeholders("why")]
    refused: Annotated[str, Placeholders("why")]
    conditions: str
    kinds: str
    other_person: str
    several_people: str
    cut_off: Annotated[str, Placeholders("here", "all")]
    no_resource: str
    no_code: str
    code: str
    ahead: str
    note: str
    may_change: str
    other_times: Annotated[str, Placeholders("times")]
    not_ordered: str
    other: str
    said_by_server: Annotated[str, Placeholders("why")]
    absent: str
    null: str


class WatchedWords(Words):
    """Pieces of words that say that a result may matter, in small letters."""

    always: Annotated[tuple[str, ...], Field(strict=False)]
    in_blood: Annotated[tuple[str, ...], Field(strict=False)]
    """They do where no word of `elsewhere` stands beside them."""
    elsewhere: Annotated[tuple[str, ...], Field(strict=False)]
    words: Annotated[tuple[str, ...], Field(strict=False)]
    """They do as whole words, too short to be looked for within others."""


class RecordWords(Words):
    not_read: NotReadWords
    left_out: Annotated[str, Placeholders("item", "status")]
    not_taken: Annotated[str, Placeholders("item", "status")]
    once: Annotated[str, Placeholders("item", "count")]
    value: Annotated[str, Placeholders("name", "value", "when")]
    aged: Annotated[str, Placeholders("date", "days")]
    undated: str
    older: Annotated[str, Placeholders("name", "value", "date")]
    compared: Annotated[str, Placeholders("told", "value")]
    denied: Annotated[str, Placeholders("name", "when")]
    other_values: Annotated[str, Placeholders("count")]
    unsure: Annotated[str, Placeholders("item", "status")]
    age: Annotated[str, Placeholders("born")]
    instruction: Annotated[str, Placeholders("words")]
    instructions: Annotated[tuple[str, ...], Field(strict=False)]
    """How sentences begin that say how to handle a medicine, and nothing of when, how much or whether."""
    watched: WatchedWords
    stopped: str
    """What is written behind a medicine that is not taken, so that the reader knows."""
    kinds: dict[str, str]
    """Kind of resource -> what it holds, for people."""
