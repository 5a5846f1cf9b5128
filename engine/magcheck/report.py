"""What comes out: one report, from which every rendering is made. Nothing downstream decides anything."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from magcheck.core.exits import Exit
from magcheck.core.model import Model, OnRequest
from magcheck.core.scales import Action, Ranked, Severity, Status, Urgency
from magcheck.profile import Basis, Clock, Every, Frequency

if TYPE_CHECKING:
    from datetime import date

    from magcheck.profile import Profile


class Verdict(Ranked):
    """The strongest action that is left, or `clear`."""

    AVOID = "avoid"
    ASK_FIRST = "ask_first"
    SEPARATE = "separate"
    LOWER_DOSE = "lower_dose"
    MONITOR = "monitor"
    NOTE = "note"
    CLEAR = "clear"


class Subject(Model):
    list: str
    index: int
    input: str
    is_: Annotated[str, Field(alias="is")]


class FactUsed(Model):
    name: str
    value: float | str | bool
    unit: str | None = None
    origin: str


class Separation(Model):
    take: str
    around: str
    before_h: float | None = None
    """Hours the medicine is taken before magnesium, at least."""
    after_h: float | None = None
    """Hours the medicine is taken after magnesium, at least."""
    preferred_before_h: float | None = None
    preferred_after_h: float | None = None
    status: Status
    yours_before_h: float | None = None
    yours_after_h: float | None = None
    """Where it is broken: how long before or after magnesium it is taken; one of the two, of the closest doses."""


class Cited(Model):
    id: str
    """By which the source stands in the bibliography; permanent."""
    source: str
    """Its title."""
    where: str | None = None
    grade: str
    url: str | None = None


class Finding(Model):
    rule: str
    action: Action
    title: str
    what_to_do: str
    why: str
    severity: Severity
    urgency: Urgency | None = None
    seriousness: str | None = None
    mechanism: str | None = None
    short: str | None = None
    subjects: tuple[Subject, ...] = ()
    facts: tuple[FactUsed, ...] = ()
    separation: Separation | None = None
    evidence: tuple[Cited, ...] = ()

    @property
    def counts(self) -> bool:
        """A separation that the given times keep needs nothing."""
        return self.separation is None or self.separation.status is not Status.KEPT


class SlotOffset(Model):
    """ "2 hours before bed" is 120 to 120 minutes before the slot "bedtime"."""

    slot: Literal["morning", "noon", "evening", "bedtime"]
    first_min: int
    """Minutes from the hour of the slot at the earliest; before it they are below 0."""
    last_min: int
    """Minutes from the hour of the slot at the latest."""
    at_least: bool = False
    """It may be further away."""


class Read(OnRequest):
    """What a written line was read as."""

    on_request: ClassVar[tuple[str, ...]] = ("offsets",)

    amount_mg: float | None = None
    """Milligrams of one intake (strength times count), at the higher end of a range; null where not told."""
    basis: Basis | None = None
    """What the amount counts; null for what brings no magnesium."""
    per_day: int | None = None
    """Intakes a day, at the higher end of a range; null where not told."""
    times: tuple[Clock, ...] = ()
    slots: tuple[Literal["morning", "noon", "evening", "bedtime"], ...] = ()
    offsets: tuple[SlotOffset, ...] | None = None
    """How far from their hour the slots are meant; absent where they are meant as they are."""
    frequency: Frequency | None = Frequency.DAILY
    """Null where it was not understood."""
    every: Every | None = None
    as_needed: bool = False
    days: int | None = None
    """How many days it is taken."""
    taken: bool = True
    """False for what is stopped, on hold or was never taken: no page sees it."""
    not_read: tuple[str, ...] = ()
    """Words and figures that were not understood."""
    echo: str
    """The reading in words; read again, it gives the same item."""


class Recognised(Subject, OnRequest):
    on_request: ClassVar[tuple[str, ...]] = ("rules",)
    classes: tuple[str, ...]
    ingredients: tuple[str, ...]
    rxcui: str | None = None
    by: str
    route: str
    """The route that was checked."""
    has_rules: bool
    """False where no page names it: no interaction is known to us."""
    rules: tuple[str, ...] | None = None
    """Every page that names it, fired or not; only where asked for (`check(profile, rules_of_names=True)`)."""
    read: Read
    found: bool = False


class NotChecked(Model):
    list: str
    index: int | None = None
    input: str
    reason: str
    candidates: tuple[str, ...] = ()
    question: str | None = None
    could_become: Action | None = None
    could_become_as: tuple[str, ...] = ()
    """The meanings of an ambiguous name that come to `could_become`; empty where all of them do."""
    meanwhile: str | None = None
    """What to do with a medicine or supplement of unknown name until somebody has looked."""


class Missing(Model):
    field: str
    question: str
    why: str
    could_become: Verdict
    """The strongest verdict that any single answer would bring, all else as told."""


class Assumed(Model):
    field: str
    what: str


class DosePart(Model):
    list: str
    index: int
    elemental_mg_per_day: float | None
    low: float
    how: str


class Dose(Model):
    elemental_mg_per_day: float | None
    """The high estimate, against which limits are tested; null when an amount is not known."""
    low: float
    high: float | None
    limit_mg_per_day: float | None = None
    limit_source: str | None = None
    parts: tuple[DosePart, ...]


class RulesUsed(Model):
    version: str
    """The edition; marked `+own` where pages of one's own are among them, and another one where only those are."""
    digest: str
    own: Annotated[int, Field(ge=0)]
    """So many pages do not come with magcheck."""
    only: bool
    """True where none of the pages that come with magcheck was used."""
    unreviewed: Annotated[int, Field(ge=0)]
    """So many of the findings rest on pages that nobody outside of this project has checked."""


