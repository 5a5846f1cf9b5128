"""How hard is a sentence to read? Flesch-Kincaid, with the names of medicines counted as one short word."""

from __future__ import annotations

import re
from functools import cache

import pyphen  # type: ignore[import-untyped]

from magcheck.knowledge.load import load_rules

HARDEST = 6.0
"""The grade of a twelve-year-old."""
FEWEST_WORDS = 6
"""Of less, one long word decides ("Call your emergency number."): there only the longest word counts."""
MOST_SYLLABLES = 4
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*|\d[\d.,]*")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_HYPHENS = pyphen.Pyphen(lang="en_US")
_LEAST_LETTERS_OF_A_NAME = 5
ORDINARY = [
    "water",
    "plain",
    "white",
    "light",
    "heavy",
    "tablet",
    "tablets",
    "powder",
    "liquid",
    "sleep",
    "medicine",
    "laxative",
    "kidney",
    "other",
]
"""Words that stand in the names of substances, and that everybody knows."""
NAMES_OF_METHODS = frozenset({"magnesium", "creatinine", "epi", "schwartz", "bedside"})


@cache
def names() -> frozenset[str]:
    """Every word that stands in the name of a substance."""
    spelt = (word for name in load_rules().vocabulary.substances for word in _WORD.findall(name.casefold()))
    return (
        frozenset(word for word in spelt if len(word) >= _LEAST_LETTERS_OF_A_NAME) - frozenset(ORDINARY)
    ) | NAMES_OF_METHODS


def sentences_of(text: str) -> list[str]:
    return [sentence for sentence in SENTENCE_END.split(" ".join(text.split())) if sentence]


def grade(sentence: str) -> float:
    words = _WORD.findall(_PLACEHOLDER.sub("drug", sentence))
    counts = [1 if word.casefold() in names() else _syllables(word) for word in words]
    if len(words) < FEWEST_WORDS:
        return HARDEST if max(counts, default=0) <= MOST_SYLLABLES else HARDEST + max(counts)
    return round(0.39 * len(words) + 11.8 * sum(counts) / len(words) - 15.59, 1)


def _syllables(word: str) -> int:
    return 1 if word[0].isdigit() else len(_HYPHENS.positions(word.casefold())) + 1
