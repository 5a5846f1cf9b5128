"""The proofs count with formulas: do these say of invented people what the check itself says?"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from magcheck import Checker, Profile
from magcheck.core.errors import InputError
from magcheck.core.scales import Action
from magcheck.prove.logic import z3
from magcheck.prove.profiles import profile_of
from magcheck.prove.prover import Prover

if TYPE_CHECKING:
    from magcheck.prove.logic import Term

PEOPLE = 60
MOST_THINGS = 5


@pytest.fixture(scope="module")
def proved() -> Prover:
    return Prover(Checker())


def told_at_random(proved: Prover, random: Random) -> list[Term]:
    """A few things, words and answers; whatever is left open by them the solver chooses."""
    world = proved.solving.world
    taken = set(random.sample(range(len(world.present)), random.randint(0, MOST_THINGS)))
    words = set(random.sample(sorted(world.traits), random.randint(0, 3)))
    fixed = [here if number in taken else z3.Not(here) for number, here in enumerate(world.present)]
    fixed += [here if name in words else z3.Not(here) for name, here in world.traits.items()]
    answers = [*world.person.numbers.values(), *world.person.flags.values()]
    fixed += [answer.is_told if random.random() < 0.5 else z3.Not(answer.is_told) for answer in answers]
    for fact, answer in world.person.numbers.items():
        edges = proved.checker.program.thresholds.get(fact, (1000,))
        near = random.choice(edges) + random.choice((-1, 0, 1))
        fixed.append(z3.Or(answer.value == near, answer.value == near + 1, answer.value == near - 1))
    amounts = [slot for slot in world.slots if slot.has_amount]
    fixed += [slot.amount_told if random.random() < 0.5 else z3.Not(slot.amount_told) for slot in amounts]
    return fixed


@pytest.mark.thorough
def test_pages_and_verdict_are_those_of_the_check(proved: Prover) -> None:
    random = Random(14)
    solving, seen = proved.solving, 0
    for _ in range(PEOPLE):
        solving.solver.push()
        solving.solver.add(*told_at_random(proved, random))
        if solving.solver.check() == z3.sat:
            seen += _compare(proved, solving.solver.model())
        solving.solver.pop()
    assert seen > PEOPLE / 2


def _compare(proved: Prover, model: object) -> bool:
    solving = proved.solving
    given = profile_of(solving.world, model)

    def holds(term: Term) -> bool:
        return term is True or (term is not False and z3.is_true(model.eval(term, model_completion=True)))  # type: ignore[attr-defined]

    try:
        fired, _ = proved.checker.pages(Profile.model_validate(given))
        verdict = proved.checker.check(Profile.model_validate(given)).verdict.value
    except InputError:
        return False  # what cannot be true is refused before it is answered
    assert {rule.id for rule in solving.pages if holds(solving.world.fires(rule.id))} == fired, given
    counted = [action.value for action in Action if holds(solving.verdict.at_least(action))]
    assert (counted[0] if counted else "clear") == verdict, given
    return True


@pytest.mark.thorough
def test_every_theorem_about_our_pages_holds(proved: Prover) -> None:
    broken = [theorem for theorem in proved.theorems() if not theorem.holds]
    assert not broken


@pytest.mark.thorough
def test_a_sample_of_our_pages_can_speak(proved: Prover) -> None:
    """All of them: `magcheck rules prove`."""
    sample = proved.solving.pages[::12]
    proved.solving.pages = sample
    assert [theorem.says for theorem in proved.pages() if not theorem.holds] == []
