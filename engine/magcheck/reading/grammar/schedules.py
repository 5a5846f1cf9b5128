"""How often and when? "1-0-1", "not more than twice a day", "until Friday"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.reading.grammar.counts import MOST_SMALL
from magcheck.reading.grammar.marks import date
from magcheck.reading.grammar.numbers import number
from magcheck.reading.grammar.phrases import per_day
from magcheck.reading.grammar.strengths import unit
from magcheck.reading.parts import SLOTS, Duration, Schedule, TokenSpan, slots_of
from magcheck.terminology.lexicon import Tag

if TYPE_CHECKING:
    from magcheck.reading.grammar.sentence import Sentence
    from magcheck.reading.parts import Part, Slot

SHORTEST_SCHEME = 3
MOST_WITH_A_SLASH = 4
""" "1/0/1" is a scheme, "10/5/20" is none."""
_JOINTS = ("-", "/", "+")


def scheme(sentence: Sentence, index: int) -> Part | None:
    """ "1-0-1", "1-0-0-1", "½-0-½": how many in the morning, at noon, in the evening, at bedtime."""
    first = number(sentence, index)
    if first is None or sentence.text(first.end) not in _JOINTS:
        return None
    doses, joint, end = _scheme(sentence, index)
    most = MOST_WITH_A_SLASH if joint == "/" else MOST_SMALL
    if len(doses) < SHORTEST_SCHEME or max(doses) > most or unit(sentence, end):
        return None
    goes_on = sentence.text(end) == joint and number(sentence, end + 1) is not None
    if goes_on or not any(doses):
        return Schedule(TokenSpan(index, end), unclear=True)
    slots: tuple[Slot, ...] = tuple(slot for slot, many in zip(SLOTS, doses, strict=False) if many)
    pieces = tuple(many for many in doses if many)
    return Schedule(TokenSpan(index, end), slots=slots, doses=pieces)


def _scheme(sentence: Sentence, index: int) -> tuple[list[float], str, int]:
    """(how many at each slot, the sign between them, the place behind)."""
    doses: list[float] = []
    joint, end, behind = "", index, index
    while len(doses) < len(SLOTS):
        many = number(sentence, end)
        if many is None:
            break
        doses.append(many.value)
        behind = many.end
        joint = joint or sentence.text(behind)
        if joint not in _JOINTS or sentence.text(behind) != joint:
            break
        end = behind + 1
    return doses, joint, behind


def at_most(sentence: Sentence, index: int) -> Part | None:
    """LIMIT PER_DAY: "not more than twice a day"."""
    limit = sentence.said(index, Tag.LIMIT)
    often = sentence.said(limit.end, Tag.PER_DAY) if limit else None
    if often is None:
        return None
    told = per_day(TokenSpan(index, often.end), often)
    return replace(told, at_most=True, low=0.0, bare=False, of_pieces=told.bare)


def until(sentence: Sentence, index: int) -> Part | None:
    """ "until Friday", "bis 12.05.2024", "until finished"."""
    limit = sentence.said(index, Tag.UNTIL)
    if limit is None:
        return None
    written = date(sentence, limit.end)
    named = sentence.said(limit.end, Tag.WEEKDAYS, Tag.DATES, Tag.FUTURE, Tag.STOPPED, Tag.STOP_ORDER)
    end = written.span.end if written else named.end if named else None
    return Duration(TokenSpan(index, end), None) if end else None


def last_word(sentence: Sentence, index: int) -> Part | None:
    """A word that means something at the end of what is said of one item: "simvastatin 20 mg ON" is omni nocte."""
    last = sentence.said(index, Tag.LAST)
    if last is None:
        return None
    following = next((token for token in sentence.tokens[last.end :] if token.text != "."), None)
    ended = following is None or following.norm == ","
    return Schedule(TokenSpan(index, last.end), slots=slots_of(last.sense)) if ended else None
