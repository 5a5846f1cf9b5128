"""Does every figure of a page stand in its evidence, or is it said there to be the page's own?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.rule import Rule

_HOUR = 60
"""Minutes."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class Figure(NamedTuple):
    """A figure of a page, as the page and as a source may write it."""

    key: str
    text: str
    written: tuple[float, ...]


def unsaid(rule: Rule) -> Iterator[Figure]:
    """Hours and limits of which no line of evidence has the number, whatever its language."""
    said = {_value(number) for line in rule.evidence for number in _NUMBER.findall(line.says or "")}
    yield from (figure for figure in _figures(rule) if not said.intersection(figure.written))


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def _figures(rule: Rule) -> Iterator[Figure]:
    window = rule.separate
    for key, holder in (("separate", window), ("separate", window and window.preferred), ("place", rule.place)):
        for side in ("before", "after", "close", "not_within"):
            minutes = getattr(holder, side, None)
            if minutes:
                yield Figure(key, f"{side} {minutes} min", (minutes, minutes / _HOUR))
    if rule.limit:
        yield Figure("limit", f"limit {rule.limit / SCALE:g} mg", (rule.limit / SCALE,))
