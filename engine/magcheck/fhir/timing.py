"""When is something taken, as a FHIR Timing tells it? Fields of the profile, and words for the one reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from magcheck.core.bounds import MOST_INTAKES
from magcheck.fhir.plain import codings, number, part, text, texts
from magcheck.profile import Frequency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.fhir.plain import Resource

_OF_THE_DAY = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9](?:\.\d+)?)?", re.ASCII)
_MORNING, _NOON, _EVENING, _BEDTIME = "in the morning", "at noon", "in the evening", "at bedtime"
_MEALS = "with each meal"
_WHEN = {
    **dict.fromkeys(("MORN", "MORN.early", "MORN.late", "WAKE", "CM", "ACM", "PCM"), _MORNING),
    **dict.fromkeys(("NOON", "CD", "ACD", "PCD"), _NOON),
    **dict.fromkeys(("AFT", "AFT.early", "AFT.late"), "in the afternoon"),
    **dict.fromkeys(("EVE", "EVE.early", "EVE.late", "CV", "ACV", "PCV"), _EVENING),
    **dict.fromkeys(("NIGHT", "HS", "PHS"), _BEDTIME),
    **dict.fromkeys(("C", "AC", "PC"), _MEALS),
}
"""Codes of EventTiming."""
_ABBREVIATIONS = {
    "QD": "once a day",
    "BID": "2 times a day",
    "TID": "3 times a day",
    "QID": "4 times a day",
    "QOD": "every other day",
    "Q1H": "every 1 hours",
    "Q2H": "every 2 hours",
    "Q3H": "every 3 hours",
    "Q4H": "every 4 hours",
    "Q6H": "every 6 hours",
    "Q8H": "every 8 hours",
    "AM": _MORNING,
    "PM": "in the afternoon",
    "BED": _BEDTIME,
    "WK": "weekly",
    "MO": "monthly",
}
"""Codes of GTSAbbreviation."""
_HOURS = {"h": 1.0, "min": 1 / 60, "s": 1 / 3600}
_DAYS = {"d": 1, "wk": 7, "mo": 30, "a": 365}
_DURATION = {"d": "days", "wk": "weeks", "mo": "months"}
_DAY_HOURS = 24
_KNOWN = frozenset(
    {
        *("id", "extension", "boundsDuration", "boundsPeriod", "boundsRange", "count", "countMax", "duration"),
        *("durationMax", "durationUnit", "frequency", "frequencyMax", "period", "periodMax", "periodUnit"),
        *("dayOfWeek", "timeOfDay", "when", "offset"),
    }
)


_NUMBERS = ("frequency", "frequencyMax", "period", "periodMax", "count")
_MEALS_A_DAY = 3
_BEFORE_A_MEAL = frozenset({"AC", "ACM", "ACD", "ACV"})
_JUST_BEFORE = 30
"""Minutes before a meal that are still the hour of the meal, as "before breakfast" is."""
_EDGES = frozenset({"MORN.early", "MORN.late", "EVE.early", "EVE.late", "PHS"})
"""Codes of EventTiming that lie beside the hour of their part of the day."""


@dataclass
class Rhythm:
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    words: list[str] = field(default_factory=list[str])
    not_read: bool = False
    intakes: int = 0
    """On a day, where hours or parts of the day are told."""
    beside: bool = False
    """It is told to lie away from the hour of its part of the day, so no hour is known."""

    def __bool__(self) -> bool:
        return bool(self.fields or self.words)


def rhythm_of(timing: object) -> Rhythm:
    """What a Timing tells. What of it is not understood is said, and whoever asked names it."""
    told, rhythm = part(timing), Rhythm()
    repeat = part(told.get("repeat"))
    _clock_times(repeat, rhythm)
    _parts_of_the_day(repeat, rhythm)
    _beside_its_hour(repeat, rhythm)
    if rhythm:
        _how_often(repeat, rhythm)
    else:
        _rate(repeat, rhythm)
    _how_long(repeat, rhythm)
    if not rhythm:
        _abbreviated(told, rhythm)
    strange = set(map(str, repeat)) - _KNOWN
    rhythm.not_read = rhythm.not_read or bool(strange) or (bool(timing) and not rhythm)
    rhythm.not_read = rhythm.not_read or any(_is_no_number(repeat, name) for name in _NUMBERS)
    return rhythm


def _is_no_number(repeat: Resource, name: str) -> bool:
    return repeat.get(name) is not None and number(repeat[name]) is None


def _clock_times(repeat: Resource, rhythm: Rhythm) -> None:
    told = texts(repeat.get("timeOfDay"))
    found = [match for time in told if (match := _OF_THE_DAY.fullmatch(time))]
    rhythm.not_read = len(found) < len(told)
    times = tuple(sorted({f"{match[1]}:{match[2]}" for match in found}))
    if 0 < len(times) <= MOST_INTAKES:
        rhythm.fields["times"] = times
        rhythm.intakes = len(times)


def _parts_of_the_day(repeat: Resource, rhythm: Rhythm) -> None:
    told = texts(repeat.get("when"))
    words = list(dict.fromkeys(_WHEN[code] for code in told if code in _WHEN))
    rhythm.not_read = rhythm.not_read or any(code not in _WHEN for code in told)
    if "times" not in rhythm.fields:
        rhythm.words += words
        rhythm.intakes = _intakes(words)
        often = _intakes([_WHEN[code] for code in dict.fromkeys(told) if code in _WHEN])
        if often > rhythm.intakes:  # before breakfast and after it, which are both in the morning
            rhythm.intakes = often
            _no_hour(rhythm)


def _intakes(words: Sequence[str]) -> int:
    """On a day; at meals as often as there are any, however often meals are named."""
    meals = _MEALS_A_DAY if _MEALS in words else 0
    return meals + sum(word != _MEALS for word in words)


def _beside_its_hour(repeat: Resource, rhythm: Rhythm) -> None:
    """ "3 hours after dinner" is not the hour of dinner: only how often is known then."""
    whens, offset = set(texts(repeat.get("when"))), repeat.get("offset")
    distance = number(offset)
    just_before = distance is not None and 0 < distance <= _JUST_BEFORE and whens and whens <= _BEFORE_A_MEAL
    is_away = offset is not None and distance != 0 and not just_before
    if rhythm.intakes and (is_away or ("times" not in rhythm.fields and whens & _EDGES)):
        _no_hour(rhythm)


def _no_hour(rhythm: Rhythm) -> None:
    """Only how often is known."""
    rhythm.beside = True
    rhythm.words.clear()
    rhythm.fields = {"per_day": rhythm.intakes}


def _how_often(repeat: Resource, rhythm: Rhythm) -> None:
    """More often than hours are told: both stay, so that the reader asks which is right."""
    rate = _rate_of_a_day(repeat)
    rhythm.not_read = rhythm.not_read or rate.not_read
    often = rate.fields.get("per_day", 0)
    if often > rhythm.intakes:
        rhythm.fields["per_day"] = rhythm.intakes = often


def _rate_of_a_day(repeat: Resource) -> Rhythm:
    """How often, on whatever days it is; where nothing else is told, in one day."""
    rate = Rhythm()
    every_day = {"period": 1, "periodUnit": "d"} if repeat.get("period") is None else {}
    _rate({key: told for key, told in repeat.items() if key != "dayOfWeek"} | every_day, rate)
    return rate


def _on_days(count: int, repeat: Resource, rhythm: Rhythm) -> None:
    """On so many days of the week; more than once on each of them, and any other rate, is asked."""
    rhythm.words.append("weekly" if count == 1 else f"{count} times a week")
    rate = _rate_of_a_day(repeat)
    often = rate.fields.get("per_day", 0)
    if often > 1:
        rhythm.fields["per_day"] = often
    rhythm.not_read = rhythm.not_read or (often != 1 and rate.words != rhythm.words)


def _rate(repeat: Resource, rhythm: Rhythm) -> None:
    """So many times in so long; of a range, more often."""
    days = set(texts(repeat.get("dayOfWeek")))
    often = number(repeat.get("frequencyMax")) or number(repeat.get("frequency")) or 1
    period, unit = number(repeat.get("period")), text(repeat.get("periodUnit"))
    if days and len(days) < 7:
        _on_days(len(days), repeat, rhythm)
    elif (period is None or unit not in _HOURS | _DAYS) and number(repeat.get("count")) == 1:
        rhythm.fields["frequency"] = Frequency.SINGLE_DOSE
    elif period is not None and period > 0 and unit in _HOURS:
        _a_day(often * _DAY_HOURS / (period * _HOURS[unit]), rhythm)
    elif period is not None and period > 0 and unit in _DAYS:
        _in_days(often, period * _DAYS[unit], rhythm)
    elif period is not None or repeat.get("frequency") is not None:
        rhythm.not_read = True


def _a_day(count: float, rhythm: Rhythm) -> None:
    """Of "every 5 hours" the day with the most intakes counts."""
    if count < 1:
        _in_days(1, 1 / count, rhythm)
    elif count <= MOST_INTAKES:
        rhythm.fields["per_day"] = -int(-count // 1)
    else:
        rhythm.not_read = True


def _in_days(often: float, days: float, rhythm: Rhythm) -> None:
    if days <= often:
        _a_day(often / days, rhythm)
    elif days == 7:
        rhythm.words.append("weekly" if often == 1 else f"{often:g} times a week")
    elif often == 1 and days in (28, 30, 31):
        rhythm.fields["frequency"] = Frequency.MONTHLY
    elif often == 1 and days == 2:
        rhythm.fields["frequency"] = Frequency.EVERY_OTHER_DAY
    elif days % often == 0 and 2 <= days / often <= 366:
        rhythm.fields["every"] = {"days": int(days / often)}
    else:
        rhythm.not_read = True


def _how_long(repeat: Resource, rhythm: Rhythm) -> None:
    bounds = part(repeat.get("boundsDuration"))
    days, unit = number(bounds.get("value")), text(bounds.get("code")) or text(bounds.get("unit"))
    if rhythm and days and unit in _DURATION:
        rhythm.words.append(f"for {days:g} {_DURATION[unit]}")


def _abbreviated(timing: Resource, rhythm: Rhythm) -> None:
    code = part(timing.get("code"))
    codes = [text(coding.get("code")) for coding in codings(code)]
    words = [_ABBREVIATIONS[told] for told in codes if told in _ABBREVIATIONS] or texts(code.get("text"))
    rhythm.words += words[:1]
