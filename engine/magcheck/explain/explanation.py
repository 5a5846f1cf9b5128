"""The shape of an explanation: each page with its lines, and of each fact its value and where it comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from magcheck.core.model import Model
from magcheck.core.scales import Severity, Status
from magcheck.report import Cited, Subject, Verdict, exit_of

if TYPE_CHECKING:
    from magcheck.core.exits import Exit


class Seen(StrEnum):
    """How a page, or one of its lines, stands to this person."""

    HOLDS = "holds"
    NOT_KNOWN = "not known"
    DOES_NOT_HOLD = "does not hold"


class PageState(StrEnum):
    FIRED = "fired"
    KEPT_BACK = "kept back"
    """It fired, and is not said: something speaks against magnesium at all, or a stronger page says the same."""
    COULD_NOT_CHECK = "could not check"
    DID_NOT_FIRE = "did not fire"
    RETIRED = "retired"


class Known(Model):
    """One fact, as the rules see it."""

    name: str
    value: float | str | bool | None
    """Null where it is not known."""
    unit: str | None = None
    origin: str


class LineSeen(Model):
    """One line of `when`."""

    said: str
    seen: Seen
    facts: tuple[Known, ...]


class PageSeen(Model):
    rule: str
    outcome: str
    """The action of its finding, `ask` or `place`."""
    title: str
    state: PageState
    lines: tuple[LineSeen, ...]
    subjects: tuple[Subject, ...] = ()
    statuses: tuple[Status, ...] = ()
    """How the given times stand to its window, for each medicine."""
    kept_back_by: tuple[str, ...] = ()
    """Pages that block it."""
    said_by: tuple[str, ...] = ()
    """Pages that say the same at least as strongly, so that it is not said twice."""
    why: str
    seriousness: str | None = None
    severity: Severity
    mechanism: str | None = None
    evidence: tuple[Cited, ...]

    @property
    def needs(self) -> tuple[LineSeen, ...]:
        """The lines that would still have to hold."""
        return tuple(line for line in self.lines if line.seen is not Seen.HOLDS)


class Explanation(Model):
    """Why a report says what it says."""

    verdict: Verdict
    complete: bool
    headline: str
    pages: tuple[PageSeen, ...]
    """What fired first, then what was kept back or could not be checked, then what was near."""

    @property
    def exit_code(self) -> Exit:
        return exit_of(self.verdict, complete=self.complete)
