"""One rule page as a model: what must hold, what follows, why, and who says so."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from magcheck.core.model import Model
from magcheck.core.scales import Action, Severity, Status, Urgency
from magcheck.knowledge.conditions import (
    Condition,
    condition_schema,
    parse_condition,
    parse_minutes,
    scaled_figure,
)
from magcheck.knowledge.placeholders import MEDICINE, strange_placeholders
from magcheck.knowledge.review import (
    Checked,
    Day,
    Evidence,
    Id,
    Month,
    Retirement,
    ReviewStatus,
    Text,
    contradiction,
)
from magcheck.report import Verdict

MAX_LINES = 20
"""Of `when`; our longest has 5."""
_MINUTES_SCHEMA = {"type": "string", "pattern": r"^\d+(\.\d+)? (h|min)$"}

Minutes = Annotated[int, BeforeValidator(parse_minutes), WithJsonSchema(_MINUTES_SCHEMA)]
ADVICE_BLANKS = (MEDICINE,)
"""What a page may leave open in `what_to_do`; no other text of a page has blanks."""


def _no_blank(text: str) -> str:
    return strange_placeholders(text, ())


def _advice_blanks(text: str) -> str:
    return strange_placeholders(text, ADVICE_BLANKS)


Sentence = Annotated[Text, AfterValidator(_no_blank)]
MOST_SHORT_WORDS = 5


def _short(text: str) -> str:
    if len(text.split()) > MOST_SHORT_WORDS:
        raise ValueError(f"write at most {MOST_SHORT_WORDS} words.")
    return text


Short = Annotated[Sentence, AfterValidator(_short)]
Advice = Annotated[Text, AfterValidator(_advice_blanks)]


class Window(Model):
    before: Minutes
    """The medicine is taken at least this long before magnesium."""
    after: Minutes
    """The medicine is taken at least this long after magnesium."""


class Separate(Model):
    """How far apart the medicine and the magnesium of `when` are taken."""

    take: Text | None = None
    """Follows from `when`; where it is typed, it must name the medicine that stands there."""
    around: Text | None = None
    """As `take`, of the magnesium."""
    before: Minutes | None = None
    after: Minutes | None = None
    preferred: Window | None = None
    """The stricter window, where sources disagree."""
    no_safe_gap: bool = False
    """Spacing cannot help; the page then says what to do in `action`."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.no_safe_gap == (self.before is not None or self.after is not None):
            raise ValueError("write both 'before' and 'after', or 'no_safe_gap: true'.")
        if (self.before is None) != (self.after is None):
            raise ValueError("one side of the window is missing: write both 'before' and 'after'.")
        least = (self.before or 0, self.after or 0)
        if self.preferred and (self.preferred.before < least[0] or self.preferred.after < least[1]):
            raise ValueError("the preferred window is shorter than the least one.")
        return self


class Anchor(StrEnum):
    """A moment of the person's day."""

    WAKE = "wake"
    BREAKFAST = "breakfast"
    MEALS = "meals"
    BED = "bed"


OTHER_MEDICINES = "other medicines"
"""Anything else that is swallowed, as `around` of a place."""


class Place(Model):
    """A wish for the day plan, not a finding: where on the day it is best taken, or how far from what."""

    take: Text | None = None
    """What is placed; typed only where `when` names several things."""
    anchor: Annotated[Anchor, Field(strict=False)] | None = None
    around: Text | None = None
    """Instead of an anchor: "other medicines"; without both, what `when` names under `also taking`."""
    before: Minutes | None = None
    """At least this long before it."""
    after: Minutes | None = None
    """At least this long after it; with `before`: away from it on both sides."""
    close: Minutes | None = None
    """As near as may be to the moment that lies this long before the anchor."""
    not_within: Minutes | None = None
    """At least this long away from the anchor on both sides."""

    @model_validator(mode="after")
    def _one_wish(self) -> Self:
        if self.anchor and self.around:
            raise ValueError("a place has either an 'anchor' (wake, breakfast, meals, bed) or 'around'.")
        sides = self.before is not None or self.after is not None
        if [sides, self.close is not None, self.not_within is not None].count(True) != 1:
            raise ValueError("write 'before', 'after' or both, or 'close', or 'not_within'.")
        if self.anchor is None and not sides:
            raise ValueError("without an 'anchor' (wake, breakfast, meals, bed) write 'before', 'after' or both.")
        return self


class Expectation(StrEnum):
    FIRES = "fires"
    SILENT = "silent"
    COULD_NOT_CHECK = "could not check"


class Each(StrEnum):
    """A list of a profile of which one entry alone is given at a time."""

    MEDICATIONS = "medications"
    SUPPLEMENTS = "supplements"
    CONDITIONS = "conditions"
    SYMPTOMS = "symptoms"
    GOALS = "goals"


