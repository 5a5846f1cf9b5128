"""What may begin at each place of a line? Its tokens, the phrases of the word lists, and the names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from magcheck.reading.parts import Name
    from magcheck.terminology.lexicon import Figures, Lexicon, Phrase, Sense, Tag
    from magcheck.terminology.tokens import Token


class ParsedNumber(NamedTuple):
    """One number, and the place behind it."""

    value: float
    end: int


class Figure(NamedTuple):
    """A number or a range of numbers, and the place behind it."""

    low: float
    high: float
    end: int


class Unit(NamedTuple):
    """A unit as the word lists call it, and the place behind it."""

    name: str
    end: int


class Said(NamedTuple):
    """A phrase in one of its senses, and the place behind it."""

    sense: Sense
    end: int
    figures: tuple[Figures, ...]


def as_written(tokens: Sequence[Token]) -> str:
    """The words of a line, but for the width of spaces."""
    first, *others = tokens
    return first.text + "".join(token.text if token.glued else f" {token.text}" for token in others)


class Sentence:
    """One line while it is read; `names` are the spans that the vocabulary knows, by their first token."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, names: Mapping[int, Name]) -> None:
        self.tokens, self.lexicon, self.names = tokens, lexicon, names
        self.open_brackets = 0
        self.last_name_end: int | None = None
        self.numbers: dict[int, ParsedNumber | None] = {}
        self.figures: dict[int, Figure | None] = {}
        self.units: dict[int, Unit | None] = {}
        """What was found out of numbers and units, by place."""
        self.undated = 0
        """Places from the first on that say nothing of a date, as far as anybody has looked."""
        self._phrases: dict[int, tuple[Phrase, ...]] = {}
        self._said: dict[int, Mapping[Tag, Said]] = {}
        self._ends: dict[Tag, frozenset[int]] = {}

    @property
    def inside(self) -> bool:
        """Is the place that is being read in brackets?"""
        return self.open_brackets > 0

    def token(self, index: int) -> Token | None:
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def text(self, index: int) -> str:
        """The word at `index` as `normal` has it, or the number or sign; "" behind the end."""
        return self.tokens[index].norm if 0 <= index < len(self.tokens) else ""

    def words(self, start: int, end: int) -> str:
        """As written, but for the width of spaces."""
        return as_written(self.tokens[start:end])

    def phrases(self, index: int) -> tuple[Phrase, ...]:
        """Every phrase that begins at `index`, the longest first."""
        known = self._phrases.get(index)
        if known is None:
            known = self._phrases[index] = self.lexicon.beginning_at(self.tokens, index)
        return known

    def longest(self, index: int) -> Phrase | None:
        found = self.phrases(index)
        return found[0] if found else None

    def said(self, index: int, *tags: Tag) -> Said | None:
        """The longest phrase at `index` that has one of these senses."""
        known = self._said.get(index)
        if known is None:
            known = self._senses(index)
        if not known:
            return None
        if len(tags) == 1:
            return known.get(tags[0])
        if known.keys().isdisjoint(tags):
            return None
        return max([known[tag] for tag in tags if tag in known], key=_end)

    def _senses(self, index: int) -> Mapping[Tag, Said]:
        known = self._said.get(index)
        if known is None:
            known = self._said[index] = _by_sense(self.phrases(index))
        return known

    def ends_of(self, tag: Tag) -> frozenset[int]:
        """The places behind the phrases that have this sense."""
        if tag not in self._ends:
            said = (self.said(index, tag) for index in range(len(self.tokens)))
            self._ends[tag] = frozenset(phrase.end for phrase in said if phrase)
        return self._ends[tag]

    def says(self, index: int, *tags: Tag) -> bool:
        return not self._senses(index).keys().isdisjoint(tags)


def _by_sense(phrases: Iterable[Phrase]) -> Mapping[Tag, Said]:
    """Each sense of phrases that begin at one place, of the longest phrase that has it."""
    found: dict[Tag, Said] = {}
    for _, end, by_tag, figures in phrases:
        for tag, sense in by_tag.items():
            if tag not in found:
                found[tag] = Said(sense, end, figures)
    return found


def _end(said: Said) -> int:
    return said.end
