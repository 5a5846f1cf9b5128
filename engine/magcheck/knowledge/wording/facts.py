"""Where a fact comes from, how it was counted, and what was assumed on the way."""

from __future__ import annotations

from typing import Annotated

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders


class OriginWords(Words):
    given: str
    assumed: str
    given_as: Annotated[str, Placeholders("value", "unit")]
    added_up: str
    added_up_partly: str


class KidneyWords(Words):
    """How an eGFR was found."""

    of_stage: Annotated[str, Placeholders("stage")]
    adult: str
    child: str
    pregnancy: str
    no_equation: str
    sex: str
    value: Annotated[str, Placeholders("egfr", "origin")]
    lower: Annotated[str, Placeholders("used", "others")]


class DoseWords(Words):
    """How the magnesium of one product was counted; amounts in milligrams."""

    several: Annotated[str, Placeholders("count", "amount")]
    amounts: Annotated[str, Placeholders("low", "high")]
    """Of a range, without a unit."""
    once: str
    from_name: Annotated[str, Placeholders("amount")]
    unknown: str
    not_understood: str
    name_not_understood: str
    exactly: Annotated[str, Placeholders("low")]
    between: Annotated[str, Placeholders("low", "high")]
    brings: Annotated[str, Placeholders("amount", "of")]
    elemental: Annotated[str, Placeholders("amount")]
    compound: Annotated[str, Placeholders("amount", "percent")]
    either: Annotated[str, Placeholders("amount", "compound")]
    percent: Annotated[str, Placeholders("low")]
    percent_range: Annotated[str, Placeholders("low", "high")]


class FactWords(Words):
    origins: OriginWords
    kidney: KidneyWords
    dose: DoseWords
