"""What do the word lists of rules/vocabulary/reading say? Each entry as a phrase and its meaning."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from magcheck.profile import Route
from magcheck.terminology.lexicon import JOINTS, Keyed, Phrases, Sense, Tag
from magcheck.terminology.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SWALLOWED, OWN_HOURS = "swallowed", "own hours"
"""The sections of beginnings of words ("caps") and of parts of them ("breakfast"), not of phrases."""
WRITTEN = "written so"
"""The section of names whose capitals count."""


def phrases_of(lists: Iterable[Mapping[str, Any]], more: Iterable[tuple[str, Sense]]) -> Phrases:
    """What the word lists say, and `more` besides."""
    every = list(lists)
    told = chain(*map(senses_of, every), more)
    keyed = [(keys, sense) for phrase, sense in told if (keys := _keys(phrase))]
    by_first_word: dict[str, list[Keyed]] = {}
    for keys, sense in keyed:
        by_first_word.setdefault(keys[0], []).append((keys, sense))
    return Phrases(
        by_first_word,
        {keys[0]: sense.figure for keys, sense in keyed if sense.tag is Tag.NUMBERS and len(keys) == 1},
        frozenset(" ".join(keys) for keys, sense in keyed if sense.tag is Tag.RANGE),
        tuple(stem for words in every for stem in words.get(SWALLOWED, ())),
        {str(text): name for words in every for name, texts in words.get(WRITTEN, {}).items() for text in texts},
        tuple(stem for words in every for stem in words.get(OWN_HOURS, ())),
    )


def _keys(phrase: str) -> list[str]:
    if phrase.isascii() and phrase.islower() and phrase.replace(" ", "").isalpha():
        return phrase.split()  # what is below says the same, and takes ten times as long
    tokens = [token.norm for token in tokenise(phrase)]
    return [token for token in tokens if token not in JOINTS] or tokens


def senses_of(words: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    """(phrase, sense) of every entry of one word list: a section holds phrases, or values with their phrases."""
    for section, content in words.items():
        if section in (SWALLOWED, OWN_HOURS, WRITTEN):
            continue
        by_value = cast("dict[object, list[object]]", content if isinstance(content, dict) else {None: content})
        for value, phrases in by_value.items():
            sense = _sense(section, value)
            yield from ((str(phrase), sense) for phrase in phrases or ())


def _sense(section: str, value: object) -> Sense:
    if section == "routes":
        return Sense(Tag.ROUTE, (Route(str(value)),))
    if section == Tag.UNCLEAR:  # "rectal or oral": words that can mean two routes
        return Sense(Tag.UNCLEAR, tuple(Route(route) for route in str(value).split(" or ")))
    return Sense(Tag(section), _figure(value))


def _figure(value: object) -> object:
    """A key that is a number, as a number."""
    try:
        return float(str(value))
    except ValueError:
        return value
