"""Who stands behind a page? When it was written, who has checked it, when it is to be read again."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from magcheck.core.model import Model
from magcheck.core.scales import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

NOBODY = "nobody"
BEYOND_SOURCE = "Beyond it:"
"""In `says` of a line with `basis: ours`: what follows is not in the source."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")

Text = Annotated[str, Field(min_length=3, max_length=1500)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


def parse_day(raw: object) -> date:
    """ "2026-11-22"; ValueError for anything else."""
    try:
        if isinstance(raw, str) and _DAY.fullmatch(raw):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise ValueError(f"'{raw}' is not a day. Write it as 2026-11-22.")


def parse_month(raw: object) -> date:
    """The first day of "2027-11"; ValueError for anything else."""
    written = _MONTH.fullmatch(raw) if isinstance(raw, str) else None
    if not written or not 1 <= int(written[2]) <= 12 or int(written[1]) == 0:
        raise ValueError(f"'{raw}' is not a month. Write it as 2027-11.")
    return date(int(written[1]), int(written[2]), 1)


Day = Annotated[date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Month = Annotated[
    date, BeforeValidator(parse_month), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}$"})
]


class ReviewStatus(StrEnum):
    DRAFT = "draft"
    """It protects people, and nobody outside of this project has checked it."""
    REVIEWED = "reviewed"
    RETIRED = "retired"
    """Says nothing any more; its id is never used again."""


class Check(Model):
    """Somebody who may do so has read the page and its sources, and stands for it."""

    by: Text
    on: Day

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if self.by.strip().lower() == NOBODY:
            raise ValueError(f"a check is by somebody. Write 'checked: {NOBODY}' where there was none.")
        return self


class Retirement(Model):
    why: Text
    by: Id | None = None
    """The page that says it instead, where one does."""
    on: Day


def _checked(raw: object) -> object:
    if raw == NOBODY:
        return None
    if isinstance(raw, str) or raw is None:
        raise ValueError(f"write who checked it and when, {{by: ..., on: 2027-01-15}}, or '{NOBODY}'.")
    return raw


_CHECKED_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"const": NOBODY},
        {
            "type": "object",
            "required": ["by", "on"],
            "additionalProperties": False,
            "properties": {"by": {"type": "string", "minLength": 3}, "on": {"type": "string", "format": "date"}},
        },
    ]
}
Checked = Annotated[Check | None, BeforeValidator(_checked), WithJsonSchema(_CHECKED_SCHEMA)]


class HowRead(StrEnum):
    """How the decisive sentence was read."""

    ORIGINAL = "original"
    COPY = "copy"
    """As somebody else reprints or quotes it."""
    NO = "no"
    """Not at all, or only in pieces that prove nothing; the grade is then `unconfirmed`."""


def _no(raw: object) -> object:
    """YAML takes `no` for a boolean."""
    return HowRead.NO.value if raw is False else raw


_READ_SCHEMA: dict[str, Any] = {"enum": [*(read.value for read in HowRead), False]}
HowReadField = Annotated[HowRead, Field(strict=False), BeforeValidator(_no), WithJsonSchema(_READ_SCHEMA)]


class EvidenceBasis(StrEnum):
    """Whose is what the page takes from this line?"""

    SOURCE = "source"
    OURS = "ours"
    """Part of it goes beyond what stands there; `says` tells which."""


class Evidence(Model):
    source: Text
    """A key of sources.yaml."""
    where: Text | None = None
    grade: Annotated[Grade, Field(strict=False)]
    read: HowReadField | None = None
    basis: Annotated[EvidenceBasis, Field(strict=False)] | None = None
    says: Text | None = None
    """What stands there, in our words, with the figure."""

    @model_validator(mode="after")
    def _graded_as_read(self) -> Self:
        if self.read is not None and (self.read is HowRead.NO) != (self.grade is Grade.UNCONFIRMED):
            raise ValueError("'read: no' and 'grade: unconfirmed' go together, and neither stands alone.")
        if self.basis is not None and (self.basis is EvidenceBasis.OURS) != (BEYOND_SOURCE in (self.says or "")):
            raise ValueError(f"'basis: ours' and '{BEYOND_SOURCE} ...' in 'says' go together.")
        return self


def contradiction(status: ReviewStatus, check: Check | None, retired: Retirement | None) -> str | None:
    """What does not fit between the status of a page and what it says of itself."""
    if (status is ReviewStatus.RETIRED) != (retired is not None):
        return "'status: retired' and 'retired: {why, by, on}' go together."
    if status is ReviewStatus.REVIEWED and check is None:
        return "a reviewed page says under 'checked' by whom and on which day: {by: ..., on: 2027-01-15}."
    if status is ReviewStatus.DRAFT and check is not None:
        return f"a draft was checked by {NOBODY}; a page that somebody stands for is 'reviewed'."
    return None


def in_order(keys: Mapping[str, object], order: Mapping[str, object]) -> tuple[str, str] | None:
    """The first two keys that stand the wrong way round."""
    rank = {key: number for number, key in enumerate(order)}
    known = [key for key in keys if key in rank]
    wrong = ((first, second) for first, second in pairwise(known) if rank[first] > rank[second])
    return next(wrong, None)
