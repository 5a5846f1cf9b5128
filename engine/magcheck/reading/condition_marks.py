"""Which phrases stand in a text about an illness? Words in, marks out: names, stages, denials, fillers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from magcheck.terminology.condition_words import Meant, Says, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.terminology.condition_words import ConditionWords, Word

_TOGETHER = re.compile(r"([^\W\d_]+)(\d[\w.,]*)")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


class ConditionMark(NamedTuple):
    """A phrase of a text, and everything that it can say."""

    text: str
    norm: str
    meant: tuple[Meant, ...]
    """The likeliest meaning first."""
    number: float | None = None
    stage: str | None = None
    """The kidney stage that it can be."""
    new_line: bool = False
    apart: bool = False
    """White space stands before it."""

    @property
    def says(self) -> Says:
        return self.meant[0].says

    @property
    def value(self) -> str:
        return self.meant[0].value

    def can(self, says: Says) -> bool:
        for meant in self.meant:  # noqa: SIM110 - asked a dozen times of each mark, and any() takes three times as long
            if meant.says is says:
                return True
        return False

    def value_as(self, says: Says) -> str:
        return next(meant.value for meant in self.meant if meant.says is says)

    @property
    def ends_a_date(self) -> bool:
        """ "2019", "12.05.2019"."""
        if not self.text[-1].isdigit():
            return False
        *before, last = self.text.split(".")
        figures = all(part.isdigit() for part in (*before, last)) and len(before) in (0, 2)
        return figures and len(last) == len(str(_LAST_YEAR)) and _FIRST_YEAR <= int(last) <= _LAST_YEAR


_TAKING_AWAY = frozenset(
    {Says.NO, Says.NO_AFTER, Says.NO_TROUBLE, Says.NOTHING, Says.FAMILY, Says.FAMILY_AFTER, Says.RESOLVED}
)
"""What lets an illness count no more: such words of two sentences are never put together."""
_ANSWERS = (Says.NO, Says.NOTHING)
UNREAD = (Meant(Says.UNREAD),)
SIGN = (Meant(Says.SIGN),)
_BULLET = (Meant(Says.FILLER),)
_COUNTED = frozenset({Says.STAGE_WORD, Says.TIME, Says.MONTH, Says.UNIT})
_MOST_DIGITS = 2
"""Of the number of a line in a list."""
_OF_OPERATIONS = frozenset({Says.AHEAD, Says.AWAITED, Says.SOON, Says.DONE, Says.MONTH})
_OF_VALUES = frozenset({Says.MONTH, Says.OLD_VALUE})
_OF_RELATIVES = frozenset({Says.SHARED, Says.FOR_WHOM, Says.GIVEN})
_ONLY_BESIDE = _OF_OPERATIONS | _OF_VALUES | _OF_RELATIVES
_NONE: frozenset[Says] = frozenset()


class _Asked(NamedTuple):
    """The list in which a text stands, and what words may say in it."""

    kind: Says
    beside: frozenset[Says]
    """What a word says only beside an operation, a kidney value or a relative that the text names."""

    def allows(self, says: Says) -> bool:
        if says in (Says.GOAL, Says.GOAL_WORD):
            return self.kind is Says.GOAL
        return says not in _ONLY_BESIDE or says in self.beside


def marks_of(text: str, words: ConditionWords, asked: Says) -> tuple[ConditionMark, ...]:
    """`asked`: the list in which the text stands. Its names come first; goals are read in their own list only."""
    tokens = tuple(part for word in words_of(text) for part in _parts_of(word, words))
    plain = tuple(_marks(text, tokens, words, _Asked(asked, _NONE)))
    beside = _beside(plain, words)
    return tuple(_marks(text, tokens, words, _Asked(asked, beside))) if beside else plain


def _parts_of(word: Word, words: ConditionWords) -> Iterator[Word]:
    """ "CKD3b" and "eGFR28" are two words each."""
    joined = None if word.is_sign else _TOGETHER.fullmatch(word.text)
    joined = None if joined and words.meanings((word,)) else joined
    head, figure = (words_of(part)[0] for part in joined.groups()) if joined else (word, word)
    if joined and _counts(words.meanings((head,)), figure, words):
        middle = word.start + joined.end(1)
        yield head._replace(start=word.start, end=middle)
        yield figure._replace(start=middle, end=word.end)
    else:
        yield word


def _counts(head: Sequence[Meant], figure: Word, words: ConditionWords) -> bool:
    """Is it a kidney disease with its stage, or a kidney value with its figure?"""
    staged = any(meant.says is Says.STAGE_WORD or meant.value in words.listed("staged") for meant in head)
    is_stage = any(meant.says is Says.STAGE for meant in words.meanings((figure,)))
    measured = any(meant.says is Says.KIDNEY_VALUE for meant in head)
    return (staged and is_stage) or (measured and _number(figure.text) is not None)


def _beside(marks: Sequence[ConditionMark], words: ConditionWords) -> frozenset[Says]:
    found = _NONE
    for mark in marks:
        if names_an_operation(mark, words):
            found |= _OF_OPERATIONS
        if mark.can(Says.KIDNEY_VALUE):
            found |= _OF_VALUES
        if mark.can(Says.KIN) or mark.can(Says.FAMILY):
            found |= _OF_RELATIVES
    return found


def names_an_operation(mark: ConditionMark, words: ConditionWords) -> bool:
    named = (meant.value for meant in mark.meant if meant.says is Says.CONDITION)
    return mark.can(Says.PROCEDURE) or any(words.is_operation(name) for name in named)


def _marks(text: str, tokens: Sequence[Word], words: ConditionWords, asked: _Asked) -> Iterator[ConditionMark]:
    index = 0
    while index < len(tokens):
        before = text[tokens[index - 1].end : tokens[index].start] if index else ""
        begins = not index or "\n" in before
        bullet = _end_of_bullet(text, tokens, index, words) if begins else None
        end, meant = (bullet, _BULLET) if bullet else _phrase(text, tokens, index, words, asked)
        span = tokens[index:end]
        written = text[span[0].start : span[-1].end]
        norm = _joined(span)
        stage = _stage(norm, meant, words)
        number = None if bullet else _number(written)
        yield ConditionMark(written, norm, meant, number, stage, "\n" in before, bool(before))
        index = end


def _phrase(
    text: str, tokens: Sequence[Word], index: int, words: ConditionWords, asked: _Asked
) -> tuple[int, tuple[Meant, ...]]:
    token = tokens[index]
    sign = words.signs.get(token.text) if token.is_sign else None
    if sign:
        return index + 1, (Meant(sign), *SIGN)

    def fits(end: int, meant: Meant) -> bool:
        if not asked.allows(meant.says):
            return False
        if meant.says in NAMES and _is_unit(tokens, index, end, words):
            return False
        if meant.says in _TAKING_AWAY and _is_two_sentences(text, tokens[index:end], words):
            return False
        alone = end - index == len(tokens)
        return alone or meant.says not in NAMES or _joined(tokens[index:end]) not in words.only_alone

    found = words.longest(tokens, index, fits)
    if found:
        counted = words.longest(tokens[: index + 1], index, fits)
        longer = words.longest(tokens, index + 1, fits) if found[0] > index + 1 else None
        if counted and longer and longer[0] > found[0] and _only_counts(counted[1], longer[1]):
            found = counted  # "one kidney stone"
        return found[0], tuple(sorted(found[1], key=lambda meant: meant.says is not asked.kind))
    if token.is_sign:
        return index + 1, SIGN
    if words.code(token.text):
        return index + 1, (Meant(Says.CODE, token.text),)
    return index + 1, UNREAD


def _end_of_bullet(text: str, tokens: Sequence[Word], index: int, words: ConditionWords) -> int | None:
    """The end of the "1." or "(1)" with which a line begins, and no "3. Grades"."""
    opened = tokens[index].text == "("
    number, sign, behind = (tokens[place : place + 1] for place in range(index + opened, index + opened + 3))
    is_number = bool(number) and number[0].text.isdigit() and len(number[0].text) <= _MOST_DIGITS
    if not (is_number and behind and sign[0].text in (")" if opened else ".)")):
        return None
    apart = text[sign[0].end : behind[0].start]
    counts = any(meant.says in _COUNTED for meant in words.meanings(behind))
    return None if counts or not apart or "\n" in apart else index + opened + 2


def _is_two_sentences(text: str, span: Sequence[Word], words: ConditionWords) -> bool:
    """ "Asthma: no. History of dialysis" is no "no history of"; "neg. for" is one."""
    for place in range(1, len(span)):
        between = text[span[place - 1].end : span[place].start]
        stopped = span[place - 1].text == "."
        said = words.meanings(span[: place - 1] if stopped else span[:place])
        answered = any(meant.says in _ANSWERS for meant in said)
        ended = stopped and (answered or span[place].text[0].isupper())
        if said and between and (ended or "\n" in between):
            return True
    return False


def _is_unit(tokens: Sequence[Word], index: int, end: int, words: ConditionWords) -> bool:
    """ "500 mg", "Mg 1.9"."""
    if _joined(tokens[index:end]) not in words.listed("units too"):
        return False
    beside = (*tokens[max(index - 1, 0) : index], *tokens[end : end + 1])
    return any(_number(token.text) is not None and not _is_year(token.text) for token in beside)


def _is_year(text: str) -> bool:
    return text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _only_counts(head: Sequence[Meant], tail: Sequence[Meant]) -> bool:
    named = any(meant.says in NAMES or meant.says is Says.ASKS for meant in tail)
    return named and any(meant.says is Says.NUMBER for meant in head)


def _joined(tokens: Sequence[Word]) -> str:
    return " ".join(token.norm for token in tokens)


NAMES = frozenset({Says.CONDITION, Says.SYMPTOM, Says.GOAL, Says.NO_PAGE, Says.PREGNANCY, Says.PROCEDURE})


def _number(text: str) -> float | None:
    plain = text.replace(",", ".")
    return float(plain) if plain.replace(".", "", 1).isdigit() and plain.isascii() else None


def _stage(norm: str, meant: Sequence[Meant], words: ConditionWords) -> str | None:
    stage = next((meaning.value for meaning in meant if meaning.says is Says.STAGE), None)
    return stage or words.stage_with_albumin(norm)
