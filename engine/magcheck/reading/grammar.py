"""How do tokens become parts? The grammar of a written line, in one table of productions, longest first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from magcheck.profile import Route
from magcheck.reading import clock
from magcheck.reading.parts import (
    SLOTS,
    Basis,
    Count,
    Duration,
    Mark,
    Name,
    NotRead,
    Schedule,
    Slot,
    Span,
    Standing,
    Strength,
    Way,
)
from magcheck.terminology.lexicon import NUMBER, Phrase, Sense, Tag
from magcheck.terminology.tokens import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from magcheck.reading.parts import MarkKind, Part
    from magcheck.terminology.lexicon import Lexicon
    from magcheck.terminology.tokens import Token

BARE = "bare"
"""Of "# daily": the number can be a strength without its unit."""
NEVER_TOLD = float("inf")
"""Of a strength in a gram of ointment: no line says how much of that is one intake."""
MOST_LISTED = 50
MOST_SMALL = 12
"""A bare number up to here can be a count as well as a strength."""


class Figure(NamedTuple):
    """A number or a range of numbers, and the place behind it."""

    low: float
    high: float
    end: int


class Grammar:
    """Reads one sequence of tokens; `names` are the spans that the vocabulary knows, by their first token."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, names: Mapping[int, Name]) -> None:
        self._tokens, self._lexicon, self._names = tokens, lexicon, names
        self._depth = 0
        self._last_name_ended: int | None = None

    def parts(self) -> Iterator[Part]:
        """Every token in exactly one part."""
        place = 0
        while place < len(self._tokens):
            part = self._at(place)
            self._depth += _depth_of(part)
            if isinstance(part, Name):
                self._last_name_ended = part.span.end
            yield part
            place = part.span.end

    def _at(self, place: int) -> Part:
        name, phrase = self._names.get(place), self._phrase(place)
        if name and not self._outdoes(phrase, name):
            return name
        productions: tuple[Callable[[int], Part | None], ...] = (
            self._list_number,
            self._date,
            self._scheme,
            self._times_and_count,
            self._definition,
            self._dose,
            self._strength,
            self._at_most,
            self._clock,
            self._british_duration,
            self._until,
            self._last_word,
        )
        found = [part for production in productions if (part := production(place))]
        lone_sign = phrase is not None and phrase.end == place + 1 and self._tokens[place].kind == "sign"
        if phrase and not lone_sign and (part := self._of_phrase(phrase)):
            found.append(part)
        if (counted := self._count(place)) is not None:
            found.append(counted)
        if found:
            return max(found, key=lambda part: part.span.end)
        return self._unread(place)

    def _phrase(self, place: int) -> Phrase | None:
        return self._lexicon.longest(self._tokens, place, len(self._tokens))

    def _outdoes(self, phrase: Phrase | None, name: Name) -> bool:
        """A longer phrase is no name, nor is a salt behind a name or a unit behind a number."""
        if phrase is None:
            return False
        if phrase.end != name.span.end:
            return phrase.end > name.span.end
        if phrase.sense(Tag.SALT) and self._last_name_ended == name.span.start:
            return True
        behind_number = name.span.start > 0 and self._tokens[name.span.start - 1].is_number
        if behind_number and phrase.sense(Tag.UNITS):
            return True
        return self._last_name_ended is not None and any(phrase.sense(tag) for tag in SCHEDULES)

    # Numbers ---------------------------------------------------------------------------------------------------

    def _number(self, place: int) -> tuple[float, int] | None:
        """One number: "2", "½", "1 ½", "1/2", "two", "two (2)", "2 (two)", "1 000"."""
        plain = self._plain_number(place)
        if plain is None:
            return None
        value, end = plain
        if self._text(end) == "(" and self._text(end + 2) == ")":
            again = self._plain_number(end + 1)
            if again and again[0] == value:
                return value, end + 3
        return value, end

    def _plain_number(self, place: int) -> tuple[float, int] | None:
        token = self._token(place)
        if token is None:
            return None
        if not token.is_number:
            return self._number_word(place)
        whole = number_of(token.text)
        if whole is None:
            return None
        following = self._token(place + 1)
        if following and following.kind == "fraction":
            return whole + (number_of(following.text) or 0), place + 2
        if token.kind == "number" and whole == int(whole):
            fraction = self._fraction(place)
            if fraction:
                return fraction
            mixed = (
                self._fraction(place + 1)
                if following and following.kind == "number" and not following.glued
                else None
            )
            if mixed and mixed[0] < 1:
                return whole + mixed[0], mixed[1]
            return self._thousands(place, whole)
        return whole, place + 1

    def _fraction(self, place: int) -> tuple[float, int] | None:
        """ "1/2", "3/4"."""
        top, bottom = self._token(place), self._token(place + 2)
        if not (top and bottom and self._text(place + 1) == "/" and top.kind == bottom.kind == "number"):
            return None
        values = number_of(top.text), number_of(bottom.text)
        if values in ((1.0, 2.0), (1.0, 4.0), (3.0, 4.0), (1.0, 3.0), (2.0, 3.0)) and self._token(place + 1).glued:  # type: ignore[union-attr]
            return (values[0] or 0) / (values[1] or 1), place + 3
        return None

    def _thousands(self, place: int, whole: float) -> tuple[float, int] | None:
        """ "1 000" is a thousand; "2 500" may be two of five hundred, so it is not read."""
        group = self._token(place + 1)
        if not (group and group.kind == "number" and not group.glued and len(group.text) == 3 and whole < 1000):
            return whole, place + 1
        if group.text == "000":
            return whole * 1000, place + 2
        return whole, place + 1

    def _number_word(self, place: int) -> tuple[float, int] | None:
        phrase = self._phrase(place)
        sense = phrase.sense(Tag.NUMBERS) if phrase else None
        if phrase is None or sense is None:
            return None
        value, end = float(cast("float", sense.value)), phrase.end
        if value < 1:
            return value, end
        return value, end

    def _figure(self, place: int) -> Figure | None:
        """A number, or a range: "1-2", "1 to 2", "100 - 200"."""
        first = self._number(place)
        if first is None:
            return None
        joint = self._phrase(first[1])
        if joint and joint.sense(Tag.RANGE):
            second = self._number(joint.end)
            if second and second[0] > first[0]:
                return Figure(first[0], second[0], second[1])
        return Figure(first[0], first[0], first[1])

    # Productions of numbers and signs -----------------------------------------------------------------------------------------------

    def _list_number(self, place: int) -> Part | None:
        """The "1." or "2)" of a list, and "#5", which is how many are in the pack."""
        token, sign = self._token(place), self._token(place + 1)
        if token is None or sign is None:
            return None
        if token.text == "#" and sign.kind == "number":
            return Mark(Span(place, place + 2), "pack")
        numbered = (
            place == 0 and token.kind == "number" and token.text.isdigit() and int(token.text) <= MOST_LISTED
        )
        behind = self._token(place + 2)
        if numbered and sign.text in (".", ")") and sign.glued and behind and not behind.glued:
            return Mark(Span(place, place + 2), "pack")
        return None

    def _times_and_count(self, place: int) -> Part | None:
        """ "2 x 1", "2 dd 1", "3x1": how often, and how many each time."""
        times = self._number(place)
        if times is None or self._text(times[1]) not in (*TIMES_SIGNS, "dd"):
            return None
        each = self._number(times[1] + 1)
        if (
            each is None
            or each[0] > MOST_SMALL
            or times[0] > MOST_SMALL
            or self._unit(each[1])
            or self._is_form(each[1])
        ):
            return None
        word = self._phrase(times[1] + 1)
        if word and word.end > each[1]:  # "2 x 1 daily", "1 x 2 tablets"
            return None
        return Schedule(Span(place, each[1]), per_day=times[0], each=each[0])

    def _is_form(self, place: int) -> bool:
        phrase = self._phrase(place)
        return phrase is not None and phrase.sense(Tag.FORMS) is not None

    def _definition(self, place: int) -> Part | None:
        """ "1 tablet = 100 mg"."""
        figure = self._figure(place)
        if figure is None or not self._is_form(figure.end):
            return None
        form = cast("Phrase", self._phrase(figure.end))
        strength = self._strength(form.end + 1) if self._text(form.end) == "=" else None
        if not isinstance(strength, Strength):
            return None
        return replace(strength, span=Span(place, strength.span.end), per_units=figure.high)

    def _dose(self, place: int) -> Part | None:
        """TAKE (STRENGTH | FIGURE): "take 600 mg", "take two"."""
        take = self._phrase(place)
        if take is None or not take.sense(Tag.TAKE):
            return None
        strength = self._strength(take.end)
        if isinstance(strength, Strength):
            return replace(strength, span=Span(place, strength.span.end), role="dose")
        count = self._count(take.end)
        if isinstance(count, Count):
            return replace(count, span=Span(place, count.span.end))
        figure = self._figure(take.end)
        if (
            figure is None
            or figure.high > MOST_SMALL
            or self._unit(figure.end)
            or self._is_counted(take.end, figure)
        ):
            return None
        return Count(Span(place, figure.end), figure.low, figure.high, inside=self._inside)

    def _is_counted(self, place: int, figure: Figure) -> bool:
        """ "take 2 times a day": the number belongs to a longer phrase that is no bare one."""
        phrase = self._phrase(place)
        sense = phrase.sense(Tag.PER_DAY) if phrase and phrase.end > figure.end else None
        return sense is not None and sense.value != BARE

    def _at_most(self, place: int) -> Part | None:
        """LIMIT PER_DAY: "not more than twice a day"."""
        limit = self._phrase(place)
        if limit is None or not limit.sense(Tag.LIMIT):
            return None
        often = self._phrase(limit.end)
        sense = often.sense(Tag.PER_DAY) if often else None
        if often is None or sense is None:
            return None
        schedule = _per_day(Span(place, often.end), sense, often)
        return replace(schedule, at_most=True, low=0.0, bare=False) if isinstance(schedule, Schedule) else schedule

    def _strength(self, place: int) -> Part | None:
        """FIGURE [UNIT] ["/" FIGURE] UNIT [PER [FIGURE] (UNIT | FORM | VOLUME)]."""
        if self._is_two_thousand(place):
            return None
        figure = self._figure(place)
        if figure is None:
            return self._unreadable_strength(place)
        combined = self._combined(figure.end)
        if combined and self._british_duration(place) is None:
            return Strength(
                Span(place, combined), figure.low, figure.high, "mg", combined=True, inside=self._inside
            )
        unit = self._unit(figure.end)
        if unit is None:
            return None
        name, end = unit
        per_ml, per_units, serving, end = self._per(end)
        if name == "ml" and per_ml is None:
            return Count(Span(place, end), figure.low, figure.high, ml=1.0, inside=self._inside)
        strength = Strength(
            Span(place, end), figure.low, figure.high, name, per_ml, per_units, serving, inside=self._inside
        )
        return self._up_to(strength)

    def _up_to(self, strength: Strength) -> Strength:
        """ "200 mg or 400 mg", "200 mg increasing to 400 mg": a range in two strengths of one unit."""
        joint = self._phrase(strength.span.end)
        ranged = joint is not None and (
            joint.sense(Tag.RANGE) is not None or self._text(strength.span.end) == "or"
        )
        figure = self._figure(joint.end) if joint and ranged else None
        unit = self._unit(figure.end) if figure else None
        if figure is None or unit is None or unit[0] != strength.unit or figure.high <= strength.high:
            return strength
        return replace(strength, span=Span(strength.span.start, unit[1]), high=figure.high)

    def _is_two_thousand(self, place: int) -> bool:
        """ "2 500 mg" can be two tablets of 500 mg as well as 2,500 mg."""
        token, group = self._token(place), self._token(place + 1)
        return bool(
            token
            and group
            and token.kind == group.kind == "number"
            and not group.glued
            and len(group.text) == 3
            and group.text != "000"
            and self._unit(place + 2)
            and (number_of(token.text) or 1000) < 1000
            and token.text.isdigit()
        )

    def _unreadable_strength(self, place: int) -> Part | None:
        """ "1.000 mg": a number that can be read in two ways, with its unit."""
        token = self._token(place)
        if token and token.kind == "number" and number_of(token.text) is None:
            unit = self._unit(place + 1)
            if unit and unit[0] == "g" and re.fullmatch(r"\d\.\d{3}", token.text):  # nobody takes a kilogram
                per_ml, per_units, serving, end = self._per(unit[1])
                value = float(token.text)
                return Strength(
                    Span(place, end), value, value, "g", per_ml, per_units, serving, inside=self._inside
                )
            return NotRead(Span(place, unit[1] if unit else place + 1), token.text, "amount" if unit else "both")
        return None

    def _unit(self, place: int) -> tuple[str, int] | None:
        if self._text(place) == "-" and self._tokens[place].glued:
            return self._unit(place + 1)
        phrase = self._phrase(place)
        sense = phrase.sense(Tag.UNITS) if phrase else None
        if phrase is None or sense is None:
            name = self._names.get(place)
            token = self._token(place)
            return ("mg", place + 1) if name and token and token.norm == "mg" else None
        return str(sense.value), phrase.end

    def _combined(self, place: int) -> int | None:
        """ "/125 mg" behind a figure: the strengths of a combination."""
        end = place
        found = False
        while self._text(end) in ("/", "-"):
            figure = self._number(end + 1)
            if figure is None:
                break
            end, found = figure[1], True
        unit = self._unit(end) if found else None
        if unit:
            return unit[1]
        glued = found and all(self._tokens[step].glued for step in range(place, end))
        return end if glued and self._text(place) == "/" and self._last_name_ended is not None else None

    def _per(self, place: int) -> tuple[float | None, float | None, bool, int]:
        """(millilitres, how many, serving, the place behind) of "/5 mL", "per tablet", "per 2 capsules"."""
        each = self._phrase(place)
        if each and each.sense(Tag.SERVING):
            return None, None, True, each.end
        if each and each.sense(Tag.EACH) and not each.sense(Tag.FORMS):
            return None, 1.0, False, each.end
        if not (each and each.sense(Tag.PER)):
            return None, None, False, place
        figure = self._figure(each.end)
        amount, behind = (figure.high, figure.end) if figure else (1.0, each.end)
        what = self._phrase(behind)
        if what is None:
            return None, None, False, place
        if (unit := what.sense(Tag.UNITS)) and unit.value in ("ml", "l"):
            return amount * (1000 if unit.value == "l" else 1), None, False, what.end
        if volume := what.sense(Tag.VOLUMES):
            return amount * float(cast("float", volume.value)), None, False, what.end
        if unit and unit.value in ("g", "mg"):
            return NEVER_TOLD, None, False, what.end
        if what.sense(Tag.FORMS):
            return None, amount, False, what.end
        return None, None, False, place

    def _count(self, place: int) -> Part | None:
        """FIGURE (FORM | VOLUME), FIGURE "x" STRENGTH, "x" FIGURE."""
        figure = self._figure(place)
        if figure is None:
            return self._times_sign_count(place)
        what = self._phrase(figure.end)
        if what and what.sense(Tag.FORMS):
            form = " ".join(token.norm for token in self._tokens[what.start : what.end])
            swallowed = self._lexicon.is_swallowed(form)
            return Count(Span(place, what.end), figure.low, figure.high, inside=self._inside, swallowed=swallowed)
        if what and (volume := what.sense(Tag.VOLUMES)):
            ml = float(cast("float", volume.value))
            return Count(Span(place, what.end), figure.low, figure.high, ml=ml, inside=self._inside)
        if self._text(figure.end) in TIMES_SIGNS:
            return self._times(place, figure)
        if figure.high < 1 and isinstance(self._strength(self._behind_of(figure.end)), Strength):
            return Count(Span(place, self._behind_of(figure.end)), figure.low, figure.high, inside=self._inside)
        if (
            figure.high <= MOST_SMALL
            and not self._tokens[place].is_number
            and isinstance(self._strength(figure.end), Strength)
        ):
            return Count(Span(place, figure.end), figure.low, figure.high, inside=self._inside)
        if (slot := self._slot_behind(figure.end)) and figure.high <= MOST_SMALL:
            return Schedule(Span(place, slot[1]), slots=slot[0], doses=(figure.high,) * len(slot[0]))
        if figure.high <= MOST_SMALL and what and any(what.sense(tag) for tag in BEHIND_A_COUNT):
            return Count(Span(place, figure.end), figure.low, figure.high, inside=self._inside)
        return None

    def _behind_of(self, place: int) -> int:
        return place + 1 if self._text(place) in ("of", "de", "di", "von", "van", "d") else place

    def _times(self, place: int, figure: Figure) -> Part:
        """ "2 x 200 mg" and "2 x magnesium" are counts; "200 mg 2x" says how often."""
        end = figure.end + 1
        if end < len(self._tokens) and (end in self._names or self._number(end) or self._slot_behind(end)):
            return Count(Span(place, end), figure.low, figure.high, inside=self._inside)
        if place == 0:
            return Count(Span(place, end), figure.low, figure.high, inside=self._inside)
        return Schedule(Span(place, end), per_day=figure.high)

    def _slot_behind(self, place: int) -> tuple[tuple[Slot, ...], int] | None:
        phrase = self._phrase(place)
        sense = phrase.sense(Tag.SLOTS) if phrase else None
        return (_slots(sense), phrase.end) if phrase and sense else None

    def _times_sign_count(self, place: int) -> Part | None:
        if self._text(place) not in TIMES_SIGNS:
            return None
        figure = self._figure(place + 1)
        if figure is None or self._unit(figure.end):
            return Mark(Span(place, place + 1), "filler")
        return Count(Span(place, figure.end), figure.low, figure.high, inside=self._inside)

    def _scheme(self, place: int) -> Part | None:
        """ "1-0-1", "1-0-0-1", "½-0-½": how many in the morning, at noon, in the evening, at bedtime."""
        doses: list[float] = []
        end, joint = place, ""
        while len(doses) < len(SLOTS):
            number = self._number(end)
            if number is None:
                break
            doses.append(number[0])
            end = number[1]
            joint = joint or self._text(end)
            if self._text(end) not in ("-", "/", "+") or joint != self._text(end):
                break
            end += 1
        if len(doses) < 3 or self._text(end - 1) in ("-", "/", "+") or self._unit(end):
            return None
        slots: tuple[Slot, ...] = SLOTS[: len(doses)]
        if max(doses) > MOST_SMALL or (joint == "/" and max(doses) > 4):
            return None
        taken = [(slot, dose) for slot, dose in zip(slots, doses, strict=True) if dose]
        if not taken:
            return Schedule(Span(place, end), unclear=True)
        return Schedule(
            Span(place, end), slots=tuple(slot for slot, _ in taken), doses=tuple(dose for _, dose in taken)
        )

    def _clock(self, place: int) -> Part | None:
        at = self._phrase(place)
        begin = at.end if at and at.sense(Tag.AT) else place
        read = clock.read(self._tokens, begin, announced=begin > place) or self._hour_of_slot(begin, place)
        if read is None:
            return self._dotted_clock(place)
        time, end = read
        word = self._phrase(end)
        if word and word.sense(Tag.CLOCK) and not word.sense(Tag.UNITS):
            end = word.end
        return Schedule(Span(place, end), times=(time,))

    def _hour_of_slot(self, place: int, start: int) -> tuple[str, int] | None:
        """ "at 7 in the morning", "12 noon", "at 10 at night"."""
        token = self._token(place)
        slot = self._slot_behind(place + 1)
        if not (token and slot and token.text.isdigit() and 1 <= int(token.text) <= 12):
            return None
        hour, slots = int(token.text), slot[0]
        if start == place and slots != ("noon",):
            return None
        if slots == ("morning",):
            return f"{hour % 12:02d}:00", slot[1]
        late = hour % 12 + 12
        return (
            (f"{hour:02d}:00", slot[1]) if slots == ("bedtime",) and hour < 5 else (f"{late % 24:02d}:00", slot[1])
        )

    def _dotted_clock(self, place: int) -> Part | None:
        """ "22.30" and "0630" behind an amount: a quarter of an hour, without a unit behind it."""
        token = self._token(place)
        if (
            token is None
            or place == 0
            or self._last_name_ended == place
            or (self._phrase(place + 1) and self._unit(place + 1))
        ):
            return None
        found = re.fullmatch(r"([01]?\d|2[0-3])\.(00|15|30|45)|(0\d)([0-5]\d)", token.text)
        if found is None:
            return None
        hour, minute = (found[1], found[2]) if found[1] else (found[3], found[4])
        return Schedule(Span(place, place + 1), times=(f"{int(hour):02d}:{minute}",))

    def _date(self, place: int) -> Part | None:
        """ "12/05/2024", "2024-05-12", "12.05.2024"."""
        texts = [self._text(place + step) for step in range(5)]
        numbers = [text for text in texts[::2] if text.isdigit()]
        if (
            len(numbers) == 3
            and texts[1] == texts[3]
            and texts[1] in ("/", "-", ".")
            and max(map(int, numbers)) > 1900
        ):
            return Mark(Span(place, place + 5), "date")
        if texts[0].isdigit() and texts[1] in ("/", "-") and re.fullmatch(r"(19|20)\d\d", texts[2]):
            return Mark(Span(place, place + 3), "date")
        dotted = self._token(place)
        if dotted and dotted.text.count(".") == 2 and dotted.text.rsplit(".", 1)[1].startswith(("19", "20")):
            return Mark(Span(place, place + 1), "date")
        return None

    def _british_duration(self, place: int) -> Part | None:
        """ "7/7" is seven days, "2/52" two weeks, "1/12" a month."""
        number, of = self._token(place), self._text(place + 2)
        if not (number and number.text.isdigit() and self._text(place + 1) == "/" and of in BRITISH):
            return None
        if int(number.text) > 52 or self._unit(place + 3):
            return None
        return Duration(Span(place, place + 3), int(number.text) * BRITISH[of])

    def _until(self, place: int) -> Part | None:
        """ "until Friday", "bis 12.05.2024"."""
        phrase = self._phrase(place)
        if phrase is None or not phrase.sense(Tag.UNTIL):
            return None
        date = self._date(phrase.end)
        day = self._phrase(phrase.end)
        named = day and (day.sense(Tag.WEEKDAYS) or day.sense(Tag.DATES))
        end = date.span.end if date else day.end if day and named else None
        return Duration(Span(place, end), None) if end else None

    def _last_word(self, place: int) -> Part | None:
        """A word that means something at the end of a line only: "simvastatin 20 mg ON" is omni nocte."""
        phrase = self._phrase(place)
        sense = phrase.sense(Tag.LAST) if phrase and phrase.end == len(self._tokens) else None
        return Schedule(Span(place, place + 1), slots=_slots(sense)) if sense else None

    def _of_phrase(self, phrase: Phrase) -> Part | None:
        for tag, make in MEANINGS:
            sense = phrase.sense(tag)
            if sense:
                part = (
                    self._vague(phrase)
                    if tag is Tag.VAGUE_COUNT
                    else make(Span(phrase.start, phrase.end), sense, phrase)
                )
                return self._swallowed(part) if tag is Tag.FORMS else part
        return None

    def _vague(self, phrase: Phrase) -> Part:
        """ "a few capsules": a count that nobody can count with."""
        text = " ".join(token.text for token in self._tokens[phrase.start : phrase.end])
        return NotRead(Span(phrase.start, phrase.end), text, "amount")

    def _swallowed(self, part: Part) -> Part:
        form = " ".join(token.norm for token in self._tokens[part.span.start : part.span.end])
        return Way(part.span, frozenset({Route.ORAL}), by_form=True) if self._lexicon.is_swallowed(form) else part

    def _unread(self, place: int) -> Part:
        token = self._tokens[place]
        span = Span(place, place + 1)
        if token.text == "?":
            return Standing(span, taken=None)
        if token.is_number and self._text(place + 1) == ":" and self._text(place + 2).isdigit():
            return NotRead(
                Span(place, place + 3), "".join(t.text for t in self._tokens[place : place + 3]), "schedule"
            )
        if token.kind == "sign":
            return Mark(span, SIGNS.get(token.text, "filler"), token.text)
        if token.is_number:
            value = number_of(token.text) or 0
            return NotRead(span, token.text, "amount" if value > MOST_SMALL else "both")
        number = self._number_word(place)
        if number:
            return NotRead(
                Span(place, number[1]), " ".join(t.text for t in self._tokens[place : number[1]]), "both"
            )
        return NotRead(span, token.text, "schedule" if self._lexicon.resembles_a_schedule(token.norm) else "word")

    # Tokens ----------------------------------------------------------------------------------------------------

    @property
    def _inside(self) -> bool:
        return self._depth > 0

    def _token(self, place: int) -> Token | None:
        return self._tokens[place] if 0 <= place < len(self._tokens) else None

    def _text(self, place: int) -> str:
        token = self._token(place)
        return token.norm if token else ""


