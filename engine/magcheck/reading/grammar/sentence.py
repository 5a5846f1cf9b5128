"""What may begin at each place of a line? Its tokens, the phrases of the word lists, and the names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from magcheck.reading.parts import Name
    from magcheck.terminology.lexicon import Figures, Lexicon, Phrase, Sense, Tag
    from magcheck.terminology.tokens import Token


class Number(NamedTuple):
    """One number, and the place behind it."""

    value: float
    end: int


class Said(NamedTuple):
    """A phrase in one of its senses, and the place behind it."""

    sense: Sense
    end: int
    figures: tuple[Figures, ...]


class Sentence:
    """One line while it is read; `names` are the spans that the vocabulary knows, by their first token."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, names: Mapping[int, Name]) -> None:
        self.tokens, self.lexicon, self.names = tokens, lexicon, names
        self.open_brackets = 0
        self.last_name_end: int | None = None
        self.numbers: dict[int, Number | None] = {}
        """What was found out of numbers, by place."""
        self._phrases: dict[int, tuple[Phrase, ...]] = {}

    @property
    def inside(self) -> bool:
        """Is the place that is being read in brackets?"""
        return self.open_brackets > 0

    def token(self, place: int) -> Token | None:
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def text(self, place: int) -> str:
        """The word at `place` as `normal` has it, or the number or sign; "" behind the end."""
        return self.tokens[place].norm if 0 <= place < len(self.tokens) else ""

    def words(self, start: int, end: int) -> str:
        """As written, but for the width of spaces."""
        first, *others = self.tokens[start:end]
        return first.text + "".join(token.text if token.glued else f" {token.text}" for token in others)

    def phrases(self, place: int) -> tuple[Phrase, ...]:
        """Every phrase that begins at `place`, the longest first."""
        if place not in self._phrases:
            self._phrases[place] = self.lexicon.beginning_at(self.tokens, place)
        return self._phrases[place]

    def longest(self, place: int) -> Phrase | None:
        return next(iter(self.phrases(place)), None)

    def said(self, place: int, *tags: Tag) -> Said | None:
        """The longest phrase at `place` that has one of these senses."""
        for phrase in self.phrases(place):
            for tag in tags:
                sense = phrase.sense(tag)
                if sense:
                    return Said(sense, phrase.end, phrase.figures)
        return None

    def says(self, place: int, *tags: Tag) -> bool:
        return self.said(place, *tags) is not None
