"""What can a word of a written line mean besides a name? The lists of rules/vocabulary/reading, as one index."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from magcheck.core.lazy import cached_property
from magcheck.terminology.tokens import number_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

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
    SLOT_BEHIND = "slots behind a time"
    AFTERNOON = "afternoon"
    DAYS = "every days"
    WEEKLY = "weekly"
    PER_WEEK = "times a week"
    MONTHLY = "monthly"
    ONCE = "once only"
    DIVIDED = "divided"
    VAGUE = "vague"
    VAGUE_COUNT = "vague count"
    LAST = "last"
    PACK = "pack"
    TAKE = "take"
    LIMIT = "limit"
    PACE = "pace"
    AS_NEEDED = "as needed"
    AT_MOST = "at most"
    AT_MOST_TIMES = "at most times"
    FOOD = "food"
    MEALS = "meals"
    DURATION = "duration"
    DURATION_OVER = "duration over"
    UNTIL = "until"
    WEEKDAYS = "weekdays"
    DATES = "dates"
    FUTURE = "future"
    YEAR_BEFORE = "year before"
    TAKEN = "taken"
    STOPPED = "stopped"
    REACTION = "reaction"
    STOP_ORDER = "stop order"
    INSTEAD = "instead"
    ANY_MORE = "any more"
    BESIDE = "beside"
    WITH = "with"
    NONE_OF = "none of"
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
    OF = "of"
    TIMES = "times sign"
    AT = "at"
    CLOCK = "clock words"
    CLOCK_JOINT = "clock joints"
    CLOCK_TIME = "clock times"
    HALF = "clock halves"
    NOON = "noon"
    PAST_HOUR = "past the hour"
    BEHIND_HOUR = "behind the hour"
    SPAN = "spans"
    OPEN_END = "open ends"
    SPAN_UNIT = "span units"
    MOMENT = "moments"
    AT_LEAST = "at least"
    BEFORE_SPAN = "before a span"
    THEN = "then"
    OR = "or"
    ELEMENT = "element symbols"
    COUNTRY = "country"
    AGE = "age"
    AGE_BEFORE = "age before"
    AGE_UNIT = "age units"
    ROUTE = "route"
    UNCLEAR = "unclear"
    OPEN_FORM = "open form"
    SALT = "salt"
    ANION = "anions"
    MEDICINE = "medicine words"
    PURPOSE_BEFORE = "purpose before"
    PURPOSE = "purposes"
    FORM_WORD = "form word"
    FILLER = "filler"
    SIGN = "signs"


class Sense(NamedTuple):
    """One meaning of a phrase."""

    tag: Tag
    value: object = None
    """What the section says of it: a count, a unit, a slot; NUMBER where the phrase holds the figure."""

    @property
    def figure(self) -> float:
        return float(cast("float", self.value))


class Figures(NamedTuple):
    """A number of a phrase, or a range of numbers."""

    low: float
    high: float


class Phrase(NamedTuple):
    """A phrase found in a line: tokens `start` up to `end`."""

    start: int
    end: int
    by_tag: Mapping[Tag, Sense]
    figures: tuple[Figures, ...]
    """The numbers that stood at its places."""

    @property
    def senses(self) -> tuple[Sense, ...]:
        return tuple(self.by_tag.values())

    def sense(self, tag: Tag) -> Sense | None:
        return self.by_tag.get(tag)


Keyed = tuple[list[str], Sense]
"""The words of a phrase, and what it means."""


class Phrases(NamedTuple):
    """All phrases of all languages: plain data, so that it can be kept."""

    by_first_word: Mapping[str, Sequence[Keyed]]
    numbers: Mapping[str, float]
    """What a word for a number means."""
    range_words: frozenset[str]
    swallowed: tuple[str, ...]
    """Beginnings of words for things that are swallowed."""
    written: Mapping[str, str]
    """Letters that are a name only where they are written so -> the name."""
    own_hours: tuple[str, ...]
    """What stands in words for an hour that is the person's own: "breakfast", "bed"."""


