"""What is known of each magnesium salt: its share of magnesium, whether it takes acid away, whether it loosens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from magcheck.core.model import Model
from magcheck.core.scales import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from magcheck.terminology.vocabulary import Substance


class Property(Model):
    """What is known of one variant (hydrate, buffered product) of a magnesium salt."""

    percent: Annotated[float, Field(gt=0, le=100)]
    acid_neutralising: bool | None
    """None where a part of it may be."""
    laxative: bool


class Content(Model):
    """The magnesium itself that one intake of a known product brings, when the person does not say."""

    low_mg: Annotated[float, Field(ge=0)]
    high_mg: Annotated[float, Field(ge=0)]
    of: str
    """What one intake is: "a dose of 15 to 60 mL"."""
    source: str
    grade: Annotated[Grade, Field(strict=False)]


def property_interval(
    salts: Sequence[Substance], forms: Mapping[str, Sequence[Property]], name: str
) -> tuple[int, int]:
    """Is the product surely (1, 1), surely not (0, 0) or perhaps (0, 1) `name`, over all variants it may be?"""
    answers = {getattr(v, name) for salt in salts for v in forms.get(salt.name, ())}
    if any(salt.name not in forms for salt in salts):
        answers.add(None)
    by_salt = [{getattr(v, name) for v in forms.get(salt.name, ())} for salt in salts]
    if any(salt_answers == {True} for salt_answers in by_salt):
        return 1, 1
    return (0, 0) if answers == {False} else (0, 1)
