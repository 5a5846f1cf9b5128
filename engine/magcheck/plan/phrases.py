"""What every plan says in the same words, whether there is a day or not: gaps, hours, and notes about the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.inference.program import Outcome
from magcheck.knowledge.placeholders import fill as reason
from magcheck.report import PlanDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.findings.evaluation import Evaluation
    from magcheck.plan.posing import Posed
    from magcheck.plan.problem import Apart


class Phrases:
    """About the lines of one person."""

    def __init__(self, reading: Posed, evaluation: Evaluation) -> None:
        self.reading, self.task, self.hours = reading, reading.task, reading.task.hours
        self.lines = (*reading.task.lines, *reading.as_needed)
        self.answer, self.words, self.wording = evaluation, evaluation.book.wording.plan, evaluation.book.wording
        self.without_safe_gap = _without_safe_gap(evaluation)

    def day(self) -> PlanDay:
        clock = self.hours.clock
        return PlanDay(
            wake=clock(0), sleep=clock(self.hours.awake), meals=tuple(clock(meal) for meal in self.hours.meals)
        )

    def gap_said(self, gap: Apart) -> str:
        form = self.words.conflict.equal if gap.before == gap.after else self.words.conflict.gap
        first, second = self.lines[gap.first], self.lines[gap.second]
        before, after = self.wording.duration(gap.before), self.wording.duration(gap.after)
        return reason(form, first=first.name, second=second.name, before=before, after=after)

    def clocks(self, times: Iterable[int]) -> str:
        return ", ".join(self.hours.clock(time) for time in times)

    def listed(self, names: Sequence[str]) -> str:
        """ "a, b and c"."""
        *first, last = names
        form = self.wording.what_would_change.times
        return reason(form, first=", ".join(first), last=last) if first else last

    def needed_gaps_of(self, place: int) -> tuple[list[Apart], list[Apart]]:
        """Those that are never broken, and those that are kept where hours are left."""
        every = self.reading.needed_gaps, self.reading.needed_better
        hard, better = ([gap for gap in gaps if place in (gap.first, gap.second)] for gaps in every)
        return hard, better

    def notes(self) -> Iterator[str]:
        notes, clock = self.words.notes, self.hours.clock
        yield from (reason(notes.no_safe_gap, title=title) for title in self.without_safe_gap)
        if self.reading.only_thought_of:
            yield reason(notes.planned, item=self.reading.only_thought_of)
        if not self.hours.told:
            yield reason(notes.day, wake=clock(0), sleep=clock(self.hours.awake))
        if not self.hours.meals_told and self.hours.meals:
            yield reason(notes.meals, meals=", ".join(clock(meal) for meal in self.hours.meals))
        if self.reading.uncounted:
            yield reason(notes.once, items=", ".join(self.reading.uncounted))
        yield from self._notes_on_days()
        for name in self.reading.left_alone:
            yield reason(notes.route, item=name)
        for unread in self.answer.situation.unread:
            if unread.list in ("medications", "supplements"):
                yield reason(notes.unread, item=unread.input)

    def _notes_on_days(self) -> Iterator[str]:
        """On what is not taken every day."""
        notes = self.words.notes
        for line in self.task.lines:
            if line.often.value in self.words.seldom:
                yield reason(self.words.seldom[line.often.value], item=line.name)
        if self.reading.days_apart:
            names = (self.task.lines[place].name for place in self.reading.days_apart)
            yield reason(notes.days_apart, items=", ".join(names))
        for place, line in enumerate(self.reading.as_needed, start=len(self.task.lines)):
            if not any(self.needed_gaps_of(place)):
                yield reason(notes.as_needed, item=line.name)
            if line.told:
                yield reason(notes.as_needed_times, item=line.name)


def _without_safe_gap(evaluation: Evaluation) -> tuple[str, ...]:
    """Titles of the pages on which no number of hours helps."""
    pages = (
        rule for rule, _, _ in evaluation.holding(Outcome.FIRES) if rule.separate and rule.separate.no_safe_gap
    )
    return tuple(dict.fromkeys(rule.title.strip() for rule in pages))
