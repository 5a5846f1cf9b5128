"""Which words of an item must its name keep? Those that no field can hold, so that it is read again as it was."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from magcheck.reading.grammar.sentence import as_written
from magcheck.reading.parts import BasisPart, Mark, Name, NotRead, Schedule, TakenPart, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.reading.amounts import Amount
    from magcheck.reading.parts import MarkKind, Part
    from magcheck.reading.timing import Timing
    from magcheck.terminology.tokens import Token

DOUBT = "?"
"""The sign behind an item of which only the person can say whether it is taken."""
_HOLDING: frozenset[MarkKind] = frozenset({"comma", "also", "open", "close", "as", "salt", "form"})
_SEPARATING: frozenset[MarkKind] = frozenset({"comma", "also"})
_LASTING = (Name, NotRead, Way, BasisPart)


def kept_words(
    parts: Sequence[Part], tokens: Sequence[Token], amount: Amount, timing: Timing, *, taken: bool | None
) -> str:
    """The words of these parts as written, without what is told by amount and timing."""
    unclear = amount.open or timing.open
    kept = [
        part
        for place, part in enumerate(parts)
        if _is_kept(part, amount, timing, taken=taken, unclear=unclear) or _is_within_a_name(parts, place)
    ]
    told = _without_hanging(_without_emptied(kept, parts) if amount.open else kept, parts)
    words = _written(_framed(told), tokens)
    return f"{words} {DOUBT}" if taken is None else words


def _is_kept(part: Part, amount: Amount, timing: Timing, *, taken: bool | None, unclear: bool) -> bool:
    if isinstance(part, TakenPart):
        return taken is False or (taken is True and timing.open)
    if isinstance(part, Schedule):
        return timing.open or (amount.open and (bool(part.doses) or part.each is not None))
    return unclear or isinstance(part, _LASTING) or (isinstance(part, Mark) and part.kind in _HOLDING)


def _is_within_a_name(parts: Sequence[Part], place: int) -> bool:
    """The "de" of "d'oxyde de magnésium"."""
    around = (*parts[max(place - 1, 0) : place], *parts[place + 1 : place + 2])
    return len(around) == 2 and all(isinstance(part, Name) for part in around) and isinstance(parts[place], Mark)


def _without_emptied(kept: Sequence[Part], parts: Sequence[Part]) -> Sequence[Part]:
    """Without brackets that held a schedule: without it "200 mg (100 mg magnesium)" would be settled."""
    held = set(map(id, kept))
    emptied = {
        id(parts[place])
        for opening, closing in _pairs(parts)
        if any(isinstance(part, Schedule) and id(part) not in held for part in parts[opening:closing])
        for place in (opening, closing)
    }
    return [part for part in kept if id(part) not in emptied]


def _without_hanging(kept: Sequence[Part], parts: Sequence[Part]) -> Sequence[Part]:
    """Without the separators behind which what followed is not kept: "Cipro, paused, again" is one item."""
    held = set(map(id, kept))
    hanging = {id(part) for part, behind in pairwise(parts) if _is_separator(part) and id(behind) not in held}
    return [part for part in kept if id(part) not in hanging]


def _written(parts: Sequence[Part], tokens: Sequence[Token]) -> str:
    """As written; a salt whose magnesium stands in another item is named whole: "no oxide"."""
    first_name = next((part for part in parts if isinstance(part, Name)), None)
    text, end = "", 0
    for part in parts:
        first = tokens[part.span.start]
        joined = first.glued and part.span.start == end
        start, stop = part.span
        words = as_written(tokens[start:stop])
        if first_name is not None and part is first_name and len(first_name.text.split()) > stop - start:
            words = first_name.text
        text += words if joined or not text else f" {words}"
        end = part.span.end
    return text


def _framed(parts: Sequence[Part]) -> Sequence[Part]:
    """Without separators at both ends, and without brackets that stand alone or hold nothing."""
    paired = _paired(parts)
    kept = [part for place, part in enumerate(parts) if _bracket(part) is None or place in paired]
    while kept and _is_separator(kept[0]):
        kept = kept[1:]
    while kept and _is_separator(kept[-1]):
        kept = kept[:-1]
    return kept


def _paired(parts: Sequence[Part]) -> set[int]:
    """The places of brackets that belong together and hold something."""
    return {place for pair in _pairs(parts) for place in pair}


def _pairs(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for place, part in enumerate(parts):
        if _bracket(part) == "open":
            opened.append(place)
        elif _bracket(part) == "close" and opened:
            opening = opened.pop()
            if place > opening + 1:
                yield opening, place


def _bracket(part: Part) -> MarkKind | None:
    return part.kind if isinstance(part, Mark) and part.kind in ("open", "close") else None


def _is_separator(part: Part) -> bool:
    return isinstance(part, Mark) and part.kind in _SEPARATING
