"""Does an answer say nothing but yes, none, or that it is not known? In any words, with filling around them."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.knowledge.wording.questions import QuestionWords

MOST_WORDS = 20
"""Of an answer that could say so little."""
_LAST = re.compile(r"(?P<list>.*\S)\s*(?P<sign>[,;.\n])\s*(?P<last>[^,;.\n]+)[.\s]*", re.DOTALL)

_BETWEEN_ENTRIES = re.compile(r"\s*(?:[;\n]|,(?!\d)|(?<!\d),)\s*")
"""A comma between two figures belongs to a number: "1,000 mg"."""


def listed_in(text: str) -> list[str]:
    """The entries of one answer, each as written."""
    return [entry for entry in _BETWEEN_ENTRIES.split(text) if entry]


def is_yes(text: str, words: QuestionWords) -> bool:
    return _says_only(text, words.said.yes, words.said.filling)


def is_none(text: str, words: QuestionWords) -> bool:
    """Is it a word for nothing, alone? "none", "no, not really", "-"."""
    said = words.said
    nothing = (*said.none, *said.no)
    return text.strip().casefold() in nothing or _says_only(text, nothing, (*said.rest, *said.filling))


def is_unknown(text: str, words: QuestionWords) -> bool:
    """Does it say, alone, that it is not known? Whoever says "no, not sure" does not know either."""
    said = words.said
    return _says_only(text, said.unknown, (*said.none, *said.no, *said.filling))


def is_maybe(text: str, words: QuestionWords) -> bool:
    said = words.said
    return _says_only(text, (*said.maybe, *said.unknown), (*said.none, *said.no, *said.filling))


def is_some(text: str, words: QuestionWords) -> bool:
    """Does it say that there are any, without a name?"""
    said = words.said
    return _says_only(text, (*said.yes, *said.some), said.filling)


def is_right(text: str, words: QuestionWords) -> bool:
    """Is nothing wrong?"""
    said = words.said
    return is_none(text, words) or _says_only(text, said.right, (*said.none, *said.no, *said.yes, *said.filling))


def without_the_rest(text: str, words: QuestionWords) -> str:
    """A list without the words behind it that there is nothing else."""
    found = _LAST.fullmatch(text.strip())
    rest = {normal(phrase) for phrase in words.said.rest}
    return found["list"] if found and normal(found["last"]) in rest else text


def _says_only(text: str, meant: Iterable[str], beside: Iterable[str]) -> bool:
    """Is `text` made of phrases alone, and one of them is `meant`?"""
    answers = {normal(phrase) for phrase in meant} - {""}
    phrases = answers | {normal(phrase) for phrase in beside}
    words = normal(text).split()
    if len(words) > MOST_WORDS:
        return False
    reached: list[set[bool]] = [{False}, *(set[bool]() for _ in words)]
    for start, end in combinations(range(len(words) + 1), 2):
        phrase = " ".join(words[start:end])
        if phrase in phrases:
            reached[end] |= {is_said or phrase in answers for is_said in reached[start]}
    return True in reached[-1]
