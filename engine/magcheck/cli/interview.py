"""A conversation: puts the questions of a session, lets every answer be corrected, and ends with a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli.prompts import UNKNOWN, Back, EndOfAnswers, Prompt
from magcheck.core.errors import InputError
from magcheck.core.text import capital
from magcheck.knowledge.placeholders import fill
from magcheck.questions.answer_kinds import Named, NameList, OneOf, is_none, is_unknown
from magcheck.questions.items import Renamed
from magcheck.questions.session import Session
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from magcheck.checker import Checker
    from magcheck.cli.prompts import Prompter
    from magcheck.knowledge.wording.talk import TalkWords
    from magcheck.profile import Profile
    from magcheck.questions.answer_kinds import AnswerKind
    from magcheck.questions.question import Ask

_CHOSEN = (OneOf, NameList, Named, Renamed)
"""Kinds of answers that are used as they were written or chosen."""


class Interview:
    """Asks one person."""

    def __init__(self, prompter: Prompter, checker: Checker, begun: Profile | None = None) -> None:
        self.prompter, self.words = prompter, checker.book.wording.talk
        self.question_words = checker.book.wording.questions
        self.session = Session(checker, begun)
        self.ended = False

    def run(self) -> None:
        """Ask until nothing matters any more and all is confirmed, or nobody answers any more."""
        try:
            while self._ask_next() or self._review():
                pass
        except EndOfAnswers:
            self.ended = True

    def profile(self) -> Profile:
        return self.session.profile()

    def refuse(self, error: InputError) -> None:
        """Answers that contradict each other: the last one is asked again."""
        self.prompter.say(f"\n{error}")
        if not self.session.forget_last():
            raise error

    def _ask_next(self) -> bool:
        """Ask the first relevant question; False when there is none."""
        try:
            relevant = self.session.relevant()
        except InputError as error:
            self.refuse(error)
            return True
        if relevant:
            self._ask(relevant[0], len(relevant) - 1)
        return bool(relevant)

    def _ask(self, ask: Ask, more: int) -> None:
        earlier = self.session.earlier.get(ask.path)
        try:
            text = self.prompter.ask(self._prompt(ask, more))
        except Back:
            self._go_back()
            return
        answer = _answer(ask, text, earlier)
        self.session.answer(ask, answer)
        self._echo(ask, text, answer)

    def _echo(self, ask: Ask, text: str, value: object) -> None:
        """What was read is shown before it is used: each item, and an answer that was typed in other words."""
        echoes = self.session.echoes(ask.path)
        for line, read in echoes:
            self.prompter.say(fill(self.words.read_as, told=one_line(line), read=one_line(read)))
        if not echoes and text not in ("", UNKNOWN) and value is not None and not isinstance(ask.kind, _CHOSEN):
            shown = ask.kind.shown(value)
            if shown != text and not shown.startswith(f"{text} "):
                self.prompter.say(fill(self.words.read_as, told=one_line(text), read=shown))

    def _prompt(self, ask: Ask, more: int) -> Prompt:
        earlier = self.session.earlier.get(ask.path)
        return Prompt(
            question=ask.question,
            why=ask.why,
            help=ask.help,
            hint=ask.kind.hint,
            options=ask.kind.options,
            completions=ask.kind.completions,
            empty=self.question_words.keep if ask.keeps else self.question_words.dont_know,
            earlier="" if earlier is None else ask.kind.shown(earlier),
            problem_of=lambda text: problem_of(text, ask.kind),
            more=more,
            several=isinstance(ask.kind, NameList),
            means_unknown=lambda text: is_unknown(text, self.question_words),
        )

    def _go_back(self) -> None:
        if not self.session.forget_last():
            self.prompter.say(self.words.first)

    def _review(self) -> bool:
        """Show every answer; True when one is to be changed."""
        asked = [ask for ask in self.session.asks() if ask.path in self.session.answers]
        options = tuple(f"{capital(ask.label)}: {self._answer_in_words(ask)}" for ask in asked)
        prompt = Prompt(
            self.words.review,
            options=options,
            empty=self.words.check_now,
            empty_first=True,
            problem_of=lambda text: None if self._is_no(text) else not_a_number(text, len(asked), self.words),
        )
        try:
            text = self.prompter.ask(prompt)
        except Back:
            self._go_back()
            return True
        if text in ("", UNKNOWN) or self._is_no(text):
            return False
        self.session.forget(asked[int(text) - 1].path)
        return True

    def _is_no(self, text: str) -> bool:
        return is_none(text, self.question_words)

    def _answer_in_words(self, ask: Ask) -> str:
        value = self.session.answers.get(ask.path)
        if value is None:
            return self.words.as_written if ask.keeps else self.words.not_known
        return ask.kind.shown(value)


def _answer(ask: Ask, text: str, earlier: object) -> object:
    """What a text, Enter alone, or "I don't know" means."""
    if text == UNKNOWN:
        return None
    return ask.kind.read(text) if text else earlier


def problem_of(text: str, kind: AnswerKind) -> str | None:
    try:
        kind.read(text)
    except ValueError as error:
        return str(error)
    return None


def not_a_number(text: str, most: int, words: TalkWords) -> str | None:
    """What is wrong where `text` is none of the numbers shown, 1 to `most`."""
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= most:
        return None
    return fill(words.none_of_these, text=text[:60], most=most)
