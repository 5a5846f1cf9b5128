"""What could a name become that may mean several things? Each meaning is tried on the plain clauses."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.errors import InputError
from magcheck.core.fact_names import MAGNESIUM
from magcheck.core.scales import Action
from magcheck.facts.situation import situation
from magcheck.findings.policy import strongest
from magcheck.missing.addition import Addition
from magcheck.missing.chosen import Choice
from magcheck.missing.missing import OF_A_WHOLE_SITUATION
from magcheck.missing.what_if import verdict_in
from magcheck.report import Verdict
from magcheck.terminology.vocabulary import describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.facts.recognition import Unread
    from magcheck.findings.evaluation import Evaluation
    from magcheck.terminology.vocabulary import Meaning

MOST_AMBIGUOUS = 10
"""Names of one profile for which the strictest consequence is worked out."""


class Consequence(NamedTuple):
    """The strongest action that an ambiguous name can come to."""

    action: Action | None = None
    names: tuple[str, ...] = ()
    """The meanings that come to it; none where every meaning does."""


def consequences(evaluation: Evaluation) -> Callable[[Unread], Consequence]:
    """`_could_become`, once for each name and route, and for the first few names only: each costs trials."""
    known: dict[tuple[object, ...], Consequence] = {}

    def consequence(unread: Unread) -> Consequence:
        key = unread.list, unread.input, unread.why.could_be
        if key not in known and len(known) < MOST_AMBIGUOUS:
            known[key] = _could_become(evaluation, unread)
        return known.get(key, Consequence())

    return consequence


def _could_become(evaluation: Evaluation, unread: Unread) -> Consequence:
    """The strongest action among all things that an ambiguous name can mean."""
    if unread.part:
        return Consequence()
    alike: defaultdict[tuple[object, ...], list[Meaning]] = defaultdict(list)
    for meaning in unread.why.could_be:
        alike[_seen_by_rules(meaning, evaluation)].append(meaning)
    names: defaultdict[Verdict, list[str]] = defaultdict(list)
    addition, choice = Addition(evaluation, unread), Choice(evaluation, unread)
    for meanings in alike.values():
        if evaluation.effort.is_used_up:
            return Consequence(Action.AVOID)
        verdict = _verdict_as(meanings[-1], unread, evaluation, addition, choice)
        names[verdict] += [describe(meaning) for meaning in meanings]
        if verdict is Verdict.AVOID:
            break
    action = strongest({Action(verdict.value) for verdict in names if verdict is not Verdict.CLEAR})
    told = names[Verdict(action.value)] if action else []
    return Consequence(action, tuple(told) if len(told) < len(unread.why.could_be) else ())


def _verdict_as(
    meaning: Meaning, unread: Unread, evaluation: Evaluation, addition: Addition, choice: Choice
) -> Verdict:
    """The verdict with this meaning; a contradiction with what was told is as bad as can be."""
    book, program, known = evaluation.book, evaluation.program, evaluation.situation.read
    medicine = addition.as_medicine(meaning)
    evaluation.effort.spent += OF_A_WHOLE_SITUATION * len(evaluation.situation.facts) * (medicine is None)
    try:
        if medicine:
            return addition.verdict(medicine)
        if choice.is_simple:
            return verdict_in(choice.situation(meaning), book, program)
        chosen = {(unread.list, unread.index): meaning}
        return verdict_in(situation(known.profile, book, program, chosen, known), book, program)
    except InputError:
        return Verdict.AVOID


def _seen_by_rules(meaning: Meaning, evaluation: Evaluation) -> tuple[object, ...]:
    """Meanings that no page can tell apart need one trial only."""
    selectors = {name for substance in meaning.substances for name in substance.selectors}
    salts = {s.name for s in meaning.substances if MAGNESIUM in s.selectors}
    return frozenset(selectors & evaluation.program.named), frozenset(salts), meaning.route
