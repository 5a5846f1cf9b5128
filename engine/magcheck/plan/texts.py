"""What every plan says in the same words, whether there is a day or not: gaps, hours, and notes about the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.inference.program import Outcome
from magcheck.knowledge.placeholders import fill
from magcheck.report import Plan, PlanDay, PlanStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.findings.evaluation import Evaluation
    from magcheck.plan.from_evaluation import PlanInput
    from magcheck.plan.problem import MinimumGap


class PlanTexts:
    """The sentences about one person's plan; every one of them comes from the rule book."""

    def __init__(self, given: PlanInput, evaluation: Evaluation) -> None:
        self.input, self.problem, self.hours = given, given.problem, given.problem.hours
        self.regimens = (*given.problem.regimens, *given.as_needed)
        self.evaluation, self.wording = evaluation, evaluation.book.wording
        self.words = self.wording.plan
        self.without_safe_gap = _without_safe_gap(evaluation)

    def nothing(self, sentence: str) -> Plan:
        return Plan(status=PlanStatus.NOT_NEEDED, said=sentence)

    def not_solved(self, sentence: str) -> Plan:
        return Plan(status=PlanStatus.NOT_SOLVED, said=sentence, notes=tuple(self.notes()), day=self.day())

    def day(self) -> PlanDay:
        clock = self.hours.clock
        return PlanDay(
            wake=clock(0), sleep=clock(self.hours.awake), meals=tuple(clock(meal) for meal in self.hours.meals)
        )

    def gap_sentence(self, gap: MinimumGap) -> str:
        sentence = self.words.conflict.equal if gap.before == gap.after else self.words.conflict.gap
        first, second = self.regimens[gap.first], self.regimens[gap.second]
        before, after = self.wording.duration(gap.before), self.wording.duration(gap.after)
        return fill(sentence, first=first.name, second=second.name, before=before, after=after)

    def clocks(self, times: Iterable[int]) -> str:
        return ", ".join(self.hours.clock(time) for time in times)

    def joined(self, names: Sequence[str]) -> str:
        """ "a, b and c"."""
        *first, last = names
        form = self.wording.what_would_change.times
        return fill(form, first=", ".join(first), last=last) if first else last

    def as_needed_gaps_of(self, index: int) -> tuple[list[MinimumGap], list[MinimumGap]]:
        """Those that are never broken, and those that are kept where hours are left."""
        hard = [gap for gap in self.input.as_needed_gaps if gap.is_about(index)]
        better = [gap for gap in self.input.as_needed_better_gaps if gap.is_about(index)]
        return hard, better

    def notes(self) -> Iterator[str]:
        """What the reader must know about the list and the day that were planned with."""
        notes = self.words.notes
        yield from (fill(notes.no_safe_gap, title=title) for title in self.without_safe_gap)
        if self.input.assumed_product:
            yield fill(notes.planned, item=self.input.assumed_product)
        yield from self._notes_on_hours()
        if self.input.uncounted:
            yield fill(notes.once, items=", ".join(self.input.uncounted))
        yield from self._notes_on_days()
        for name in self.input.left_alone:
            yield fill(notes.route, item=name)
        for unread in self.evaluation.situation.unread_items:
            yield fill(notes.unread, item=unread.input)

    def _notes_on_hours(self) -> Iterator[str]:
        notes, clock = self.words.notes, self.hours.clock
        if not self.hours.are_given:
            yield fill(notes.day, wake=clock(0), sleep=clock(self.hours.awake))
        if not self.hours.meals_are_given and self.hours.meals:
            yield fill(notes.meals, meals=", ".join(clock(meal) for meal in self.hours.meals))

    def _notes_on_days(self) -> Iterator[str]:
        """On what is not taken every day."""
        notes = self.words.notes
        for regimen in self.problem.regimens:
            if regimen.frequency.value in self.words.seldom:
                yield fill(self.words.seldom[regimen.frequency.value], item=regimen.name)
        if self.input.days_apart:
            names = (self.problem.regimens[index].name for index in self.input.days_apart)
            yield fill(notes.days_apart, items=", ".join(names))
        for index, regimen in enumerate(self.input.as_needed, start=len(self.problem.regimens)):
            if not any(self.as_needed_gaps_of(index)):
                yield fill(notes.as_needed, item=regimen.name)
            if regimen.given:
                yield fill(notes.as_needed_times, item=regimen.name)


def _without_safe_gap(evaluation: Evaluation) -> tuple[str, ...]:
    """Titles of the pages on which no number of hours helps."""
    rules = (
        rule for rule, _, _ in evaluation.holding(Outcome.FIRES) if rule.separate and rule.separate.no_safe_gap
    )
    return tuple(dict.fromkeys(rule.title.strip() for rule in rules))
