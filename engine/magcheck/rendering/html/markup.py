"""How does text become HTML? Through elements that escape everything which is not an element itself."""

from __future__ import annotations

import re
from html import escape

_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^A-Za-z<>&]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?"
)
_LONG_WORD = re.compile(r"([^\s-]{17,})")
PIECE = 12
"""Letters after which a very long word may be broken, so that no page grows wider than a phone."""
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LETTERS_ONLY = frozenset({"title", "desc", "text", "code"})
"""Elements in which no other stands."""


class Markup(str):
    """HTML already; everything else is text, and is escaped."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str) -> Markup:
    """`element("p", "a < b", class_="note")`; a child that is text, and every attribute, is escaped."""
    opened = "".join(f' {_name(name)}="{_safe(value)}"' for name, value in attributes.items())
    inside = "".join(map(_safe, children)) if tag in _LETTERS_ONLY else together(*children)
    return Markup(f"<{tag}{opened}>{inside}</{tag}>")


def together(*children: str) -> Markup:
    return Markup("".join(child if isinstance(child, Markup) else text(child) for child in children))


def text(words: str) -> Markup:
    """Escaped; words from right to left keep their neighbours in place, and very long ones may be broken."""
    return Markup("".join(_word(part) for part in _LONG_WORD.split(words)))


def _word(part: str) -> str:
    if _RIGHT_TO_LEFT.search(part):
        return _RIGHT_TO_LEFT.sub(lambda found: f"<bdi>{found[0]}</bdi>", _safe(part))
    if _LONG_WORD.fullmatch(part):
        return "<wbr>".join(_safe(part[start : start + PIECE]) for start in range(0, len(part), PIECE))
    return _safe(part)


def _safe(words: str) -> str:
    return escape(_NOT_SHOWN.sub(" ", words), quote=True)


def _name(attribute: str) -> str:
    """ "aria_labelledby" is aria-labelledby, and "class_" is class."""
    return attribute.rstrip("_").replace("_", "-")
