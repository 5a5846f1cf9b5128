"""What do the words of a page refer to? A word that means nothing is refused, with what is near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM, PROPERTIES
from magcheck.core.lazy import cached_property
from magcheck.knowledge.conditions import near
from magcheck.terminology.normalise import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from magcheck.terminology.vocabulary import Vocabulary


class UnknownTermError(ValueError):
    """A page names something that does not exist; the message says which and what is near."""


@dataclass(frozen=True)
class Terms:
    """What the words of a page refer to."""

    vocabulary: Vocabulary
    traits: Mapping[str, Mapping[str, str]]
    """Kind of trait -> normalised word -> canonical name."""
    choices: Mapping[str, Collection[str]]
    """Word of a choice -> the answers it can have."""
    always_missed: frozenset[str]
    """Facts whose absence is reported whenever a page could turn on them."""

    @cached_property
    def is_magnesium(self) -> Callable[[str], bool]:
        """Does a page mean magnesium by this name? Pages say the same names again and again."""

        def found(name: str) -> bool:
            return name in PROPERTIES or MAGNESIUM in self._lineage(name)

        return cache(found)

    def means_magnesium(self, name: str) -> bool:
        """As `is_magnesium`; a name that means nothing does not mean magnesium."""
        return self.vocabulary.selector(name) is not None and self.is_magnesium(name)

    def is_within(self, name: str, wider: str) -> bool:
        """Is what a page calls `name` also called or classed `wider`?"""
        selector = self.vocabulary.selector(wider)
        if selector is None or name in PROPERTIES or self.vocabulary.selector(name) is None:
            return False
        return selector in self._lineage(name)

    def selector(self, name: str) -> str:
        """The substance or class that a page calls `name`. Raises UnknownTermError."""
        selector = self.vocabulary.selector(name)
        if selector is None:
            known = [*self.vocabulary.substances, *self.vocabulary.classes]
            raise UnknownTermError(f"no substance or class is called '{name}'. {_nearest(name, known)}")
        return selector

    def trait(self, kind: str, name: str) -> str:
        """The canonical name of a condition, symptom or goal. Raises UnknownTermError."""
        canonical = self.traits[kind].get(normal(name))
        if canonical is None:
            nearest = _nearest(name, self.traits[kind].values())
            raise UnknownTermError(f"no {kind} is called '{name}'. {nearest}")
        return canonical

    def _lineage(self, name: str) -> frozenset[str]:
        selector = self.selector(name)
        substance = self.vocabulary.substances.get(selector)
        return substance.selectors if substance else self.vocabulary.classes[selector]


def _nearest(name: str, known: Iterable[str]) -> str:
    hint = near(name, known)
    return hint if hint.startswith("Did") else "See rules/vocabulary."
