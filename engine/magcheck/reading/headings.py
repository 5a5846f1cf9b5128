"""Which words between two names head what follows? "Stopped: lisinopril", "8 pm - zinc", "BEDTIME" on a line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from magcheck.reading.parts import (
    BULLETS,
    DASHES,
    QUIET,
    BasisPart,
    Count,
    Duration,
    Mark,
    Name,
    Schedule,
    Strength,
    TakenPart,
    Way,
)
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.parts import Part
    from magcheck.reading.sentences import Line
    from magcheck.terminology.tokens import Token

_COLON, _STOP = ":", "."
_SIGNS = BULLETS | DASHES
_NONE, _COMMA, _SIGN, _SENTENCE, _PART, _LINE = range(6)
"""How strongly something parts what stands on its two sides: a comma or an "and" least, the end of a line most."""
_STRONG = {"\n": _LINE, ";": _PART, "!": _SENTENCE}


class Heading(NamedTuple):
    """Words between two names that may head the second."""

    start: int
    end: int
    name: int
    """The place of the name that follows."""
    sure: bool
    """False where they may as well be said of the name before."""


class Layout:
    """The parts of a line, and how strongly each of them parts the others."""

    def __init__(self, line: Line, parts: Sequence[Part], first: int, last: int) -> None:
        """`first`, `last`: the places of the outer names."""
        self._line, self._parts, self._first = line, parts, first
        self._parting = [_parting(part, line.tokens) for part in parts]
        self._lead = self._leads_between(-1, first, last, len(parts))

    def first_heading(self) -> Heading | None:
        """ "Three times daily: vitamin C, magnesium", "MORNING" on the first line."""
        colon = self._colon(0, self._first)
        end = self._behind_signs(0, self._before_amounts(0, self._first)) if colon is None else colon
        headed = colon is not None or self._is_apart(range(self._first))
        only = all(self._is_framed(place) for place in range(end))
        return Heading(0, end, self._first, sure=True) if headed and only and self._says(0, end) else None

    def heading_between(self, start: int, name: int) -> Heading | None:
        """The heading of what is named at `name`, in the parts from `start`, behind the name before it."""
        colon = self._colon(start, name)
        if colon is None:
            return self._apart(start, name)
        place = self._back(start, colon)
        bounded = place > start and self._parting[place - 1]
        return Heading(place, colon, name, sure=True) if bounded and self._says(place, colon) else None

    def spread(self, heading: Heading, between: range, draft: Sequence[Part]) -> list[Part] | None:
        """What the heading says of one more item, which has the parts `draft`; None where the list has ended.

        `between`: what stands before the name of that item and behind the one before it.
        """
        apart = max((self._parting[place] for place in between), default=_NONE)
        block = _LINE in self._parting[heading.end : heading.name]
        if apart in (_SENTENCE, _PART) and not block:
            return None
        told = [part for part in self._parts[heading.start : heading.end] if isinstance(part, Schedule | Count)]
        new = [part for part in told if not any(isinstance(own, type(part)) for own in draft)]
        return [_perhaps(part) for part in new] if apart > _SIGN and not block else list(new)

    def joins(self, place: int) -> bool:
        """The "and" of "8 am and 8 pm", the comma of "8 am, 8 pm"."""
        if self._parting[place] != _COMMA or not 0 < place < len(self._parts) - 1:
            return False
        return isinstance(self._parts[place - 1], Schedule) and isinstance(self._parts[place + 1], Schedule)

    def _apart(self, start: int, name: int) -> Heading | None:
        """Words with a sign on both of their sides, before which and behind which a name stands."""
        amounts = self._before_amounts(start, name)
        end = self._behind_signs(start, amounts)
        place = self._back(start, end)
        left = max(self._parting[self._behind_signs(start, place) : place], default=_NONE)
        signs = self._parting[end:amounts]
        right = _COMMA if _COMMA in signs and _LINE not in signs else max(signs, default=_NONE)
        if not self._says(place, end) or not right or left < max(right, _SIGN):
            return None
        of_a_line = left == _LINE > right or left == _PART > right > _COMMA
        led = right == _COMMA and any(isinstance(part, Schedule) for part in self._parts[: self._first])
        lead = self._leads_on_the_line_of(name)
        sure = lead is True or of_a_line or led
        aside = self._opens(place - 1) and lead is not True
        nearer = (right == _COMMA and left != _SENTENCE) or left == right == _PART
        behind = lead is False or nearer or self._is_order(place, end)
        return None if aside or (behind and not sure) else Heading(place, end, name, sure=sure)

    def _leads_on_the_line_of(self, name: int) -> bool | None:
        """As in the whole text, where this line of it says nothing of its own."""
        lines = [-1, *(place for place, weight in enumerate(self._parting) if weight == _LINE), len(self._parts)]
        start = max(place for place in lines if place < name)
        end = min(place for place in lines if place > name)
        names = [place for place in range(start + 1, end) if isinstance(self._parts[place], Name)]
        own = self._leads_between(start, names[0], names[-1], end) if names else None
        return self._lead if own is None else own

    def _leads_between(self, start: int, first: int, last: int, end: int) -> bool | None:
        """Do words apart stand before their names? None where nobody knows. `first`, `last`: the outer names."""
        before = self._is_apart(range(start + 1, first))
        behind = self._is_apart(range(end - 1, last, -1))
        return before if before != behind else None

    def _opens(self, place: int) -> bool:
        """ "magnesium glycinate 1000 mg (140 mg elemental), zinc": an aside about the name before."""
        part = self._parts[place]
        return isinstance(part, Mark) and part.kind == "open"

    def _is_order(self, start: int, end: int) -> bool:
        """ "levothyroxine. Take in the morning, metformin": it speaks of the name before."""
        phrases = (
            self._line.lexicon.longest(self._line.tokens, part.span.start) for part in self._parts[start:end]
        )
        first = next((phrase for phrase in phrases if phrase), None)
        return first is not None and first.sense(Tag.TAKE) is not None

    def _colon(self, start: int, name: int) -> int | None:
        """The colon behind which nothing but signs and amounts leads to the name."""
        for place in range(name - 1, start - 1, -1):
            part = self._parts[place]
            if isinstance(part, Mark) and part.text == _COLON:
                return place
            if not (_leads(part) or self._parting[place]):
                return None
        return None

    def _before_amounts(self, start: int, name: int) -> int:
        """ "8 pm - 1 tablet zinc": what leads to the name, if a sign stands before it."""
        place = name
        while place > start and _leads(self._parts[place - 1]):
            place -= 1
        return place if place > start and self._parting[place - 1] else name

    def _behind_signs(self, start: int, place: int) -> int:
        while place > start and (self._parting[place - 1] or _is_quiet(self._parts[place - 1])):
            place -= 1
        return place

    def _back(self, start: int, end: int) -> int:
        """Where what is said before `end` begins."""
        place = end
        while place > start and (self._is_own(place - 1) or self.joins(place - 1)):
            place -= 1
        return place

    def _is_own(self, place: int) -> bool:
        return _is_said(self._parts[place]) or (_is_quiet(self._parts[place]) and not self._parting[place])

    def _is_framed(self, place: int) -> bool:
        return self._is_own(place) or self._parting[place] > _NONE

    def _says(self, start: int, end: int) -> bool:
        return any(map(_is_said, self._parts[start:end]))

    def _is_apart(self, places: range) -> bool:
        """Is something said at an end of the line, and a sign between it and the name?"""
        said = False
        for place in places:
            if self._parting[place] >= _SIGN and said:
                return True
            if not self._is_framed(place):
                return False
            said = said or _is_said(self._parts[place])
        return False


def _parting(part: Part, tokens: Sequence[Token]) -> int:
    if not isinstance(part, Mark):
        return _NONE
    if part.text == _STOP:  # "1 tab. at night" is an abbreviation
        behind = tokens[part.span.end] if part.span.end < len(tokens) else None
        return _SENTENCE if behind and not behind.glued and not behind.text[0].islower() else _NONE
    if part.text in _STRONG:
        return _STRONG[part.text]
    if part.text in _SIGNS or part.kind in ("open", "close"):
        return _SIGN
    return _COMMA if part.kind in ("comma", "also") else _NONE


def _perhaps(part: Schedule | Count) -> Part:
    return replace(part, unclear=True) if isinstance(part, Schedule) else replace(part, doubtful=True)


def _is_said(part: Part) -> bool:
    return isinstance(part, TakenPart | Schedule | Way | Count | Strength | Duration)


def _is_quiet(part: Part) -> bool:
    return isinstance(part, BasisPart) or (isinstance(part, Mark) and part.kind in QUIET)


def _leads(part: Part) -> bool:
    """What may stand between a heading and the name."""
    return isinstance(part, Count | Strength) or _is_quiet(part)
