"""The smaller files of the rule book as models: sources, countries, questions, and how a day is planned."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from magcheck.core.model import Model
from magcheck.knowledge.rule import Minutes
from magcheck.profile import Clock


class Source(Model):
    """One entry of the bibliography."""

    title: str
    publisher: str
    date: str | None = None
    address: str | None = None


class Edition(Model):
    version: str


class Countries(Model):
    default: str
    regions: dict[str, tuple[str, ...]]
    elsewhere: str

    model_config = Model.model_config | {"strict": False}


class WhenMissed(StrEnum):
    ALWAYS = "always"
    WHEN_ASKED = "when asked"


class QuestionSection(StrEnum):
    """The parts of the questionnaire, in their order."""

    RED_FLAGS = "red flags"
    MEDICINES = "medicines"
    PRODUCT = "product"


class AnswerForm(StrEnum):
    """What an answer is."""

    YES_OR_NO = "yes or no"
    GATE = "gate"
    """Yes or no, and no field of the profile."""
    ONE_OF = "one of"
    NUMBER = "number"
    WHOLE_NUMBER = "whole number"
    MILLIGRAMS = "milligrams"
    MEASURED = "measured"
    """A number in one of the units that have entries of their own."""
    CLOCK_TIMES = "clock times"
    ROUTE = "route"
    COUNTRY = "country"
    WORDS = "words"
    """Conditions, symptoms or goals."""
    ITEMS = "items"
    """Medicines or products."""


class Within(Model):
    """A number lies here."""

    at_least: Annotated[float | None, Field(alias="from", strict=False)] = None
    at_most: Annotated[float | None, Field(alias="up to", strict=False)] = None
    below: Annotated[float | None, Field(strict=False)] = None
    or_unknown: Annotated[bool, Field(alias="or unknown")] = False

    def hold(self, value: float | None) -> bool:
        if value is None:
            return self.or_unknown
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )


KNOWN, UNKNOWN = "known", "unknown"
"""Answers that `only_if` may name besides those of the question."""


class Together(Model):
    """How something is asked where the answer may hold the answers to other questions: "62, woman"."""

    question: str
    why: str
    help: str
    others: Annotated[tuple[str, ...], Field(alias="with", strict=False)]


class Question(Model):
    """One thing that may be asked."""

    question: str
    why: str
    help: str = ""
    """Where to find the answer, and how to write it; shown on request."""
    unit: str | None = None
    missing: Annotated[WhenMissed, Field(strict=False)]
    range: Annotated[tuple[float, float], Field(strict=False)] | None = None
    """What is accepted."""
    usual: Annotated[tuple[float, float], Field(strict=False)] | None = None
    """Outside of it a value is used on the safe side, but questioned."""
    always: bool = False
    """Asked last although no answer can change the verdict, unless nothing of it may be taken."""
    untold: str | None = None
    """How the report names it when it was not told."""
    means: dict[str, bool | str] = Field(default_factory=dict[str, bool | str])
    """Condition -> the answer to this question that it implies."""
    none_means: dict[str, bool | str] = Field(default_factory=dict[str, bool | str])
    """Other question -> its answer for who answers "none" to this one, which names it."""
    together: Together | None = None
    asked: Annotated[QuestionSection, Field(strict=False)] | None = None
    """Where the questionnaire asks it."""
    answer: Annotated[AnswerForm, Field(strict=False)] | None = None
    options: dict[str, str | dict[str, str]] = Field(default_factory=dict[str, str | dict[str, str]])
    """Words -> the answer, or fields of the profile with their answers."""
    also: dict[str, Annotated[tuple[str, ...], Field(strict=False)]] = Field(
        default_factory=dict[str, tuple[str, ...]]
    )
    """Option -> what people call it, in all languages."""
    only_if: dict[str, Within | Annotated[tuple[bool | str, ...], Field(strict=False)]] = Field(
        default_factory=dict[str, Within | tuple[bool | str, ...]]
    )
    """Other question -> the answers to it under which this one is open."""
    named: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """What people call its value, where they write it as the answer to the gate of this question."""


class UnknownDay(Model):
    """The day that is taken where a person does not tell it."""

    wake: Clock
    sleep: Clock
    meals_after_wake: Annotated[tuple[Minutes, ...], Field(strict=False)]


class Weight(Model):
    """What a plan loses by a wish that it does not grant."""

    missed: Annotated[int, Field(ge=0)]
    each_5_min: Annotated[int, Field(ge=0)]
    why: str


class Weights(Model):
    asleep: Weight
    preferred_gap: Weight
    page_gap: Weight
    moved_medicine: Weight
    moved_supplement: Weight
    page_wish: Weight
    meal: Weight
    uneven: Weight
    occasion: Weight


class PartOfTheDay(Model):
    """When a word of the clock ("in the morning") begins and ends."""

    first: Clock
    last: Clock


class Planning(Model):
    """How a day is planned."""

    unknown_day: UnknownDay
    parts_of_the_day: dict[str, PartOfTheDay]
    least_spacing_percent: Annotated[int, Field(ge=0, le=100)]
    close: Minutes
    most_doses: int
    unknown_medicine: Minutes
    """Wished for between magnesium and a medicine that is not known here."""
    weights: Weights
