"""What can a word about an illness mean? The word lists of rules/vocabulary/conditions, as one index."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.core.lazy import cached_property
from magcheck.terminology.nearest import KnownWords
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_WORD = re.compile(
    r"(?P<elision>(?:[dljnsmtc]|qu)['\u2019](?=[^\W\d_]{2}))"
    r"|(?P<word>[^\W_]+(?:(?:[.,](?=\d)|['\u2019])[^\W_]+)*)"
    r"|(?P<sign>\S)",
    re.IGNORECASE,
)
_INSIDE = frozenset("-./'\u2019:()[]")
"""Signs that may stand inside a phrase: "end-stage", "s/p", "ml/min"."""


class Says(StrEnum):
    """What a phrase says; the sections of a word list have these names."""

    CONDITION = "conditions"
    SYMPTOM = "symptoms"
    GOAL = "goals"
    NO_PAGE = "no page"
    PREGNANCY = "pregnancy"
    ASKS = "asks"
    UNCLEAR = "unclear"
    NORMAL = "normal"
    STAGE_WORD = "stage words"
    STAGE = "stages"
    KIDNEY_VALUE = "kidney value"
    PULSE = "pulse words"
    UNIT = "units"
    BELOW = "below"
    ABOVE = "above"
    COMMA = "comma"
    AND = "and"
    WITH = "with"
    OR = "or"
    BUT = "but"
    NO_TROUBLE = "no trouble"
    """ "no problems with": denies a complaint, not the illness that could cause it."""
    NO = "no"
    NO_AFTER = "no after"
    NOTHING = "nothing"
    HISTORY = "history"
    RESOLVED = "resolved"
    EFFORT = "effort"
    FAMILY = "family"
    FAMILY_AFTER = "family after"
    PLANNED = "planned"
    POSSIBLE = "possible"
    SEVERE = "severe"
    ACUTE = "acute"
    TIME = "time"
    NUMBER = "numbers"
    WHEN = "when"
    PROCEDURE = "procedures"
    EXAMINATION = "examinations"
    TAG = "tags"
    SITE = "sites"
    GOAL_WORD = "goal words"
    KIN = "kin"
    KIN_WORD = "kin words"
    OWN = "own"
    """Speaks of the person: "I", "PMH"."""
    FILLER = "filler"
    NEUTRAL = "neutral"
    """May stand beside a denial, and turns nothing."""
    ORGAN = "organs"
    GOOD = "good"
    TROUBLE = "trouble"
    LONG_AGO = "long ago"
    AHEAD = "operation ahead"
    AWAITED = "operation awaited"
    """Right before an operation: "waiting for"."""
    SOON = "operation soon"
    """Before a time: "in" two weeks."""
    DONE = "operation done"
    MONTH = "months"
    OLD_VALUE = "old value"
    """Beside a kidney value: "previous"."""
    SHARED = "shared"
    """What a relative has and the person too: "also", "inherited"."""
    FOR_WHOM = "for whom"
    GIVEN = "given organ"
    CODE = "code"
    SIGN = "sign"
    UNREAD = "unread"


_ORDER = {says: place for place, says in enumerate(Says)}
_SIGNS = {"above": Says.ABOVE, "below": Says.BELOW, "comma": Says.COMMA, "and": Says.AND, "or": Says.OR}


class Meant(NamedTuple):
    """One meaning of a phrase."""

    says: Says
    value: str = ""
    """The name, group, stage, number or days that it stands for."""


class Word(NamedTuple):
    """A word or a sign of a text."""

    text: str
    norm: str
    is_sign: bool
    start: int
    end: int


class ConditionGroup(NamedTuple):
    """What an unknown word of this group asks, and what is counted until it is answered."""

    asks: str
    takes: Mapping[str, str]


class CodeRow(NamedTuple):
    """What a code says: (key, value) as in a profile, or with the key "condition", "symptom", "asks"."""

    means: tuple[tuple[str, str], ...]


def words_of(text: str) -> tuple[Word, ...]:
    """Every character that is no space stands in exactly one of them."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        is_sign = match.lastgroup == "sign"
        norm = match[0] if is_sign else normal(match[0]).replace(" ", "." if _is_number(match[0]) else "")
        found.append(Word(match[0], norm or match[0], is_sign, match.start(), match.end()))
    return tuple(found)


def _key(phrase: str) -> tuple[str, ...]:
    if phrase.isascii() and phrase.replace(" ", "").isalnum():
        return tuple(phrase.lower().split())  # as below, and many times faster
    return tuple(word.norm for word in words_of(phrase) if not (word.is_sign and word.text in _INSIDE))


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).isdigit()


_NO_RULES: Mapping[str, Any] = {}


