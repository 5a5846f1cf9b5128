"""Which number, range or stage stands at a place of a text? Looking ahead only; nothing is settled here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.condition_marks import ConditionMark
    from magcheck.terminology.condition_words import ConditionWords


_MOST_STAGES = 4
_ORDINAL = re.compile(r"([1-9]|[12]\d|3[01])(st|nd|rd|th)")
_DAY = re.compile(r"[1-9]|0[1-9]|[12]\d|3[01]")
_DAY_AND_MONTH = re.compile(rf"({_DAY.pattern})[.](0?[1-9]|1[0-2])")


class ConditionFigures:
    """The marks of a text, and what can be counted in them."""

    def __init__(self, marks: Sequence[ConditionMark], words: ConditionWords) -> None:
        self.marks = marks
        self._range = words.listed("range")
        self._albumin = words.listed("albumin")
        self._arrows, self._newer = words.listed("arrows"), words.listed("newer")
        self._words = words

    def figure(self, index: int) -> tuple[float, Says | None, int] | None:
        """(lower end, bound, end) of the number that follows."""
        bound: Says | None = None
        while index < len(self.marks):
            mark = self.marks[index]
            if mark.number is not None:
                low, end = self.range_from(index)
                return low, bound, end
            if mark.says in (Says.ABOVE, Says.BELOW):
                bound = mark.says
            elif mark.text not in "=:(~" and not (
                mark.can(Says.FILLER) or mark.can(Says.WHEN) or mark.can(Says.TAG) or mark.can(Says.MONTH)
            ):
                return None
            index += 1
        return None

    def range_from(self, index: int) -> tuple[float, int]:
        low = self.marks[index].number or 0.0
        if index + 2 < len(self.marks) and self.marks[index + 1].norm in self._range:
            second = self.marks[index + 2]
            if second.number is not None and not second.ends_a_date:
                return min(low, second.number), index + 3
        return low, index + 1

    def newer(self, index: int) -> int | None:
        """The place of the number behind "->" or "now"."""
        mark = self.marks[index]
        arrow = "".join(part.text for part in self.marks[index : index + 2]) in self._arrows
        if not arrow and mark.text not in self._arrows and mark.norm not in self._newer:
            return None
        place = index + 2 if arrow else index + 1
        return place if place < len(self.marks) and self.marks[place].number is not None else None

    def after_units(self, index: int) -> int:
        while index < len(self.marks) and (self.marks[index].can(Says.UNIT) or self.marks[index].text == ")"):
            index += 1
        return index

    def creatinine(self, index: int) -> tuple[str, int]:
        """(group that is asked, end) of the figure behind the word at `index`; "" without one."""
        value, bound, end = self.figure(index + 1) or (0.0, None, 0)
        usual = any(low <= value <= high for low, high in self._words.rule("creatinine")["usual"])
        group = "creatinine" if usual and bound is not Says.ABOVE else "creatinine high"
        return (group, self.after_units(end)) if end else ("", 0)

    def duration(self, index: int) -> tuple[float, int]:
        """(days, end) of "3 days"; the end is 0 where no time stands there."""
        mark = self.marks[index]
        if not (mark.number is not None or mark.can(Says.NUMBER)) or index + 1 >= len(self.marks):
            return 0, 0
        counted = mark.number is not None
        low, end = self.range_from(index) if counted else (float(mark.value_as(Says.NUMBER)), index + 1)
        if end >= len(self.marks) or not self.marks[end].can(Says.TIME):
            return 0, 0
        return low * self._words.days.get(self.marks[end].norm, 0), end + 1

    def skip_stage_words(self, index: int) -> tuple[bool, int]:
        start = index
        while index < len(self.marks) and (
            self.marks[index].can(Says.STAGE_WORD) or (index > start and self.marks[index].text in ":.#")
        ):
            index += 1
        dotted = index < len(self.marks) and self.marks[index].text == "." and index == start
        if dotted and index + 1 < len(self.marks) and self.marks[index + 1].can(Says.STAGE_WORD):
            return True, index + 2
        return index > start, index

    def stage_figures(self, index: int) -> tuple[list[str], int]:
        stages: list[str] = []
        while index < len(self.marks) and len(stages) < _MOST_STAGES and (stage := self.marks[index].stage):
            stages.append(stage)
            index += 1
            goes_on = index + 1 < len(self.marks) and self.marks[index].norm in self._range
            if not goes_on or not self.marks[index + 1].stage:
                break
            index += 1
        return stages, index

    def skip_albumin(self, index: int) -> int:
        degrees = self._albumin
        for start in (index, index + 1):
            if start < len(self.marks) and self.marks[start].norm in degrees:
                return start + 1
        return index

    def date(self, index: int) -> int | None:
        """The end of a year, alone or as the end of a date."""
        for place in (index, index + 2, index + 4):
            if place > index and not self._joins(place - 2):
                return None
            if place < len(self.marks) and self.marks[place].ends_a_date:
                return place + 1
        return None

    def day(self, index: int) -> int | None:
        """The end of "5 December", "Dec 5", "5th", "12/12": a day without its year."""
        mark = self.marks[index]
        if mark.can(Says.MONTH):
            return index + 2 if self._is_day(index + 1) else None
        if not self._is_day(index):
            return None
        after = index + 2 if self._text(index + 1) in (".", "of", "de") else index + 1
        if after < len(self.marks) and self.marks[after].can(Says.MONTH):
            return after + 1
        if self._text(index + 1) == "/" and self._is_day(index + 2):
            return index + 3
        alone = _ORDINAL.fullmatch(mark.norm) or _DAY_AND_MONTH.fullmatch(mark.text)
        return index + 1 if alone else None

    def _is_day(self, index: int) -> bool:
        text = self._text(index)
        return any(form.fullmatch(text) for form in (_ORDINAL, _DAY, _DAY_AND_MONTH))

    def _text(self, index: int) -> str:
        return self.marks[index].text.lower() if index < len(self.marks) else ""

    def _joins(self, place: int) -> bool:
        """The "12/" and "05/" of "12/05/2019"."""
        joint = self.marks[place + 1].text if place + 1 < len(self.marks) else None
        return joint is not None and self.marks[place].number is not None and joint in "/-."
