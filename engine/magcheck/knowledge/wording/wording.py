"""The whole of rules/wording.yaml, and the sentences that are put together from several of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from magcheck.core.scales import Status
from magcheck.core.words import Words
from magcheck.knowledge.placeholders import Placeholders, fill
from magcheck.knowledge.wording.cards import CardWords
from magcheck.knowledge.wording.changes import ChangedWords
from magcheck.knowledge.wording.day import CalendarWords, DayWords
from magcheck.knowledge.wording.facts import FactWords
from magcheck.knowledge.wording.form import FormWords
from magcheck.knowledge.wording.handout import HandoutWords
from magcheck.knowledge.wording.headline import Headline
from magcheck.knowledge.wording.labels import Labels
from magcheck.knowledge.wording.pages import PagesWords
from magcheck.knowledge.wording.plan import PlanWords
from magcheck.knowledge.wording.questions import QuestionWords
from magcheck.knowledge.wording.reading import ReadingWords
from magcheck.knowledge.wording.reasons import DifferenceWords, ExplanationWords, Reasons
from magcheck.knowledge.wording.record import RecordWords
from magcheck.knowledge.wording.report import AmountWords, ReportWords
from magcheck.knowledge.wording.screen import ScreenWords
from magcheck.knowledge.wording.talk import TalkWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.core.time_of_day import Gap
    from magcheck.knowledge.rule import Separate


class SeparationWords(Words):
    sentence: Annotated[str, Placeholders("medicine", "before", "after")]
    equal: Annotated[str, Placeholders("medicine", "before")]
    preferred: Annotated[str, Placeholders("before", "after")]
    preferred_equal: Annotated[str, Placeholders("before")]
    kept: str
    broken: Annotated[str, Placeholders("medicine_time", "product_time")]
    at: Annotated[str, Placeholders("item", "time")]
    also: str
    """Between several products."""
    unplanned: str


class UnknownNameWords(Words):
    """What to do about names that are not known, until somebody has looked."""

    one: str
    many: Annotated[str, Placeholders("names")]


class AtMostWords(Words):
    """What stands before "take less": the limit, and what is taken."""

    limit: Annotated[str, Placeholders("limit")]
    you_take: AmountWords


class CountedWords(Words):
    one: str
    many: Annotated[str, Placeholders("count")]

    def of(self, count: float) -> str:
        return self.one if count == 1 else fill(self.many, count=f"{count:g}")


class Wording(Words):
    """Every sentence that the machine says of its own accord."""

    headlines: dict[str, Headline]
    separation: SeparationWords
    take_at_most: AtMostWords
    hour: CountedWords
    minute: CountedWords
    reasons: Reasons
    reading: ReadingWords
    which_one: str
    unknown_names: UnknownNameWords
    notice: str
    labels: Labels
    facts: FactWords
    questions: QuestionWords
    report: ReportWords
    screen: ScreenWords
    plan: PlanWords
    day: DayWords
    calendar: CalendarWords
    what_would_change: ChangedWords
    handout: HandoutWords
    explanation: ExplanationWords
    difference: DifferenceWords
    form: FormWords
    record: RecordWords
    cards: CardWords
    talk: TalkWords
    pages: PagesWords

    def duration(self, minutes: int) -> str:
        """ "2 hours", "30 minutes"."""
        return self.hour.of(minutes / 60) if minutes >= 60 else self.minute.of(minutes)

    def at_most(self, limit: float, low: float, high: float | None) -> str:
        """ "At most 350 mg of magnesium itself a day. You take 400 mg."; `high` is None where nobody knows it."""
        form, figures = self.take_at_most.you_take.of(low, high)
        return f"{fill(self.take_at_most.limit, limit=f'{limit:g}')} {fill(form, **figures)}"

    def advice(self, window: Separate, status: Status, medicine: str, broken: Sequence[Gap]) -> str:
        """The sentences of one separation, its numbers taken from the page."""
        before, after = window.before or 0, window.after or 0
        words, better = self.separation, window.preferred
        sentences = [self._window(words.sentence, words.equal, before, after, medicine)]
        if better and (better.before, better.after) != (before, after):
            form = words.preferred, words.preferred_equal
            sentences.append(self._window(*form, better.before, better.after, medicine))
        sentences.append(self._fit(status, broken, medicine))
        return " ".join(sentences)

    def _window(self, different: str, equal: str, before: int, after: int, medicine: str) -> str:
        form = equal if before == after else different
        return fill(form, before=self.duration(before), after=self.duration(after), medicine=medicine)

    def _fit(self, status: Status, broken: Sequence[Gap], medicine: str) -> str:
        """How the times stand to the window; of several broken gaps, the narrowest is named."""
        words = self.separation
        if status is Status.KEPT:
            return words.kept
        if status is Status.UNPLANNED:
            return words.unplanned
        worst = min(broken, key=lambda gap: (min(gap.before, gap.after), gap.medicine, gap.magnesium))
        together = (gap.product for gap in broken if gap[:2] == worst[:2])
        products = words.also.join(dict.fromkeys(together))
        return fill(
            words.broken,
            medicine_time=fill(words.at, item=medicine, time=worst.medicine),
            product_time=fill(words.at, item=products, time=worst.magnesium),
        )
