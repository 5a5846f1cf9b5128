"""When was it, or will it be? An operation that lies ahead, and a kidney value that may be too old."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.reading.condition_figures import ConditionFigures
from magcheck.reading.condition_findings import Assertion, WalkedText
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.reading.condition_findings import Mention
    from magcheck.reading.condition_marks import ConditionMark

_YEAR_OF_DAYS = 366
_OVER = (Says.DONE, Says.HISTORY, Says.LONG_AGO)


@dataclass
class Moments(WalkedText):
    """Looks at one text whose marks were all read once."""

    def __post_init__(self) -> None:
        self.figures = ConditionFigures(self.marks, self.words)
        self._this_year = int(self.words.shared.get("this year", 0))

    def settle(self) -> None:
        for finding in self.done.findings:
            if finding.standing is Assertion.DENIED and self._was_well(finding):
                finding.standing = Assertion.PRESENT
            if finding.standing not in (Assertion.PRESENT, Assertion.PAST):
                continue
            if finding.says is Says.PROCEDURE or self.words.is_operation(finding.value):
                self._operation(finding)
            elif finding.says is Says.KIDNEY_VALUE and finding.value_low is not None:
                finding.old = self._is_old(finding)
            elif finding.stages:
                finding.old = self._is_old_stage(finding)
            elif self._passes(finding):
                finding.before_now = self._is_before_now(finding)

    def _operation(self, finding: Mention) -> None:
        """ "in 2 weeks" lies ahead, "in 2015" does not, and of "in December" it is asked."""
        places = self._places_of(finding.clause)
        years = self._years(places)
        ahead = any(self._is_ahead(place) for place in places) or max(years, default=0) > self._this_year
        awaited = self._is_awaited(finding)
        over = finding.standing is Assertion.PAST or any(map(self._is_over, places))
        over |= any(year < self._this_year for year in years)
        named = finding.value == self.words.shared["operation"] or finding.says is Says.PROCEDURE
        if ahead or awaited:
            sure = not over and (named or ahead)
            finding.standing = Assertion.PLANNED if sure else Assertion.PERHAPS_PLANNED
        elif not over and (self._this_year in years or any(map(self._is_dated, places))):
            finding.standing = Assertion.PERHAPS_PLANNED

    def _places_of(self, number: int) -> list[int]:
        """The marks of a clause, and of those around it that name nothing of their own."""
        named = {finding.clause for finding in self.done.findings}
        first, last = number, number
        while first > 0 and first - 1 not in named:
            first -= 1
        while last + 1 < len(self.clauses) and last + 1 not in named:
            last += 1
        return list(range(self.clauses[first].start, self.end_of(last)))

    def _years(self, places: Sequence[int]) -> list[int]:
        dates = (self.marks[place] for place in places if self.marks[place].ends_a_date)
        return [int(mark.text.rpartition(".")[2]) for mark in dates]

    def _is_ahead(self, place: int) -> bool:
        """A word for it, or "in 2 weeks"; "over 2 weeks ago" is over."""
        mark = self.marks[place]
        if mark.can(Says.AHEAD):
            return True
        end = self._end_of_time(place + 1) if mark.can(Says.SOON) else None
        return end is not None and not (end < len(self.marks) and self._is_over(end))

    def _end_of_time(self, place: int) -> int | None:
        """ "2 weeks", "about a few weeks": a number, perhaps with others and "about" before it, and a time."""
        counted = False
        for index in range(place, len(self.marks)):
            mark = self.marks[index]
            if mark.can(Says.TIME) and counted:
                return index + 1
            number = mark.number is not None or mark.can(Says.NUMBER)
            if not number and not mark.can(Says.WHEN) and mark.norm not in self.words.listed("range"):
                return None
            counted |= number
        return None

    def _is_over(self, place: int) -> bool:
        return any(self.marks[place].can(says) for says in _OVER)

    def _is_dated(self, place: int) -> bool:
        return self.marks[place].can(Says.MONTH) or self.figures.day(place) is not None

    def _is_awaited(self, finding: Mention) -> bool:
        """ "having a hysterectomy", "waiting for a new hip": right before it."""
        worn = finding.value in self.words.listed("worn")
        for mark in reversed(self.marks[self.clauses[finding.clause].start : finding.place]):
            if mark.can(Says.AWAITED):
                return not (worn and mark.can(Says.FILLER))
            if not (mark.can(Says.NEUTRAL) or mark.can(Says.FILLER) or mark.can(Says.SITE)) or mark.can(Says.DONE):
                return False
        return False

    def _is_old(self, finding: Mention) -> bool:
        """A year that is past, "3 years ago", "previous": whether it holds today, nobody can tell."""
        places = self._places_of(finding.clause)
        if any(self._is_of_before(self.marks[place]) for place in places):
            return True
        if any(self._is_old_time(place) for place in places):
            return True
        return any(self._is_of_an_old_year(place, finding) for place in places)

    def _was_well(self, finding: Mention) -> bool:
        """ "kidneys fine (2019)": and today?"""
        said_to_be_well = finding.says is Says.ASKS and finding.denied_at is None
        return said_to_be_well and self._is_old(finding)

    def _is_old_stage(self, finding: Mention) -> bool:
        """ "CKD stage 3 in 2015" may be worse today; "CKD stage 3 since 2015" is of today."""
        places = self._places_of(finding.clause)
        if any(self.marks[place].norm in self.words.listed("since") for place in places):
            return False
        years = self._years(places)
        return any(self.marks[place].can(Says.LONG_AGO) for place in places) or any(
            year < self._this_year for year in years
        )

    def _passes(self, finding: Mention) -> bool:
        passing = self.words.rule("passing")
        if finding.says is Says.CODE:
            row = self.words.code(finding.value)
            return row is not None and any(key == "kidney.acute" or value in passing for key, value in row.means)
        return finding.says is Says.SYMPTOM or finding.value in passing

    def _is_before_now(self, finding: Mention) -> bool:
        """ "AKI 2015", "colonoscopy last year"; "AKI since 2015" is of today."""
        places = self._places_of(finding.clause)
        if any(self.marks[place].norm in self.words.listed("since") for place in places):
            return False
        dated = any(year <= self._this_year for year in self._years(places))
        behind = (self.marks[place] for place in self._joined_to(finding))
        return dated or any(mark.can(Says.LONG_AGO) or mark.can(Says.HISTORY) for mark in behind)

    def _joined_to(self, finding: Mention) -> Iterator[int]:
        """The marks behind a name in its sentence, up to the next name or heading."""
        named = {other.clause for other in self.done.findings}
        last = finding.clause
        while last + 1 < len(self.clauses) and last + 1 not in named and self.clauses[last + 1].joint is not None:
            last += 1
        marks = range(finding.place + 1, self.end_of(last))
        if not any(self.marks[place].text == ":" for place in marks[-1:]):
            yield from marks

    @staticmethod
    def _is_of_before(mark: ConditionMark) -> bool:
        """Italian "prima" is "before", and in Dutch it is "fine"."""
        return mark.can(Says.OLD_VALUE) and not mark.can(Says.GOOD)

    def _is_old_time(self, place: int) -> bool:
        mark = self.marks[place]
        if mark.can(Says.LONG_AGO):
            return True
        counted = mark.number is not None or mark.can(Says.NUMBER)
        return counted and self.figures.duration(place)[0] > _YEAR_OF_DAYS

    def _is_of_an_old_year(self, place: int, finding: Mention) -> bool:
        mark = self.marks[place]
        if not mark.ends_a_date or self._years([place])[0] >= self._this_year:
            return False
        return not any(self._owns(other, place) for other in self._others(finding))

    def _others(self, finding: Mention) -> Iterator[Mention]:
        return (other for other in self.done.findings if other.clause == finding.clause and other is not finding)

    def _owns(self, finding: Mention, place: int) -> bool:
        """ "CKD since 2015": the year belongs to another name."""
        between = self.marks[finding.place + 1 : place]
        return bool(between) and between[-1].norm in self.words.listed("since")
