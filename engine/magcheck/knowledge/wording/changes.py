"""What the report says of single changes that would change its verdict."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.model import Model
from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders
from magcheck.knowledge.wording.headline import Headline


class BoundWords(Words):
    from_: Annotated[str, Field(alias="from"), Placeholders("low")]
    above: Annotated[str, Placeholders("low")]
    below: Annotated[str, Placeholders("high")]
    up_to: Annotated[str, Placeholders("high")]
    both: Annotated[str, Placeholders("lower", "upper")]


class ChangedWords(Words):
    change: Annotated[str, Placeholders("said", "then")]
    change_partly: Annotated[str, Placeholders("said", "then")]
    answer: Annotated[str, Placeholders("said", "then")]
    hour: Annotated[str, Placeholders("item", "time")]
    hour_medicine: Annotated[str, Placeholders("item", "time")]
    times: Annotated[str, Placeholders("first", "last")]
    form: Annotated[str, Placeholders("item", "form")]
    form_medicine: Annotated[str, Placeholders("item", "form")]
    amount: Annotated[str, Placeholders("amount")]
    answers: Annotated[dict[str, str], Placeholders("answer", optional=("item",))]
    """Field, or its last part -> the answer as a condition."""
    values: dict[str, str]
    bounds: BoundWords
    then: dict[str, Headline]
    none: str
    forms: tuple[str, ...]
    """Forms of magnesium that are tried and named, best known first."""

    model_config = Model.model_config | {"strict": False}
