"""The solver, as far as the proofs need it. z3 carries no types, so that its terms are opaque here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from magcheck.core.fact_names import BEYOND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.inference.program import Interval, Test

z3: Any = import_module("z3")
Term: TypeAlias = Any
"""A formula or a number of the solver, or a plain Python value where it is known."""


class ValueRange(NamedTuple):
    """A number known to lie between two others."""

    low: Term
    high: Term


class Truth(NamedTuple):
    """A fact that is surely so, surely not so, or neither."""

    yes: Term
    no: Term


Value = ValueRange | Truth


def value_of(interval: Interval) -> Value:
    return ValueRange(*interval)


def surely(test: Test, value: Value) -> Term:
    """The test holds whatever the fact is within what is known of it: as `Test.holds`, on formulas."""
    if isinstance(value, Truth):
        with_no, with_yes = (test.low <= number <= test.high for number in (0, 1))
        if with_no and with_yes:
            return True
        return value.yes if with_yes else value.no if with_no else False
    above = test.low <= -BEYOND or test.low <= value.low
    below = test.high >= BEYOND or value.high <= test.high
    return both(above, below)


def negated(term: Term) -> Term:
    return not term if isinstance(term, bool) else z3.Not(term)


def both(*terms: Term) -> Term:
    return every(terms)


def every(terms: Iterable[Term]) -> Term:
    """The conjunction, with what is plain already left out."""
    needed = [term for term in terms if term is not True]
    if any(term is False for term in needed):
        return False
    return z3.And(needed) if len(needed) > 1 else needed[0] if needed else True


def some(terms: Iterable[Term]) -> Term:
    """The disjunction, with what is plain already left out."""
    needed = [term for term in terms if term is not False]
    if any(term is True for term in needed):
        return True
    return z3.Or(needed) if len(needed) > 1 else needed[0] if needed else False
