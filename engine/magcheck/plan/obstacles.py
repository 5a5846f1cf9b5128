"""How is it told that there is no day? What is in the way, what would help, and what to ask the prescriber."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill as reason
from magcheck.plan.phrases import Phrases
from magcheck.profile import Frequency
from magcheck.report import Change, ConflictPart, Plan, PlanStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.plan.conflict import Way
    from magcheck.plan.problem import Apart, Line
    from magcheck.plan.solver import HardRule


class Obstacles(Phrases):
    """Tells one person why there is no day."""

    def impossible(self, rules: Sequence[HardRule], ways: Iterable[Way]) -> Plan:
        status, changes = self.words.status, tuple(self._change(way) for way in ways)
        return Plan(
            status=PlanStatus.IMPOSSIBLE,
            said=status.impossible if changes else status.impossible_alone,
            conflict=tuple(self._part(rule) for rule in rules),
            changes=changes,
            questions=tuple(self._questions(rules)),
            notes=tuple(self.notes()),
            day=self.day(),
        )

    def _part(self, rule: HardRule) -> ConflictPart:
        kind, place = rule
        if kind == "gap":
            return self._gap_part(self.task.gaps[place])
        words, line = self.words.conflict, self.task.lines[place]
        if kind == "awake":
            clock = self.hours.clock
            said = reason(words.awake, wake=clock(0), sleep=clock(self.hours.awake))
            return ConflictPart(kind="awake", said=said, items=())
        if kind == "fixed":
            return ConflictPart(
                kind="fixed",
                said=reason(words.fixed, item=line.name, times=self.clocks(line.told)),
                items=(line.subject,),
            )
        spacing = line.least_spacing(self.hours, self.answer.book.planning.least_spacing_percent)
        count = self.words.times_a_day.of(line.count)
        said = reason(words.doses, item=line.name, count=count, spacing=self.wording.duration(spacing))
        return ConflictPart(kind="doses", said=said, items=(line.subject,))

    def _gap_part(self, gap: Apart) -> ConflictPart:
        items = self.lines[gap.first].subject, self.lines[gap.second].subject
        return ConflictPart(kind="gap", said=self.gap_said(gap), items=items)

    def _change(self, way: Way) -> Change:
        lines = [self.task.lines[place] for place in way.lines]
        name = self.listed([line.name for line in lines])
        return Change(
            kind=way.kind,
            said=self._change_said(way, lines, name),
            items=tuple(line.subject for line in lines),
            to=tuple(self.hours.clock(time) for time in way.times),
        )

    def _change_said(self, way: Way, lines: Sequence[Line], name: str) -> str:
        words, count = self.words.change, self.words.times_a_day.of
        match way.kind:
            case "move" if len(lines) > 1:
                return reason(words.move_all, items=name)
            case "move":
                told = lines[0].told
                old, new = (told, way.times) if way.dose < 0 else ([told[way.dose]], [way.times[way.dose]])
                return reason(words.move, item=name, to=self.clocks(new), **{"from": self.clocks(old)})
            case "form":
                return reason(words.form, kind=way.form)
            case "fewer":
                return reason(words.fewer, item=name, count=count(way.count), told=count(lines[0].count))
            case _:
                return self._skip_said(way, name)

    def _skip_said(self, way: Way, name: str) -> str:
        """As long as its counterparts are taken; on their day only, where they are not taken every day."""
        others = [self.task.lines[gap.first] for gap in self.task.gaps if gap.second in way.lines]
        names = self.listed(sorted({line.name for line in others}))
        seldom = all(line.often is not Frequency.DAILY for line in others)
        form = self.words.change.skip_day if seldom else self.words.change.skip
        return reason(form, item=name, others=names)

    def _questions(self, rules: Iterable[HardRule]) -> Iterator[str]:
        places = {place for kind, place in rules if kind in ("fixed", "doses")}
        for kind, place in rules:
            if kind == "gap":
                places |= {self.task.gaps[place].first, self.task.gaps[place].second}
        for place in sorted(places):
            if self.task.lines[place].prescribed:
                yield reason(self.words.question, item=self.task.lines[place].name)
