"""A person in front of a real terminal, and what is drawn on it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping

import pexpect
import pyte

from tests.support import ROOT

UP, DOWN, TAB, CTRL_C, CTRL_D, ERASE = "\x1b[A", "\x1b[B", "\t", "\x03", "\x04", "\x7f"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\]8;[^\x1b]*\x1b\\")
COLOUR = re.compile(r"\x1b\[[0-9;]*\b(?:3[0-7]|38|4[0-7]|48|9[0-7]|10[0-7])\b[0-9;]*m")
REVIEW = "Is one of them wrong"
LINES, WIDE = 250, 300


class Screen:
    """`columns` are those that the program sees; what is drawn beyond them is seen here."""

    def __init__(self, *arguments: str, columns: int = 100, environment: Mapping[str, str] | None = None) -> None:
        told = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **(environment or {})}
        self.drawn = pyte.Screen(WIDE, LINES)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "magcheck.cli.app", *arguments],
            cwd=str(ROOT),
            env={name: value for name, value in os.environ.items() if name != "COLUMNS"} | told,
            encoding="utf-8",
            dimensions=(LINES, columns),
            timeout=15,
        )
        self._drawing = self.child.logfile_read = _Drawing(self.drawn)
        self.child.delaybeforesend = 0.02

    def lines(self) -> list[str]:
        """What stands on the screen now."""
        return [line.rstrip() for line in self.drawn.display]

    def raw(self) -> str:
        """Everything that came, with its escapes."""
        return self._drawing.raw

    def see(self, text: str) -> str:
        """Wait for `text`; what stood before it."""
        self.child.expect_exact(text)
        return ESCAPE.sub("", str(self.child.before))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)

    def at(self, question: str) -> None:
        """Wait until an answer to `question` can be typed."""
        self.see(question)
        self.child.expect_exact(">")

    def answer(self, question: str, *keys: str) -> None:
        self.at(question)
        self.press(*keys, "\r")

    def end(self) -> tuple[int, str]:
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.signalstatus is None
        return int(self.child.exitstatus or 0), ESCAPE.sub("", str(self.child.before))


class _Drawing:
    def __init__(self, screen: pyte.Screen) -> None:
        self.stream = pyte.Stream(screen)
        self.raw = ""

    def write(self, text: str) -> None:
        self.raw += text
        self.stream.feed(text)

    def flush(self) -> None:
        """Nothing is held back."""
