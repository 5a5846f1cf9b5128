"""Which number begins here? "2", "½", "1 ½", "1/2", "two", "two (2)", "1 000", "1-2", "one to two"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.reading.grammar.sentence import Figure, ParsedNumber
from magcheck.terminology.lexicon import Tag
from magcheck.terminology.tokens import number_of

if TYPE_CHECKING:
    from magcheck.reading.grammar.sentence import Sentence

FRACTIONS = {("1", "2"): 1 / 2, ("1", "4"): 1 / 4, ("3", "4"): 3 / 4, ("1", "3"): 1 / 3, ("2", "3"): 2 / 3}
"""Of a tablet; other figures with a slash are no fraction ("7/7" is a week)."""
TENS = range(20, 100, 10)
GROUP = 3
"""Digits between two signs of thousands."""


def figure(sentence: Sentence, place: int) -> Figure | None:
    """A number, or a range: "1-2", "1 to 2", "100 - 200"."""
    if place not in sentence.figures:
        sentence.figures[place] = _figure(sentence, place)
    return sentence.figures[place]


def _figure(sentence: Sentence, place: int) -> Figure | None:
    first = number(sentence, place)
    if first is None:
        return None
    joint = sentence.said(first.end, Tag.RANGE)
    second = number(sentence, joint.end) if joint else None
    if second and second.value > first.value:
        return Figure(first.value, second.value, second.end)
    return Figure(first.value, first.value, first.end)


def number(sentence: Sentence, place: int) -> ParsedNumber | None:
    """One number, also when it is told twice: "two (2)", "2 (two)"."""
    if place not in sentence.numbers:
        sentence.numbers[place] = _number(sentence, place)
    return sentence.numbers[place]


def _number(sentence: Sentence, place: int) -> ParsedNumber | None:
    told = _plain(sentence, place)
    if told and sentence.text(told.end) == "(":
        again = _plain(sentence, told.end + 1)
        if again and again.value == told.value and sentence.text(again.end) == ")":
            return ParsedNumber(told.value, again.end + 1)
    return told


def _plain(sentence: Sentence, place: int) -> ParsedNumber | None:
    token = sentence.token(place)
    if token is None or place in sentence.names:  # "5-ASA", "One-Alpha"
        return None
    if not token.is_number:
        return number_word(sentence, place)
    value = number_of(token.text)
    if value is None:
        return None
    if token.kind == "number" and value == int(value):
        return _fraction(sentence, place) or _mixed(sentence, place, value) or _thousands(sentence, place, value)
    return ParsedNumber(value, place + 1)


def _fraction(sentence: Sentence, place: int) -> ParsedNumber | None:
    """ "1/2" written without a space."""
    slash = sentence.token(place + 1)
    if not (slash and slash.text == "/" and slash.glued):
        return None
    value = FRACTIONS.get((sentence.text(place), sentence.text(place + 2)))
    return ParsedNumber(value, place + 3) if value else None


def _mixed(sentence: Sentence, place: int, whole: float) -> ParsedNumber | None:
    """ "1½", "1 1/2", "2 and a half"."""
    following = sentence.token(place + 1)
    if following is None or not following.is_number:
        return _and_part(sentence, place + 1, whole)
    if following.kind == "fraction":
        return ParsedNumber(whole + (number_of(following.text) or 0), place + 2)
    part = None if following.glued else _fraction(sentence, place + 1)
    return part and ParsedNumber(whole + part.value, part.end)


def _and_part(sentence: Sentence, place: int, whole: float) -> ParsedNumber | None:
    joint = sentence.said(place, Tag.ALSO)
    part = number_word(sentence, joint.end) if joint else None
    return ParsedNumber(whole + part.value, part.end) if part and part.value < 1 else None


def _thousands(sentence: Sentence, place: int, whole: float) -> ParsedNumber:
    """ "1 000" is a thousand; "2 500" may be two of five hundred, so it is not put together."""
    group = sentence.token(place + 1)
    if group and group.text == "0" * GROUP and not group.glued and whole < 1000:
        return ParsedNumber(whole * 1000, place + 2)
    return ParsedNumber(whole, place + 1)


def number_word(sentence: Sentence, place: int) -> ParsedNumber | None:
    """ "two", "one and a half", "seventy five"; no part of a longer phrase such as "one a day"."""
    phrase = sentence.longest(place)
    sense = phrase.sense(Tag.NUMBERS) if phrase else None
    if phrase is None or sense is None:
        return None
    if sense.figure in TENS:
        dash = sentence.text(phrase.end) == "-"
        unit = sentence.said(phrase.end + dash, Tag.NUMBERS)
        if unit and 1 <= unit.sense.figure < 10 and unit.sense.figure % 1 == 0:
            return ParsedNumber(sense.figure + unit.sense.figure, unit.end)
    return ParsedNumber(sense.figure, phrase.end)