class PlanStatus(StrEnum):
    FEASIBLE = "feasible"
    IMPOSSIBLE = "impossible"
    NOT_NEEDED = "not needed"
    NOT_MADE = "not made"
    """Gaps are broken or without times, and nobody asked for a day: `Checker.plan` solves it."""
    NOT_SOLVED = "not solved"
    """The search ended without a day and without a proof; nothing is claimed."""


class PlanEntry(Model):
    time: Clock
    take: tuple[str, ...]
    often: Frequency
    """Daily, or the frequency of what is only taken on some days."""
    items: tuple[Subject, ...]


class Moved(Model):
    item: Subject
    from_: Annotated[Clock, Field(alias="from")]
    to: Clock
    because: str


class Span(Model):
    from_: Annotated[Clock, Field(alias="from")]
    to: Clock


class Closed(Span):
    """Hours in which `item` is not taken, because of `around` at a time of the plan; both ends are open again."""

    item: Subject
    around: Subject
    at: Clock


class AsNeeded(Model):
    """Something that is only taken when needed, and the hours that are free for it."""

    item: Subject
    open: tuple[Span, ...]
    closed: tuple[Closed, ...]
    said: str


class PlanWish(Model):
    """A wish of a rule page, or "unknown-medicine" for what is not known here."""

    rule: str
    said: str
    granted: bool


class ConflictPart(Model):
    """One of the things that cannot all be true; without any one of them there is a day."""

    kind: Literal["gap", "fixed", "doses", "awake"]
    said: str
    items: tuple[Subject, ...]


class Change(Model):
    """One change that alone makes a day possible."""

    kind: Literal["move", "form", "fewer", "skip"]
    said: str
    items: tuple[Subject, ...]
    to: tuple[Clock, ...] = ()
    """The times that it would then have."""


class PlanDay(Model):
    wake: Clock
    sleep: Clock
    meals: tuple[Clock, ...]


