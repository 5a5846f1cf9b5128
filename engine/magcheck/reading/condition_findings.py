"""What is said of a thing that a text names? Present, denied, past or of the family; with its degree."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from magcheck.reading.condition_marks import Mark

if TYPE_CHECKING:
    from magcheck.terminology.condition_words import Says


class Standing(StrEnum):
    PRESENT = "present"
    DENIED = "denied"
    FAMILY = "family"
    PAST = "past"
    PLANNED = "planned"
    DOUBTFUL = "doubtful"
    """Counted as present, and asked."""


@dataclass
class Finding:
    """One thing that is named, and what the words around it say of it."""

    says: Says
    value: str
    text: str
    clause: int
    place: int
    standing: Standing = Standing.PRESENT
    stages: list[str] = field(default_factory=list[str])
    value_low: float | None = None
    bound: Says | None = None
    """Says.ABOVE or Says.BELOW `value_low`."""
    severe: bool = False
    acute: bool = False
    days: int = 0
    dated: bool = False


@dataclass
class Clause:
    """The words between two joints, and how it hangs on the clause before."""

    joint: Says | None
    scope: Standing | None = None
    history: bool = False
    denials: list[Mark] = field(default_factory=list[Mark])
    """Denials that have not met their finding."""


@dataclass
class Collected:
    """Everything that a text says."""

    findings: list[Finding] = field(default_factory=list[Finding])
    details: list[str] = field(default_factory=list[str])
    """Stages of other things, times, sides, degrees: they change the reading, and no page asks them."""
    not_read: list[str] = field(default_factory=list[str])
    nothing: list[str] = field(default_factory=list[str])
    unclear: list[str] = field(default_factory=list[str])
    """What a word that is not clear can mean."""
