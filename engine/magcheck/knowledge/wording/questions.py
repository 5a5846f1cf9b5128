"""What stands around the questions of questions.yaml: what Enter means, what may be written, and what is wrong."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class HintWords(Words):
    clock: str
    list: Annotated[str, Placeholders("none")]
    measured: Annotated[str, Placeholders("units")]
    country: Annotated[str, Placeholders("countries")]
    known_values: str
    together: str
    name: Annotated[str, Placeholders("name")]
    again: str


class WrongAnswerWords(Words):
    none_of_these: Annotated[str, Placeholders("text", "most")]
    no_number: Annotated[str, Placeholders("text")]
    outside: Annotated[str, Placeholders("value", "unit", "low", "high")]
    other_unit: Annotated[str, Placeholders("told", "unit")]
    not_daily: Annotated[str, Placeholders("text")]
    two_ways: Annotated[str, Placeholders("text")]
    not_whole: Annotated[str, Placeholders("value")]
    no_amount: Annotated[str, Placeholders("text")]
    unknown_unit: Annotated[str, Placeholders("told", "units")]
    no_unit_fits: Annotated[str, Placeholders("value")]
    too_long: Annotated[str, Placeholders("count", "most")]
    which: str
    which_one: Annotated[str, Placeholders("options")]
    too_many: Annotated[str, Placeholders("count", "most")]
    no_value: Annotated[str, Placeholders("text", "hint")]
    two_answers: Annotated[str, Placeholders("first", "second")]
    no_country: Annotated[str, Placeholders("text", "hint")]


class SaidWords(Words):
    """Whole answers, in all languages."""

    yes: Annotated[tuple[str, ...], Field(strict=False)]
    no: Annotated[tuple[str, ...], Field(strict=False)]
    none: Annotated[tuple[str, ...], Field(strict=False)]
    some: Annotated[tuple[str, ...], Field(strict=False)]
    """There are any, but not which."""
    rest: Annotated[tuple[str, ...], Field(strict=False)]
    """Behind a list: there is nothing besides."""
    right: Annotated[tuple[str, ...], Field(strict=False)]
    """All answers are right."""
    unknown: Annotated[tuple[str, ...], Field(strict=False)]
    maybe: Annotated[tuple[str, ...], Field(strict=False)]
    """Where something is to be chosen or named, that is not known."""
    filling: Annotated[tuple[str, ...], Field(strict=False)]
    """Around an answer, and without a meaning."""


class QuestionWords(Words):
    dont_know: str
    keep: str
    none: str
    either: str
    """Between several units."""
    taken: str
    not_taken: str
    did_you_mean: str
    write_again: str
    say_again: str
    about: Annotated[str, Placeholders("told", "question")]
    about_a_part: Annotated[str, Placeholders("told", "line", "question")]
    means: Annotated[str, Placeholders("told")]
    which_unit: Annotated[str, Placeholders("value")]
    unit: Annotated[str, Placeholders("label")]
    said: SaidWords
    denied: Annotated[str, Placeholders("told")]
    hints: HintWords
    wrong: WrongAnswerWords
