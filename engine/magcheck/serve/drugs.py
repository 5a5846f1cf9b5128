"""Which known names may be meant by what somebody is typing? Offered only; nothing is ever taken for another."""

from __future__ import annotations

from bisect import bisect_left
from enum import StrEnum
from typing import TYPE_CHECKING

from magcheck.core.lazy import cached_property
from magcheck.core.model import Model
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.terminology.vocabulary import Meaning, Vocabulary

SHORTEST_TYPO = 4
"""Of fewer letters everything is near to everything."""
MOST_LOOKED_AT = 400


class How(StrEnum):
    BEGINS = "begins"
    HOLDS = "holds"
    """One of its later words begins like that."""
    NEAR = "near"
    """A letter or two are different: ask before it is used."""


class Suggestion(Model):
    name: str
    """As it is written on the box or in the book."""
    ingredients: tuple[tuple[str, ...], ...]
    """What it can mean; more than one meaning where it is sold with different contents."""
    countries: tuple[str, ...]
    """Where it is sold under this name; empty where the name needs no country."""
    how: How


class Suggestions(Model):
    query: str
    found: tuple[Suggestion, ...]


class Drugs:
    """Completion from the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def matching(self, typed: str, most: int) -> Suggestions:
        """Names that begin with what was typed, then those of which a later word does, then near ones."""
        found: dict[str, Suggestion] = {}
        for suggestion in self._all(normal(typed)):
            found.setdefault(suggestion.name.casefold(), suggestion)
            if len(found) == most:
                break
        return Suggestions(query=typed, found=tuple(found.values()))

    def _all(self, text: str) -> Iterator[Suggestion]:
        if not text:
            return
        for how, names in ((How.BEGINS, self._whole), (How.HOLDS, self._later_words)):
            for spelling in _beginning(text, names):
                yield self._suggestion(spelling, how)
        if len(text) >= SHORTEST_TYPO:
            for meanings in self._vocabulary.nearest(text).values():
                yield _described(meanings[0].label, meanings, How.NEAR)

    @cached_property
    def _whole(self) -> list[tuple[str, str]]:
        """(text that may be typed, spelling), sorted."""
        return sorted((name, name) for name in (*self._vocabulary.names, *self._vocabulary.groups))

    @cached_property
    def _later_words(self) -> list[tuple[str, str]]:
        return sorted(
            (name[start + 1 :], name)
            for name, _ in self._whole
            for start, letter in enumerate(name)
            if letter == " "
        )

    def _suggestion(self, spelling: str, how: How) -> Suggestion:
        meanings = self._vocabulary.names.get(spelling)
        if meanings:
            return _described(meanings[0].label, meanings, how)
        group = self._vocabulary.groups[spelling][0]
        return _described(group.label, group.members, how)


def _beginning(text: str, names: list[tuple[str, str]]) -> list[str]:
    """Spellings of which a part begins with `text`, the shortest first."""
    start = bisect_left(names, (text, ""))
    some = names[start : start + MOST_LOOKED_AT]
    return sorted(
        (spelling for part, spelling in some if part.startswith(text)), key=lambda name: (len(name), name)
    )


def _described(label: str, meanings: tuple[Meaning, ...], how: How) -> Suggestion:
    contents = dict.fromkeys((*(s.name for s in meaning.substances), *meaning.others) for meaning in meanings)
    countries = sorted({country for meaning in meanings for country in meaning.countries})
    return Suggestion(name=label, ingredients=tuple(contents), countries=tuple(countries), how=how)
