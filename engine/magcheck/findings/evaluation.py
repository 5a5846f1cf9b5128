"""What both evaluators agreed on about one person, read back into pages and facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.lazy import cached_property
from magcheck.findings.reach import Reach
from magcheck.findings.subjects import named_inside, subject
from magcheck.inference.program import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Clause, Fact, Matches, Program
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.report import Subject

Held = tuple["Rule", "Clause", "Fact"]
"""A clause of a page that holds, and the fact that it holds on."""


@dataclass(frozen=True)
class Evaluation:
    """Everything that holds for one person."""

    book: RuleBook
    program: Program
    situation: Situation
    matches: Matches

    def holding(self, outcome: Outcome) -> Sequence[Held]:
        """In the order of the pages, and of the facts of one clause."""
        return self._holding[outcome]

    def reach(self, free: frozenset[str]) -> Reach:
        """What could fire whatever the facts `free` are; worked out once."""
        if free not in self._reaches:
            self._reaches[free] = Reach(self, free)
        return self._reaches[free]

    @cached_property
    def _reaches(self) -> dict[frozenset[str], Reach]:
        return {}

    @cached_property
    def products(self) -> dict[int, Subject]:
        """Position of each product with magnesium that was told -> how findings name it; most of them do."""
        return {
            position: subject(item, named_inside(item, None))
            for position, item in enumerate(self.situation.taken)
            if item.salts and not item.planned
        }

    @cached_property
    def _holding(self) -> dict[Outcome, list[Held]]:
        holding: dict[Outcome, list[Held]] = {outcome: [] for outcome in Outcome}
        for number, position in sorted(self.matches):
            clause = self.program.clauses[number]
            page = self.book.rules_by_id[clause.rule]
            holding[clause.outcome].append((page, clause, self.situation.facts[position]))
        return holding