class Example(Model):
    given: dict[str, Any]
    each: Annotated[Each, Field(strict=False)] | None = None
    """Of this list of `given` one entry alone at a time: so many examples in one."""
    expect: Annotated[Expectation, Field(strict=False)]
    status: Annotated[Status, Field(strict=False)] | None = None
    verdict: Annotated[Verdict, Field(strict=False)] | None = None
    """Of the whole report."""

    @model_validator(mode="after")
    def _has_a_list(self) -> Self:
        if self.each is not None and not isinstance(self.given.get(self.each), list):
            raise ValueError(f"'each' names a list of 'given', and there is no list '{self.each}'.")
        return self

    @property
    def profiles(self) -> list[dict[str, Any]]:
        """What is given, once for each entry where it is one at a time."""
        if self.each is None:
            return [self.given]
        return [{**self.given, self.each.value: [entry]} for entry in self.given[self.each]]


def _limit(raw: object) -> int:
    return scaled_figure("daily magnesium", raw)


class Rule(Model):
    """A rule page. It has one outcome: `separate`, `action`, `limit` (with an action), `ask` or `place`.

    Its keys stand in the order of these fields.
    """

    id: Id
    title: Sentence
    status: Annotated[ReviewStatus, Field(strict=False)] = ReviewStatus.DRAFT
    written: Day | None = None
    checked: Checked = None
    """Who stands for it; None where the page says `nobody`."""
    again: Month | None = None
    """The month in which it is to be read again, as its first day."""
    retired: Retirement | None = None
    when: Annotated[
        tuple[Annotated[Condition, BeforeValidator(parse_condition), WithJsonSchema(condition_schema())], ...],
        Field(min_length=1, max_length=MAX_LINES, strict=False),
    ]
    separate: Separate | None = None
    limit: (
        Annotated[int, BeforeValidator(_limit), WithJsonSchema({"type": "string", "pattern": "^[0-9]+ mg$"})]
        | None
    ) = None
    """Elemental magnesium a day from supplements and medicines, thousandths of a milligram."""
    action: Annotated[Action, Field(strict=False)] | None = None
    ask: str | None = None
    """The profile field that must be asked for this person."""
    place: Place | None = None
    """A wish for the day plan."""
    what_to_do: Advice | None = None
    headline: Sentence | None = None
    severity: Annotated[Severity, Field(strict=False)]
    urgency: Annotated[Urgency, Field(strict=False)] | None = None
    guidance: bool = False
    """Advice on form, dose or time; kept back when anything blocks it."""
    while_taking: bool = False
    """Advice on how to go on (how much, how spread, what to watch); not said beside a stop or an emergency."""
    blocks_guidance: bool = False
    """While this page fires, no guidance is given; `avoid` always blocks it."""
    covers: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """Pages that need not be said while this one fires, because it says the same and at least as strongly."""
    why: Sentence
    seriousness: Sentence | None = None
    mechanism: Sentence | None = None
    short: Short | None = None
    """Why a gap matters, in at most five words, where `seriousness` has more."""
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1, strict=False)]
    examples: Annotated[tuple[Example, ...], Field(min_length=2, strict=False)]

    @model_validator(mode="after")
    def _signed(self) -> Self:
        wrong = contradiction(self.status, self.checked, self.retired)
        if wrong:
            raise ValueError(wrong)
        if self.written and self.again and self.again <= self.written:
            raise ValueError("'again' lies after 'written'.")
        return self

    @model_validator(mode="after")
    def _one_outcome(self) -> Self:
        spaced = self.separate is not None and not self.separate.no_safe_gap
        outcomes = [spaced, self.action is not None, self.ask is not None, self.place is not None]
        if outcomes.count(True) != 1:
            raise ValueError("a page has one outcome: 'separate' with a window, 'action', 'ask' or 'place'.")
        if self.limit is not None and self.action is None:
            raise ValueError("a page with a limit also says its 'action'.")
        if self.action is not None and self.what_to_do is None:
            raise ValueError("a page with an action also says 'what_to_do'.")
        if self.guidance and self.action not in (Action.NOTE, Action.MONITOR):
            raise ValueError("guidance is a note, or something to monitor.")
        if self.while_taking and self.strongest.rank < Action.LOWER_DOSE.rank:
            raise ValueError("'while_taking' is for advice to take less, to watch or to note.")
        if self.covers and (self.action is None or self.guidance):
            raise ValueError("only a page that always counts covers others: no window and no guidance.")
        if self.action is Action.SEPARATE:
            raise ValueError("write the window under 'separate' instead of 'action: separate'.")
        return self

    @property
    def in_short(self) -> str | None:
        """Why its gap matters: typed, or what it risks where that is short; None of a page without a gap."""
        if self.separate is None or self.separate.no_safe_gap:
            return None
        risk = (self.seriousness or "").removeprefix("the ").removeprefix("a ")
        return self.short or (risk if 0 < len(risk.split()) <= MOST_SHORT_WORDS else None)

    @property
    def is_reviewed(self) -> bool:
        return self.status is ReviewStatus.REVIEWED

    @property
    def is_about_going_on(self) -> bool:
        """Without magnesium there is nothing left of it; a limit is always such advice."""
        return self.while_taking or bool(self.lowers_to)

    @property
    def lowers_to(self) -> int:
        """The limit that it tells to keep, thousandths of a milligram a day; 0 where it tells none."""
        return self.limit or 0 if self.action is Action.LOWER_DOSE else 0

    @property
    def strongest(self) -> Action:
        """The action of its finding; an asking or placing page has none of its own and counts as a note."""
        return self.action or (Action.SEPARATE if self.separate else Action.NOTE)
