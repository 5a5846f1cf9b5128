"""One answer to several questions: "72, woman", "34 year old woman, pregnant". What is not said stays open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from magcheck.knowledge.placeholders import fill
from magcheck.questions.answer_kinds import Answer, AnswerKind
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Mapping

_TWO_MEANINGS = frozenset({"m"})
"""Beside a number: "6 m" may be months."""
_BETWEEN = re.compile(r"\s*(?:[;/\n]|,(?!\d)|(?<!\d),|\band\b)\s*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_FILLER = frozenset({"i", "im", "am", "a", "an"})


@dataclass(frozen=True)
class SaidTogether(AnswerKind):
    """What the first question asks for, and words that answer others."""

    path: str = field(kw_only=True)
    first: AnswerKind = field(kw_only=True)
    said: Mapping[str, tuple[str, Answer]] = field(kw_only=True)
    """A word, as it is compared -> the question that it answers, and how."""

    @property
    def hint(self) -> str:
        return self.words.hints.together

    def read(self, text: str) -> Answer:
        """What the first question asks for, alone; or path -> answer where more was said."""
        told: dict[str, Answer] = {}
        left = [rest for part in _BETWEEN.split(text) if (rest := self._taken_out(part, told))]
        value = self._first(" ".join(left), text)
        return {self.path: value, **told} if told else value

    def _first(self, left: str, text: str) -> Answer:
        try:
            return self.first.read(left)
        except ValueError:
            if left and not _LETTER.search(left):
                raise
            raise ValueError(fill(self.words.wrong.no_value, text=text[:60], hint=self.hint)) from None

    def _taken_out(self, part: str, told: dict[str, Answer]) -> str:
        """What `part` says besides, once the words that answer other questions are in `told`."""
        words, left, index = part.split(), list[str](), 0
        while index < len(words):
            end = self._end_of_said(words, index)
            if end is None:
                left.append(words[index])
            else:
                self._tell(normal(" ".join(words[index:end])), told)
            index = end or index + 1
        return self._without_filler(left) if len(left) < len(words) else part

    def _end_of_said(self, words: list[str], start: int) -> int | None:
        """Where the longest phrase ends that begins at `start` and answers another question."""
        for end in range(len(words), start, -1):
            phrase = normal(" ".join(words[start:end]))
            is_alone = end - start == len(words)
            if phrase in self.said and (is_alone or phrase not in _TWO_MEANINGS):
                return end
        return None

    def _tell(self, phrase: str, told: dict[str, Answer]) -> None:
        path, answer = self.said[phrase]
        if told.setdefault(path, answer) != answer:
            first = self._in_words(path, told[path])
            raise ValueError(fill(self.words.wrong.two_answers, first=first, second=phrase))

    def _in_words(self, path: str, answer: Answer) -> str:
        return next(word for word, said in self.said.items() if said == (path, answer))

    def _without_filler(self, words: list[str]) -> str:
        """ "a" of "a 34 year old woman"; nothing else is dropped."""
        while words and normal(words[0]) in _FILLER:
            words = words[1:]
        return " ".join(words)

    def shown(self, value: Answer) -> str:
        if not isinstance(value, dict):
            return self.first.shown(value)
        told = cast("dict[str, Answer]", value)
        rest = [self._in_words(path, answer) for path, answer in told.items() if path != self.path]
        return ", ".join([self.first.shown(told[self.path]), *rest])
