"""How is it told that there is no day? What is in the way, what would help, and what to ask the prescriber."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.plan.texts import PlanTexts
from magcheck.profile import Frequency
from magcheck.report import Change, ConflictPart, Plan, PlanStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.plan.problem import MinimumGap, Regimen
    from magcheck.plan.repairs import Repair
    from magcheck.plan.solver import Constraint


class ConflictTexts(PlanTexts):
    """Tells one person why there is no day."""

    def impossible(self, constraints: Sequence[Constraint], repairs: Iterable[Repair]) -> Plan:
        status, changes = self.words.status, tuple(self._change(repair) for repair in repairs)
        return Plan(
            status=PlanStatus.IMPOSSIBLE,
            said=status.impossible if changes else status.impossible_alone,
            conflict=tuple(self._part(constraint) for constraint in constraints),
            changes=changes,
            questions=tuple(self._questions(constraints)),
            notes=tuple(self.notes()),
            day=self.day(),
        )

    def _part(self, constraint: Constraint) -> ConflictPart:
        kind, index = constraint
        match kind:
            case "gap":
                return self._gap_part(self.problem.gaps[index])
            case "awake":
                return self._awake_part()
            case "fixed":
                return self._fixed_part(self.problem.regimens[index])
            case _:
                return self._doses_part(self.problem.regimens[index])

    def _gap_part(self, gap: MinimumGap) -> ConflictPart:
        items = self.regimens[gap.first].subject, self.regimens[gap.second].subject
        return ConflictPart(kind="gap", said=self.gap_sentence(gap), items=items)

    def _awake_part(self) -> ConflictPart:
        wake, sleep = self.hours.clock(0), self.hours.clock(self.hours.awake)
        sentence = fill(self.words.conflict.awake, wake=wake, sleep=sleep)
        return ConflictPart(kind="awake", said=sentence, items=())

    def _fixed_part(self, regimen: Regimen) -> ConflictPart:
        sentence = fill(self.words.conflict.fixed, item=regimen.name, times=self.clocks(regimen.given))
        return ConflictPart(kind="fixed", said=sentence, items=(regimen.subject,))

    def _doses_part(self, regimen: Regimen) -> ConflictPart:
        spacing = regimen.least_spacing(self.hours, self.evaluation.book.planning.least_spacing_percent)
        sentence = fill(
            self.words.conflict.doses,
            item=regimen.name,
            count=self.words.times_a_day.of(regimen.count),
            spacing=self.wording.duration(spacing),
        )
        return ConflictPart(kind="doses", said=sentence, items=(regimen.subject,))

    def _change(self, repair: Repair) -> Change:
        regimens = [self.problem.regimens[index] for index in repair.regimens]
        return Change(
            kind=repair.kind,
            said=self._change_sentence(repair, regimens),
            items=tuple(regimen.subject for regimen in regimens),
            to=tuple(self.hours.clock(time) for time in repair.times),
        )

    def _change_sentence(self, repair: Repair, regimens: Sequence[Regimen]) -> str:
        words, times_a_day = self.words.change, self.words.times_a_day.of
        name = self.joined([regimen.name for regimen in regimens])
        match repair.kind:
            case "move" if len(regimens) > 1:
                return fill(words.move_all, items=name)
            case "move":
                old, new = _moved_times(repair, regimens[0])
                return fill(words.move, item=name, to=self.clocks(new), **{"from": self.clocks(old)})
            case "form":
                return fill(words.form, kind=repair.form)
            case "fewer":
                count, told = times_a_day(repair.count), times_a_day(regimens[0].count)
                return fill(words.fewer, item=name, count=count, told=told)
            case _:
                return self._skip_sentence(repair, name)

    def _skip_sentence(self, repair: Repair, name: str) -> str:
        """As long as its counterparts are taken; on their day only, where they are not taken every day."""
        others = [self.problem.regimens[gap.first] for gap in self.problem.gaps if gap.second in repair.regimens]
        names = self.joined(sorted({regimen.name for regimen in others}))
        seldom = all(regimen.frequency is not Frequency.DAILY for regimen in others)
        sentence = self.words.change.skip_day if seldom else self.words.change.skip
        return fill(sentence, item=name, others=names)

    def _questions(self, constraints: Iterable[Constraint]) -> Iterator[str]:
        """For the prescriber: about every prescribed thing that the conflict is about."""
        concerned: set[int] = set()
        for kind, index in constraints:
            if kind == "gap":
                concerned |= {self.problem.gaps[index].first, self.problem.gaps[index].second}
            elif kind in ("fixed", "doses"):
                concerned.add(index)
        for index in sorted(concerned):
            if self.problem.regimens[index].prescribed:
                yield fill(self.words.question, item=self.problem.regimens[index].name)


def _moved_times(repair: Repair, regimen: Regimen) -> tuple[Sequence[int], Sequence[int]]:
    """The old and the new times of the one dose that moves, or of all."""
    if repair.dose < 0:
        return regimen.given, repair.times
    return [regimen.given[repair.dose]], [repair.times[repair.dose]]
