"""Which answers are missing that a page waits for? Each as a field of this very profile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.core.fact_names import PRODUCT_FIELD, QUANTITIES, SCALE
from magcheck.inference.program import Outcome
from magcheck.knowledge.load import settled_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.program import Fact, Test

OpenField = tuple[str, str | None]
"""Field, and why it is asked where a page says so."""

_DAILY = QUANTITIES["daily magnesium"]
_ITEM_FIELD = re.compile(r"(\w+)\[(\d+)\]")


def open_fields(evaluation: Evaluation) -> Iterator[OpenField]:
    """All of them; a field may come more than once."""
    yield from _of_pages_that_could_fire(evaluation)
    yield from _asked(evaluation)
    yield from _uncertain_amounts(evaluation)


def _of_pages_that_could_fire(evaluation: Evaluation) -> Iterator[OpenField]:
    """Pages that would fire if an unknown fact were so."""
    fired = {(rule.id, id(fact)) for rule, _, fact in evaluation.holding(Outcome.FIRES)}
    asked: set[tuple[str, int | None]] = set()
    for rule, clause, fact in evaluation.holding(Outcome.POSSIBLE):
        if (rule.id, id(fact)) not in fired:
            for test in clause.tests:
                if (test.fact, fact.product) not in asked and _is_unsettled(test, fact):
                    asked.add((test.fact, fact.product))
                    for field in _fields(test, fact, evaluation):
                        yield field, None


def _is_unsettled(test: Test, fact: Fact) -> bool:
    lowest, highest = fact.values[test.fact]
    return not (test.low <= lowest and highest <= test.high)


def _fields(test: Test, fact: Fact, evaluation: Evaluation) -> Iterable[str]:
    """The fields of this very profile that would settle `test`."""
    settled = settled_by().get(test.fact, PRODUCT_FIELD)
    if settled == _DAILY.settled_by:
        amounts = [field for part in evaluation.situation.dose if not part.told for field in part.missing]
        return [field if _is_listed(field, evaluation) else "supplements" for field in amounts]
    if settled == PRODUCT_FIELD and fact.product is not None:
        item = evaluation.situation.taken[fact.product]
        return ["supplements" if item.planned else f"{item.list}[{item.index}].name"]
    return [settled]


def _is_listed(field: str, evaluation: Evaluation) -> bool:
    """Is it about an item that stands in the profile, and not about the product that is assumed?"""
    named = _ITEM_FIELD.match(field)
    return named is not None and any(
        item.list == named[1] and item.index == int(named[2]) and not item.planned
        for item in evaluation.situation.taken
    )


def _asked(evaluation: Evaluation) -> Iterator[OpenField]:
    """Fields that a page asks of this person, and those without which a creatinine says nothing."""
    for rule, _, _ in evaluation.holding(Outcome.FIRES):
        if rule.ask is not None:
            yield rule.ask, rule.why.strip()
    for field in evaluation.situation.kidney.needed:
        yield field, None
    yield from evaluation.situation.asked


def _uncertain_amounts(evaluation: Evaluation) -> Iterator[OpenField]:
    """A dose page that fires on the high estimate only: the label's basis would settle it."""
    low = round(sum(part.low for part in evaluation.situation.dose) * SCALE)
    for _, clause, _ in evaluation.holding(Outcome.FIRES):
        for test in clause.tests:
            if test.fact == _DAILY.fact and not test.holds(low, low):
                for part in evaluation.situation.dose:
                    for field in part.missing if part.told else ():
                        yield field, None
