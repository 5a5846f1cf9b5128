"""Which number, range or stage stands at a place of a text? Looking ahead only; nothing is settled here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_marks import ConditionMark
    from magcheck.terminology.condition_words import ConditionWords


_MOST_STAGES = 4


class ConditionFigures:
    """The marks of a text, and what can be counted in them."""

    def __init__(self, marks: Sequence[ConditionMark], words: ConditionWords) -> None:
        self.marks = marks
        self._range = words.listed("range")
        self._albumin = words.listed("albumin")

    def figure(self, place: int) -> tuple[float, Says | None, int] | None:
        """(lower end, bound, end) of the number that follows."""
        bound: Says | None = None
        while place < len(self.marks):
            mark = self.marks[place]
            if mark.number is not None:
                low, end = self.range_from(place)
                return low, bound, end
            if mark.says in (Says.ABOVE, Says.BELOW):
                bound = mark.says
            elif mark.text not in "=:(~" and not (
                mark.can(Says.FILLER) or mark.can(Says.WHEN) or mark.can(Says.TAG)
            ):
                return None
            place += 1
        return None

    def range_from(self, place: int) -> tuple[float, int]:
        low = self.marks[place].number or 0.0
        if place + 2 < len(self.marks) and self.marks[place + 1].norm in self._range:
            second = self.marks[place + 2]
            if second.number is not None and not second.ends_a_date:
                return min(low, second.number), place + 3
        return low, place + 1

    def after_units(self, place: int) -> int:
        while place < len(self.marks) and (self.marks[place].can(Says.UNIT) or self.marks[place].text == ")"):
            place += 1
        return place

    def skip_stage_words(self, place: int) -> tuple[bool, int]:
        start = place
        while place < len(self.marks) and (
            self.marks[place].can(Says.STAGE_WORD) or (place > start and self.marks[place].text in ":.#")
        ):
            place += 1
        dotted = place < len(self.marks) and self.marks[place].text == "." and place == start
        if dotted and place + 1 < len(self.marks) and self.marks[place + 1].can(Says.STAGE_WORD):
            return True, place + 2
        return place > start, place

    def stage_figures(self, place: int) -> tuple[list[str], int]:
        stages: list[str] = []
        while place < len(self.marks) and len(stages) < _MOST_STAGES and (stage := self.marks[place].stage):
            stages.append(stage)
            place += 1
            goes_on = place + 1 < len(self.marks) and self.marks[place].norm in self._range
            if not goes_on or not self.marks[place + 1].stage:
                break
            place += 1
        return stages, place

    def skip_albumin(self, place: int) -> int:
        degrees = self._albumin
        for start in (place, place + 1):
            if start < len(self.marks) and self.marks[start].norm in degrees:
                return start + 1
        return place

    def date(self, place: int) -> int | None:
        """The end of a year, alone or as the end of a date."""
        for end in (place + 1, place + 3, place + 5):
            span = self.marks[place:end]
            figures, joints = span[::2], span[1::2]
            whole = len(span) == end - place and span[-1].ends_a_date
            if (
                whole
                and all(mark.number is not None for mark in figures[:-1])
                and all(mark.text in "/-." for mark in joints)
            ):
                return end
        return None
