"""What holds a line together, and what of it is not understood? Signs, dates, numbers of a list."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from magcheck.reading.grammar.counts import MOST_SMALL
from magcheck.reading.grammar.numbers import number_word
from magcheck.reading.parts import SCHEDULES, Mark, NotRead, TakenPart, TokenSpan
from magcheck.terminology.lexicon import Tag
from magcheck.terminology.tokens import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magcheck.reading.grammar.sentence import Sentence
    from magcheck.reading.parts import LooksLike, MarkKind, Part
    from magcheck.terminology.tokens import Token

MOST_LISTED = 50
"""Lines of the longest list whose numbers are known as such."""
FIRST_YEAR = 1900
LAST_DAY = 31
LAST_MONTH, LONGEST_MONTH = 12, 2
"""And its digits: "0800/2000" are two hours."""
SIGNS: Mapping[str, MarkKind] = {
    ",": "comma",
    "+": "also",
    "&": "also",
    "/": "also",
    "(": "open",
    "[": "open",
    "{": "open",
    ")": "close",
    "]": "close",
    "}": "close",
    "#": "filler",  # in the word lists it stands for a number
}
CROSSES = frozenset("?\u274c\u274e\u2717\u2718\u26d4\U0001f6ab")
"""Signs that put in doubt whether it is taken."""
MORE_THAN = frozenset(">\u2265\u00b1\u2192\u2191\u2197\u21d2\u2b06\u27a1")
"""Signs of more, or of a change: ">", "\u00b1", "\u2192"."""
_YEAR = re.compile(r"(19|20)\d\d")
_DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(19|20)\d{0,2}")


def list_number(sentence: Sentence, place: int) -> Part | None:
    """The "1." or "2)" of a list, and "#5", which is how many are in the pack."""
    first, sign = sentence.tokens[place], sentence.token(place + 1)
    if sign is None:
        return None
    if first.text == "#" and sign.kind == "number":
        return Mark(TokenSpan(place, place + 2), "pack")
    behind = sentence.token(place + 2)
    if sign.text not in (".", ")") or not sign.glued or behind is None or behind.glued:
        return None
    begins = place == 0 or sentence.text(place - 1) == ","
    numbered = begins and first.text.isdecimal() and int(first.text) <= MOST_LISTED
    return Mark(TokenSpan(place, place + 2), "pack") if numbered else None


def blank(sentence: Sentence, place: int) -> Part | None:
    """The "#" of "take # daily" or "# mg": a figure that nobody filled in, so how much or how often is open."""
    if not sentence.says(place + 1, *SCHEDULES, Tag.TIMES, Tag.UNITS):
        return None
    return NotRead(TokenSpan(place, place + 1), sentence.text(place), "both")


def date(sentence: Sentence, place: int) -> Mark | None:
    """ "12/05/2024", "2024-05-12", "12.05.2024", "05/2024"."""
    first, sign = sentence.text(place), sentence.text(place + 1)
    if sign in ("/", "-", ".") and first.isdecimal():
        second, third = sentence.text(place + 2), sentence.text(place + 4)
        numbered = sentence.text(place + 3) == sign and second.isdecimal() and third.isdecimal()
        if numbered and max(map(int, (first, second, third))) > FIRST_YEAR:
            return Mark(TokenSpan(place, place + 5), "date")
        if sign != "." and int(first) <= LAST_MONTH and len(first) <= LONGEST_MONTH and _YEAR.fullmatch(second):
            return Mark(TokenSpan(place, place + 3), "date")
    return Mark(TokenSpan(place, place + 1), "date") if _DOTTED_DATE.fullmatch(first) else None


def year(sentence: Sentence, place: int) -> Part | None:
    """ "in 2023"."""
    before = sentence.said(place, Tag.YEAR_BEFORE)
    if before is None or not _is_lone_year(sentence, before.end):
        return None
    return Mark(TokenSpan(place, before.end + 1), "date")


def date_behind(sentence: Sentence, place: int) -> Part | None:
    """The day behind a word of stopping or beginning, or the year behind a month: "stopped 3 May", "May 2023"."""
    said = sentence.said(place - 1, Tag.STOPPED, Tag.REACTION, Tag.STOP_ORDER, Tag.TAKEN, Tag.DATES)
    if said is None or said.end != place:
        return None
    if _is_lone_year(sentence, place):
        return Mark(TokenSpan(place, place + 1), "date")
    month = sentence.said(place + 1, Tag.DATES)
    is_day = sentence.text(place).isdecimal() and int(sentence.text(place)) <= LAST_DAY
    if month and said.sense.tag is Tag.TAKEN and not _ends_a_date(sentence, month.end):
        return None  # "currently 2 may increase"
    return (
        Mark(TokenSpan(place, month.end), "date") if month and is_day and said.sense.tag is not Tag.DATES else None
    )


def _ends_a_date(sentence: Sentence, place: int) -> bool:
    """Nothing follows but a sign or a year."""
    behind = sentence.token(place)
    return behind is None or behind.kind == "sign" or bool(_YEAR.fullmatch(behind.text))


def _is_lone_year(sentence: Sentence, place: int) -> bool:
    behind = sentence.token(place + 1)
    alone = behind is None or (behind.kind == "sign" and behind.norm in (")", "]", ",", "."))
    return alone and bool(_YEAR.fullmatch(sentence.text(place)))


def not_with(sentence: Sentence, place: int) -> Part | None:
    """ "do not take with milk" speaks of the milk; of "do not take with antacids" only the person can say more."""
    negation = sentence.said(place, Tag.STOPPED, Tag.STOP_ORDER)
    if negation is None or negation.end in sentence.names:  # "stopped Met XL" is no Dutch "with"
        return None
    food = sentence.said(negation.end, Tag.FOOD)
    if food:
        return Mark(TokenSpan(place, food.end), "food")
    other = sentence.said(negation.end, Tag.WITH)
    return TakenPart(TokenSpan(place, other.end), taken=None) if other else None


def none_of(sentence: Sentence, place: int) -> Part | None:
    """ "no ciprofloxacin" at the beginning; of "Panadol no codeine" and "no more than 2" nobody can say so."""
    none = sentence.said(place, Tag.NONE_OF)
    begins = sentence.text(place - 1) in ("", ",") and not sentence.inside
    if none is None or none.end not in sentence.names or not begins:
        return None
    return TakenPart(TokenSpan(place, none.end), taken=False, use="bare")


def month_or_never(sentence: Sentence, place: int) -> Part | None:
    """ "mai" is May in French and German, and never in Italian."""
    never, month = sentence.said(place, Tag.DOUBTFUL), sentence.said(place, Tag.DATES)
    return (
        TakenPart(TokenSpan(place, never.end), taken=None) if never and month and never.end == month.end else None
    )


def purpose(sentence: Sentence, place: int) -> Part | None:
    """ "for nerve pain", "for my sleep and anxiety", behind "prn" also without "for"; else it may be a name."""
    before = sentence.said(place, Tag.PURPOSE_BEFORE)
    end = _purposes(sentence, before.end if before else place)
    needed = sentence.said(place, Tag.AS_NEEDED)
    timed = sentence.said(place, Tag.SLOTS)  # "voor het slapen" is at bedtime
    if (
        end is None
        or any(said and said.end >= end for said in (needed, timed))
        or not (before or _is_behind_as_needed(sentence, place))
    ):
        return None
    return Mark(TokenSpan(place, end), "filler")


def _purposes(sentence: Sentence, place: int) -> int | None:
    """The place behind one purpose, or several that are joined; a comma may begin another medicine."""
    while sentence.says(place, Tag.BESIDE):
        place += 1
    said = sentence.said(place, Tag.PURPOSE)
    if said is None or _may_name_a_product(sentence, place, said.end):
        return None
    joint = sentence.text(said.end) in ("/", "&") or sentence.says(said.end, Tag.ALSO, Tag.RANGE)
    return (joint and _purposes(sentence, said.end + 1)) or said.end


def _may_name_a_product(sentence: Sentence, start: int, end: int) -> bool:
    """ "cough syrup", "energy supplement", "thyroid extract" are taken, not what something is taken for."""
    holds_a_name = any(place in sentence.names for place in range(start, end))
    return holds_a_name or sentence.says(end, Tag.FORMS, Tag.FORM_WORD, Tag.FILLER, Tag.ELEMENTAL)


def _is_behind_as_needed(sentence: Sentence, place: int) -> bool:
    return place in sentence.ends_of(Tag.AS_NEEDED)


def unread(sentence: Sentence, place: int) -> Part:
    """A sign, or a token that nothing else has understood."""
    token = sentence.tokens[place]
    if token.text in CROSSES:
        return TakenPart(TokenSpan(place, place + 1), taken=None)
    if token.text in MORE_THAN:
        return NotRead(TokenSpan(place, place + 1), token.text, "amount")
    if token.kind == "sign" and is_punctuation(sentence, place):
        return Mark(TokenSpan(place, place + 1), SIGNS.get(token.norm, "filler"), token.text)
    end = _unread_end(sentence, place, token)
    return NotRead(TokenSpan(place, end), sentence.words(place, end), _looks_like(sentence, place, token))


def is_punctuation(sentence: Sentence, place: int) -> bool:
    """A sign of the list of those that are no words, or one that nobody sees; emoji are words."""
    sign = sentence.tokens[place].text
    unseen = all(unicodedata.category(letter)[0] in "CM" for letter in sign)
    return sign in SIGNS or unseen or sentence.tokens[place].norm == "," or sentence.says(place, Tag.SIGN)


def _unread_end(sentence: Sentence, place: int, token: Token) -> int:
    """The place behind "25:00" or "one hundred", which are told as one."""
    if token.is_number:
        return place + (3 if _is_like_a_time(sentence, place) else 1)
    word = number_word(sentence, place)
    return word.end if word else place + 1


def _is_like_a_time(sentence: Sentence, place: int) -> bool:
    return sentence.text(place + 1) == ":" and sentence.text(place + 2).isdecimal()


def _is_announced(sentence: Sentence, place: int) -> bool:
    """ "at 7": an hour, but of which half of the day?"""
    at, following = sentence.said(place - 1, Tag.AT), sentence.token(place + 1)
    return at is not None and at.end == place and not (following and following.is_number)


def _is_numeric(text: str) -> bool:
    """ "②", "Ⅱ", "二": no number token, and yet a number."""
    return not text.isascii() and any(unicodedata.numeric(letter, None) for letter in text)


def _looks_like(sentence: Sentence, place: int, token: Token) -> LooksLike:
    if token.is_number:
        if _is_like_a_time(sentence, place) or _is_announced(sentence, place):
            return "schedule"
        return "amount" if (number_of(token.text) or 0) > MOST_SMALL else "both"
    if number_word(sentence, place) or _is_numeric(token.text):
        return "both"
    return "schedule" if sentence.lexicon.resembles_a_schedule(token.norm) else "word"
