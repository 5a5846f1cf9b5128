"""At which times of the day? Clock times and words of the day, put together; what can be two things is unclear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.time_of_day import DAY, clock, minutes
from magcheck.reading.parts import QUIET, SLOTS, Mark, NotRead, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck.reading.parts import DayWord, Part, Slot

HALF_DAY = DAY // 2
RANGE = frozenset({"-", "to"})
_HOURS: Mapping[DayWord, tuple[str, str]] = {
    "morning": ("04:00", "11:59"),
    "noon": ("11:00", "17:59"),
    "afternoon": ("12:00", "20:59"),
    "evening": ("15:00", "23:59"),
    "bedtime": ("18:00", "03:59"),
}
"""Which clock times a word of the day may stand beside: "22:00 at bedtime" is one intake, "07:00" is another."""


class Moments(NamedTuple):
    """Clock times and the words of the day that name further intakes; `clear` where each can be told."""

    times: tuple[str, ...]
    slots: tuple[Slot, ...]
    clear: bool = True
    untimed: int = 0
    """Intakes in a part of the day that has no clock time of its own: the afternoon."""

    @property
    def intakes(self) -> int:
        return len(self.times) + len(self.slots) + self.untimed


@dataclass
class _Hour:
    """One clock time, and whether a word of the day speaks of it."""

    part: int
    at: int
    sure: bool
    """Of "7 am" and "19:00" nobody can mean the other half of the day."""
    halved: bool = False
    """A word must tell its half of the day."""
    rhythm: bool = False
    """Alone it may say how often."""
    named: bool = False


class _Beside(NamedTuple):
    """A clock time next to a word of the day, and what stands between the two."""

    hour: _Hour
    joint: str
    """ "", "comma" or "also"."""


def moments_of(parts: Sequence[Part]) -> Moments:
    """Each clock time and each word of the day of one item."""
    hours = [
        _Hour(place, minutes(time), part.sure, part.halved, part.rhythm)
        for place, part in enumerate(parts)
        if isinstance(part, Schedule)
        for time in part.times
    ]
    words: list[tuple[int, DayWord]] = [
        (place, word) for place, part in enumerate(parts) for word in _words_of(part)
    ]
    if not hours:
        return Moments((), _in_order(word for _, word in words), untimed=_untimed(words))
    beside = {(place, word): list(_beside(parts, hours, place)) for place, word in words}
    further = [word for word in words if not _agrees(word[1], beside[word])]
    further = [word for word in further if not _settles(word[1], beside[word])]
    clear = all(_is_further(word, beside[place, word], hours) for place, word in further)
    clear = clear and not any(_is_unsure(hour, parts) for hour in hours)
    alone = len(hours) == 1 and not words
    clear = clear and not (alone and hours[0].rhythm)
    times = tuple(sorted({clock(hour.at) for hour in hours}))
    return Moments(times, _in_order(word for _, word in further), clear, _untimed(further))


def _words_of(part: Part) -> Iterator[DayWord]:
    if isinstance(part, Schedule):
        yield from part.slots
        if part.afternoon:
            yield "afternoon"


def _untimed(words: Sequence[tuple[int, DayWord]]) -> int:
    return int(any(word == "afternoon" for _, word in words))


def _is_unsure(hour: _Hour, parts: Sequence[Part]) -> bool:
    """ "8 o'clock" and "8:00-9:00 pm" leave the half of the day open, and so may an unknown word beside "3:30"."""
    if hour.sure or hour.named:
        return False
    before, behind = parts[max(hour.part - 1, 0) : hour.part], parts[hour.part + 1 :]
    strange = any(isinstance(part, NotRead) and part.looks_like == "word" for part in (*before, *behind[:1]))
    return hour.halved or strange or _is_range(behind)


def _is_range(behind: Sequence[Part]) -> bool:
    """ "-9:00 pm"."""
    if len(behind) < 2 or not isinstance(behind[0], Mark) or not isinstance(behind[1], Schedule):
        return False
    return behind[0].text in RANGE and bool(behind[1].times)


def _in_order(slots: Iterable[DayWord]) -> tuple[Slot, ...]:
    told: set[DayWord] = set(slots)
    return tuple(slot for slot in SLOTS if slot in told)


def _beside(parts: Sequence[Part], hours: Sequence[_Hour], place: int) -> Iterator[_Beside]:
    """The clock times before and behind the word of the day at `place`."""
    for step in (-1, 1):
        joint, beside = "", place + step
        while 0 <= beside < len(parts) and isinstance(part := parts[beside], Mark):
            if part.kind not in (*QUIET, "comma", "also", "open", "close"):
                break
            joint = part.kind if part.kind in ("comma", "also") and joint != "also" else joint
            beside += step
        yield from (_Beside(hour, joint) for hour in hours if hour.part == beside)


def _agrees(slot: DayWord, beside: Sequence[_Beside]) -> bool:
    """ "22:00 at bedtime", "8 am, in the morning": the word repeats the clock time."""
    near = [one.hour for one in beside if one.joint != "also" and _fits(slot, one.hour.at)]
    for hour in near[:1]:
        hour.named = True
    return bool(near)


def _settles(slot: DayWord, beside: Sequence[_Beside]) -> bool:
    """ "9:00 in the evening": the word tells of which half of the day the clock time is."""
    for hour, joint in beside:
        if not joint and not hour.named and not hour.sure and _fits(slot, hour.at + HALF_DAY):
            hour.at, hour.named = (hour.at + HALF_DAY) % DAY, True
            return True
    return False


def _is_further(slot: DayWord, beside: Sequence[_Beside], hours: Sequence[_Hour]) -> bool:
    """Can the word only mean one more intake? "7 am and at bedtime", and not "9 pm and at bedtime"."""
    touching = any(not joint and not hour.named for hour, joint in beside)
    return not touching and not any(_fits(slot, hour.at) and not hour.named for hour in hours)


def fits(slot: DayWord, time: str) -> bool:
    """Can a clock time be meant by a word of the day?"""
    return _fits(slot, minutes(time))


def _fits(slot: DayWord, at: int) -> bool:
    first, last = map(minutes, _HOURS[slot])
    at %= DAY
    return first <= at <= last if first <= last else at >= first or at <= last
