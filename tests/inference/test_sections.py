"""Do the sections hold every clause, and does no selection of them lose one?"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from magcheck import Checker, EngineFault
from magcheck.core.fact_names import BEYOND
from magcheck.inference import network
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Clause, Fact, Outcome, Program, Scope
from magcheck.inference.program import Test as Bounds
from magcheck.inference.sections import SMALL, sections_of
from magcheck.lint.pages import lint_examples
from tests.inference.invented import invented_program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.inference.guards import Guard
    from magcheck.inference.program import Interval


def many_keys(seed: int) -> Program:
    """More shapes than fit one section, some under many keys and some under one."""
    pick = random.Random(seed)
    clauses: list[Clause] = []
    for number in range(3 * SMALL):
        scope = pick.choice((Scope.PAIR, Scope.TRAIT))
        keys = tuple(sorted(pick.sample(range(1, 80), pick.choice((1, 1, 2, 12)))))
        low = pick.randrange(100)
        clauses.append(Clause(f"r{number}", Outcome.FIRES, scope, keys, (Bounds("age", low, low + 40),)))
    clauses += [
        Clause(f"p{number}", Outcome.FIRES, Scope.PERSON, (0,), (Bounds("age", number, 90),))
        for number in range(20)
    ]
    return Program(tuple(clauses), {})


def told(program: Program) -> Counter[tuple[int, int]]:
    """(clause, key) of the whole."""
    return Counter((number, key) for number, clause in enumerate(program.clauses) for key in clause.keys)


def held(program: Program) -> Iterator[tuple[int, int]]:
    """(clause, key) of all sections, and that a fact with that scope and key is asked for there."""
    sections = sections_of(program)
    for index, section in enumerate(sections.all):
        for number, clause in zip(section.numbers, section.clauses, strict=True):
            assert clause._replace(keys=()) == program.clauses[number]._replace(keys=())
            for key in clause.keys:
                place = clause.scope, key
                assert index in (sections.of_scope.get(clause.scope) or sections.of_place[place])
                yield number, key


def is_implied(guard: Guard, test: Bounds) -> bool:
    """Whatever the fact is: where the test holds, the guard does."""
    ends = (0, 1) if test.surely else (1, 0)
    asks_the_same = (guard.fact, guard.lower_end, guard.upper_end) == (test.fact, *ends)
    return asks_the_same and guard.low <= test.low and test.high <= guard.high


def unguarded(program: Program) -> list[Clause]:
    """Clauses that could hold where no guard of their section does."""
    return [
        clause
        for section in sections_of(program).all
        if section.guards is not None
        for clause in section.clauses
        if not any(is_implied(guard, test) for guard in section.guards for test in clause.tests)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_every_clause_stands_under_each_of_its_keys_once(seed: int) -> None:
    program = many_keys(seed)
    assert len(sections_of(program).all) > 3
    assert Counter(held(program)) == told(program)
    assert unguarded(program) == []


def test_so_do_the_clauses_of_the_pages(checker: Checker) -> None:
    sections = sections_of(checker.program)
    assert Counter(held(checker.program)) == told(checker.program)
    assert unguarded(checker.program) == []
    assert sum(section.guards is not None for section in sections.all) > 5


@pytest.mark.parametrize("seed", range(30))
def test_so_do_those_of_any_rule_set(seed: int) -> None:
    """Among them clauses without a test, one fact asked surely and perhaps, bounds that nothing can break."""
    program = invented_program(random.Random(seed), 150)
    assert Counter(held(program)) == told(program)
    assert unguarded(program) == []


def at_the_bounds(program: Program, pick: random.Random) -> Fact:
    """Every value lies at, just below or just above a bound of some clause, or is open."""
    clause = pick.choice(program.clauses)
    asked = {*program.thresholds, *(test.fact for clause in program.clauses for test in clause.tests)}
    values = {name: interval(program.thresholds.get(name, ()), pick) for name in sorted(asked)}
    if pick.random() < 0.5:
        for test in clause.tests:
            low = min(test.high, max(test.low, values[test.fact][0]))
            values[test.fact] = (low, min(test.high, max(low, values[test.fact][1])))
    return Fact(clause.scope, pick.choice(clause.keys), values)


def interval(bounds: Sequence[int], pick: random.Random) -> Interval:
    around = [bound + step for bound in bounds for step in (-1, 0, 1)] or [0, 1]
    low, high = sorted((pick.choice(around), pick.choice([*around, BEYOND])))
    return pick.choice(((low, high), (low, low), (0, BEYOND)))


def test_nothing_is_lost_at_any_bound_of_the_pages(checker: Checker) -> None:
    """Asked anew, and out of what was kept of 4,000 other facts."""
    program, pick = checker.program, random.Random(11)
    keeping, forgetting, plain = DurableEvaluator(program), DurableEvaluator(program, 0), PlainEvaluator(program)
    holding: set[int] = set()
    for _ in range(400):
        facts = [at_the_bounds(program, pick) for _ in range(10)]
        expected = plain.matches(facts)
        assert keeping.matches(facts) == expected
        assert forgetting.matches(facts) == expected
        assert keeping.matches(facts) == expected
        holding |= {number for number, _ in expected}
    assert len(holding) > 0.9 * len(program.clauses)
    keeping.close()
    forgetting.close()


@pytest.mark.parametrize("seed", range(5))
def test_many_sections_find_what_the_plain_evaluator_finds(seed: int) -> None:
    program, pick = many_keys(seed), random.Random(seed)
    durable, plain = DurableEvaluator(program), PlainEvaluator(program)
    fired = 0
    for _ in range(40):
        age = pick.randrange(110)
        facts = [
            Fact(pick.choice((Scope.PAIR, Scope.TRAIT)), pick.randrange(1, 85), {"age": (age, age)})
            for _ in range(pick.randrange(8))
        ]
        facts.append(Fact(Scope.PERSON, 0, {"age": (age, age)}))
        matches = plain.matches(facts)
        assert durable.matches(facts) == matches
        fired += len(matches)
    assert fired
    durable.close()


def test_a_section_that_does_not_fit_gives_no_answer_and_no_lint(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules are made of a section when it is first asked: the examples of its pages do that."""
    monkeypatch.setattr(network, "MAX_PROPERTIES", 0)
    program = many_keys(0)
    durable = DurableEvaluator(program)
    with pytest.raises(EngineFault, match="properties of one fact"):
        durable.matches([Fact(Scope.PERSON, 0, {"age": (50, 50)})])
    durable.close()
    with pytest.raises(EngineFault, match="properties of one fact"):
        lint_examples(Checker(checker.book))


def test_few_pages_are_one_section() -> None:
    clauses = many_keys(0).clauses[: SMALL // 2]
    assert len(sections_of(Program(clauses, {})).all) == 1
