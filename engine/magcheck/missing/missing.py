"""Which missing answers could still change the verdict, and into what?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.core.errors import InputError
from magcheck.core.fact_names import OF_A_SUM, QUANTITIES
from magcheck.facts.plausibility import questioned
from magcheck.facts.recognition import NOTHING_CHOSEN
from magcheck.facts.situation import daily_magnesium, person_values, situation
from magcheck.missing.item_answers import doses_with, taken_with
from magcheck.missing.open_fields import open_fields
from magcheck.missing.possible_answers import possible_answers
from magcheck.missing.salts import moved_by_a_product
from magcheck.missing.what_if import Otherwise, verdict_if, verdict_in, worst_possible
from magcheck.report import Missing, Verdict

if TYPE_CHECKING:
    from magcheck.findings.evaluation import Evaluation
    from magcheck.missing.shapes import PossibleAnswer
    from magcheck.profile import Profile

_DAILY = QUANTITIES["daily magnesium"].fact
_INDEX = re.compile(r"\[\d+\]")


def missing(evaluation: Evaluation, profile: Profile) -> tuple[Missing, ...]:
    """Every answer that could still change the verdict, strongest consequence first."""
    reasons: dict[str, str | None] = {}
    for field, why in open_fields(evaluation):
        reasons[field] = reasons.get(field) or why
    gaps = [_gap(field, why, evaluation, profile) for field, why in reasons.items()]
    return tuple(sorted(gaps, key=lambda gap: (gap.could_become.rank, gap.field)))


def is_open(evaluation: Evaluation) -> bool:
    """Is any answer missing? Cheaper than to say which and what they could become."""
    return any(True for _ in open_fields(evaluation))


def _gap(field: str, why: str | None, evaluation: Evaluation, profile: Profile) -> Missing:
    question = evaluation.book.questions[_INDEX.sub("", field)]
    worst = could_become(field, profile, evaluation)
    return Missing(field=field, question=question.question, why=why or question.why, could_become=worst)


def could_become(field: str, profile: Profile, evaluation: Evaluation) -> Verdict:
    """The strongest verdict that any single answer to `field` brings, all else as told.

    Exact where the answers can be listed; `avoid` where they cannot, such as "which medicines?".
    """
    answers = possible_answers(field, profile, evaluation)
    worst = None if answers.known else Verdict.AVOID
    limit: Verdict | None = None
    """Known once another product has been tried: nothing that follows can be stronger."""
    for answer in answers.worst_first():
        verdict = verdict_with(answer, evaluation)
        if verdict and (worst is None or verdict.rank < worst.rank):
            worst = verdict
        if worst and worst.rank <= (limit or Verdict.AVOID).rank:
            break
        if answer.chosen is not None and limit is None:
            limit = worst_possible(evaluation, moved_by_a_product(evaluation.program))
    return worst or verdict_if(evaluation, Otherwise({}))


def verdict_with(answer: PossibleAnswer, evaluation: Evaluation) -> Verdict | None:
    """The verdict with this answer; None for one that contradicts what was told."""
    book, program = evaluation.book, evaluation.program
    try:
        questioned(answer.profile, book)
        if answer.chosen is not None or _moves_a_sum(answer, evaluation):
            chosen = answer.chosen or NOTHING_CHOSEN
            return verdict_in(
                situation(answer.profile, book, program, chosen, evaluation.situation.read), book, program
            )
        return verdict_if(evaluation, _otherwise(answer, evaluation))
    except InputError:
        return None


def _moves_a_sum(answer: PossibleAnswer, evaluation: Evaluation) -> bool:
    """Does it change an amount that a page adds up over all items of one substance?"""
    positions = {position for position, _ in answer.items}
    summed = {where for fact in OF_A_SUM for where in evaluation.program.testing.get(fact, {})}
    return any(
        fact.medicine in positions and (fact.scope, fact.key) in summed for fact in evaluation.situation.facts
    )


def _otherwise(answer: PossibleAnswer, evaluation: Evaluation) -> Otherwise:
    """What the answer changes: the sums of an item, or the facts of the person.

    Both are facts that every other fact carries too, so the rest of the situation need not be made again.
    """
    known = evaluation.situation
    if answer.items:
        taken = taken_with(evaluation, answer.items)
        return Otherwise({_DAILY: daily_magnesium(doses_with(evaluation, taken))})
    values = person_values(answer.profile, known.traits, known.dose, evaluation.book)
    now = known.facts[0].values
    return Otherwise({name: value for name, value in values.items() if now[name] != value})