class WordNode:
    """One step of the index: which word may follow, and what the phrase means that ends here."""

    __slots__ = ("_counts", "_depth", "_longer", "_made", "senses")

    def __init__(self, senses: Mapping[Tag, Sense], longer: Mapping[str, Sequence[Keyed]], depth: int) -> None:
        """`longer`: the phrases that go on, by their word at `depth`."""
        self.senses = senses
        self._longer, self._depth, self._counts = longer, depth, NUMBER in longer
        self._made: dict[str, WordNode] = {}

    def after(self, word: str) -> WordNode | None:
        """The next step; made when it is first asked for."""
        node = self._made.get(word)
        if node is None and word in self._longer:
            node = self._made[word] = _node(self._longer[word], self._depth + 1)
        return node

    def leads_on(self, tokens: Sequence[Token], place: int) -> bool:
        """Does a phrase end here, or may one go on with the token at `place`?"""
        if self.senses:
            return True
        norm = tokens[place].norm if place < len(tokens) else None
        return norm is not None and (self._counts or norm in JOINTS or norm in self._longer)

    def following(self) -> Iterator[tuple[str, WordNode]]:
        for word, phrases in self._longer.items():
            yield word, self._made.get(word) or _node(phrases, self._depth + 1)


def _node(phrases: Iterable[Keyed], depth: int) -> WordNode:
    """`phrases`: all whose first `depth` words lead here."""
    senses: dict[Tag, Sense] = {}
    longer: dict[str, list[Keyed]] = {}
    for keyed in phrases:
        keys, sense = keyed
        if len(keys) > depth:
            longer.setdefault(keys[depth], []).append(keyed)
        else:
            senses.setdefault(sense.tag, sense)
    if Tag.UNCLEAR in senses:
        senses.pop(Tag.ROUTE, None)
    return WordNode(senses, longer, depth)


class _Step(NamedTuple):
    """Where a phrase that is being matched has come to."""

    node: WordNode
    place: int
    figures: tuple[Figures, ...]
    joined: bool = False
    """The last token was a sign between two words."""


