"""What is an answer? Each kind reads a text into a value of the profile, or says what would be right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from magcheck.core.bounds import LONGEST_NAME, MOST_ENTRIES
from magcheck.knowledge.placeholders import fill
from magcheck.profile import Day, Frequency, Times
from magcheck.questions.whole_answers import (
    is_maybe,
    is_none,
    is_some,
    is_unknown,
    is_yes,
    listed_in,
    without_the_rest,
)
from magcheck.reading.answers import age_of, milligrams_of, often_of, time_of
from magcheck.reading.parts import SLOTS
from magcheck.reading.slots import clock_times
from magcheck.terminology.normalise import normal
from magcheck.terminology.tokens import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from magcheck.core.bounds import Bounds
    from magcheck.knowledge.entries import Planning
    from magcheck.knowledge.wording.questions import QuestionWords, WrongAnswerWords
    from magcheck.reading.parts import Slot
    from magcheck.terminology.lexicon import Lexicon

Answer = Any
"""A value of the profile, as plain data."""
_TIMES: TypeAdapter[tuple[str, ...]] = TypeAdapter(Times)
_NUMBER = re.compile(r"(-?\d[\d.,]*)\s*(.*)", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_BETWEEN_TIMES = re.compile(r"\s*(?:[,;]|\band\b)\s*")
_LETTER = re.compile(r"[^\W\d_]")
_CLOCK = re.compile(r"\d{1,2}:\d{2}", re.ASCII)


@dataclass(frozen=True)
class AnswerKind:
    """Reads answers of one kind."""

    words: QuestionWords

    @property
    def options(self) -> tuple[str, ...]:
        """What can be chosen; empty where anything may be written."""
        return ()

    @property
    def completions(self) -> Sequence[str]:
        return ()

    @property
    def hint(self) -> str:
        return ""

    def means_unknown(self, text: str) -> bool:
        """Does it say that the person does not know?"""
        return is_unknown(text, self.words)

    def read(self, text: str) -> Answer:
        """Raises ValueError with what is wrong and what would be right."""
        raise NotImplementedError

    def shown(self, value: Answer) -> str:
        return str(value)


YES, NO = "yes", "no"
"""Options that are told in many words."""
_SLOTS: dict[str, Slot] = {slot: slot for slot in SLOTS}


@dataclass(frozen=True)
class OneOf(AnswerKind):
    """One of a few things: its number, its words, how they begin, or a word that only one of them holds."""

    values: Mapping[str, Answer]
    """Words -> value."""
    also: Mapping[str, Answer] = field(default_factory=dict[str, Any])
    """Other words, as they are compared -> value."""

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(self.values)

    def means_unknown(self, text: str) -> bool:
        return is_maybe(text, self.words)

    def read(self, text: str) -> Answer:
        if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(self.values):
            return list(self.values.values())[int(text) - 1]
        if normal(text) in self.also:
            return self.also[normal(text)]
        written = text.casefold()
        begun = {words for words in self.values if words.casefold().startswith(written)}
        inside = {words for words in self.values if written in normal(words).split()}
        meant = {words for words in begun if words.casefold() == written} or begun or inside
        if len(meant) == 1:
            return self.values[meant.pop()]
        for option, is_said in ((YES, is_yes), (NO, is_none)):
            if option in self.values and is_said(text, self.words):
                return self.values[option]
        raise ValueError(self._which(text))

    def _which(self, text: str) -> str:
        """A yes does not say which of several."""
        if is_yes(text, self.words):
            others = [option for option in self.values if option != NO]
            return fill(self.words.wrong.which_one, options=self.words.either.join(others))
        return fill(self.words.wrong.none_of_these, text=text[:60], most=len(self.values))

    def shown(self, value: Answer) -> str:
        return next((words for words, option in self.values.items() if option == value), str(value))


def yes_or_no(words: QuestionWords) -> OneOf:
    return OneOf(words, {YES: True, NO: False})


def read_number(text: str, words: WrongAnswerWords) -> tuple[float, str]:
    """A number and the unit behind it; "1,400" is above a thousand, "1,4" is between 1 and 2."""
    number = _NUMBER.fullmatch(text[:60])
    figure = number[1] if number else ""
    plain = figure.replace(",", "") if _THOUSANDS.fullmatch(figure) else figure.replace(",", ".")
    try:
        return float(plain), number[2].strip() if number else ""
    except ValueError:
        raise ValueError(fill(words.no_number, text=text[:60])) from None


def refuse_outside(value: float, bounds: Bounds, unit: str, words: WrongAnswerWords) -> None:
    low, high = bounds
    if not low <= value <= high:
        raise ValueError(fill(words.outside, value=f"{value:g}", unit=unit, low=f"{low:g}", high=f"{high:,g}"))


@dataclass(frozen=True)
class NumberKind(AnswerKind):
    """A number in one unit."""

    unit: str
    bounds: Bounds
    whole: bool = False

    @property
    def hint(self) -> str:
        return self.unit

    def read(self, text: str) -> float:
        value, unit = read_number(text, self.words.wrong)
        if unit and not self._is_unit(unit.casefold()):
            raise ValueError(fill(self.words.wrong.other_unit, told=unit, unit=self.unit))
        refuse_outside(value, self.bounds, self.unit, self.words.wrong)
        if self.whole and value != int(value):
            raise ValueError(fill(self.words.wrong.not_whole, value=f"{value:g}"))
        return int(value) if self.whole else value

    def _is_unit(self, written: str) -> bool:
        """Whole, as one of it, or its beginning: "years", "year", "mL/min"."""
        unit = self.unit.casefold()
        return written in (unit, unit.rstrip("s")) or unit.startswith(f"{written}/")

    def shown(self, value: Answer) -> str:
        return f"{value:g} {self.unit}".rstrip()


@dataclass(frozen=True)
class Age(NumberKind):
    """ "62", "seventy two", "6 months"."""

    lexicon: Lexicon = field(kw_only=True)

    def read(self, text: str) -> float:
        years = age_of(text, self.lexicon)
        if years is None:
            return super().read(text)
        refuse_outside(years, self.bounds, self.unit, self.words.wrong)
        return years


@dataclass(frozen=True)
class TimesADay(NumberKind):
    """ "2", "twice a day", "1-0-1", "every 12 hours"."""

    lexicon: Lexicon = field(kw_only=True)

    def read(self, text: str) -> float:
        often = often_of(text, self.lexicon)
        if often is None:
            return super().read(text)
        if often.per_day is None or often.frequency is not Frequency.DAILY:
            raise ValueError(fill(self.words.wrong.not_daily, text=text[:60]))
        refuse_outside(often.per_day, self.bounds, self.unit, self.words.wrong)
        return often.per_day


@dataclass(frozen=True)
class Milligrams(AnswerKind):
    """An amount: "200", "200 mg", "0.5 g", "2 tablets of 200 mg"."""

    bounds: Bounds
    lexicon: Lexicon

    @property
    def hint(self) -> str:
        return "mg"

    def read(self, text: str) -> float:
        value, unit = read_number(text, self.words.wrong)
        if not unit and number_of(text.strip()) is None and value >= 0:
            raise ValueError(fill(self.words.wrong.two_ways, text=text[:60]))
        milligrams = milligrams_of(text, self.lexicon) if unit else value
        if milligrams is None:
            raise ValueError(fill(self.words.wrong.no_amount, text=text[:60]))
        refuse_outside(milligrams, self.bounds, "mg", self.words.wrong)
        return milligrams

    def shown(self, value: Answer) -> str:
        return f"{value:g} mg"


@dataclass(frozen=True)
class Measured(AnswerKind):
    """A number with its unit; without a unit it is asked for afterwards."""

    bounds: Mapping[str, Bounds]
    """Unit -> what people can have."""

    @property
    def hint(self) -> str:
        return fill(self.words.hints.measured, units=self._units)

    @property
    def _units(self) -> str:
        return self.words.either.join(self.bounds)

    def read(self, text: str) -> dict[str, Answer]:
        wrong = self.words.wrong
        value, written = read_number(text.replace("\u00b5", "u").replace("\u03bc", "u"), wrong)
        unit = next((unit for unit in self.bounds if unit.casefold() == written.casefold()), None)
        if written and unit is None:
            raise ValueError(fill(wrong.unknown_unit, told=written, units=self._units))
        if unit is None and not self.units_for(value):
            raise ValueError(fill(wrong.no_unit_fits, value=f"{value:g}"))
        if unit is not None:
            refuse_outside(value, self.bounds[unit], unit, wrong)
        return {"value": value, "unit": unit}

    def shown(self, value: Answer) -> str:
        return f"{value['value']:g} {value['unit'] or ''}".rstrip()

    def units_for(self, value: float) -> list[str]:
        """The units in which `value` is possible."""
        return [unit for unit, (low, high) in self.bounds.items() if low <= value <= high]


@dataclass(frozen=True)
class ClockTimes(AnswerKind):
    """Clock times of the day: "08:00, 20:00", "9pm", "bedtime", "1-0-1"."""

    lexicon: Lexicon
    planning: Planning

    @property
    def hint(self) -> str:
        return self.words.hints.clock

    def read(self, text: str) -> list[str]:
        often = often_of(text, self.lexicon)
        if often and often.frequency is Frequency.DAILY and len(often.times or often.slots) == often.per_day:
            hours = clock_times(often.times, often.slots, Day(), self.planning, often.distances)
            if len(hours) == often.per_day:
                return [*hours]
        times = [self._time(time) for part in _BETWEEN_TIMES.split(text) if part for time in _clock_times_in(part)]
        try:
            return list(_TIMES.validate_python(times))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise ValueError(str(first.get("ctx", {}).get("error", first["msg"]))) from None

    def shown(self, value: Answer) -> str:
        return ", ".join(value)

    def _time(self, text: str) -> str:
        """HH:MM; a word of the day has the hour that is assumed, and what is not understood is refused later."""
        time = time_of(text, self.lexicon)
        slot = _SLOTS.get(time or "")
        if slot:
            return clock_times((), (slot,), Day(), self.planning)[0]
        return text if time is None else time


def _clock_times_in(part: str) -> list[str]:
    """ "08:00 20:00" is two times, "8 pm" is one."""
    words = part.split()
    return words if all(_CLOCK.fullmatch(word) for word in words) else [part]


@dataclass(frozen=True)
class Named(AnswerKind):
    """A name, as the person writes it; understood later."""

    names: Sequence[str] = ()

    @property
    def completions(self) -> Sequence[str]:
        return self.names

    def read(self, text: str) -> str:
        if len(text) > LONGEST_NAME:
            raise ValueError(fill(self.words.wrong.too_long, count=len(text), most=LONGEST_NAME))
        return text


@dataclass(frozen=True)
class NameList(AnswerKind):
    """Several words with commas between them."""

    names: Sequence[str] = ()
    split: Callable[[str], Sequence[str]] = listed_in
    """The entries of one answer, each as written."""

    @property
    def completions(self) -> Sequence[str]:
        return self.names

    @property
    def hint(self) -> str:
        return fill(self.words.hints.list, none=self.words.none)

    def means_unknown(self, text: str) -> bool:
        return is_maybe(text, self.words)

    def read(self, text: str) -> list[str]:
        if is_none(text, self.words):
            return []
        if is_some(text, self.words):
            raise ValueError(self.words.wrong.which)
        named = without_the_rest(text, self.words)
        self._refuse_none_beside(listed_in(named))
        entries = [entry for entry in self.split(named) if not is_yes(entry, self.words)]
        if len(entries) > MOST_ENTRIES:
            raise ValueError(fill(self.words.wrong.too_many, count=len(entries), most=MOST_ENTRIES))
        return [Named(self.words).read(entry) for entry in entries]

    def _refuse_none_beside(self, parts: Sequence[str]) -> None:
        """Whoever writes "none" and a name is asked which of the two is right."""
        nothing = [part for part in parts if _LETTER.search(part) and is_none(part, self.words)]
        others = [part for part in parts if part not in nothing]
        if nothing and others:
            wrong = self.words.wrong.two_answers
            raise ValueError(fill(wrong, first=nothing[0][:60], second=others[0][:60]))

    def shown(self, value: Answer) -> str:
        return ", ".join(value) or self.words.none


@dataclass(frozen=True)
class ItemList(NameList):
    """Medicines or products, each with what is said of it."""

    def shown(self, value: Answer) -> str:
        return "; ".join(value) or self.words.none