SCHEDULES = (
    Tag.PER_DAY,
    Tag.HOURS,
    Tag.SLOTS,
    Tag.DAYS,
    Tag.WEEKLY,
    Tag.MONTHLY,
    Tag.ONCE,
    Tag.AS_NEEDED,
    Tag.AT_MOST,
)
BEHIND_A_COUNT = (*SCHEDULES, Tag.TAKE, Tag.SLOT_FOOD)
TIMES_SIGNS = frozenset({"x", "×", "*"})
BRITISH = {"7": 1, "52": 7, "12": 30}
SIGNS: dict[str, MarkKind] = {
    ",": "comma",
    "+": "also",
    "&": "also",
    "/": "also",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
}


def _slots(sense: Sense) -> tuple[Slot, ...]:
    return cast("tuple[Slot, ...]", tuple(str(sense.value).split()))


def _depth_of(part: Part) -> int:
    if isinstance(part, Mark):
        return {"open": 1, "close": -1}.get(part.kind, 0)
    return 0


def _per_day(span: Span, sense: Sense, phrase: Phrase) -> Part:
    if sense.value == 0:
        return Schedule(span, daily=True)
    figures = phrase.figures[0] if sense.value in (NUMBER, BARE) else None
    count = figures.high if figures else float(cast("float", sense.value))
    low = figures.low if figures and figures.low < count else None
    if not 0 < count <= 24:
        return Schedule(span, unclear=True)
    return Schedule(span, per_day=count, low=low, bare=sense.value == BARE)