class Lexicon:
    """All phrases of all languages."""

    def __init__(self, phrases: Phrases) -> None:
        self.remembered: dict[Hashable, Any] = {}
        """What was read with it; the reader keeps its lines here, so that they end with their vocabulary."""
        self._swallowed, self._numbers, self._range_words = phrases.swallowed, phrases.numbers, phrases.range_words
        self.written = phrases.written
        self._own_hours = phrases.own_hours
        self._root = WordNode({}, phrases.by_first_word, 0)

    def remember(self, key: Hashable, reading: object) -> None:
        if len(self.remembered) >= MOST_REMEMBERED:
            self.remembered.clear()
        self.remembered[key] = reading

    def phrases(self) -> Iterator[tuple[str, Sense]]:
        """(phrase, sense) of everything in the lists, signs between words left out."""
        yield from _below(self._root, ())

    def anion(self, word: str) -> str | None:
        """ "citrate" for "citraat": the English name of the anion that `word` says in any language."""
        node = self._root.after(word)
        sense = node.senses.get(Tag.ANION) if node else None
        return str(sense.value) if sense else None

    @cached_property
    def medicine_words(self) -> tuple[str, ...]:
        """ "pill", "tablets", "meds": of one who says what it is for, one is as good as another."""
        return tuple(words for words, sense in self.phrases() if sense.tag is Tag.MEDICINE)

    def is_swallowed(self, form: str) -> bool:
        """Is it a tablet or the like, which goes through the mouth unless something else is said?"""
        return any(word.startswith(self._swallowed) for word in form.split())

    def is_own_hour(self, words: str) -> bool:
        """ "with breakfast", "before bed": when that is, the person decides; "at noon" is by the clock."""
        return any(stem in words for stem in self._own_hours)

    @cached_property
    def _schedule_words(self) -> list[str]:
        told = [(words, sense.tag) for words, sense in self.phrases() if sense.tag in _SCHEDULES]
        alone = {words for words, _ in told if " " not in words}
        inside = {word for words, tag in told if tag is Tag.PER_DAY for word in words.split()}
        return sorted(word for word in alone | inside if len(word) > _SHORT and word.isalpha())

    @lru_cache(maxsize=1024)  # noqa: B019 - one lexicon lives as long as its vocabulary
    def resembles_a_schedule(self, word: str) -> bool:
        """ "dialy", "twise": a typing error away from a word that says how often or when."""
        if len(word) <= _SHORT:
            return False
        from rapidfuzz import process  # noqa: PLC0415 - only a word that is not known needs it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        return process.extractOne(word, self._schedule_words, scorer=OSA.distance, score_cutoff=1) is not None

    def says(self, tokens: Sequence[Token], start: int, *tags: Tag) -> bool:
        """Has a phrase that begins at token `start` one of these senses?"""
        return any(phrase.sense(tag) for phrase in self.beginning_at(tokens, start) for tag in tags)

    def longest(self, tokens: Sequence[Token], start: int) -> Phrase | None:
        """The longest phrase that begins at token `start`."""
        return next(iter(self.beginning_at(tokens, start)), None)

    def beginning_at(self, tokens: Sequence[Token], start: int) -> tuple[Phrase, ...]:
        """Every phrase that begins at token `start`, the longest first."""
        if not 0 <= start < len(tokens):
            return ()
        found: dict[int, Phrase] = {}
        steps = self._following(_Step(self._root, start, ()), tokens)
        while steps:
            step = steps.pop()
            node, place, figures, joined = step
            if node.senses and not joined and place not in found:
                found[place] = Phrase(start, place, node.senses, figures)
            if place < len(tokens):
                steps += self._following(step, tokens)
        return tuple(found[end] for end in sorted(found, reverse=True)) if found else ()

    def _following(self, step: _Step, tokens: Sequence[Token]) -> list[_Step]:
        node, place, figures, joined = step
        token = tokens[place]
        steps: list[_Step] = []
        if token.norm in JOINTS and token.glued and node is not self._root and not joined:
            steps.append(_Step(node, place + 1, figures, joined=True))
        if number := node.after(NUMBER):
            for told, end in self._figures(tokens, place):
                if number.leads_on(tokens, end):
                    steps.append(_Step(number, end, (*figures, told)))
        following = node.after(token.norm) if token.norm != NUMBER else None  # a written "#" is no figure
        if following and following.leads_on(tokens, place + 1):  # last, so that the figure goes before any number
            steps.append(_Step(following, place + 1, figures))
        return steps

    def _figures(self, tokens: Sequence[Token], place: int) -> Iterator[tuple[Figures, int]]:
        """The number at `place`, and what it begins: "2-3", "two or three", "3 (three)"."""
        first = self._figure(tokens[place])
        if first is None:
            return
        yield Figures(first, first), place + 1
        if place + 2 >= len(tokens):
            return
        joint = tokens[place + 1].norm
        second = self._figure(tokens[place + 2]) if joint == "(" or joint in self._range_words else None
        if second is not None and second > first and joint in self._range_words:
            yield Figures(first, second), place + 3
        if second == first and joint == "(" and place + 3 < len(tokens) and tokens[place + 3].norm == ")":
            yield Figures(first, first), place + 4

    def _figure(self, token: Token) -> float | None:
        return number_of(token.text) if token.is_number else self._numbers.get(token.norm)


MOST_REMEMBERED = 4096
_SHORT = 3
"""Letters of a word that is too short to be a misspelt schedule."""
_SCHEDULES = frozenset({Tag.PER_DAY, Tag.SLOTS, Tag.AFTERNOON, Tag.WEEKLY, Tag.MONTHLY, Tag.AS_NEEDED, Tag.DAYS})
JOINTS = frozenset("-.")
"""Signs that may stand inside a phrase, behind a word without a space: "twice-daily", "b.i.d."."""


def _below(node: WordNode, so_far: tuple[str, ...]) -> Iterator[tuple[str, Sense]]:
    for sense in node.senses.values():
        yield " ".join(so_far), sense
    for key, following in node.following():
        yield from _below(following, (*so_far, key))
