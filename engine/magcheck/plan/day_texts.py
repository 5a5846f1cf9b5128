"""How is a day told? Times in, the plan of the report out, with every sentence from the rule book."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.plan.as_needed_texts import AsNeededTexts
from magcheck.plan.wishes import UNKNOWN_MEDICINE, unknown_medicines
from magcheck.profile import Frequency
from magcheck.report import Moved, Plan, PlanEntry, PlanStatus, PlanWish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.plan.problem import DoseTimes, MinimumGap, Regimen


class DayTexts(AsNeededTexts):
    """Tells one person's day."""

    def unmoved(self, times: DoseTimes) -> Plan:
        """No given time has moved; what had none has got one where something asks for it."""
        words, regimens = self.words.status, self.problem.regimens
        placed = {index for index, own in enumerate(times) if own and not regimens[index].given}
        if self.problem.with_gaps() & placed or self.input.as_needed_gaps or self.input.as_needed_better_gaps:
            filled = placed and any(regimen.given for regimen in regimens)
            return self._plan(PlanStatus.FEASIBLE, words.filled if filled else words.feasible, times)
        nothing = words.no_gap_helps if self.without_safe_gap else words.suits if placed else words.nothing
        sentence = words.kept if self.problem.gaps else nothing
        return self._plan(PlanStatus.NOT_NEEDED, sentence, times)

    def as_told(self, gaps: Sequence[MinimumGap], plan: Plan) -> Plan:
        """`plan` with the told times, and the hours that `gaps` close around them on both sides."""
        times = self.problem.given_times
        both_sides = (*gaps, *(gap.from_the_other_side() for gap in gaps))
        closed = tuple(dict.fromkeys(self.closed(both_sides, times)))
        return plan.model_copy(update={"entries": tuple(self.entries(times)), "closed": closed})

    def feasible(self, times: DoseTimes) -> Plan:
        return self._plan(PlanStatus.FEASIBLE, self.words.status.feasible, times)

    def _plan(self, status: PlanStatus, sentence: str, times: DoseTimes) -> Plan:
        placed = list(zip(self.problem.regimens, times, strict=True))
        promised = self.words.status.others_short if self._is_too_short(times) else sentence
        return Plan(
            status=status,
            said=self.words.status.as_far_as_known(promised, self.evaluation.situation.unread_items),
            entries=tuple(self.entries(times)),
            moved=tuple(self._moved(times)),
            kept=tuple(regimen.subject for regimen, own in placed if regimen.given and regimen.given == own),
            anytime=tuple(regimen.subject for regimen, own in placed if not own),
            closed=tuple(self.closed(self.problem.gaps, times)),
            as_needed=tuple(self.as_needed(times)),
            wishes=tuple(self._wishes(times)),
            notes=_once(self._asked_first(placed), self._other_days(placed), self.notes()),
            day=self.day(),
        )

    def _is_too_short(self, times: DoseTimes) -> bool:
        """Has a gap that is not about magnesium found no room? Then nobody says that every gap is kept."""
        return any(not gap.is_kept(times) for gap in self.problem.page_gaps)

    def _asked_first(self, placed: Iterable[tuple[Regimen, Sequence[int]]]) -> Iterator[str]:
        """A plan proposes; whether a medicine may move is not ours to say."""
        for regimen, own in placed:
            if regimen.prescribed and regimen.given and regimen.given != own:
                yield fill(self.words.notes.moved, item=regimen.name)

    def _other_days(self, placed: Sequence[tuple[Regimen, tuple[int, ...]]]) -> Iterator[str]:
        """What moved may stay on the days of what is taken every day, where that alone breaks nothing."""
        regimens = self.problem.regimens
        seldom = {index for index, it in enumerate(regimens) if it.frequency is not Frequency.DAILY}
        asking = {index for gap in self.problem.gaps for index in (gap.first, gap.second)} & seldom
        has_moved = any(regimen.given and regimen.given != own for regimen, own in placed)
        usual = tuple(regimen.given or own for regimen, own in placed)
        if has_moved and asking and all(gap.is_kept(usual) for gap in self.problem.without_gaps_of(seldom).gaps):
            names = ", ".join(self.regimens[index].name for index in sorted(asking))
            yield fill(self.words.notes.other_days, items=names)

    def entries(self, times: DoseTimes) -> Iterator[PlanEntry]:
        """What is taken at the same time and equally often is one entry."""
        occasions: defaultdict[tuple[int, Frequency], list[Regimen]] = defaultdict(list)
        for regimen, own in zip(self.problem.regimens, times, strict=True):
            for time in own:
                occasions[time, regimen.frequency].append(regimen)
        in_order = sorted(occasions.items(), key=lambda occasion: (occasion[0][0], occasion[0][1].value))
        for (time, frequency), regimens in in_order:
            yield PlanEntry(
                time=self.hours.clock(time),
                take=tuple(regimen.name for regimen in regimens),
                often=frequency,
                items=tuple(regimen.subject for regimen in regimens),
            )

    def _moved(self, times: DoseTimes) -> Iterator[Moved]:
        for index, regimen in enumerate(self.problem.regimens):
            for old, new in zip(regimen.given, times[index], strict=False):
                if old != new:
                    yield Moved(
                        item=regimen.subject,
                        from_=self.hours.clock(old),
                        to=self.hours.clock(new),
                        because=self._because(index, old),
                    )

    def _because(self, index: int, old: int) -> str:
        """The dose of something else that the old time was too close to."""
        for gap in self.problem.gaps:
            if not gap.is_about(index):
                continue
            other = self.regimens[gap.second if gap.first == index else gap.first]
            for time in other.given:
                if not gap.keeps(*((old, time) if gap.first == index else (time, old))):
                    return fill(self.words.because, other=other.name, time=self.hours.clock(time))
        return self.words.because_room

    def _wishes(self, times: DoseTimes) -> Iterator[PlanWish]:
        """Each once: granted where every dose that it is about has what it asks for."""
        rules = self.evaluation.book.rules_by_id
        granted: defaultdict[tuple[str, str], bool] = defaultdict(lambda: True)
        for gap in self.problem.better_gaps:
            granted[gap.rule, self._better_sentence(gap)] &= gap.is_kept(times)
        for wish in self.problem.wishes:
            held = all(wish.holds(time) for time in times[wish.regimen])
            granted[wish.rule, self._wish_sentence(wish.rule)] &= held
        for gap in self.problem.page_gaps:
            granted[gap.rule, rules[gap.rule].title.strip()] &= gap.is_kept(times)
        for rule, sentence in sorted(granted):
            yield PlanWish(rule=rule, said=sentence, granted=granted[rule, sentence])

    def _wish_sentence(self, rule: str) -> str:
        if rule != UNKNOWN_MEDICINE:
            return self.evaluation.book.rules_by_id[rule].title.strip()
        names = [unread.input for unread in unknown_medicines(self.evaluation)]
        away = self.wording.duration(self.evaluation.book.planning.unknown_medicine)
        return fill(self.words.wish.unknown_medicine, items=self.joined(names), hours=away)

    def _better_sentence(self, gap: MinimumGap) -> str:
        """The stricter gap of a page that holds, or one that an answer which is missing could ask for."""
        pair = gap.first, gap.second, gap.rule
        is_sure = any(pair == (sure.first, sure.second, sure.rule) for sure in self.problem.gaps)
        sentence = self.words.wish.stricter if is_sure else self.words.wish.perhaps
        return fill(sentence, gap=self.gap_sentence(gap))


def _once(*notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for some in notes for note in some))