class Plan(Model):
    """A day that keeps every gap, or the proof that there is none."""

    status: PlanStatus
    said: str
    entries: tuple[PlanEntry, ...] = ()
    moved: tuple[Moved, ...] = ()
    kept: tuple[Subject, ...] = ()
    """What stays at its given times."""
    anytime: tuple[Subject, ...] = ()
    """Without times, and nothing asks for one."""
    closed: tuple[Closed, ...] = ()
    as_needed: tuple[AsNeeded, ...] = ()
    wishes: tuple[PlanWish, ...] = ()
    conflict: tuple[ConflictPart, ...] = ()
    """The smallest set that cannot live together."""
    changes: tuple[Change, ...] = ()
    """The least changes first; each of them alone is enough."""
    questions: tuple[str, ...] = ()
    """For the prescriber."""
    notes: tuple[str, ...] = ()
    day: PlanDay | None = None
    """The day that was planned with."""


class Alternative(Model):
    """One single change, and the verdict that a check of the profile with it gives; all else as told."""

    kind: Literal["hour", "form", "amount", "answer"]
    said: str
    verdict: Verdict
    complete: bool
    """As of the report with this change."""
    field: str | None = None
    """The field of the profile that changes."""
    items: tuple[Subject, ...] = ()
    value: float | str | bool | None = None
    """What was tried: of several times, joined by commas; of a range, its first value."""
    unit: str | None = None
    from_: Annotated[float | None, Field(alias="from")] = None
    """The range of answers with this verdict; each bound is absent where there is none."""
    above: float | None = None
    below: float | None = None
    up_to: float | None = None


class Report(Model):
    """What a check says: the verdict, what to do and why, and what could not be checked."""

    verdict: Verdict
    complete: bool
    """False when something given could not be checked, or a fact that matters here is not known."""
    ok: bool
    """True only where it is complete and nothing stronger than a note is left; `clear` alone promises nothing."""
    headline: str
    findings: tuple[Finding, ...]
    recognised: tuple[Recognised, ...]
    traits: tuple[Subject, ...] = ()
    not_checked: tuple[NotChecked, ...]
    missing: tuple[Missing, ...]
    untold: tuple[str, ...]
    """What was not told and would be checked if it were; in plain words."""
    assumed: tuple[Assumed, ...]
    dose: Dose | None
    plan: Plan
    what_would_change: tuple[Alternative, ...] | None = None
    """Null where it was not computed: `Checker.with_changes` and `Checker.plan` do it."""
    no_single_change: str | None = None
    """Said where it was computed, something has to change, and no single change settles it."""
    rules: RulesUsed
    notice: str

    @property
    def exit_code(self) -> Exit:
        """With which the command line would end."""
        return exit_of(self.verdict, complete=self.complete)

    def to_text(self, width: int = 80, *, more: bool = False) -> str:
        """As `magcheck check --plain` prints it, in lines of at most `width` columns.

        `more`: with the reasons, what would change this, what was assumed, and everything cited.
        """
        from magcheck.rendering.library import text  # noqa: PLC0415 - who reads the fields needs no rendering

        return text(self, width, more=more)

    def to_html(self, profile: Profile | None = None) -> str:
        """The handout: one page to be read, printed and taken along. It also shows what `profile` told."""
        from magcheck.rendering.library import html  # noqa: PLC0415 - who reads the fields needs no rendering

        return html(self, profile)

    def to_ics(self, first_day: date | None = None) -> str:
        """The day of `Checker.plan` as a calendar that begins on `first_day`, today if none is given.

        Raises InputError for a report without a day, MissingExtraError where icalendar is not installed.
        """
        from magcheck.rendering.library import ics  # noqa: PLC0415 - who reads the fields needs no rendering

        return ics(self, first_day)


def exit_of(verdict: Verdict, *, complete: bool) -> Exit:
    if verdict in (Verdict.AVOID, Verdict.ASK_FIRST):
        return Exit.ASK_OR_AVOID
    if not complete:
        return Exit.NOT_COMPLETE
    is_change = verdict in (Verdict.SEPARATE, Verdict.LOWER_DOSE)
    return Exit.CHANGE if is_change else Exit.NOTHING_TO_CHANGE
