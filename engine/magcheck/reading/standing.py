"""Is an item taken? Not taken only in a closed set of shapes; every other line with a word of stopping is asked.

"stopped X 5 mg in May": the word heads what is said of the item, and behind its name stands its description alone.
"X 5 mg twice a day (stopped in May)": the word is the tail, and before it stands the description alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.parts import BasisPart, Count, Mark, Name, Schedule, Strength, TakenPart, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.parts import Draft, MarkKind, Part

_DESCRIBING: frozenset[MarkKind] = frozenset({"salt", "form", "as", "serving", "pack"})
_FRAMING: frozenset[MarkKind] = frozenset({"comma", "open", "close"})
_ENDING = (",", ".")
"""Signs behind which something new may begin."""


def standing_of(parts: Sequence[Part]) -> bool | None:
    """True where nothing says otherwise; None where only the person can say."""
    standings = [part for part in parts if isinstance(part, TakenPart)]
    if all(part.taken for part in standings):
        return True
    mains = [part for part in standings if part.use != "more"]
    if len(mains) != 1 or any(part.taken is not False for part in standings):
        return None
    said = mains[0]
    place = parts.index(said)
    before, behind = parts[:place], _without_last_joint(parts[place + 1 :])
    if said.use == "reaction" and any(isinstance(part, Strength | Count | Schedule) for part in before):
        return True if _is_over(said, behind) else None  # of "fexofenadine 180 mg, allergy" it is the purpose
    return False if _is_head(said, before, behind) or _is_tail(said, before, behind) else None


def doubt_both(first: Draft, second: Draft) -> None:
    """ "aspirin stopped digoxin": of which of the two is it said?"""
    between = first.parts[-1] if first.parts else None
    apart = isinstance(between, Mark) and (between.kind in ("comma", "also") or between.text in _ENDING)
    opening = second.parts[0]
    if apart or not isinstance(opening, TakenPart) or opening.taken is not False or opening.use == "before":
        return
    for draft in (first, second):
        draft.parts.append(TakenPart(opening.span, taken=None))


def _without_last_joint(parts: Sequence[Part]) -> Sequence[Part]:
    """Without the "and" that joins the next item; "not taking X with Y" may only keep them apart."""
    return parts[:-1] if parts and _is_joint(parts[-1]) else parts


def _is_joint(part: Part) -> bool:
    return isinstance(part, Mark) and part.kind == "also" and part.text != "with"


def _is_head(said: TakenPart, before: Sequence[Part], behind: Sequence[Part]) -> bool:
    """ "stopped X"; a rhythm behind the name may be what was stopped, so it is asked."""
    names = [place for place, part in enumerate(behind) if isinstance(part, Name)]
    if not names or not all(map(_is_idle, [*before, *behind[: names[0]]])):
        return False
    described, rest = _described(behind[names[0] :])
    if said.use == "bare" and not all(isinstance(part, Name) or _is_idle(part) for part in described):
        return False
    last = described[-1]
    if isinstance(last, Mark) and last.kind == "as":
        return False
    one_strength = sum(isinstance(part, Strength) for part in described) <= 1
    return one_strength and _is_over(said, rest)


def _described(parts: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    """What stands behind a heading word: the name with its description, and the rest."""
    end = next((place for place, part in enumerate(parts) if not _is_name_or_size(part)), len(parts))
    return parts[:end], parts[end:]


def _is_name_or_size(part: Part) -> bool:
    if isinstance(part, Mark):
        return part.kind in (*_DESCRIBING, "open", "close") or part.text == "beside"
    return isinstance(part, Name | Strength | BasisPart) or _is_pieces(part) or _is_form(part)


def _is_tail(said: TakenPart, before: Sequence[Part], behind: Sequence[Part]) -> bool:
    """ "X (stopped)", "X 5 mg twice a day - stopped"; "X at night stopped" may go on in the morning."""
    if said.use in ("before", "bare") or not any(isinstance(part, Name) for part in before):
        return False
    last = before[-1]
    parted = isinstance(last, Mark) and (last.kind in _FRAMING or _is_sign(last))
    dated = [part for part in before if _is_past_date(part)]
    described = [part for part in before if part not in dated]
    if not all(_is_description(part) and (parted or not _is_some(part)) for part in described):
        return False
    ended = not isinstance(last, Schedule | Count) and not (isinstance(last, Mark) and last.kind == "as")
    return (parted or ended) and _is_over(said, [*dated, *behind])


def _is_over(said: TakenPart, rest: Sequence[Part]) -> bool:
    """Nothing stands behind it but a day that is over; of an order ("stop") the day may be still to come."""
    dated = any(isinstance(part, Mark) and part.kind == "date" for part in rest)
    return all(_is_idle(part) or _is_past_date(part) for part in rest) and not (dated and said.use == "order")


def _is_past_date(part: Part) -> bool:
    return isinstance(part, Mark) and part.kind == "date" and part.text != "future"


def _is_description(part: Part) -> bool:
    """What an item is, how much, how and how often."""
    if isinstance(part, Mark):
        return part.kind in (*_DESCRIBING, "food") or _is_joint(part) or part.text == "take" or _is_idle(part)
    return isinstance(part, Name | Strength | BasisPart | Way | Schedule | Count)


def _is_some(part: Part) -> bool:
    """ "half", "now and then", "with food": before the word it may say how much of it, how often or when."""
    if isinstance(part, Mark):
        return part.kind == "food"
    return (isinstance(part, Count) and not _is_pieces(part)) or (isinstance(part, Schedule) and part.as_needed)


def _is_pieces(part: Part) -> bool:
    """ "2 tablets", and not "half"."""
    return isinstance(part, Count) and (part.swallowed or part.ml is not None)


def _is_form(part: Part) -> bool:
    return isinstance(part, Way) and part.by_form


def _is_idle(part: Part) -> bool:
    """It changes nothing about whether it is taken: a sign, an article, "by my doctor"."""
    if isinstance(part, TakenPart):
        return part.use == "more"
    if not isinstance(part, Mark):
        return False
    return part.kind in (*_FRAMING, "pack") or part.text == "beside" or _is_sign(part)


def _is_sign(part: Mark) -> bool:
    return part.kind == "filler" and bool(part.text) and not any(map(str.isalnum, part.text))
