"""A conversation: puts the questions of a session, lets every answer be corrected, and ends with a profile."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from magcheck.cli.last_look import LastLook
from magcheck.cli.prompts import UNKNOWN, Back, EndOfAnswers, Prompt
from magcheck.core.errors import InputError
from magcheck.core.text import capital
from magcheck.knowledge.placeholders import fill
from magcheck.questions.answer_kinds import Named, NameList, OneOf
from magcheck.questions.items import Renamed
from magcheck.questions.session import Session
from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from magcheck.checker import Checker
    from magcheck.cli.last_look import Wish
    from magcheck.cli.prompts import Prompter
    from magcheck.knowledge.wording.talk import TalkWords
    from magcheck.profile import Profile
    from magcheck.questions.answer_kinds import AnswerKind
    from magcheck.questions.question import Ask
    from magcheck.report import Report

_CHOSEN = (OneOf, NameList, Named, Renamed)
"""Kinds of answers that are used as they were written or chosen."""


class Interview:
    """Asks one person."""

    def __init__(self, prompter: Prompter, checker: Checker, begun: Profile | None = None) -> None:
        self.prompter, self.words = prompter, checker.book.wording.talk
        self.question_words = checker.book.wording.questions
        self.session = Session(checker, begun)
        self.ended = False
        self._refused = ""
        """The contradiction that was said last, for which the last answer was asked again."""

    def run(self) -> None:
        """Ask until nothing matters any more and all is confirmed, or nobody answers any more."""
        with self._until_the_end():
            while not self.ended and (self._ask_next() or self._review()):
                pass

    def checked(self, check: Callable[[Profile], Report]) -> tuple[Profile, Report]:
        """Ask until no answers contradict each other; without anybody to ask, the contradiction is raised."""
        while True:
            self.run()
            profile = self.profile()
            try:
                return profile, check(profile)
            except InputError as error:
                if self.ended:
                    raise
                self.refuse(error)

    @contextmanager
    def _until_the_end(self) -> Generator[None, None, None]:
        """Nobody answers any more: an answer that was refused counts as it was told, so that it is not lost."""
        try:
            yield
        except EndOfAnswers:
            self.ended = True
            if self._refused:
                self.session.restore()

    def profile(self) -> Profile:
        return self.session.profile()

    def refuse(self, error: InputError) -> None:
        """Answers that contradict each other: the last one is asked again, and if it stays, which one is wrong."""
        self.prompter.say(f"\n{error}")
        last = self.session.last_told()
        if last is None:
            raise error
        if str(error) != self._refused:
            self._refused = str(error)
            self.prompter.say(self.words.refused)
            self.session.forget(last)
            return
        with self._until_the_end():
            self._ask_which_is_wrong(last)

    def _ask_which_is_wrong(self, last: str) -> None:
        """One answer is changed, or the last one is left out, so that each time less contradicts."""
        told = self._told()
        label = next(ask.label for ask in self.session.asks() if ask.path == last)
        prompt = Prompt(
            self.words.which_is_wrong,
            options=self._answers_in_words(told),
            empty=fill(self.words.leave_out, answer=capital(label)),
            problem_of=lambda text: not_a_number(text, len(told), self.words),
        )
        try:
            text = self.prompter.ask(prompt)
        except Back:
            self._go_back()
            return
        self._refused = ""
        if text in ("", UNKNOWN):
            self.session.leave_out(last)
        else:
            self.session.forget(told[int(text) - 1].path)

    def _told(self) -> list[Ask]:
        return [ask for ask in self.session.asks() if ask.path in self.session.answers]

    def _answers_in_words(self, told: Iterable[Ask]) -> tuple[str, ...]:
        return tuple(f"{capital(ask.label)}: {self._answer_in_words(ask)}" for ask in told)

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
        if answer != earlier:
            self._refused = ""
        self.session.answer(ask, answer)
        self._echo(ask, text, answer)

    def _echo(self, ask: Ask, text: str, value: object) -> None:
        """What was read is shown before it is used: each item, and an answer that was typed in other words."""
        is_said = self._say_echoes(ask)
        if not is_said and text not in ("", UNKNOWN) and value is not None and not isinstance(ask.kind, _CHOSEN):
            shown = ask.kind.shown(value)
            if shown != text and not shown.startswith(f"{text} "):
                self.prompter.say(fill(self.words.read_as, told=one_line(text), read=shown))

    def _say_echoes(self, ask: Ask) -> bool:
        echoes = self.session.echoes(ask.path)
        for line, read in echoes:
            self.prompter.say(fill(self.words.read_as, told=one_line(line), read=one_line(read)))
        return bool(echoes)

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
            means_unknown=ask.kind.means_unknown,
        )

    def _go_back(self) -> None:
        if not self.session.forget_last():
            self.prompter.say(self.words.first)

    def _review(self) -> bool:
        """Show every answer; True when one is to be changed, or something is to be added."""
        told = self._told()
        look = LastLook(self.session, self.words, told, self._answers_in_words(told))
        prompt = Prompt(
            self.words.review,
            options=look.options,
            empty=self.words.check_now,
            empty_first=True,
            problem_of=look.problem_of,
        )
        try:
            text = self.prompter.ask(prompt)
        except Back:
            self._go_back()
            return True
        wish = None if text == UNKNOWN else look.wish(text)
        if wish:
            self._fulfil(wish)
        return wish is not None

    def _fulfil(self, wish: Wish) -> None:
        if not wish.adds:
            self.session.forget(wish.ask.path)
            return
        entries = wish.entries or self._what_is_missing(wish.ask)
        if entries:
            self.session.add(wish.ask, entries)
            self._say_echoes(wish.ask)

    def _what_is_missing(self, ask: Ask) -> Sequence[str]:
        prompt = replace(
            self._prompt(ask, 0),
            empty=self.words.nothing_to_add,
            earlier="",
        )
        try:
            text = self.prompter.ask(prompt)
        except Back:
            return ()
        return () if text in ("", UNKNOWN) else cast("Sequence[str]", ask.kind.read(text))

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
