"""What does a heading speak of? A denial, a relative or the past before a colon leads what follows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.condition_findings import Assertion
from magcheck.reading.condition_surroundings import JOINTS
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.reading.condition_marks import ConditionMark

_COLONS = frozenset({":", "\uff1a"})
_DASHES = frozenset({"-", "\u2013", "\u2014", "|"})
_DENIALS = (Says.NO, Says.NO_AFTER, Says.NO_TROUBLE)
_RELATIVES = (Says.KIN, Says.FAMILY, Says.FAMILY_AFTER)
_LEADING = {
    **dict.fromkeys(_RELATIVES, Assertion.FAMILY),
    **dict.fromkeys(_DENIALS, Assertion.DENIED),
    Says.RESOLVED: Assertion.PAST,
    Says.PLANNED: Assertion.PLANNED,
}
_ONLY_PARTING = (Says.HISTORY, Says.LONG_AGO)
"""What follows is read as ever; what stands before is not meant."""
TAKES_AWAY = (Assertion.DENIED, Assertion.FAMILY, Assertion.PAST)


class Heading(NamedTuple):
    """The words that lead, how what follows stands, and whether they may be of what stands before instead."""

    standing: Assertion
    either_way: bool = False


class _Span(NamedTuple):
    start: int
    end: int


class Headings:
    """The headings among the marks of a text."""

    def __init__(self, marks: Sequence[ConditionMark], named: Sequence[bool], answers: frozenset[str]) -> None:
        """`named`: does the mark name anything? `answers`: words that alone may answer something else."""
        self._marks, self._named, self._answers = marks, named, answers
        self._labels: set[int] = set()
        self._parts: set[int] = set()
        self._words: dict[int, Heading] = {}
        self._carried_on: set[int] = set()
        self._under: set[int] = set()
        for end, mark in enumerate(marks):
            if mark.text in _COLONS:
                self._led_by_colon(end)
            elif mark.text in _DASHES:
                self._between_dashes(end)
        lines = list(self._lines())
        if len(lines) > 1:
            self._on_lines_of_their_own(lines)

    def parts(self, index: int) -> bool:
        """Does a heading begin here, so that nothing behind speaks of what stands before?"""
        return index in self._parts

    def labels(self, index: int) -> bool:
        """Do words begin here that head something else: "Ruled out: none | Current: CKD"?"""
        return index in self._labels

    def at(self, index: int) -> Heading | None:
        return self._words.get(index)

    def carries_on(self, index: int) -> bool:
        """Does the line that begins here belong to the heading above it?"""
        return index in self._carried_on

    def is_under(self, index: int) -> bool:
        """Is it farther below a heading? Whether that still speaks of it, nobody can tell."""
        return index in self._under

    def names_behind(self, index: int) -> bool:
        """Is anything named behind it, before the next heading?"""
        for place in range(index + 1, len(self._marks)):
            if self._named[place]:
                return True
            if place in self._parts:
                return False
        return False

    # --- where they stand

    def _led_by_colon(self, end: int) -> None:
        start = self._start(end)
        marks = self._marks[start:end]
        heads = any(mark.can(says) for mark in marks for says in (*_LEADING, *_ONLY_PARTING))
        if not heads and start < end:
            self._labels.add(start)
        if heads and not self._is_asked(start, end):
            self._parts.add(start)
            self._lead(_Span(start, end), self._standing(start, end))
            if any(place in self._words for place in range(start, end)):
                self._carry_on(end)

    def _carry_on(self, end: int) -> None:
        """The next line belongs to a colon behind which nothing stands on its own."""
        for place in range(end + 1, len(self._marks)):
            if self._marks[place].new_line:
                self._carry_to(place)
                return
            if self._marks[place].says is not Says.SIGN:
                return

    def _carry_to(self, start: int) -> None:
        """ "Current: asthma" on the next line has a heading of its own."""
        for place in range(start, len(self._marks)):
            if self._marks[place].text in _COLONS or (place > start and self._marks[place].new_line):
                break
            if self._named[place]:
                self._carried_on.add(start)
                return

    def _is_asked(self, start: int, colon: int) -> bool:
        """ "Surgery planned: no" is a question and its answer."""
        if not start or self._marks[start].new_line or not self._named[start - 1]:
            return False
        answer = self._marks[colon + 1 : colon + 3]
        if (
            not answer
            or answer[0].new_line
            or self._named[colon + 1]
            or answer[0].says in (Says.SIGN, Says.UNREAD)
        ):
            return False
        return len(answer) == 1 or answer[1].new_line or answer[1].says in (Says.SIGN, *JOINTS)

    def _between_dashes(self, dash: int) -> None:
        """ "CKD - mother - asthma": whose is it?"""
        start = self._start(dash)
        first = start in (dash, 0) or self._marks[start].new_line
        if first or self._marks[dash].new_line or self._marks[start - 1].text not in _DASHES:
            return
        if self._names(start - 1, -1) and self._names(dash, 1):
            self._parts.add(start)
            self._lead(_Span(start, dash), Assertion.DOUBTFUL, either_way=True)

    def _names(self, place: int, step: int) -> bool:
        """Is anything named on the line, on this side of `place`?"""
        while 0 <= place + step < len(self._marks):
            if self._marks[max(place, place + step)].new_line:
                return False
            place += step
            if self._named[place]:
                return True
        return False

    def _on_lines_of_their_own(self, lines: Sequence[_Span]) -> None:
        led = self._is_heading(lines[0])
        above = False
        for place, line in enumerate(lines):
            if self._is_heading(line):
                above = self._line(line, led=led)
                if place + 1 < len(lines):
                    self._carry_to(lines[place + 1].start)
            elif self._ends_a_list(line):
                above = False
            elif above and line.start not in self._carried_on:
                self._under.update(range(line.start, line.end))

    def _line(self, line: _Span, *, led: bool) -> bool:
        """Whether what stands below it may count no more."""
        colon = any(mark.text in _COLONS for mark in self._marks[line.start : line.end])
        if not colon:
            answers = any(mark.norm in self._answers for mark in self._marks[line.start : line.end])
            standing = self._standing(line.start, line.end) if led and not answers else Assertion.DOUBTFUL
            self._parts.add(line.start)
            self._lead(line, standing, either_way=not led)
        return any(
            self._words[place].standing in (*TAKES_AWAY, Assertion.DOUBTFUL)
            for place in range(line.start, line.end)
            if place in self._words
        )

    def _is_heading(self, line: _Span) -> bool:
        """Nothing but words that lead; "no" alone is an answer."""
        marks = self._marks[line.start : line.end]
        colon = any(mark.text in _COLONS for mark in marks)
        leads = any(_leads(mark) and (colon or not mark.can(Says.NOTHING)) for mark in marks)
        return leads and all(_leads(mark) or _says_nothing(mark) for mark in marks)

    def _ends_a_list(self, line: _Span) -> bool:
        """ "Current:", "Me: asthma"."""
        marks = self._marks[line.start : line.end]
        words = [mark for mark in marks if mark.says is not Says.SIGN]
        return marks[-1].text in _COLONS or any(mark.can(Says.OWN) for mark in words)

    # --- what they say

    def _lead(self, span: _Span, standing: Assertion, *, either_way: bool = False) -> None:
        for place in range(span.start, span.end):
            if _leads(self._marks[place]):
                self._words[place] = Heading(standing, either_way)

    def _standing(self, start: int, end: int) -> Assertion:
        marks = self._marks[start:end]
        found = [_of(mark) for mark in marks if _leads(mark)]
        unsure = any(
            mark.can(Says.POSSIBLE) or (mark.can(Says.NOTHING) and not mark.can(Says.NO)) for mark in marks
        )
        unsure |= Assertion.FAMILY in found and any(mark.can(Says.OWN) for mark in marks)
        doubled = len(found) > 1 and not (found.count(Assertion.DENIED) == 1 and Assertion.FAMILY in found)
        if unsure or doubled or self._differs(start, found):
            return Assertion.DOUBTFUL
        return found[0] if found else Assertion.PRESENT

    def _differs(self, start: int, found: Sequence[Assertion]) -> bool:
        """ "me and mother:" is no relative alone."""
        if not start or self._marks[start].new_line or self._marks[start - 1].says not in (Says.AND, Says.OR):
            return False
        before = self._marks[self._start(start - 1) : start - 1]
        return bool(before) and [_of(mark) for mark in before if _leads(mark)] != list(found)

    def _start(self, end: int) -> int:
        """Where the words begin that stand right before `end` on its line, with no name and no sign among them."""
        start = end
        while start and not self._marks[start].new_line and self._is_plain(start - 1):
            start -= 1
        return start

    def _is_plain(self, place: int) -> bool:
        mark = self._marks[place]
        return not self._named[place] and mark.says not in (Says.SIGN, *JOINTS) and mark.text != "?"

    def _lines(self) -> Iterator[_Span]:
        starts = [place for place, mark in enumerate(self._marks) if mark.new_line or not place]
        yield from (_Span(start, end) for start, end in pairwise([*starts, len(self._marks)]))


def _leads(mark: ConditionMark) -> bool:
    return any(mark.can(says) for says in _LEADING)


def _of(mark: ConditionMark) -> Assertion:
    return next(standing for says, standing in _LEADING.items() if mark.can(says))


def _says_nothing(mark: ConditionMark) -> bool:
    return mark.says in (Says.SIGN, Says.FILLER) or mark.can(Says.NEUTRAL) or mark.text in _COLONS