def _hours(span: Span, _: Sense, phrase: Phrase) -> Part:
    hours = phrase.figures[-1].low if phrase.figures else 0
    if hours and hours <= 24 and 24 % hours == 0:
        return Schedule(span, per_day=24 / hours)
    if hours and hours % 24 == 0:
        return Schedule(span, every_days=int(hours // 24))
    return Schedule(span, unclear=True)


def _days(span: Span, sense: Sense, phrase: Phrase) -> Part:
    days = phrase.figures[0].low if sense.value == NUMBER else float(cast("float", sense.value))
    if days == 1:
        return Schedule(span, daily=True)
    if days == 7:
        return Schedule(span, weekly=True)
    return Schedule(span, every_days=int(days)) if days >= 1 else Schedule(span, unclear=True)


def _per_week(span: Span, sense: Sense, phrase: Phrase) -> Part:
    count = phrase.figures[0].high if sense.value == NUMBER else float(cast("float", sense.value))
    return Schedule(span, weekly=True, per_day=1) if count == 1 else Schedule(span, per_week=count)


def _duration(span: Span, sense: Sense, phrase: Phrase) -> Part:
    if isinstance(sense.value, float):
        return Duration(span, sense.value)
    return Duration(span, phrase.figures[0].high * {"day": 1, "week": 7, "month": 30}[str(sense.value)])


def _way(span: Span, sense: Sense, _: Phrase) -> Part:
    routes = cast("tuple[Route, ...]", sense.value)
    return Way(span, frozenset(routes))


MEANINGS: tuple[tuple[Tag, Callable[[Span, Sense, Phrase], Part]], ...] = (
    (Tag.STOPPED, lambda span, _, __: Standing(span, taken=False)),
    (Tag.VAGUE_COUNT, lambda span, _, __: Mark(span, "filler")),
    (Tag.AT_MOST, lambda span, _, phrase: Schedule(span, per_day=phrase.figures[0].high, low=0, at_most=True)),
    (Tag.PER_WEEK, _per_week),
    (Tag.PER_DAY, _per_day),
    (Tag.HOURS, _hours),
    (Tag.DAYS, _days),
    (Tag.WEEKLY, lambda span, sense, _: Schedule(span, weekly=True, per_day=1 if sense.value else None)),
    (Tag.MONTHLY, lambda span, sense, _: Schedule(span, monthly=True, per_day=1 if sense.value else None)),
    (Tag.VAGUE, lambda span, _, __: Schedule(span, unclear=True)),
    (Tag.PACK, lambda span, _, __: Mark(span, "pack")),
    (Tag.ONCE, lambda span, _, __: Schedule(span, once_only=True)),
    (Tag.AS_NEEDED, lambda span, _, __: Schedule(span, as_needed=True)),
    (Tag.SLOT_FOOD, lambda span, sense, _: Schedule(span, slots=_slots(sense))),
    (Tag.SLOTS, lambda span, sense, _: Schedule(span, slots=_slots(sense))),
    (Tag.FOOD, lambda span, _, __: Mark(span, "filler")),
    (Tag.DURATION, _duration),
    (Tag.WEEKDAYS, lambda span, _, __: Schedule(span, weekdays=1)),
    (Tag.UNCLEAR, _way),
    (Tag.ROUTE, _way),
    (Tag.ELEMENTAL, lambda span, _, __: Basis(span, elemental=True)),
    (Tag.COMPOUND, lambda span, _, __: Basis(span, elemental=False)),
    (Tag.SALT, lambda span, _, __: Mark(span, "salt")),
    (Tag.FORMS, lambda span, _, __: Mark(span, "filler", "form")),
    (Tag.FROM, lambda span, sense, _: Mark(span, "as", str(sense.value))),
    (Tag.AS_SALT, lambda span, _, __: Mark(span, "as", "salt")),
    (Tag.ALSO, lambda span, _, __: Mark(span, "also")),
    (Tag.TAKEN, lambda span, _, __: Standing(span, taken=True)),
    (Tag.DATES, lambda span, _, __: Mark(span, "date")),
    (Tag.PACE, lambda span, _, __: Mark(span, "filler")),
    (Tag.TAKE, lambda span, _, __: Mark(span, "filler")),
    (Tag.LIMIT, lambda span, _, __: Mark(span, "filler")),
    (Tag.EACH, lambda span, _, __: Mark(span, "filler")),
    (Tag.SERVING, lambda span, _, __: Mark(span, "filler")),
    (Tag.PER, lambda span, _, __: Mark(span, "filler")),
    (Tag.AT, lambda span, _, __: Mark(span, "filler")),
    (Tag.FILLER, lambda span, _, __: Mark(span, "filler")),
    (Tag.UNTIL, lambda span, _, __: Mark(span, "filler")),
    (Tag.FORM_WORD, lambda span, _, __: Mark(span, "filler")),
    (Tag.DOUBTFUL, lambda span, _, __: Standing(span, taken=None)),
)
"""Tag -> the part that its phrase becomes; of a phrase with several senses the first tag in this order."""
