"""The detail of a card as markdown. What a record holds is text and never markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.rendering.line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_CUT = "..."


def plain(text: str) -> str:
    """In one line, with every sign escaped that could become markup."""
    return _MARKUP.sub(r"\\\1", one_line(text)).replace("&", "&amp;")


def section(title: str, lines: Iterable[str]) -> str:
    """A title and its lines, each a text; empty where there are none."""
    return listed(title, (plain(line) for line in lines if line))


def listed(title: str, lines: Iterable[str]) -> str:
    """The same of lines that are markdown already."""
    written = "\n".join(f"- {line}" for line in lines)
    return f"**{plain(title)}**\n\n{written}" if written else ""


def together(sections: Iterable[str]) -> str:
    return "\n\n".join(part for part in sections if part)


def cut(text: str, most: int) -> str:
    """In one line of fewer than `most` characters, ended at a word."""
    line = one_line(text)
    if len(line) < most:
        return line
    return line[: most - len(_CUT) - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + _CUT