class ConditionWords:
    """All phrases of all languages, the groups that are never missed, and the codes."""

    def __init__(
        self,
        lists: Iterable[Mapping[str, Any]],
        names: Mapping[str, Mapping[str, str]],
        codes: Iterable[Mapping[str, str]],
    ) -> None:
        """`names`: kind of trait -> normalised wording -> name, as in traits.yaml."""
        every = list(lists)
        shared = [words for words in every if "groups" in words]
        self.shared: Mapping[str, Any] = shared[0] if shared else _NO_RULES
        self._lists = [words for words in every if "groups" not in words]
        self.groups = {name: ConditionGroup(g["asks"], g["takes"]) for name, g in self._shared("groups").items()}
        self._phrases: dict[tuple[str, ...], list[Meant]] = {}
        self._first_words: set[str] = set()
        self._longest = 1
        for phrase, meant in (*_of_names(names), *self._entries()):
            self._add(phrase, meant)
        self._codes = {row["code"]: _code_row(row["means"]) for row in codes}

    def _shared(self, section: str) -> Mapping[str, Any]:
        return self.shared.get(section) or {}

    def union(self, section: str) -> tuple[str, ...]:
        """All words of a plain section."""
        return tuple(str(word) for words in self._lists for word in words.get(section) or ())

    def _entries(self) -> Iterator[tuple[str, Meant]]:
        for words in self._lists:
            for section, content in words.items():
                if section in _READ:
                    yield from _READ[section](content)
                elif section in _PLAIN:
                    yield from ((str(word), Meant(Says(section))) for word in content or ())
        for stage, spellings in self._shared("stages").items():
            yield from ((str(word), Meant(Says.STAGE, stage)) for word in spellings)

    def _add(self, phrase: str, meant: Meant) -> None:
        key = _key(phrase)
        if not key:
            return
        self._first_words.add(key[0])
        self._longest = max(self._longest, len(key))
        known = self._phrases.setdefault(key, [])
        if meant not in known:
            known.append(meant)
            if len(known) > 1:
                known.sort(key=lambda entry: _ORDER[entry.says])

    @cached_property
    def signs(self) -> Mapping[str, Says]:
        told = self._shared("signs")
        return {sign: says for name, says in _SIGNS.items() for sign in told.get(name) or ()}

    @cached_property
    def only_alone(self) -> frozenset[str]:
        """Words that are names only where nothing else stands beside them."""
        return frozenset(normal(word) for word in self.union("only alone"))

    @cached_property
    def days(self) -> Mapping[str, int]:
        """Word of time -> how many days it is."""
        every = [words["time days"] for words in self._lists if "time days" in words]
        return {normal(word): int(days) for table in every for days, words in table.items() for word in words}

    @cached_property
    def _stems(self) -> tuple[tuple[str, str], ...]:
        every = [words["stems"] for words in self._lists if "stems" in words]
        found = {(normal(stem), group) for table in every for group, stems in table.items() for stem in stems}
        return tuple(sorted(found, key=lambda entry: (list(self.groups).index(entry[1]), entry[0])))

    @cached_property
    def _not_stems(self) -> tuple[str, ...]:
        return tuple(normal(word) for word in self.union("not stems"))

    @cached_property
    def _any_stem(self) -> re.Pattern[str]:
        """Is there a stem in the word? Mostly none, and one look tells."""
        long = [re.escape(stem) for stem, _ in self._stems if len(stem) >= _LONG_STEM]
        short = [re.escape(stem) for stem, _ in self._stems if len(stem) < _LONG_STEM]
        return re.compile("|".join([*long, *(rf"(?<!\S){stem}" for stem in short)]) or "(?!)")

    @lru_cache(maxsize=4096)  # noqa: B019 - one lives as long as its rule book; a word is asked for again and again
    def group_of(self, word: str) -> str | None:
        """The group that must not be missed whose stem the normalised `word` carries; the most special one."""
        bare = word
        for harmless in self._not_stems:
            bare = bare.replace(harmless, " ")
        if not self._any_stem.search(bare):
            return None
        found = [(stem, group) for stem, group in self._stems if _carries(bare, stem)]
        return max(found, key=lambda entry: len(entry[0]))[1] if found else None

    def meanings(self, words: Sequence[Word]) -> Sequence[Meant]:
        """What exactly these words say together."""
        return self._phrases.get(tuple(word.norm for word in words), ())

    def longest(
        self, words: Sequence[Word], start: int, fits: Callable[[int, Meant], bool]
    ) -> tuple[int, tuple[Meant, ...]] | None:
        """(end, meanings that `fits` accepts) of the longest phrase that begins at word `start`."""
        best: tuple[int, tuple[Meant, ...]] | None = None
        key: list[str] = []
        for place in range(start, len(words)):
            word = words[place]
            if word.is_sign and word.text in _INSIDE and key:
                continue
            key.append(word.norm)
            if len(key) > self._longest or key[0] not in self._first_words:
                break
            meant = [one for one in self._phrases.get(tuple(key), ()) if fits(place + 1, one)]
            if meant:
                best = place + 1, tuple(meant)
        return best

    def stage_with_albumin(self, norm: str) -> str | None:
        """ "G3bA2": the stage, with the degree of albumin in the urine behind it."""
        for degree in self.shared.get("albumin") or ():
            if norm.endswith(degree):
                stages = self._phrases.get((norm.removesuffix(degree),), ())
                return next((meant.value for meant in stages if meant.says is Says.STAGE), None)
        return None

    def rule(self, section: str) -> Mapping[Any, Any]:
        """A table of groups.yaml."""
        return self._shared(section)

    def listed(self, section: str) -> frozenset[str]:
        """A list of groups.yaml."""
        return frozenset(str(word) for word in self.shared.get(section) or ())

    def is_operation(self, name: str) -> bool:
        """Is the condition of this name an operation, or what one leaves behind?"""
        return name in self._operations

    @cached_property
    def _operations(self) -> frozenset[str]:
        return self.listed("operations") | {str(self.shared.get("operation", ""))}

    def code(self, text: str) -> CodeRow | None:
        """What the ICD-10 code `text` says, with or without its dot; None where it is no code that is known."""
        bare = text.replace(".", "").upper()
        if not _is_code(bare):
            return None
        rows = (self._codes.get(bare[:length]) for length in range(len(bare), 0, -1))
        return next((row for row in rows if row), None)

    @cached_property
    def spellings(self) -> KnownWords:
        """Every spelling of a name, for "did you mean"."""
        named = (Says.CONDITION, Says.SYMPTOM, Says.NO_PAGE)
        return KnownWords(" ".join(key) for key, meant in self._phrases.items() if meant[0].says in named)


