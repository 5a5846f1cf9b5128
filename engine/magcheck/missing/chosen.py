"""What is the situation if a name that may mean several things means this one? All else stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from magcheck.core.lazy import cached_property
from magcheck.facts.budget import refuse_too_much
from magcheck.facts.counts import counted, number
from magcheck.facts.dose import magnesium_part
from magcheck.facts.flat import flat_facts, takes
from magcheck.facts.recognition import found_as, planned_product, recognised
from magcheck.facts.situation import daily_magnesium
from magcheck.missing.exchange import DAILY, is_swallowed_product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.facts.dose import MagnesiumPart
    from magcheck.facts.recognition import RecognisedItem, Unread
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Interval
    from magcheck.reading.profile import ReadEntry
    from magcheck.terminology.vocabulary import Meaning


class Choice:
    """One entry of the profile that was not recognised, and everything else as it is."""

    def __init__(self, evaluation: Evaluation, unread: Unread) -> None:
        self._evaluation = evaluation
        self._own = unread.list, unread.index

    @property
    def is_simple(self) -> bool:
        """Is it taken, and is nothing unclear but its name?"""
        return self._entry.read.taken and not self._entry.read.doubts

    @property
    def is_apart(self) -> bool:
        """Is the word that leaves it open perhaps another thing: "levothyroxine and gel"?"""
        line = self._entry.read.line
        return line is not None and line.routes is not None and line.routes.apart

    def situation(self, meaning: Meaning) -> Situation:
        """What is taken and the facts, with this meaning; the rest is that of the person as told.

        Raises InputError where that is more than one check can look at.
        """
        known, book, program = self._evaluation.situation, self._evaluation.book, self._evaluation.program
        taken = self._taken(recognised(self._entry, found_as(self._entry.read.item, meaning)))
        refuse_too_much(taken)
        facts = flat_facts(taken, list(known.traits), self._person(taken), book, program)
        return replace(known, taken=tuple(taken), facts=tuple(facts))

    def _taken(self, new: RecognisedItem) -> list[RecognisedItem]:
        """In the order of the entries; magnesium is assumed where none is swallowed."""
        taken = [*self._before, new, *self._behind]
        if not any(map(is_swallowed_product, taken)):
            profile, vocabulary = self._evaluation.situation.profile, self._evaluation.book.vocabulary
            taken.append(planned_product(vocabulary, len(profile.supplements)))
        return taken

    def _person(self, taken: Sequence[RecognisedItem]) -> dict[str, Interval]:
        """The facts of the person; only what is taken moves them."""
        program = self._evaluation.program
        counts = {fact: number(counted(taken, things)) for fact, things in program.counts.items()}
        daily = daily_magnesium((*map(self._part, filter(is_swallowed_product, taken)), *self._not_understood))
        return {**self._evaluation.situation.facts[0].values, DAILY: daily, **takes(taken, program), **counts}

    def _part(self, product: RecognisedItem) -> MagnesiumPart:
        return self._parts.get(id(product)) or magnesium_part(product, self._evaluation.book)

    @cached_property
    def _rank(self) -> dict[tuple[str, int], int]:
        entries = self._evaluation.situation.read.entries
        return {(entry.list, entry.index): rank for rank, entry in enumerate(entries)}

    @cached_property
    def _entry(self) -> ReadEntry:
        return self._evaluation.situation.read.entries[self._rank[self._own]]

    @cached_property
    def _parts(self) -> dict[int, MagnesiumPart]:
        """Identity of each product that is swallowed -> its magnesium."""
        known = self._evaluation.situation
        products = filter(is_swallowed_product, known.taken)
        return {id(product): part for product, part in zip(products, known.dose, strict=False)}

    @cached_property
    def _not_understood(self) -> tuple[MagnesiumPart, ...]:
        """The magnesium that other names which are not understood may bring."""
        behind = self._evaluation.situation.dose[len(self._parts) :]
        return tuple(part for part in behind if (part.list, part.index) != self._own)

    @cached_property
    def _before(self) -> list[RecognisedItem]:
        return [item for item in self._others if self._rank[item.list, item.index] < self._rank[self._own]]

    @cached_property
    def _behind(self) -> list[RecognisedItem]:
        return [item for item in self._others if self._rank[item.list, item.index] > self._rank[self._own]]

    @property
    def _others(self) -> list[RecognisedItem]:
        return [item for item in self._evaluation.situation.taken if not item.planned]
