"""How is one question put to a person? What is shown, and the plain way: a line out, a line in."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from magcheck.cli.streams import one_line, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UNKNOWN = "?"
BACK = "<"
_BACK_WORDS = frozenset({BACK, "back"})
_UNKNOWN_WORDS = frozenset({UNKNOWN, "i don't know", "don't know", "unknown"})
LONGEST_LINE = 10_000


class Back(Exception):  # noqa: N818 - a wish, not an error
    """The person wants to correct the answer before this one."""


class EndOfAnswers(Exception):  # noqa: N818 - an end, not an error
    """Nobody answers any more."""


@dataclass(frozen=True)
class Prompt:
    """One question, ready to be shown."""

    question: str
    why: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    completions: Sequence[str] = ()
    empty: str = "I don't know"
    """What Enter alone means."""
    empty_first: bool = False
    """Enter alone is what most people want here."""
    earlier: str = ""
    """The answer given before, which Enter then keeps."""
    problem_of: Callable[[str], str | None] = lambda _: None
    """What is wrong with a text, and what would be right."""

    def complaint(self, text: str) -> str | None:
        return None if is_special(text) else self.problem_of(text)


class Prompter(Protocol):
    def ask(self, prompt: Prompt) -> str:
        """The accepted text: "" for Enter, "?" for unknown. Raises Back, EndOfAnswers, KeyboardInterrupt."""
        ...

    def say(self, text: str) -> None: ...


def is_special(text: str) -> bool:
    word = text.strip().casefold()
    return not word or word in _BACK_WORDS or word in _UNKNOWN_WORDS


def settled(text: str) -> str:
    """`text` with its special words in one spelling. Raises Back."""
    word = text.strip().casefold()
    if word in _BACK_WORDS:
        raise Back
    return UNKNOWN if word in _UNKNOWN_WORDS else text.strip()


class PlainPrompter:
    """Lines in, lines out; works through pipes, with screen readers and on the dullest terminal."""

    def ask(self, prompt: Prompt) -> str:
        say(f"\n{prompt.question}")
        if prompt.why:
            say(f"  {prompt.why}")
        for number, option in enumerate(prompt.options, start=1):
            say(f"  {number} {option}")
        say(f"  ({_keys(prompt)})")
        while True:
            text = self._line()
            complaint = prompt.complaint(text)
            if complaint is None:
                return settled(text)
            say(complaint)

    def say(self, text: str) -> None:
        say(text)

    def _line(self) -> str:
        say("> ", end="")
        raw = sys.stdin.buffer.readline(LONGEST_LINE) if sys.stdin else b""
        if not raw:
            say("")
            raise EndOfAnswers
        return one_line(raw.decode("utf-8", "replace"))


def _keys(prompt: Prompt) -> str:
    """What may be typed: "Enter: I don't know; <: back"."""
    keys = [prompt.hint] if prompt.hint else []
    if prompt.options:
        keys.append("a number or the word")
    if prompt.earlier:
        keys += [f"Enter keeps: {prompt.earlier}", f"?: {prompt.empty}"]
    else:
        keys.append(f"Enter: {prompt.empty}")
    return "; ".join([*keys, "<: back"])
