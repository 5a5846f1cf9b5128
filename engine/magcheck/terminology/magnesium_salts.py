"""What is known of each magnesium salt: its share of magnesium, whether it takes acid away, whether it loosens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

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
    least: Annotated[float, Field(gt=0)] | None = None
    """How many `unit` bring `low_mg`; absent where an intake cannot be counted."""
    most: Annotated[float, Field(gt=0)] | None = None
    """How many `unit` bring `high_mg`."""
    unit: Literal["mL", "piece"] | None = None
    source: str
    grade: Annotated[Grade, Field(strict=False)]

    def brought_by(self, ml: float | None, pieces: float | None) -> tuple[float, float, str]:
        """(least, most, of what) milligrams of magnesium in so many mL or pieces; in an intake, where not told."""
        told = {"mL": ml, "piece": pieces}.get(self.unit or "")
        if told is None or self.least is None or self.most is None:
            factor = max(1.0, pieces or 1.0) if self.unit is None else 1.0
            return self.low_mg, self.high_mg * factor, self.of
        each = sorted((self.low_mg / self.least, self.high_mg / self.most))
        what = f"{told:g} mL" if self.unit == "mL" else f"{told:g}"
        return round(each[0] * told, 1), round(each[1] * told, 1), what


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
