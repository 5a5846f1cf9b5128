"""Which kinds of magnesium are there to try? One of all that no page can tell apart for this very person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM
from magcheck.inference.program import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from magcheck.findings.evaluation import Evaluation
    from magcheck.terminology.vocabulary import Substance


def free_with_another_product(evaluation: Evaluation) -> frozenset[str] | None:
    """The facts that another kind of magnesium changes; None where a page knows a kind as a medicine, too."""
    program = evaluation.program
    is_medicine = any(program.keys_of(salt.selectors) for salt in evaluation.book.vocabulary.within(MAGNESIUM))
    return None if is_medicine else program.moved_by_a_product


def salts_told_apart(evaluation: Evaluation, share: Callable[[Substance], object]) -> Iterator[Substance]:
    """The first of each group in the order of the vocabulary.

    Two of a group differ in nothing that a page asks which a product could still make fire or silence. `share`:
    what the pages see of the magnesium of the day with this salt.
    """
    asked = evaluation.reach(evaluation.program.moved_by_a_product).asked
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
        tuple(value for fact, value in book.properties_of((salt,)).items() if fact in asked),
        tuple(value for fact, value in program.kinds_among((salt.selectors,)).items() if fact in asked),
        frozenset(f for name in salt.selectors for f, _ in program.takes.get(name, ()) if f in asked),
        frozenset(name for name in salt.selectors if program.keys.get(name) in keys),
        tuple(f for f, of in program.counts.items() if any(name in salt.selectors for name, _ in of)),
    )
