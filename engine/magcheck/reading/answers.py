"""What does an answer mean that a person types? A time, a count a day, an amount, a country, an age, or None."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.profile import Frequency
from magcheck.reading.amounts import AmountKind, amount_of
from magcheck.reading.grammar.clock import of_the_day, written
from magcheck.reading.grammar.counts import times_sign
from magcheck.reading.grammar.day_words import NOON
from magcheck.reading.grammar.numbers import number, number_word
from magcheck.reading.grammar.sentence import ParsedNumber, Sentence
from magcheck.reading.grammar.spoken import spoken_time
from magcheck.reading.grammar.table import parts_of
from magcheck.reading.parts import Count, Mark, Schedule, Strength, slots_of
from magcheck.reading.timing import timing_of
from magcheck.terminology.lexicon import Tag
from magcheck.terminology.tokens import tokenise

if TYPE_CHECKING:
    from magcheck.reading.distances import Distance
    from magcheck.reading.parts import Slot
    from magcheck.terminology.lexicon import Lexicon

MOST_A_DAY = 12
OLDEST = 120
_HUNDRED = 100


@dataclass(frozen=True)
class Often:
    """How often something is taken, as answered."""

    per_day: int | None
    slots: tuple[Slot, ...] = ()
    times: tuple[str, ...] = ()
    frequency: Frequency = Frequency.DAILY
    distances: tuple[Distance, ...] = ()


def time_of(text: str, lexicon: Lexicon) -> str | None:
    """ "HH:MM", or the slot that a word of the day names; None for what can be two times."""
    sentence = _sentence(text, lexicon)
    at = sentence.said(0, Tag.AT)
    begin = at.end if at else 0
    noon = sentence.said(begin, Tag.NOON)
    if noon and _ends(sentence, noon.end):
        return str(noon.sense.value)
    readings = (written(sentence, begin, announced=True), of_the_day(sentence, begin, announced=True))
    for time in (*readings, spoken_time(sentence, begin)):
        if time and _ends(sentence, time.end) and not (time.halved and time.hour <= NOON):
            return str(time)
    word = sentence.said(0, Tag.SLOTS, Tag.CLOCK_TIME)
    if word is None or not _ends(sentence, word.end) or word.sense.tag is Tag.CLOCK_TIME:
        return str(word.sense.value) if word and _ends(sentence, word.end) else None
    slots = slots_of(word.sense)
    return slots[0] if len(slots) == 1 else None


def often_of(text: str, lexicon: Lexicon) -> Often | None:
    """ "twice", "2x", "1-0-1", "every 12 hours", "weekly"."""
    sentence = _sentence(text, lexicon)
    alone = _count_alone(sentence)
    if alone is not None:
        return Often(alone) if 1 <= alone <= MOST_A_DAY else None
    parts = list(parts_of(sentence.tokens, lexicon, {}))
    schedules = [part for part in parts if isinstance(part, Schedule)]
    if len(schedules) + sum(isinstance(part, Mark) for part in parts) < len(parts) or not schedules:
        return None
    timing = timing_of(parts)
    if timing.open or timing.frequency is None or set(timing.doses) - {1}:
        return None
    return Often(timing.per_day, timing.slots, timing.times, timing.frequency, timing.distances)


def milligrams_of(text: str, lexicon: Lexicon) -> float | None:
    """Of one intake: "0.5 g", "2 tablets of 200 mg"; None for a range, and where anything else is said."""
    parts = list(parts_of(tokenise(text), lexicon, {}))
    if not all(isinstance(part, Strength | Count | Mark) for part in parts):
        return None
    amount = amount_of(parts, AmountKind(), ())
    return None if amount.open or amount.low != amount.high else amount.high


def country_of(text: str, lexicon: Lexicon) -> str | None:
    """Two letters, as in the profile."""
    sentence = _sentence(text, lexicon)
    country = sentence.said(0, Tag.COUNTRY)
    return str(country.sense.value) if country and _ends(sentence, country.end) else None


def age_of(text: str, lexicon: Lexicon) -> float | None:
    """Years."""
    sentence = _sentence(text, lexicon)
    named = sentence.said(0, Tag.AGE)
    if named and _ends(sentence, named.end):
        return named.sense.figure
    before = sentence.said(0, Tag.AGE_BEFORE)
    told = _spelled_out(sentence, before.end if before else 0)
    if told is None:
        return None
    unit = sentence.said(told.end, Tag.AGE_UNIT)
    years = told.value / (unit.sense.figure if unit else 1)
    return years if _ends(sentence, unit.end if unit else told.end) and years <= OLDEST else None


def _sentence(text: str, lexicon: Lexicon) -> Sentence:
    return Sentence(tokenise(text), lexicon, {})


def _ends(sentence: Sentence, index: int) -> bool:
    """Nothing but a full stop stands behind it."""
    return all(token.text == "." for token in sentence.tokens[index:])


def _count_alone(sentence: Sentence) -> int | None:
    """ "2", "two", "2x", "x2"; 0 for a number that is no count."""
    told = number(sentence, 1 if times_sign(sentence, 0) else 0)
    if told is None:
        return None
    end = told.end + times_sign(sentence, told.end)
    if not _ends(sentence, end):
        return None
    return int(told.value) if told.value % 1 == 0 else 0


def _spelled_out(sentence: Sentence, index: int) -> ParsedNumber | None:
    """A number, also "one hundred and one", and "six" of "six months"."""
    told = number(sentence, index)
    word = sentence.said(index, Tag.NUMBERS)
    if told is None and word:
        told = ParsedNumber(word.sense.figure, word.end)
    if told is None or told.value % _HUNDRED or not told.value:
        return told
    joint = sentence.said(told.end, Tag.ALSO)
    rest = number_word(sentence, joint.end if joint else told.end)
    return told if rest is None else rest._replace(value=told.value + rest.value)
