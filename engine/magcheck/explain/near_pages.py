"""Which pages may somebody mean who writes an id that does not exist?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.bounds import LONGEST_NAME
from magcheck.profile import Day, Medication
from magcheck.reading.item import read_item
from magcheck.reading.setting import Setting
from magcheck.terminology.vocabulary import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.load import RuleBook

MOST = 4
SHORTEST = 3
"""Letters from which on a word says something."""
ALIKE = 82
"""Of 100; "seperate-ciproflox" is like "separate-ciprofloxacin", "magcheck" is like nothing."""


def near_pages(name: str, book: RuleBook) -> list[str]:
    """Ids, the likeliest first; empty for a word that is like nothing."""
    word = _as_id(name)
    return list(dict.fromkeys([*_holding(word, book), *_about(name, book), *_alike(word, book)]))[:MOST]


def _as_id(words: str) -> str:
    return "-".join(words.casefold().split())[:80]


def _about(name: str, book: RuleBook) -> Iterator[str]:
    """Pages of what a brand or another name means."""
    told = Medication(name=name[:LONGEST_NAME] or "?")
    for item in read_item(told, Setting(book, None, Day(), "medications")):
        if isinstance(item.found, Found):
            for substance in item.found.meaning.substances:
                yield from _holding(_as_id(substance.name), book)


def _holding(word: str, book: RuleBook) -> Iterator[str]:
    """What begins one of the words of an id; the shortest id first, what is retired last."""
    if len(word) >= SHORTEST:
        found = (page for page in book.rules if f"-{word}" in f"-{page.id}")
        yield from (page.id for page in sorted(found, key=lambda page: (page.retired is not None, len(page.id))))


def _alike(word: str, book: RuleBook) -> Iterator[str]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a mistake needs it

    if len(word) >= SHORTEST:
        for wanted in (fuzz.ratio, fuzz.partial_ratio):
            found = process.extract(word, list(book.rules_by_id), scorer=wanted, limit=MOST, score_cutoff=ALIKE)
            yield from (page for page, _, _ in found)
