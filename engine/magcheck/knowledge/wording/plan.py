"""What the day plan says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders, fill

if TYPE_CHECKING:
    from collections.abc import Sequence


class PlanStatusWords(Words):
    not_made: str
    kept: str
    nothing: str
    left_out: Annotated[str, Placeholders("status")]
    nothing_known: str
    suits: str
    filled: str
    blocked: str
    feasible: str
    others_short: str
    no_gap_helps: str
    impossible: str
    impossible_alone: str
    too_many: Annotated[str, Placeholders("count")]
    not_solved: str

    def as_far_as_known(self, sentence: str, unread: Sequence[object]) -> str:
        """`sentence`, which promises hours, where something that is taken was not understood."""
        if not unread:
            return sentence
        known = self.nothing_known if sentence in (self.nothing, self.suits) else sentence
        return fill(self.left_out, status=known)


class PlanNotes(Words):
    moved: Annotated[str, Placeholders("item")]
    day: Annotated[str, Placeholders("wake", "sleep")]
    meals: Annotated[str, Placeholders("meals")]
    once: Annotated[str, Placeholders("items")]
    unread: Annotated[str, Placeholders("item")]
    route: Annotated[str, Placeholders("item")]
    days_apart: Annotated[str, Placeholders("items")]
    other_days: Annotated[str, Placeholders("items")]
    planned: Annotated[str, Placeholders("item")]
    no_safe_gap: Annotated[str, Placeholders("title")]
    as_needed: Annotated[str, Placeholders("item")]
    as_needed_times: Annotated[str, Placeholders("item")]


class AsNeededWords(Words):
    hours: Annotated[str, Placeholders("item", "hours")]
    span: Annotated[str, Placeholders("start", "end")]
    moment: Annotated[str, Placeholders("start")]
    either: str
    never: Annotated[str, Placeholders("item")]


class PlanWishWords(Words):
    stricter: Annotated[str, Placeholders("gap")]
    perhaps: Annotated[str, Placeholders("gap")]
    unknown_medicine: Annotated[str, Placeholders("items", "hours")]


class ConflictWords(Words):
    gap: Annotated[str, Placeholders("first", "second", "before", "after")]
    equal: Annotated[str, Placeholders("first", "second", "before")]
    fixed: Annotated[str, Placeholders("item", "times")]
    doses: Annotated[str, Placeholders("item", "count", "spacing")]
    awake: Annotated[str, Placeholders("wake", "sleep")]


class ChangeWords(Words):
    move: Annotated[str, Placeholders("item", "to", "from")]
    move_all: Annotated[str, Placeholders("items")]
    form: Annotated[str, Placeholders("kind")]
    fewer: Annotated[str, Placeholders("item", "count", "told")]
    skip: Annotated[str, Placeholders("item", "others")]
    skip_day: Annotated[str, Placeholders("item", "others")]


class CountWords(Words):
    once: str
    twice: str
    many: Annotated[str, Placeholders("count")]

    def of(self, count: int) -> str:
        return {1: self.once, 2: self.twice}.get(count, fill(self.many, count=count))


class PlanWords(Words):
    status: PlanStatusWords
    because: Annotated[str, Placeholders("other", "time")]
    because_room: str
    as_needed: AsNeededWords
    wish: PlanWishWords
    seldom: Annotated[dict[str, str], Placeholders("item")]
    """How often -> that only one day is shown."""
    notes: PlanNotes
    conflict: ConflictWords
    change: ChangeWords
    question: Annotated[str, Placeholders("item")]
    times_a_day: CountWords
