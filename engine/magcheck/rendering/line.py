"""What may one line of text carry? Nothing that could forge another line."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z])")


def one_line(text: str) -> str:
    """`text` without line breaks, control characters and changes of direction; nothing can be forged with it."""
    return " ".join(_CONTROL.sub(" ", text).split())


def sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text)


def cut(text: str, letters: int) -> str:
    """At most so many letters of it; that something is missing can be seen."""
    return text if len(text) <= letters else f"{text[: letters - 3].rstrip()}..."
