"""How much magnesium does a person take in a day, and which limit speaks for them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import SCALE
from magcheck.core.scales import Action
from magcheck.inference.program import Outcome
from magcheck.report import Dose, DosePart

if TYPE_CHECKING:
    from magcheck.facts.dose import MagnesiumPart
    from magcheck.findings.evaluation import Evaluation
    from magcheck.knowledge.rule import Rule


class Total(NamedTuple):
    """Milligrams of magnesium itself a day."""

    low: float
    high: float | None
    """None where an amount is not known."""


def total_of(evaluation: Evaluation) -> Total | None:
    """Of what was told; None where no product was."""
    parts = _parts(evaluation)
    if not parts:
        return None
    known = [part.high for part in evaluation.situation.dose if part.high is not None]
    high = round(sum(known), 1) if len(known) == len(evaluation.situation.dose) else None
    return Total(round(sum(part.low for part in parts), 1), high)


def dose_of(evaluation: Evaluation) -> Dose | None:
    """The magnesium of what was told; None where no product was."""
    total = total_of(evaluation)
    if total is None:
        return None
    limit = _tightest_limit(evaluation)
    return Dose(
        elemental_mg_per_day=total.high,
        low=total.low,
        high=total.high,
        limit_mg_per_day=None if limit is None else (limit.limit or 0) / SCALE,
        limit_source=None if limit is None else evaluation.book.citations[limit.id][0].source,
        parts=tuple(map(_dose_part, _parts(evaluation))),
    )


def _parts(evaluation: Evaluation) -> list[MagnesiumPart]:
    """Of each product that was told."""
    listed = {(item.list, item.index) for item in evaluation.situation.taken if not item.planned}
    return [part for part in evaluation.situation.dose if (part.list, part.index) in listed]


def _dose_part(part: MagnesiumPart) -> DosePart:
    return DosePart(
        list=part.list,
        index=part.index,
        elemental_mg_per_day=None if part.high is None else round(part.high, 1),
        low=round(part.low, 1),
        how=part.how,
    )


def _tightest_limit(evaluation: Evaluation) -> Rule | None:
    """The page with the lowest limit for this person; none where a page that says "none at all" speaks for it."""
    limits = [rule for rule, _, _ in evaluation.holding(Outcome.APPLIES)]
    tightest = min(limits, key=lambda rule: (rule.limit or 0, rule.id), default=None)
    none_at_all = [rule for rule, _, _ in evaluation.holding(Outcome.FIRES) if rule.strongest is Action.AVOID]
    is_spoken_for = tightest is not None and any(tightest.id in rule.covers for rule in none_at_all)
    return None if is_spoken_for else tightest
