"""What can a word of a written line mean besides a name? The word lists of rules/vocabulary/reading, as one index."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from magcheck.profile import Route
from magcheck.terminology.tokens import number_of, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from magcheck.terminology.normalise import DoseForms
    from magcheck.terminology.tokens import Token

NUMBER = "#"
"""Stands for a number in a phrase."""


class Tag(StrEnum):
    """What a phrase says; the sections of a word list have these names."""

    NUMBERS = "numbers"
    UNITS = "units"
    VOLUMES = "volumes"
    FORMS = "forms"
    PER_DAY = "times a day"
    HOURS = "every hours"
    SLOTS = "slots"
    DAYS = "every days"
    WEEKLY = "weekly"
    PER_WEEK = "times a week"
    MONTHLY = "monthly"
    ONCE = "once only"
    VAGUE = "vague"
    VAGUE_COUNT = "vague count"
    LAST = "last"
    PACK = "pack"
    TAKE = "take"
    LIMIT = "limit"
    PACE = "pace"
    AS_NEEDED = "as needed"
    AT_MOST = "at most"
    FOOD = "food"
    SLOT_FOOD = "slot food"
    DURATION = "duration"
    UNTIL = "until"
    WEEKDAYS = "weekdays"
    DATES = "dates"
    TAKEN = "taken"
    STOPPED = "stopped"
    DOUBTFUL = "doubtful"
    ELEMENTAL = "elemental"
    COMPOUND = "compound"
    FROM = "from compound"
    AS_SALT = "as salt"
    EACH = "each"
    SERVING = "per serving"
    ALSO = "also"
    RANGE = "range"
    PER = "per"
    AT = "at"
    CLOCK = "clock words"
    ROUTE = "route"
    UNCLEAR = "unclear"
    SALT = "salt"
    FORM_WORD = "form word"
    FILLER = "filler"


class Sense(NamedTuple):
    """One meaning of a phrase."""

    tag: Tag
    value: object = None
    """What the section says of it: a count, a unit, a slot; NUMBER where the phrase holds the figure."""


class Figures(NamedTuple):
    """A number of a phrase, or a range of numbers."""

    low: float
    high: float


class Phrase(NamedTuple):
    """A phrase found in a line: tokens `start` up to `end`."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    figures: tuple[Figures, ...]
    """The numbers that stood at its places."""

    def sense(self, tag: Tag) -> Sense | None:
        return next((sense for sense in self.senses if sense.tag is tag), None)


@dataclass
class _Node:
    """One step of the index: which word may follow, and what the phrase means that ends here."""

    following: dict[str, _Node]
    senses: list[Sense]


