"""In which hours is something free that is only taken when needed? Beside the times of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.time_of_day import DAY
from magcheck.knowledge.placeholders import fill
from magcheck.plan.free_time import free_around
from magcheck.plan.texts import PlanTexts
from magcheck.report import AsNeeded, Closed, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.plan.free_time import Zones
    from magcheck.plan.problem import DoseTimes, MinimumGap, Regimen


class AsNeededTexts(PlanTexts):
    """Tells closed hours around the doses of a day, and the free ones of what has no dose of its own."""

    def closed(self, gaps: Iterable[MinimumGap], times: DoseTimes) -> Iterator[Closed]:
        """Hours without `second` around every dose of `first`."""
        for gap in gaps:
            for time in times[gap.first]:
                yield self._closed_span(gap.second, gap.first, time, gap.after, gap.before)

    def _closed_span(self, item: int, around: int, time: int, earlier: int, later: int) -> Closed:
        clock = self.hours.clock
        return Closed(
            from_=clock(time - earlier),
            to=clock(time + later),
            item=self.regimens[item].subject,
            around=self.regimens[around].subject,
            at=clock(time),
        )

    def as_needed(self, times: DoseTimes) -> Iterator[AsNeeded]:
        """Those that some gap is about."""
        for index in range(len(self.problem.regimens), len(self.regimens)):
            hard, better = self.as_needed_gaps_of(index)
            if hard or better:
                yield self._when_needed(index, (*hard, *better), hard, times)

    def _when_needed(
        self, index: int, wanted: Sequence[MinimumGap], hard: Sequence[MinimumGap], times: DoseTimes
    ) -> AsNeeded:
        """Its hours: those that keep every gap that is wanted, or, where there are none, the hard ones."""
        regimen, scheduled = self.regimens[index], len(self.problem.regimens)
        gaps = wanted if self._free(index, wanted, times) else hard
        free = self._free(index, gaps, times)
        to_times = [gap for gap in gaps if min(gap.first, gap.second) < scheduled]
        between = [gap for gap in hard or wanted if gap.first == index and gap.second >= scheduled]
        sentences = [*self._hours_sentences(regimen, free, to_times), *map(self.gap_sentence, between)]
        return AsNeeded(
            item=regimen.subject,
            open=free,
            closed=tuple(self._closed_for(index, to_times, times)),
            said=" ".join(dict.fromkeys(sentences)),
        )

    def _hours_sentences(
        self, regimen: Regimen, free: Sequence[Span], gaps: Sequence[MinimumGap]
    ) -> Iterator[str]:
        if not free:
            yield fill(self.words.as_needed.never, item=regimen.name)
        elif gaps:
            hours = self.words.as_needed.either.join(self._span_words(span) for span in free)
            yield fill(self.words.as_needed.hours, item=regimen.name, hours=hours)

    def _span_words(self, span: Span) -> str:
        form = self.words.as_needed.moment if span.from_ == span.to else self.words.as_needed.span
        return fill(form, start=span.from_, end=span.to)

    def _free(self, index: int, gaps: Sequence[MinimumGap], times: DoseTimes) -> tuple[Span, ...]:
        """The hours of the waking day in which every gap is kept."""
        last = self.hours.awake if self.hours.are_given else DAY
        closed = (
            (time, gap.before, gap.after) if gap.first == index else (time, gap.after, gap.before)
            for gap in gaps
            for time in self._times_of(gap.second if gap.first == index else gap.first, times)
        )
        clock = self.hours.clock
        spans = _round_the_clock(free_around(closed, last))
        return tuple(Span(from_=clock(start), to=clock(end)) for start, end in spans)

    def _times_of(self, index: int, times: DoseTimes) -> Sequence[int]:
        """None of what is itself taken as needed."""
        return times[index] if index < len(times) else ()

    def _closed_for(self, index: int, gaps: Sequence[MinimumGap], times: DoseTimes) -> Iterator[Closed]:
        for gap in gaps:
            if gap.first == index:
                for time in times[gap.second]:
                    yield self._closed_span(index, gap.second, time, gap.before, gap.after)
            else:
                yield from self.closed([gap], times)


def _round_the_clock(zones: Zones) -> Zones:
    """What goes on after the last minute before waking is one stretch."""
    if len(zones) < 2 or zones[0][0] != 0 or zones[-1][1] != DAY - 1:
        return zones
    return *zones[1:-1], (zones[-1][0], zones[0][1])
