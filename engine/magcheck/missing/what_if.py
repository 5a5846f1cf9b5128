"""What would the verdict be if a few facts were otherwise? Read from the plain clauses, without a whole check."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from magcheck.core.scales import Action
from magcheck.findings.findings import is_kept, strongest
from magcheck.inference.plain import holds
from magcheck.inference.program import Outcome
from magcheck.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from magcheck.facts.situation import Situation
    from magcheck.findings.findings import Evaluation
    from magcheck.inference.program import Clause, Fact, Interval, Program, Test
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule

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
    clauses, facts = evaluation.program.clauses, evaluation.situation.facts
    hits = [
        (number, place)
        for number, place in evaluation.matches
        if clauses[number].outcome is Outcome.FIRES
        and not any(test.fact in names for test in clauses[number].tests)
    ]
    hits += [
        (number, place)
        for number, place in _concerned(names, evaluation.program, facts)
        if _holds(clauses[number].tests, facts[place], otherwise)
    ]
    return verdict_of_hits(hits, evaluation.situation, evaluation.book, evaluation.program)


def _holds(tests: Iterable[Test], fact: Fact, otherwise: Otherwise) -> bool:
    return all(test.holds(*otherwise.value(test.fact, fact)) for test in tests)


def _concerned(names: Collection[str], program: Program, facts: Iterable[Fact]) -> set[Hit]:
    """Every clause that tests one of `names`, with every fact that it could be tested on."""
    tested = [program.testing[name] for name in names if name in program.testing]
    return {
        (number, place)
        for place, fact in enumerate(facts)
        for numbers in tested
        for number in numbers.get((fact.scope, fact.key), ())
    }


def verdict_in(situation: Situation, book: RuleBook, program: Program) -> Verdict:
    """The verdict on a whole other situation."""
    hits = [
        (number, place)
        for place, fact in enumerate(situation.facts)
        for number in program.firing.get((fact.scope, fact.key), ())
        if holds(program.clauses[number], fact)
    ]
    return verdict_of_hits(hits, situation, book, program)


def verdict_of_hits(hits: Iterable[Hit], situation: Situation, book: RuleBook, program: Program) -> Verdict:
    """As the report would say it: blocked guidance and kept separations do not count."""
    grouped: defaultdict[tuple[str, int | None], list[Fact]] = defaultdict(list)
    for number, place in hits:
        rule, fact = book.rules_by_id[program.clauses[number].rule], situation.facts[place]
        if rule.ask is None and rule.place is None:
            grouped[rule.id, fact.medicine if rule.separate else None].append(fact)
    found = [(book.rules_by_id[name], facts) for (name, _), facts in grouped.items()]
    blocked = any(rule.strongest is Action.AVOID or rule.blocks_guidance for rule, _ in found)
    actions = [
        rule.strongest
        for rule, facts in found
        if not (blocked and rule.guidance) and not is_kept(rule, facts, situation)
    ]
    return Verdict(strongest(actions).value) if actions else Verdict.CLEAR


def worst_possible(evaluation: Evaluation, free: Collection[str]) -> Verdict:
    """No verdict can be stronger, whatever the facts `free` are; it may be stronger than any that is possible."""
    clauses, facts = evaluation.program.clauses, evaluation.situation.facts
    pages = [rule for rule, _, _ in evaluation.holding(Outcome.FIRES) if rule.ask is None and rule.place is None]
    pages += [
        rule
        for number, place in _concerned(free, evaluation.program, facts)
        if (rule := _counting(clauses[number], facts[place], evaluation))
        and all(test.fact in free or test.holds(*facts[place].values[test.fact]) for test in clauses[number].tests)
    ]
    return Verdict(strongest(rule.strongest for rule in pages).value) if pages else Verdict.CLEAR


def _counting(clause: Clause, fact: Fact, evaluation: Evaluation) -> Rule | None:
    rule = evaluation.book.rules_by_id[clause.rule]
    spent = rule.ask is not None or rule.place is not None or is_kept(rule, [fact], evaluation.situation)
    return None if spent else rule
