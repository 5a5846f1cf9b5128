"""What is said of a thing that a text names? Present, denied, past or of the family; with its degree."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_marks import ConditionMark
    from magcheck.terminology.condition_words import ConditionWords, Says


class Assertion(StrEnum):
    PRESENT = "present"
    DENIED = "denied"
    FAMILY = "family"
    PAST = "past"
    PLANNED = "planned"
    PERHAPS_PLANNED = "perhaps planned"
    """An operation of which nobody can tell whether it lies ahead."""
    DOUBTFUL = "doubtful"
    """Counted as present, and asked."""


@dataclass
class Mention:
    """One thing that is named, and what the words around it say of it."""

    says: Says
    value: str
    text: str
    clause: int
    place: int
    standing: Assertion = Assertion.PRESENT
    stages: list[str] = field(default_factory=list[str])
    value_low: float | None = None
    bound: Says | None = None
    """Says.ABOVE or Says.BELOW `value_low`."""
    severe: bool = False
    acute: bool = False
    days: int = 0
    dated: bool = False
    long_ago: bool = False
    year: bool = False
    """A year stands beside it."""
    old: bool = False
    """A kidney value that may be older than a year."""
    before_now: bool = False
    """What passes, with a day that is past: whether it is so now, nobody can tell."""
    denied_at: int | None = None
    """Where the denial stands that reaches it."""

    def doubt(self) -> None:
        """It counts until it is asked."""
        if self.standing in (Assertion.PRESENT, Assertion.PAST, Assertion.DENIED):
            self.standing = Assertion.DOUBTFUL


@dataclass
class ConditionClause:
    """The words between two joints, and how it hangs on the clause before."""

    joint: Says | None
    start: int = 0
    scope: Assertion | None = None
    history: bool = False
    denials: list[int] = field(default_factory=list[int])
    """Where the denials stand that have not met their finding."""
    denied_at: int | None = None
    no_trouble: bool = False
    """Only complaints are denied."""
    own: bool = False
    """Somebody speaks of himself."""


@dataclass
class Collected:
    """Everything that a text says."""

    findings: list[Mention] = field(default_factory=list[Mention])
    details: list[str] = field(default_factory=list[str])
    """Stages of other things, times, sides, degrees: they change the reading, and no page asks them."""
    not_read: list[str] = field(default_factory=list[str])
    nothing: list[str] = field(default_factory=list[str])
    unclear: list[str] = field(default_factory=list[str])
    """What a word that is not clear can mean."""

    def stands_once(self, clause: int, standing: Assertion) -> bool:
        """Is there a finding of this clause that stands so, and may only one?"""
        once = standing in (Assertion.DENIED, Assertion.FAMILY)
        return once and any(finding.clause == clause and finding.standing is standing for finding in self.findings)


@dataclass
class WalkedText:
    """A text about an illness whose marks were all read once, and what was found in it."""

    marks: Sequence[ConditionMark]
    words: ConditionWords
    clauses: Sequence[ConditionClause]
    done: Collected

    def of_clause(self, number: int) -> Sequence[ConditionMark]:
        return self.marks[self.clauses[number].start : self.end_of(number)]

    def end_of(self, number: int) -> int:
        return self.clauses[number + 1].start if number + 1 < len(self.clauses) else len(self.marks)