def _carries(word: str, stem: str) -> bool:
    """Short stems begin a word; long ones may stand anywhere in it."""
    return stem in word if len(stem) >= _LONG_STEM else any(part.startswith(stem) for part in word.split())


_LONG_STEM = 5


def _is_code(bare: str) -> bool:
    """A letter, a digit, and up to five more signs: "N184", "S52501A"."""
    return 3 <= len(bare) <= 7 and bare.isascii() and bare.isalnum() and bare[0].isalpha() and bare[1].isdigit()


def _code_row(means: str) -> CodeRow:
    pairs = (part.partition("=") for part in means.split("; "))
    return CodeRow(tuple((key, value) for key, _, value in pairs))


def _of_names(names: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Meant]]:
    for kind, spellings in names.items():
        yield from ((word, Meant(Says(f"{kind}s"), name)) for word, name in spellings.items())


def _names(content: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[tuple[str, Meant]]:
    for kind, entries in content.items():
        for name, spellings in entries.items():
            yield from ((str(word), Meant(Says(kind), name)) for word in (name, *(spellings or ())))


def _no_page(content: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Meant]]:
    for words in content.values():
        yield from ((word, Meant(Says.NO_PAGE, word)) for word in words)


def _valued(says: Says) -> Any:  # noqa: ANN401 - a reader of a section
    def read(content: Mapping[object, Sequence[str]]) -> Iterator[tuple[str, Meant]]:
        for value, words in content.items():
            yield from ((str(word), Meant(says, str(value))) for word in words)

    return read


def _procedures(content: Sequence[str]) -> Iterator[tuple[str, Meant]]:
    yield from ((word, Meant(Says.PROCEDURE, word)) for word in content)


def _examinations(content: Sequence[str]) -> Iterator[tuple[str, Meant]]:
    yield from ((word, Meant(Says.CONDITION, "planned bowel examination")) for word in content)


_READ: Mapping[str, Any] = {
    "names": _names,
    "no page": _no_page,
    "pregnancy": _valued(Says.PREGNANCY),
    "asks": _valued(Says.ASKS),
    "normal": _valued(Says.NORMAL),
    "unclear": _valued(Says.UNCLEAR),
    "numbers": _valued(Says.NUMBER),
    "procedures": _procedures,
    "examinations": _examinations,
}
_PLAIN = frozenset(
    says.value
    for says in Says
    if says.value not in _READ
    and says
    not in (
        Says.CONDITION,
        Says.SYMPTOM,
        Says.GOAL,
        Says.STAGE,
        Says.PROCEDURE,
        Says.CODE,
        Says.SIGN,
        Says.UNREAD,
        Says.COMMA,
    )
)
