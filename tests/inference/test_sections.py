"""Do the sections hold every clause, and does no selection of them lose one?"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Clause, Fact, Outcome, Program, Scope
from magcheck.inference.program import Test as Bounds
from magcheck.inference.sections import SMALL, sections_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck import Checker


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
    """(clause, key) of all sections, and that its facts are given to that very section."""
    sections = sections_of(program)
    for index, section in enumerate(sections.all):
        for number, clause in zip(section.numbers, section.clauses, strict=True):
            assert clause.rule == program.clauses[number].rule
            for key in clause.keys:
                fact = Fact(clause.scope, key, {})
                assert sections.concerned([fact]).get(index) == [0]
                yield number, key


@pytest.mark.parametrize("seed", range(5))
def test_every_clause_stands_under_each_of_its_keys_once(seed: int) -> None:
    program = many_keys(seed)
    assert len(sections_of(program).all) > 3
    assert Counter(held(program)) == told(program)


def test_so_do_the_clauses_of_the_pages(checker: Checker) -> None:
    assert len(sections_of(checker.program).all) > 3
    assert Counter(held(checker.program)) == told(checker.program)


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


def test_few_pages_are_one_section() -> None:
    clauses = many_keys(0).clauses[: SMALL // 2]
    assert len(sections_of(Program(clauses, {})).all) == 1
