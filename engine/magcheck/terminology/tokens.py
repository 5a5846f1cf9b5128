"""Which tokens does a written line hold? Numbers, words and signs, each with its place; nothing is dropped."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from magcheck.terminology.normalise import normal

FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_APOSTROPHES = "'\u2019\u02bc\u0060\u00b4"
_THIN = "\u00a0\u2009\u202f"
_BREAKS = "\t\n\r;\u2028\u2029"
_TOKEN = re.compile(
    rf"(?P<elision>(?:[dljnsmtcDLJNSMTC]|[Qq]u)[{_APOSTROPHES}](?=[^\W\d_]{{2}}))"
    rf"|(?P<number>(?:(?<![\w.])\.)?\d+(?:[.,{_APOSTROPHES}]\d+)*(?:[{_THIN}]\d{{3}}(?!\d))*)"
    rf"|(?P<fraction>[{''.join(FRACTIONS)}])"
    rf"|(?P<word>[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+)*[{_APOSTROPHES}]?)"
    rf"|(?P<break>[{_BREAKS}]+)"
    r"|(?P<sign>[^\w\s]|_)"
)
_SIGNS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-") | dict.fromkeys(
    map(ord, "\u00d7\u2715\u2a2f"), "x"
)

_LETTER_FOR_ZERO = re.compile(r"(?<![^\W_])[Oo](?=[.,]\d)")
"""As a scanner reads "0.125 mg"."""


class Token(NamedTuple):
    """One token of a line."""

    text: str
    """As written."""
    norm: str
    """Of a word, as `normal` has it; of a number or a sign, itself."""
    start: int
    end: int
    kind: str
    """number, fraction, word or sign."""
    glued: bool
    """It follows the last token without a space."""

    @property
    def is_number(self) -> bool:
        return self.kind in ("number", "fraction")


_KINDS = {"elision": "word", "break": "sign"}
"""A line break and a semicolon separate as a comma does."""


@lru_cache(maxsize=2048)
def tokenise(line: str) -> tuple[Token, ...]:
    """Every character that is no space stands in exactly one token."""
    plain = _LETTER_FOR_ZERO.sub("0", line.translate(_SIGNS))
    found: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(plain):
        kind = _KINDS.get(str(match.lastgroup), str(match.lastgroup))
        text = match[0]
        norm = _norm(text) if kind == "word" else "," if match.lastgroup == "break" else text
        found.append(Token(text, norm, match.start(), match.end(), kind, match.start() == end))
        end = match.end()
    return tuple(found)


def _norm(word: str) -> str:
    """Of a word in a script whose marks are split off by `normal`, the word itself."""
    return normal(word) or unicodedata.normalize("NFC", word.casefold())


_LONGEST = 15
"""Digits of the longest number that an amount can need."""
_GROUPED = re.compile(rf"(?<=\d)[{_APOSTROPHES}{_THIN}](?=\d{{3}}(?!\d))")
_WRITTEN = (
    (re.compile(r"\d+|\.\d+"), "", "."),
    (re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3})+"), ",", "."),
    (re.compile(r"\d{1,3}(?:\.\d{3})+,\d+"), ".", ","),
    (re.compile(r"0[.,]\d+|\d+[.,](?:\d{1,2}|\d{4,})"), "", ","),
)
"""How numbers are written: the shape, the sign between thousands, the decimal sign."""


@lru_cache(maxsize=4096)
def number_of(text: str) -> float | None:
    """The value of a number as written: "1,000" is a thousand and "0,5" a half.

    None for what can be read in two ways: "1.000" is one or a thousand.
    """
    if text in FRACTIONS:
        return FRACTIONS[text]
    if len(text) > _LONGEST:
        return None
    digits = _GROUPED.sub("", text)
    for shape, between_thousands, decimal in _WRITTEN:
        if shape.fullmatch(digits):
            return float(digits.replace(between_thousands, "").replace(decimal, "."))
    return None
