"""Does a figure or a word beside a time of the day stay unread that may be an hour, or change the time?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.reading.parts import QUIET, Mark, NotRead, Schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.reading.parts import Part

_HOUR = re.compile(r"([01]?\d|2[0-4])([.,:][0-5]\d)?|([01]\d|2[0-3])[0-5]\d")
""" "20", "20.30", "2000"."""


def has_unread_hour(parts: Sequence[Part]) -> bool:
    """ "8 Uhr und 20", "20 + 8 am"; "20 in the morning" and "morning 300, evening 600" are doses."""
    return any(
        isinstance(part, NotRead) and (_may_be_an_hour(parts, place, part) or _may_change(parts, place, part))
        for place, part in enumerate(parts)
    )


def _may_be_an_hour(parts: Sequence[Part], place: int, part: NotRead) -> bool:
    if _HOUR.fullmatch(part.text) is None:
        return False
    before, joint_before = _beside(parts, place, -1)
    behind, joint_behind = _beside(parts, place, 1)
    if _is_time(behind):
        clock = joint_before and isinstance(before, Schedule) and bool(before.times)
        return clock or joint_behind == "also"
    if not _is_time(before):
        return False
    return (
        bool(joint_before) or len(part.text) < len("2000") or bool(isinstance(before, Schedule) and before.times)
    )


def _may_change(parts: Sequence[Part], place: int, part: NotRead) -> bool:
    """An unknown word right before a word of the day: "mid morning"."""
    behind, joint = _beside(parts, place, 1)
    return part.looks_like == "word" and not joint and _is_time(behind)


def _beside(parts: Sequence[Part], place: int, step: int) -> tuple[Part | None, str]:
    """(the next part that separates or says anything, "comma" or "also" where one stands between)."""
    joint, place = "", place + step
    while 0 <= place < len(parts) and isinstance(part := parts[place], Mark):
        if part.kind in ("comma", "also"):
            joint = "also" if "also" in (joint, part.kind) else "comma"
        elif part.kind not in QUIET:
            return part, joint
        joint = joint or ("also" if part.text in ("-", "\u2013", "\u2014") else "")
        place += step
    return (parts[place] if 0 <= place < len(parts) else None), joint


def _is_time(part: Part | None) -> bool:
    return isinstance(part, Schedule) and bool(part.times or part.slots or part.afternoon)
