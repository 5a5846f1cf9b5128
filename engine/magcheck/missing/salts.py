"""Which kinds of magnesium are there to try? One of all that no page can tell apart for this very person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM, OF_A_SUM, PROPERTIES, QUANTITIES, ROUTES, route_fact
from magcheck.inference.compile import product_fact
from magcheck.inference.program import Scope
from magcheck.missing.what_if import reachable
from magcheck.terminology.magnesium_salts import property_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Program
    from magcheck.terminology.vocabulary import Substance

_DAILY = QUANTITIES["daily magnesium"].fact
_OF_THE_ROUTE = frozenset(product_fact(route_fact(phrase)) for phrase in ROUTES)


def moved_by_a_product(program: Program) -> frozenset[str]:
    """The facts that another product, or another kind of it, would change."""
    kinds = {*PROPERTIES.values(), *program.kinds, *program.counts, _DAILY, *OF_A_SUM}
    taken = (fact for wanted in program.takes.values() for fact, _ in wanted)
    return _OF_THE_ROUTE.union(kinds, taken)


def salts_told_apart(evaluation: Evaluation, share: Callable[[Substance], object]) -> Iterator[Substance]:
    """The first of each group in the order of the vocabulary.

    Two of a group differ in nothing that a page asks which a product could still make fire or silence. `share`:
    what the pages see of the magnesium of the day with this salt.
    """
    free = moved_by_a_product(evaluation.program)
    asked = frozenset(test.fact for clause in reachable(evaluation, free) for test in clause.tests) & free
    alike: set[object] = set()
    for salt in evaluation.book.vocabulary.within(MAGNESIUM):
        kind = _seen(salt, asked, evaluation), share(salt)
        if salt.name != MAGNESIUM and salt.route is None and kind not in alike:
            alike.add(kind)
            yield salt


def _seen(salt: Substance, asked: frozenset[str], evaluation: Evaluation) -> tuple[object, ...]:
    """What the pages see of a salt: facts of a product, and what it is as a thing that is taken."""
    book, program = evaluation.book, evaluation.program
    keys = program.keys_used[Scope.MEDICINE] | program.keys_used[Scope.PAIR]
    return (
        tuple(property_interval([salt], book.forms, fact) for fact in PROPERTIES.values() if fact in asked),
        tuple(not kinds.isdisjoint(salt.selectors) for fact, kinds in program.kinds.items() if fact in asked),
        frozenset(f for name in salt.selectors for f, _ in program.takes.get(name, ()) if f in asked),
        frozenset(name for name in salt.selectors if program.keys.get(name) in keys),
        tuple(f for f, of in program.counts.items() if any(name in salt.selectors for name, _ in of)),
    )
