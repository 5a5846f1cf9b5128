"""How is one question put to a person? What is shown, and the plain way: a line out, a line in."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from select import select
from typing import TYPE_CHECKING, Protocol, cast

from magcheck.cli.console import can_draw_questions, is_terminal, is_terminal_in, say, width
from magcheck.knowledge.placeholders import fill
from magcheck.rendering.line import one_line
from magcheck.rendering.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import BufferedReader

    from magcheck.knowledge.wording.talk import KeyWords, TalkWords

UNKNOWN = "don't know"
HELP = "?"
BACK = "<"
_BACK_WORDS = frozenset({BACK, "back"})
LONGEST_LINE = 10_000
PASTE_SECONDS = 0.05


class Back(Exception):  # noqa: N818 - a wish, not an error
    """The person wants to correct the answer before this one."""


class EndOfAnswers(Exception):  # noqa: N818 - an end, not an error
    """Nobody answers any more."""


@dataclass(frozen=True)
class Prompt:
    """One question, ready to be shown."""

    question: str
    empty: str
    """What Enter alone means."""
    why: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    completions: Sequence[str] = ()
    empty_first: bool = False
    """Enter alone is what most people want here."""
    earlier: str = ""
    """The answer given before, which Enter then keeps."""
    problem_of: Callable[[str], str | None] = lambda _: None
    """What is wrong with a text, and what would be right."""
    more: int = 0
    """About how many questions come after this one."""
    several: bool = False
    """A list: lines that are pasted together are one answer."""
    help: str = ""
    """What else helps to answer; `?` shows it."""
    means_unknown: Callable[[str], bool] = lambda text: text == UNKNOWN
    """Does a text say that the person does not know?"""

    def complaint(self, text: str) -> str | None:
        is_special = not text.strip() or _is_back(text) or self.means_unknown(text)
        return None if is_special else self.problem_of(text)

    def settled(self, text: str) -> str:
        """`text` with its special words in one spelling. Raises Back."""
        if _is_back(text):
            raise Back
        return UNKNOWN if self.means_unknown(text) else text.strip()


class Prompter(Protocol):
    def ask(self, prompt: Prompt) -> str:
        """The accepted text: "" for Enter, or UNKNOWN. Raises Back, EndOfAnswers, KeyboardInterrupt."""
        ...

    def say(self, text: str) -> None: ...


def _is_back(text: str) -> bool:
    return text.strip().casefold() in _BACK_WORDS


class PlainPrompter:
    """Lines in, lines out; works through pipes, with screen readers and on the dullest terminal."""

    def __init__(self, words: KeyWords) -> None:
        self.words = words

    def ask(self, prompt: Prompt) -> str:
        self.say(f"\n{one_line(prompt.question)}")
        if prompt.why:
            self.say(f"  {one_line(prompt.why)}")
        for number, option in enumerate(prompt.options, start=1):
            self.say(f"  {number} {one_line(option)}")
        self.say(f"  ({one_line(keys(prompt, self.words))})")
        while True:
            text = self._line(several=prompt.several)
            if text.strip() == HELP:
                self.say("\n".join(help_lines(prompt, self.words)))
                continue
            complaint = prompt.complaint(text)
            if complaint is None:
                return prompt.settled(text)
            self.say(one_line(complaint))

    def say(self, text: str) -> None:
        for line in text.split("\n"):
            indent = line[: len(line) - len(line.lstrip(" "))]
            say("\n".join(_fitting(indent + one_line(line))))

    def _line(self, *, several: bool) -> str:
        say("> ", end="")
        lines = [_read_line()]
        while several and _is_pasting():
            lines.append(_read_pasted())
        if not any(lines):
            say("")
            raise EndOfAnswers
        return one_line(together(b"".join(lines).decode("utf-8", "replace")))


def prompter_of(*, words: TalkWords, plain: bool) -> Prompter:
    """Lists and completion on a terminal, plain lines everywhere else."""
    if plain or not can_draw_questions():
        return PlainPrompter(words.keys)
    from magcheck.cli.fancy import FancyPrompter  # noqa: PLC0415 - questionary is slow to import

    return FancyPrompter(words.keys)


def _fitting(line: str) -> list[str]:
    """No word is broken at the edge of a terminal; a pipe has no edge."""
    if not is_terminal(sys.stderr):
        return [line]
    indent = " " * (len(line) - len(line.lstrip()))
    return wrapped(line, width(), indent + "  ") or [""]


def _read_line() -> bytes:
    return sys.stdin.buffer.readline(LONGEST_LINE) if sys.stdin else b""


def _read_pasted() -> bytes:
    """Several lines may come at once; a last line without its end waits for Enter."""
    pasted = cast("BufferedReader", sys.stdin.buffer).read1(LONGEST_LINE)
    return pasted if pasted.endswith(b"\n") else pasted + _read_line()


def _is_pasting() -> bool:
    """Has a terminal more to read already, if only a part of a line? Nobody types that fast."""
    if not is_terminal_in():
        return False
    import termios  # noqa: PLC0415 - not every system has terminals like this
    import tty  # noqa: PLC0415

    with suppress(OSError, ValueError, termios.error):
        before = termios.tcgetattr(sys.stdin)
        try:
            tty.setcbreak(sys.stdin, termios.TCSANOW)
            return bool(select([sys.stdin], [], [], PASTE_SECONDS)[0])
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)
    return False


def together(text: str) -> str:
    """Lines that were pasted, as one list."""
    return "; ".join(line for line in text.splitlines() if line.strip())


def keys(prompt: Prompt, words: KeyWords) -> str:
    """What may be typed, and how much is left: "Enter: I don't know; ?: help; about 4 more"."""
    parts = [prompt.hint] if prompt.hint else []
    if prompt.earlier:
        parts.append(fill(words.enter_keeps, answer=prompt.earlier))
        parts.append(fill(words.unknown, key=UNKNOWN))
    else:
        parts.append(fill(words.enter, answer=prompt.empty))
    return "; ".join([*parts, fill(words.help, key=HELP), *progress(prompt, words)])


def help_lines(prompt: Prompt, words: KeyWords) -> list[str]:
    """What `?` shows."""
    always = fill(words.help_enter, answer=prompt.empty), words.help_always
    return [f"  {one_line(line)}" for line in (prompt.help or prompt.why, prompt.hint, *always) if line]


def progress(prompt: Prompt, words: KeyWords) -> list[str]:
    """How many questions are left, where that is known."""
    return [fill(words.more, count=prompt.more)] if prompt.more else []
