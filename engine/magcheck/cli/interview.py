"""A conversation: asks what is open, lets every answer be corrected, and ends with a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.cli.prompts import UNKNOWN, Back, EndOfAnswers, Prompt
from magcheck.cli.steps import steps
from magcheck.cli.words import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.cli.asks import Answers, Ask, Data
    from magcheck.cli.kinds import Kind
    from magcheck.cli.prompts import Prompter
    from magcheck.load import RuleBook

REVIEW = "These are your answers. Is one of them wrong?"
CHECK_NOW = "nothing is wrong, check now"
NOT_KNOWN = "not known"


class Interview:
    """Asks one person. Answers are kept by path, so that changing one keeps the others."""

    def __init__(self, prompter: Prompter, book: RuleBook) -> None:
        self.prompter = prompter
        self.book = book
        self.steps = steps(book)
        self.answers: Answers = {}
        self.earlier: Answers = {}
        """Answers that are being corrected."""
        self.order: list[str] = []
        self.ended = False

    def run(self) -> None:
        """Ask until everything is answered and confirmed, or nobody answers any more."""
        try:
            while self._ask_next() or self._review():
                pass
        except EndOfAnswers:
            self.ended = True

    def data(self) -> Data:
        """The profile that the answers make."""
        data: Data = {}
        for step in self.steps:
            step.put(self.answers, self.book, data)
        return data

    def _asks(self) -> Iterator[Ask]:
        """Everything that is asked of a person who answers like this, in order."""
        for step in self.steps:
            yield from step.asks(self.answers, self.book)

    def _ask_next(self) -> bool:
        """Ask the first open question; False when there is none."""
        ask = next((ask for ask in self._asks() if ask.path not in self.answers), None)
        if ask is None:
            return False
        try:
            self._answer(ask, self.prompter.ask(self._prompt(ask)))
        except Back:
            self._go_back()
        return True

    def _prompt(self, ask: Ask) -> Prompt:
        earlier = self.earlier.get(ask.path)
        return Prompt(
            question=ask.question,
            why=ask.why,
            hint=ask.kind.hint,
            options=ask.kind.options,
            completions=ask.kind.completions,
            empty=ask.empty,
            earlier="" if earlier is None else ask.kind.shown(earlier),
            problem_of=lambda text: problem_of(text, ask.kind),
        )

    def _answer(self, ask: Ask, text: str) -> None:
        earlier = self.earlier.pop(ask.path, None)
        told = None if text == UNKNOWN else text
        value = ask.kind.read(told) if told else earlier if told == "" else None
        if value != earlier:
            self._forget_below(ask.path)
        self.answers[ask.path] = value
        self.order.append(ask.path)

    def _forget_below(self, path: str) -> None:
        """What was asked because of an answer is asked again when the answer changes."""
        for below in [one for one in (*self.answers, *self.earlier) if one.startswith(f"{path}.")]:
            self._forget(below)
            self.earlier.pop(below, None)

    def _forget(self, path: str) -> None:
        if path in self.answers:
            self.earlier[path] = self.answers.pop(path)
            self.order = [one for one in self.order if one != path]

    def _go_back(self) -> None:
        if self.order:
            self._forget(self.order[-1])
        else:
            self.prompter.say("This is the first question.")

    def _review(self) -> bool:
        """Show every answer; True when one is to be changed."""
        asked = list(self._asks())
        options = tuple(f"{capital(ask.label)}: {self._said(ask)}" for ask in asked)
        prompt = Prompt(
            REVIEW,
            options=options,
            empty=CHECK_NOW,
            empty_first=True,
            problem_of=lambda text: not_a_number(text, len(asked)),
        )
        try:
            text = self.prompter.ask(prompt)
        except Back:
            self._go_back()
            return True
        if text in ("", UNKNOWN):
            return False
        self._forget(asked[int(text) - 1].path)
        return True

    def _said(self, ask: Ask) -> str:
        value = self.answers.get(ask.path)
        if value is None:
            return ask.empty if ask.empty != Prompt.empty else NOT_KNOWN
        return ask.kind.shown(value)


def problem_of(text: str, kind: Kind) -> str | None:
    try:
        kind.read(text)
    except ValueError as error:
        return str(error)
    return None


def not_a_number(text: str, most: int) -> str | None:
    """Is `text` none of the numbers shown?"""
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= most:
        return None
    return f"'{text[:60]}' is none of these. Write a number from 1 to {most}."
