"""Is there more told than one check can look at in good time? Then it says so, before any work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.errors import InputError, Problem
from magcheck.core.fact_names import ITEM_LISTS, LISTS, WORD_LISTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.facts.recognition import RecognisedItem
    from magcheck.profile import Profile

MOST_LETTERS = 20_000
"""In all lines together: a hundred medicines and a hundred illnesses with a hundred letters each."""
MOST_PAIRS = 2_500
"""Pairs of something taken and a product with magnesium."""
MOST_PAIRS_OF_TIMES = 30_000
"""Pairs of a dose and a dose of magnesium."""


def refuse_too_long(profile: Profile) -> None:
    """Raises InputError where more is written than can be read in good time; before any of it is read."""
    lines = (item.name or "" for name in ITEM_LISTS for item in getattr(profile, name))
    letters = sum(map(len, (*lines, *(words for name in WORD_LISTS for words in getattr(profile, name)))))
    if letters > MOST_LETTERS:
        raise InputError(
            [
                Problem(
                    ", ".join(LISTS),
                    f"there are {letters:,} letters.",
                    f"At most {MOST_LETTERS:,} are read at once. Leave out what is no name, amount or time.",
                )
            ]
        )


def refuse_too_much(taken: Sequence[RecognisedItem]) -> None:
    """Raises InputError where the work would grow beyond what a service can afford."""
    products = [item for item in taken if item.salts]
    pairs = len(products) * (len(taken) - 1)
    times = sum(_doses(item) for item in products) * sum(_doses(item) for item in taken)
    if pairs > MOST_PAIRS:
        raise _too_many(pairs, MOST_PAIRS, "pairs of a medicine and a magnesium product")
    if times > MOST_PAIRS_OF_TIMES:
        raise _too_many(times, MOST_PAIRS_OF_TIMES, "pairs of a dose and a dose of magnesium")


def _too_many(count: int, most: int, what: str) -> InputError:
    return InputError(
        [
            Problem(
                "medications and supplements",
                f"there are {count:,} {what}.",
                f"At most {most:,} are checked at once. Check fewer products or hours at a time.",
            )
        ]
    )


def _doses(item: RecognisedItem) -> int:
    return max(1, len(item.item.times))
