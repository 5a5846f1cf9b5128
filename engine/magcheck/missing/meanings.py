"""What could a name become that may mean several things? Each meaning is tried on the plain clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.errors import InputError
from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.scales import Action
from magcheck.facts.situation import situation
from magcheck.findings.policy import strongest
from magcheck.missing.addition import Addition
from magcheck.missing.missing import OF_A_WHOLE_SITUATION
from magcheck.missing.what_if import verdict_in
from magcheck.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.facts.recognition import Unread
    from magcheck.findings.evaluation import Evaluation
    from magcheck.terminology.vocabulary import Meaning

MOST_AMBIGUOUS = 10
"""Names of one profile for which the strictest consequence is worked out."""


def consequences(evaluation: Evaluation) -> Callable[[Unread], Action | None]:
    """`_could_become`, once for each name and route, and for the first few names only: each costs trials."""
    known: dict[tuple[object, ...], Action | None] = {}

    def consequence(unread: Unread) -> Action | None:
        key = unread.list, unread.input, unread.why.could_be
        if key not in known and len(known) < MOST_AMBIGUOUS:
            known[key] = _could_become(evaluation, unread)
        return known.get(key)

    return consequence


def _could_become(evaluation: Evaluation, unread: Unread) -> Action | None:
    """The strongest action among all things that an ambiguous name can mean."""
    if unread.part:
        return None
    meanings = {_seen_by_rules(meaning, evaluation): meaning for meaning in unread.why.could_be}
    actions: set[Action] = set()
    addition = Addition(evaluation, unread)
    for meaning in meanings.values():
        if evaluation.effort.is_used_up:
            return Action.AVOID
        verdict = _verdict_as(meaning, unread, addition, evaluation)
        if verdict is Verdict.AVOID:
            return Action.AVOID
        if verdict is not Verdict.CLEAR:
            actions.add(Action(verdict.value))
    return strongest(actions)


def _verdict_as(meaning: Meaning, unread: Unread, addition: Addition, evaluation: Evaluation) -> Verdict:
    """The verdict with this meaning; a contradiction with what was told is as bad as can be."""
    book, program, known = evaluation.book, evaluation.program, evaluation.situation.read
    chosen = {(unread.list, unread.index): meaning}
    medicine = addition.as_medicine(meaning)
    evaluation.effort.spent += OF_A_WHOLE_SITUATION * len(evaluation.situation.facts) * (medicine is None)
    try:
        if medicine:
            return addition.verdict(medicine)
        return verdict_in(situation(known.profile, book, program, chosen, known), book, program)
    except InputError:
        return Verdict.AVOID


def _seen_by_rules(meaning: Meaning, evaluation: Evaluation) -> tuple[object, ...]:
    """Meanings that no page can tell apart need one trial only."""
    selectors = {name for substance in meaning.substances for name in substance.selectors}
    salts = {s.name for s in meaning.substances if MAGNESIUM in s.selectors}
    return frozenset(selectors & evaluation.program.named), frozenset(salts), meaning.route
