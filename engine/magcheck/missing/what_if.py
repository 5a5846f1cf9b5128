"""What would the verdict be in another situation? Read from the plain clauses, without a whole check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.findings.policy import verdict_if_fired
from magcheck.inference.plain import holds

if TYPE_CHECKING:
    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Program
    from magcheck.knowledge.load import RuleBook
    from magcheck.report import Verdict


def verdict_in(situation: Situation, book: RuleBook, program: Program) -> Verdict:
    """The verdict on a whole other situation."""
    fired = [
        (book.rules_by_id[clause.rule], clause, fact)
        for fact in situation.facts
        for number in program.firing.get((fact.scope, fact.key), ())
        if holds(clause := program.clauses[number], fact)
    ]
    return verdict_if_fired(fired, situation)
