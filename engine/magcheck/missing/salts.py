"""Which kinds of magnesium are there to try?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.fact_names import MAGNESIUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.findings.evaluation import Evaluation
    from magcheck.terminology.vocabulary import Substance


def salts(evaluation: Evaluation) -> Iterator[Substance]:
    """All that can be swallowed, in the order of the vocabulary."""
    for salt in evaluation.book.vocabulary.within(MAGNESIUM):
        if salt.name != MAGNESIUM and salt.route is None:
            yield salt


def free_with_another_product(evaluation: Evaluation) -> frozenset[str] | None:
    """The facts that another kind of magnesium changes; None where a page knows a kind as a medicine, too."""
    program = evaluation.program
    is_medicine = any(program.keys_of(salt.selectors) for salt in evaluation.book.vocabulary.within(MAGNESIUM))
    return None if is_medicine else program.moved_by_a_product
