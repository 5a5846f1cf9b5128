"""Where does text go, and what may it carry? Results to stdout, everything else to stderr."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from shutil import get_terminal_size
from typing import TextIO

NARROWEST, WIDEST = 40, 110


def width() -> int:
    """Columns to write in."""
    return max(NARROWEST, min(WIDEST, get_terminal_size().columns))


def is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def is_rich() -> bool:
    """May the report be drawn? On a terminal that can do more than print letters."""
    if os.environ.get("TERM") == "dumb" or not _speaks_unicode(sys.stdout):
        return False
    return is_terminal(sys.stdout) or bool(os.environ.get("FORCE_COLOR"))


def is_dialogue() -> bool:
    """Does a person read and type? Then a question makes sense."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout) and is_terminal(sys.stderr)


def is_terminal_in() -> bool:
    """Does somebody type?"""
    return is_terminal(sys.stdin)


def can_draw_questions() -> bool:
    return is_terminal(sys.stdin) and is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"


def is_coloured() -> bool:
    """NO_COLOR (https://no-color.org) wins over everything."""
    return not os.environ.get("NO_COLOR")


def _speaks_unicode(stream: TextIO | None) -> bool:
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "") == "utf8"


def print_result(text: str) -> None:
    """Write a whole result to stdout at once. Raises OSError where it cannot be written, or nobody reads on."""
    stream = _stdout()
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
    stream.write(text if text.endswith("\n") else f"{text}\n")
    stream.flush()


def print_data(text: str) -> None:
    """Write JSON to stdout: always UTF-8, whatever the terminal speaks."""
    stream = _stdout()
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
    print_result(text)


def _stdout() -> TextIO:
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise OSError("standard output is closed")
    return stream


def leave_pipe() -> None:
    """Nobody reads on: let the interpreter flush into nothing instead of complaining at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str, end: str = "\n") -> None:
    """Write a message to stderr; a closed stderr is no reason to fail."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{text}{end}")
        sys.stderr.flush()