class Lexicon:
    """All phrases of all languages."""

    def __init__(self, lists: Iterable[Mapping[str, Any]], phrases: Iterable[tuple[str, Sense]]) -> None:
        self._root = _Node({}, [])
        every = list(lists)
        self._swallowed = tuple(stem for words in every for stem in words.get("swallowed", ()))
        for words in every:
            for phrase, sense in senses_of(words):
                self._add(phrase, sense)
        for phrase, sense in phrases:
            self._add(phrase, sense)
        self.numbers = {
            words: cast("float", sense.value)
            for words, sense in self._all(self._root, ())
            if sense.tag is Tag.NUMBERS
        }

    def _add(self, phrase: str, sense: Sense) -> None:
        node = self._root
        for key in _keys(phrase):
            node = node.following.setdefault(key, _Node({}, []))
        if sense not in node.senses:
            node.senses.append(sense)
        if any(known.tag is Tag.UNCLEAR for known in node.senses):
            node.senses = [known for known in node.senses if known.tag is not Tag.ROUTE]

    def _all(self, node: _Node, so_far: tuple[str, ...]) -> Iterator[tuple[str, Sense]]:
        for sense in node.senses:
            yield " ".join(so_far), sense
        for key, following in node.following.items():
            yield from self._all(following, (*so_far, key))

    def is_swallowed(self, form: str) -> bool:
        """Is it a tablet or the like, which goes through the mouth unless something else is said?"""
        return any(word.startswith(self._swallowed) for word in form.split())

    @cached_property
    def _schedule_words(self) -> list[str]:
        alone = {
            words for words, sense in self._all(self._root, ()) if sense.tag in _SCHEDULES and " " not in words
        }
        inside = {
            word
            for words, sense in self._all(self._root, ())
            if sense.tag is Tag.PER_DAY
            for word in words.split()
        }
        return sorted(word for word in alone | inside if len(word) > _SHORT and word.isalpha())

    @lru_cache(maxsize=1024)  # noqa: B019 - one lexicon lives as long as its vocabulary
    def resembles_a_schedule(self, word: str) -> bool:
        """ "dialy", "twise": a typing error away from a word that says how often or when."""
        if len(word) <= _SHORT:
            return False
        from rapidfuzz import process  # noqa: PLC0415 - only a word that is not known needs it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        return process.extractOne(word, self._schedule_words, scorer=OSA.distance, score_cutoff=1) is not None

    def longest(self, tokens: Sequence[Token], start: int, stop: int) -> Phrase | None:
        """The longest phrase that begins at token `start` and ends before `stop`."""
        best: Phrase | None = None
        open_ends: list[tuple[_Node, int, tuple[Figures, ...]]] = [(self._root, start, ())]
        while open_ends:
            node, place, figures = open_ends.pop()
            if node.senses and (best is None or place > best.end):
                best = Phrase(start, place, tuple(node.senses), figures)
            if place < stop:
                open_ends += self._steps(node, tokens, place, figures)
        return best

    def _steps(
        self, node: _Node, tokens: Sequence[Token], place: int, figures: tuple[Figures, ...]
    ) -> Iterator[tuple[_Node, int, tuple[Figures, ...]]]:
        token = tokens[place]
        following = node.following.get(token.norm)
        if following:
            yield following, place + 1, figures
        if NUMBER in node.following:
            for figure, end in self._figures(tokens, place):
                yield node.following[NUMBER], end, (*figures, figure)
        if token.norm in _JOINTS and node is not self._root:
            yield node, place + 1, figures

    def _figures(self, tokens: Sequence[Token], place: int) -> Iterator[tuple[Figures, int]]:
        """The number at `place`, and the range that it begins: "2-3", "two or three"."""
        first = self._figure(tokens, place)
        if first is None:
            return
        yield Figures(first, first), place + 1
        if place + 2 < len(tokens) and tokens[place + 1].norm in self._range_words:
            second = self._figure(tokens, place + 2)
            if second is not None and second > first:
                yield Figures(first, second), place + 3

    def _figure(self, tokens: Sequence[Token], place: int) -> float | None:
        token = tokens[place]
        return number_of(token.text) if token.is_number else self.numbers_word(token.norm)

    @cached_property
    def _range_words(self) -> frozenset[str]:
        return frozenset(words for words, sense in self._all(self._root, ()) if sense.tag is Tag.RANGE) | {
            "-",
            "or",
        }

    def numbers_word(self, word: str) -> float | None:
        return self._number_words.get(word)

    @property
    def _number_words(self) -> dict[str, float]:
        return getattr(self, "numbers", {})


_SHORT = 3
_SCHEDULES = frozenset({Tag.PER_DAY, Tag.SLOTS, Tag.WEEKLY, Tag.MONTHLY, Tag.AS_NEEDED, Tag.DAYS})
_JOINTS = frozenset("-.")
"""Signs that may stand inside a phrase: "twice-daily", "b.i.d."."""


def _keys(phrase: str) -> list[str]:
    tokens = [token.norm for token in tokenise(phrase)]
    return [token for token in tokens if token not in _JOINTS] or tokens


def form_phrases(forms: DoseForms) -> Iterator[tuple[str, Sense]]:
    """Dose forms that tell a route, and salts."""
    for word, route in forms.routes.items():
        if route is not None:
            yield word, Sense(Tag.ROUTE, (route,))
    for word in forms.salts:
        yield word, Sense(Tag.SALT)


def senses_of(words: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    """(phrase, sense) of every entry of one word list."""
    for section, content in words.items():
        if section == "swallowed":
            continue
        if section in _SPECIAL:
            yield from _SPECIAL[section](content)
            continue
        tag = Tag(section)
        if isinstance(content, dict):
            for value, phrases in cast("dict[object, list[object]]", content).items():
                yield from ((str(phrase), Sense(tag, _figure(value))) for phrase in phrases)
        else:
            yield from ((str(phrase), Sense(tag)) for phrase in cast("list[object]", content or []))


def _figure(value: object) -> object:
    """A key that is a number, as a number."""
    try:
        return float(str(value))
    except ValueError:
        return value


def _unclear(content: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sense]]:
    """ "rectal or oral: [pr, supp]": words that can mean two routes."""
    for routes, phrases in content.items():
        meant = tuple(Route(route) for route in routes.split(" or "))
        yield from ((str(phrase), Sense(Tag.UNCLEAR, meant)) for phrase in phrases)


def _routes(content: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sense]]:
    for route, phrases in content.items():
        yield from ((str(phrase), Sense(Tag.ROUTE, (Route(route),))) for phrase in phrases)


_SPECIAL = {"unclear": _unclear, "routes": _routes}
