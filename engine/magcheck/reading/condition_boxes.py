"""Which box is empty? "[ ] CKD" and "CKD: -" say neither yes nor no: it counts until it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.condition_findings import WalkedText
from magcheck.terminology.condition_words import Says

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.reading.condition_findings import Mention

_LONGEST = 3
"""Signs of a box: "[_]"."""
_ANSWERED_BEHIND = (":", "=")
_ENDS = (Says.COMMA, Says.OR)


class Boxes(WalkedText):
    """Looks at one text whose marks were all read once."""

    def doubt(self) -> None:
        for start, end in self._empty():
            for finding in self._beside(start, end):
                finding.doubt()
        for place in filter(self._is_left_open, range(len(self.marks))):
            for finding in self._nearest(self._line_before(place)):
                finding.doubt()

    def _empty(self) -> Iterator[tuple[int, int]]:
        boxes = self.words.listed("empty boxes")
        for start in range(len(self.marks)):
            for end in range(start + 1, min(start + _LONGEST, len(self.marks)) + 1):
                if "".join(mark.text for mark in self.marks[start:end]) in boxes:
                    yield start, end

    def _is_left_open(self, place: int) -> bool:
        """The dash of "CKD: -"."""
        mark = self.marks[place]
        behind_colon = place > 0 and not mark.new_line and self.marks[place - 1].text in _ANSWERED_BEHIND
        if not behind_colon or mark.text not in self.words.listed("left open"):
            return False
        after = self.marks[place + 1] if place + 1 < len(self.marks) else None
        return after is None or after.new_line or after.says in _ENDS

    def _beside(self, start: int, end: int) -> Iterator[Mention]:
        """The names on its line that stand next to it on either side; whose box it is, nobody can tell."""
        yield from self._nearest(self._line_before(start))
        yield from self._nearest(reversed(self._line_behind(end)))

    def _nearest(self, places: Iterable[int]) -> list[Mention]:
        """The last of `places` at which anything is named."""
        named = {finding.place: finding for finding in self.done.findings}
        return [named[place] for place in places if place in named][-1:]

    def _line_before(self, start: int) -> range:
        first = start
        while first and not self.marks[first].new_line:
            first -= 1
        return range(first, start)

    def _line_behind(self, end: int) -> range:
        last = end
        while last < len(self.marks) and not self.marks[last].new_line:
            last += 1
        return range(end, last)
