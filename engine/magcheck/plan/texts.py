"""How is a day told? Times in, the plan of the report out, with every sentence from the rule book."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY
from magcheck.knowledge.placeholders import fill as reason
from magcheck.plan.phrases import Phrases
from magcheck.plan.posing import spans
from magcheck.profile import Frequency
from magcheck.report import (
    AsNeeded,
    Closed,
    Moved,
    Plan,
    PlanEntry,
    PlanStatus,
    PlanWish,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.plan.posing import Zones
    from magcheck.plan.problem import Apart, Line, Times


class Teller(Phrases):
    """Tells one person's plan."""

    def nothing(self, said: str) -> Plan:
        return Plan(status=PlanStatus.NOT_NEEDED, said=said)

    def not_solved(self, said: str) -> Plan:
        return Plan(status=PlanStatus.NOT_SOLVED, said=said, notes=tuple(self.notes()), day=self.day())

    def unmoved(self, times: Times) -> Plan:
        """No given time has moved; what had none has got one where something asks for it."""
        words = self.words.status
        placed = {place for place, own in enumerate(times) if own and not self.task.lines[place].told}
        if self.task.touched() & placed or self.reading.needed_gaps or self.reading.needed_better:
            filled = placed and any(line.told for line in self.task.lines)
            return self._told(PlanStatus.FEASIBLE, words.filled if filled else words.feasible, times)
        nothing = words.no_gap_helps if self.without_safe_gap else words.suits if placed else words.nothing
        said = words.kept if self.task.gaps else nothing
        return self._told(PlanStatus.NOT_NEEDED, said, times)

    def feasible(self, times: Times) -> Plan:
        return self._told(PlanStatus.FEASIBLE, self.words.status.feasible, times)

    def _told(self, status: PlanStatus, said: str, times: Times) -> Plan:
        placed = [(line, own) for line, own in zip(self.task.lines, times, strict=True)]
        return Plan(
            status=status,
            said=self.words.status.others_short if self._is_too_short(times) else said,
            entries=tuple(self._entries(times)),
            moved=tuple(self._moved(times)),
            kept=tuple(line.subject for line, own in placed if line.told and line.told == own),
            anytime=tuple(line.subject for line, own in placed if not own),
            closed=tuple(self._closed(self.task.gaps, times)),
            as_needed=tuple(self._as_needed(times)),
            wishes=tuple(self._wishes(times)),
            notes=_once(self._asked_first(placed), self._other_days(placed), self.notes()),
            day=self.day(),
        )

    def _is_too_short(self, times: Times) -> bool:
        """Has a gap that is not about magnesium found no room? Then nobody says that every gap is kept."""
        return any(not _is_kept(gap, times) for gap in self.task.page_gaps)

    def _asked_first(self, placed: Iterable[tuple[Line, Sequence[int]]]) -> Iterator[str]:
        """A plan proposes; whether a medicine may move is not ours to say."""
        for line, own in placed:
            if line.prescribed and line.told and line.told != own:
                yield reason(self.words.notes.moved, item=line.name)

    def _other_days(self, placed: Iterable[tuple[Line, Sequence[int]]]) -> Iterator[str]:
        """What moved may stay on the days of what is taken every day, where that alone breaks nothing."""
        seldom = {place for place, line in enumerate(self.task.lines) if line.often is not Frequency.DAILY}
        asking = {place for gap in self.task.gaps for place in (gap.first, gap.second)} & seldom
        placed = tuple(placed)
        moved = any(line.told and line.told != own for line, own in placed)
        usual = tuple(line.told or tuple(own) for line, own in placed)
        if moved and asking and all(_is_kept(gap, usual) for gap in self.task.without_gaps_of(seldom).gaps):
            names = ", ".join(self.lines[place].name for place in sorted(asking))
            yield reason(self.words.notes.other_days, items=names)

    def _entries(self, times: Times) -> Iterator[PlanEntry]:
        occasions: defaultdict[tuple[int, Frequency], list[Line]] = defaultdict(list)
        for line, own in zip(self.task.lines, times, strict=True):
            for time in own:
                occasions[time, line.often].append(line)
        for (time, often), lines in sorted(occasions.items(), key=lambda one: (one[0][0], one[0][1].value)):
            yield PlanEntry(
                time=self.hours.clock(time),
                take=tuple(line.name for line in lines),
                often=often,
                items=tuple(line.subject for line in lines),
            )

    def _moved(self, times: Times) -> Iterator[Moved]:
        for place, line in enumerate(self.task.lines):
            for old, new in zip(line.told, times[place], strict=False):
                if old != new:
                    yield Moved(
                        item=line.subject,
                        from_=self.hours.clock(old),
                        to=self.hours.clock(new),
                        because=self._because(place, old),
                    )

    def _because(self, place: int, old: int) -> str:
        """The dose of something else that the old time was too close to."""
        for gap in self.task.gaps:
            other = gap.second if gap.first == place else gap.first
            for time in self.lines[other].told if place in (gap.first, gap.second) else ():
                first, second = (old, time) if gap.first == place else (time, old)
                if not gap.keeps(first, second):
                    return reason(self.words.because, other=self.lines[other].name, time=self.hours.clock(time))
        return self.words.because_room

    def _closed(self, gaps: Iterable[Apart], times: Times) -> Iterator[Closed]:
        """Hours without `second` around every dose of `first`."""
        for gap in gaps:
            for time in times[gap.first]:
                yield self._span(gap.second, gap.first, time, gap.after, gap.before)

    def _span(self, item: int, around: int, time: int, earlier: int, later: int) -> Closed:
        clock = self.hours.clock
        return Closed(
            from_=clock(time - earlier),
            to=clock(time + later),
            item=self.lines[item].subject,
            around=self.lines[around].subject,
            at=clock(time),
        )

    def _as_needed(self, times: Times) -> Iterator[AsNeeded]:
        last = len(self.task.lines)
        for place, line in enumerate(self.reading.as_needed, start=last):
            hard, better = self.needed_gaps_of(place)
            if hard or better:
                yield self._when_needed(place, line, (*hard, *better), hard, times)

    def _when_needed(
        self, place: int, line: Line, wanted: Sequence[Apart], hard: Sequence[Apart], times: Times
    ) -> AsNeeded:
        """Its hours: those that keep every gap that is wanted, or those that keep the hard ones."""
        last = len(self.task.lines)
        gaps = wanted if self._free(place, wanted, times) else hard
        to_times = [gap for gap in gaps if min(gap.first, gap.second) < last]
        free = self._free(place, gaps, times)
        between = [self.gap_said(gap) for gap in hard or wanted if gap.first == place and gap.second >= last]
        return AsNeeded(
            item=line.subject,
            open=free,
            closed=tuple(self._closed_for(place, to_times, times)),
            said=" ".join([*self._hours_said(line, free, to_times), *dict.fromkeys(between)]),
        )

    def _hours_said(self, line: Line, free: Sequence[Span], gaps: Sequence[Apart]) -> Iterator[str]:
        if not free:
            yield reason(self.words.as_needed.never, item=line.name)
        elif gaps:
            hours = [self._span_said(span) for span in free]
            yield reason(self.words.as_needed.hours, item=line.name, hours=self.words.as_needed.either.join(hours))

    def _span_said(self, span: Span) -> str:
        form = self.words.as_needed.moment if span.from_ == span.to else self.words.as_needed.span
        return reason(form, start=span.from_, end=span.to)

    def _free(self, place: int, gaps: Sequence[Apart], times: Times) -> tuple[Span, ...]:
        """The hours of the waking day in which every gap is kept."""
        is_free = [
            (time <= self.hours.awake or not self.hours.told)
            and all(
                gap.keeps(time, other) if gap.first == place else gap.keeps(other, time)
                for gap in gaps
                for other in self._times_of(gap.second if gap.first == place else gap.first, times)
            )
            for time in range(DAY)
        ]
        clock = self.hours.clock
        return tuple(Span(from_=clock(start), to=clock(end)) for start, end in _round_the_clock(spans(is_free)))

    def _times_of(self, place: int, times: Times) -> Sequence[int]:
        """None of what is itself taken as needed."""
        return times[place] if place < len(times) else ()

    def _closed_for(self, place: int, gaps: Sequence[Apart], times: Times) -> Iterator[Closed]:
        for gap in gaps:
            if gap.first == place:
                for time in times[gap.second]:
                    yield self._span(place, gap.second, time, gap.before, gap.after)
            else:
                yield from self._closed([gap], times)

    def _wishes(self, times: Times) -> Iterator[PlanWish]:
        """Each once: granted where every dose that it is about has what it asks for."""
        pages = self.answer.book.rules_by_id
        granted: defaultdict[tuple[str, str], bool] = defaultdict(lambda: True)
        for gap in self.task.better:
            granted[gap.rule, self._better_said(gap)] &= _is_kept(gap, times)
        for wish in self.task.wishes:
            granted[wish.rule, pages[wish.rule].title.strip()] &= all(
                wish.holds(time) for time in times[wish.line]
            )
        for gap in self.task.page_gaps:
            granted[gap.rule, pages[gap.rule].title.strip()] &= _is_kept(gap, times)
        for rule, said in sorted(granted):
            yield PlanWish(rule=rule, said=said, granted=granted[rule, said])

    def _better_said(self, gap: Apart) -> str:
        """The stricter gap of a page that holds, or one that an answer which is missing could ask for."""
        sure = any(
            (gap.first, gap.second, gap.rule) == (one.first, one.second, one.rule) for one in self.task.gaps
        )
        form = self.words.wish.stricter if sure else self.words.wish.perhaps
        return reason(form, gap=self.gap_said(gap))


def _once(*notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for some in notes for note in some))


def _round_the_clock(stretches: Zones) -> Zones:
    """What goes on after the last minute before waking is one stretch."""
    if len(stretches) < 2 or stretches[0][0] != 0 or stretches[-1][1] != DAY - 1:
        return stretches
    return *stretches[1:-1], (stretches[-1][0], stretches[0][1])


def _is_kept(gap: Apart, times: Times) -> bool:
    return all(gap.keeps(one, other) for one in times[gap.first] for other in times[gap.second])
