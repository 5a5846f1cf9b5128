"""What does somebody want who sees all answers at the end? Change one, or add what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.knowledge.placeholders import fill
from magcheck.questions.whole_answers import is_right
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.knowledge.wording.talk import TalkWords
    from magcheck.questions.question import Ask
    from magcheck.questions.session import Session


@dataclass(frozen=True)
class Wish:
    """One question whose answer is to be changed, or a list that lacks something."""

    ask: Ask
    adds: bool = False
    entries: tuple[str, ...] = ()
    """What the list lacks; empty where that is still to be asked."""


@dataclass(frozen=True)
class LastLook:
    """All answers, and behind them the lists that can be added to."""

    session: Session
    words: TalkWords
    told: Sequence[Ask]
    answers: Sequence[str]
    """In words, one for each of `told`."""

    @property
    def options(self) -> tuple[str, ...]:
        lists = (fill(self.words.add, list=ask.label) for ask in self.session.lists())
        return (*self.answers, *lists)

    def is_right(self, text: str) -> bool:
        return is_right(text, self.session.book.wording.questions)

    def problem_of(self, text: str) -> str | None:
        if self.is_right(text) or self.wish(text):
            return None
        return fill(self.words.none_of_these_answers, text=text[:60])

    def wish(self, text: str) -> Wish | None:
        """By number, by what an answer is called, or by a name that is missing. None: nothing is wished."""
        if not text or self.is_right(text):
            return None
        by_number = [*map(Wish, self.told), *(Wish(ask, adds=True) for ask in self.session.lists())]
        if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(by_number):
            return by_number[int(text) - 1]
        called = [ask for ask in self.told if normal(ask.label) == normal(text)]
        list_ = self.session.list_that_holds(text)
        if called or list_ is None:
            return next(map(Wish, called), None)
        entries = tuple(list_.kind.read(text))
        known = self.session.answers.get(list_.path) or ()
        return Wish(list_) if {*entries} <= {*known} else Wish(list_, adds=True, entries=entries)
