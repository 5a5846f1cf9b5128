"""What would the verdict be if a few facts were otherwise? Read from the plain clauses, without a whole check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.findings.policy import is_kept, makes_finding, strongest_of, verdict_if_fired
from magcheck.inference.plain import holds
from magcheck.inference.program import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Evaluation, Held
    from magcheck.inference.program import Clause, Fact, Interval, Program, Test
    from magcheck.knowledge.load import RuleBook
    from magcheck.report import Verdict

Hit = tuple[int, int]
"""(number of the clause, number of the fact)."""


@dataclass(frozen=True)
class Otherwise:
    """Facts of the person, which every fact carries, with other values than told."""

    person: Mapping[str, Interval]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.person)

    def value(self, name: str, fact: Fact) -> Interval:
        return self.person.get(name) or fact.values[name]


def verdict_if(evaluation: Evaluation, otherwise: Otherwise) -> Verdict:
    """The verdict with these facts, all else as told."""
    names = otherwise.names
    facts = evaluation.situation.facts
    fired = [
        (rule, clause, fact)
        for rule, clause, fact in evaluation.holding(Outcome.FIRES)
        if not any(test.fact in names for test in clause.tests)
    ]
    fired += [
        (rule, clause, fact)
        for rule, clause, fact in _held(_concerned(names, evaluation.program, facts), evaluation)
        if _holds(clause.tests, fact, otherwise)
    ]
    return verdict_if_fired(fired, evaluation.situation)


def _held(hits: Iterable[Hit], evaluation: Evaluation) -> Iterator[Held]:
    """The pages, clauses and facts of `hits`; whether they hold is not asked."""
    rules, clauses = evaluation.book.rules_by_id, evaluation.program.clauses
    for number, position in hits:
        clause = clauses[number]
        yield rules[clause.rule], clause, evaluation.situation.facts[position]


def _holds(tests: Iterable[Test], fact: Fact, otherwise: Otherwise) -> bool:
    return all(test.holds(*otherwise.value(test.fact, fact)) for test in tests)


def _concerned(names: Collection[str], program: Program, facts: Iterable[Fact]) -> set[Hit]:
    """Every clause that tests one of `names`, with every fact that it could be tested on."""
    tested = [program.testing[name] for name in names if name in program.testing]
    return {
        (number, position)
        for position, fact in enumerate(facts)
        for numbers in tested
        for number in numbers.get((fact.scope, fact.key), ())
    }


def verdict_in(situation: Situation, book: RuleBook, program: Program) -> Verdict:
    """The verdict on a whole other situation."""
    fired = [
        (book.rules_by_id[clause.rule], clause, fact)
        for fact in situation.facts
        for number in program.firing.get((fact.scope, fact.key), ())
        if holds(clause := program.clauses[number], fact)
    ]
    return verdict_if_fired(fired, situation)


def reachable(evaluation: Evaluation, free: Collection[str]) -> Iterator[Clause]:
    """Every clause that holds of some fact of this person, whatever the facts `free` are."""
    for fact in evaluation.situation.facts:
        for number in evaluation.program.firing.get((fact.scope, fact.key), ()):
            clause = evaluation.program.clauses[number]
            if all(test.fact in free or test.holds(*fact.values[test.fact]) for test in clause.tests):
                yield clause


def worst_possible(evaluation: Evaluation, free: Collection[str]) -> Verdict:
    """No verdict can be stronger, whatever the facts `free` are; it may be stronger than any that is possible.

    What fires today counts although it may cease to; only windows that are kept are left out of what may come.
    """
    pages = [rule for rule, _, _ in evaluation.holding(Outcome.FIRES) if makes_finding(rule)]
    hits = _concerned(free, evaluation.program, evaluation.situation.facts)
    pages += [
        rule
        for rule, clause, fact in _held(hits, evaluation)
        if makes_finding(rule)
        and not is_kept(rule, [fact], evaluation.situation)
        and all(test.fact in free or test.holds(*fact.values[test.fact]) for test in clause.tests)
    ]
    return strongest_of(pages)
