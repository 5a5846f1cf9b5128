"""The smaller files of the rule book as models: sources, countries, questions and the words of the report."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from magcheck.core.model import Model
from magcheck.core.scales import Status
from magcheck.knowledge.rule import Minutes
from magcheck.profile import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.core.time_of_day import Gap
    from magcheck.knowledge.rule import Separate


class Source(Model):
    """One entry of the bibliography."""

    title: str
    publisher: str
    date: str | None = None
    address: str | None = None


class Edition(Model):
    version: str


class Countries(Model):
    default: str
    regions: dict[str, tuple[str, ...]]
    elsewhere: str

    model_config = Model.model_config | {"strict": False}


class WhenMissed(StrEnum):
    ALWAYS = "always"
    WHEN_ASKED = "when asked"


class Section(StrEnum):
    """The parts of the questionnaire, in their order."""

    RED_FLAGS = "red flags"
    MEDICINES = "medicines"
    PRODUCT = "product"


class AnswerForm(StrEnum):
    """What an answer is."""

    YES_OR_NO = "yes or no"
    GATE = "gate"
    """Yes or no, and no field of the profile."""
    ONE_OF = "one of"
    NUMBER = "number"
    WHOLE_NUMBER = "whole number"
    MILLIGRAMS = "milligrams"
    MEASURED = "measured"
    """A number in one of the units that have entries of their own."""
    CLOCK_TIMES = "clock times"
    ROUTE = "route"
    COUNTRY = "country"
    WORDS = "words"
    """Conditions, symptoms or goals."""
    ITEMS = "items"
    """Medicines or products."""


class Within(Model):
    """A number lies here."""

    at_least: Annotated[float | None, Field(alias="from", strict=False)] = None
    at_most: Annotated[float | None, Field(alias="up to", strict=False)] = None
    below: Annotated[float | None, Field(strict=False)] = None
    or_unknown: Annotated[bool, Field(alias="or unknown")] = False

    def hold(self, value: float | None) -> bool:
        if value is None:
            return self.or_unknown
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )


KNOWN, UNKNOWN = "known", "unknown"
"""Answers that `only_if` may name besides those of the question."""


class Question(Model):
    """One thing that may be asked."""

    question: str
    why: str
    unit: str | None = None
    missing: Annotated[WhenMissed, Field(strict=False)]
    range: Annotated[tuple[float, float], Field(strict=False)] | None = None
    """What is accepted."""
    usual: Annotated[tuple[float, float], Field(strict=False)] | None = None
    """Outside of it a value is used on the safe side, but questioned."""
    untold: str | None = None
    """How the report names it when it was not told."""
    means: dict[str, bool | str] = Field(default_factory=dict[str, bool | str])
    """Condition -> the answer to this question that it implies."""
    asked: Annotated[Section, Field(strict=False)] | None = None
    """Where the questionnaire asks it."""
    answer: Annotated[AnswerForm, Field(strict=False)] | None = None
    options: dict[str, str | dict[str, str]] = Field(default_factory=dict[str, str | dict[str, str]])
    """Words -> the answer, or fields of the profile with their answers."""
    only_if: dict[str, Within | Annotated[tuple[bool | str, ...], Field(strict=False)]] = Field(
        default_factory=dict[str, Within | tuple[bool | str, ...]]
    )
    """Other question -> the answers to it under which this one is open."""


class UnknownDay(Model):
    """The day that is taken where a person does not tell it."""

    wake: Clock
    sleep: Clock
    meals_after_wake: Annotated[tuple[Minutes, ...], Field(strict=False)]


class Weight(Model):
    """What a plan loses by a wish that it does not grant."""

    missed: Annotated[int, Field(ge=0)]
    each_5_min: Annotated[int, Field(ge=0)]
    why: str


class Weights(Model):
    asleep: Weight
    preferred_gap: Weight
    page_gap: Weight
    moved_medicine: Weight
    moved_supplement: Weight
    page_wish: Weight
    meal: Weight
    uneven: Weight
    occasion: Weight


class Planning(Model):
    """How a day is planned."""

    unknown_day: UnknownDay
    least_spacing_percent: Annotated[int, Field(ge=0, le=100)]
    close: Minutes
    most_doses: int
    weights: Weights


class Headline(Model):
    complete: str
    incomplete: str


class SeparationWords(Model):
    sentence: str
    equal: str
    preferred: str
    preferred_equal: str
    kept: str
    broken: str
    unplanned: str


class CountedWords(Model):
    one: str
    many: str

    def of(self, count: float) -> str:
        return self.one if count == 1 else self.many.replace("{count}", f"{count:g}")


class Reasons(Model):
    unusual: str
    unusual_question: str
    planned: str
    planned_beside: str
    country: str
    product_route: str
    egfr: str
    other_list: str
    condition_read: str
    condition_no_page: str
    condition_implies: str
    condition_worse: str
    condition_taken: str
    condition_asked: str
    condition_denied: str
    condition_family: str


class ReadingWords(Model):
    """What is said of a line that was read."""

    is_it_taken: str
    two_amounts: str
    two_counts: str
    times_and_count: str
    route: str
    slots: str
    unknown_code: str
    not_understood: str


class PlanStatusWords(Model):
    not_made: str
    kept: str
    nothing: str
    suits: str
    filled: str
    blocked: str
    feasible: str
    others_short: str
    no_gap_helps: str
    impossible: str
    impossible_alone: str
    too_many: str
    not_solved: str


class PlanNotes(Model):
    moved: str
    day: str
    meals: str
    once: str
    unread: str
    route: str
    days_apart: str
    other_days: str
    planned: str
    no_safe_gap: str
    as_needed: str
    as_needed_times: str


class AsNeededWords(Model):
    hours: str
    span: str
    moment: str
    either: str
    never: str


class PlanWishWords(Model):
    stricter: str
    perhaps: str


class ConflictWords(Model):
    gap: str
    equal: str
    fixed: str
    doses: str
    awake: str


class ChangeWords(Model):
    move: str
    move_all: str
    form: str
    fewer: str
    skip: str
    skip_day: str


class TimesADay(Model):
    once: str
    twice: str
    many: str

    def of(self, count: int) -> str:
        return {1: self.once, 2: self.twice}.get(count, self.many.replace("{count}", str(count)))


class PlanWords(Model):
    """What the day plan says."""

    status: PlanStatusWords
    because: str
    because_room: str
    as_needed: AsNeededWords
    wish: PlanWishWords
    seldom: dict[str, str]
    notes: PlanNotes
    conflict: ConflictWords
    change: ChangeWords
    question: str
    times_a_day: TimesADay


class Bounds(Model):
    from_: Annotated[str, Field(alias="from")]
    above: str
    below: str
    up_to: str
    both: str


class ChangedWords(Model):
    """What the report says of single changes."""

    change: str
    change_partly: str
    answer: str
    hour: str
    hour_medicine: str
    times: str
    form: str
    form_medicine: str
    amount: str
    answers: dict[str, str]
    """Field, or its last part -> the answer as a condition."""
    values: dict[str, str]
    bounds: Bounds
    then: dict[str, Headline]
    none: str
    forms: tuple[str, ...]
    """Forms of magnesium that are tried and named, best known first."""

    model_config = Model.model_config | {"strict": False}


class Wording(Model):
    """Every sentence that the machine says of its own accord."""

    headlines: dict[str, Headline]
    separation: SeparationWords
    hour: CountedWords
    minute: CountedWords
    reasons: Reasons
    reading: ReadingWords
    plan: PlanWords
    what_would_change: ChangedWords
    which_one: str
    notice: str

    def duration(self, minutes: int) -> str:
        """ "2 hours", "30 minutes"."""
        return self.hour.of(minutes / 60) if minutes >= 60 else self.minute.of(minutes)

    def advice(self, window: Separate, status: Status, medicine: str, broken: Sequence[Gap]) -> str:
        """The sentences of one separation, its numbers taken from the page."""
        return " ".join(self._sentences(window, status, medicine, broken))

    def _sentences(self, window: Separate, status: Status, medicine: str, broken: Sequence[Gap]) -> list[str]:
        before, after = window.before or 0, window.after or 0
        said = [self._window(self.separation.sentence, self.separation.equal, before, after)]
        better = window.preferred
        if better and (better.before, better.after) != (before, after):
            form = self.separation.preferred, self.separation.preferred_equal
            said.append(self._window(*form, better.before, better.after))
        said.append(self._fit(status, broken))
        return [sentence.replace("{medicine}", medicine) for sentence in said]

    def _window(self, different: str, equal: str, before: int, after: int) -> str:
        form = equal if before == after else different
        return form.replace("{before}", self.duration(before)).replace("{after}", self.duration(after))

    def _fit(self, status: Status, broken: Sequence[Gap]) -> str:
        if status is Status.KEPT:
            return self.separation.kept
        if status is Status.UNPLANNED:
            return self.separation.unplanned
        worst = min(broken, key=lambda gap: (min(gap.before, gap.after), gap.medicine, gap.magnesium))
        with_medicine = self.separation.broken.replace("{medicine_time}", f"{{medicine}} at {worst.medicine}")
        together = (one.product for one in broken if one[:2] == worst[:2])
        products = " and ".join(dict.fromkeys(together))
        return with_medicine.replace("{product_time}", f"{products} at {worst.magnesium}")


def reason(template: str, **values: object) -> str:
    """A sentence with its blanks filled."""
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template
