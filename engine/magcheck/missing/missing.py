"""Which missing answers could still change the verdict, and into what?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.core.errors import InputError
from magcheck.facts.plausibility import questioned
from magcheck.facts.recognition import NOTHING_CHOSEN
from magcheck.facts.situation import OF_THE_PERSON, person_values, situation
from magcheck.findings.policy import verdict_if_fired
from magcheck.inference.program import Outcome
from magcheck.missing.exchange import Exchange
from magcheck.missing.open_fields import open_fields
from magcheck.missing.possible_answers import possible_answers
from magcheck.missing.what_if import verdict_in
from magcheck.report import Missing, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.findings.evaluation import Evaluation
    from magcheck.missing.shapes import PossibleAnswer
    from magcheck.profile import Profile

OF_A_WHOLE_SITUATION = 10
"""Effort for each fact of a situation that is made anew."""
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

    Exact where the answers can be listed; `avoid` where they cannot, such as "which medicines?", and where so much
    is taken that to try them all would cost too much.
    """
    answers = possible_answers(field, profile, evaluation)
    worst = None if answers.known else Verdict.AVOID
    limit = Verdict.AVOID if answers.free is None else evaluation.reach(answers.free).limit
    worst = _strongest(worst, limit, answers.likely_worst(), evaluation)
    if worst is None or (worst.rank > limit.rank and answers.others_could_beat(worst)):
        worst = _strongest(worst, limit, answers.others(), evaluation)
    return worst or verdict_if_fired(evaluation.holding(Outcome.FIRES), evaluation.situation)


def _strongest(
    worst: Verdict | None, limit: Verdict, answers: Iterator[PossibleAnswer], evaluation: Evaluation
) -> Verdict | None:
    """`worst`, or the stronger verdict of an answer; none is tried that cannot be stronger."""
    for answer in answers:
        if worst and worst.rank <= limit.rank:
            break
        if evaluation.effort.is_used_up:
            return Verdict.AVOID
        verdict = verdict_with(answer, evaluation) if worst is None or _could_beat(worst, answer) else None
        if verdict and (worst is None or verdict.rank < worst.rank):
            worst = verdict
    return worst


def _could_beat(worst: Verdict, answer: PossibleAnswer) -> bool:
    trial = answer.trial
    if trial is None or not trial.exchange.fits(trial.new):
        return True
    if trial.any_kind and not trial.any_kind.could_beat(worst):
        return False
    return trial.exchange.could_beat(worst, trial.new)


def verdict_with(answer: PossibleAnswer, evaluation: Evaluation) -> Verdict | None:
    """The verdict with this answer; None for one that contradicts what was told."""
    book, program = evaluation.book, evaluation.program
    try:
        questioned(answer.profile, book)
        if answer.trial and answer.trial.exchange.fits(answer.trial.new):
            return answer.trial.exchange.verdict(answer.trial.new)
        if answer.items and not answer.trial:
            position, item = answer.items[0]
            exchange = Exchange(evaluation, position)
            if not exchange.is_summed:
                return exchange.verdict_by_amount(exchange.told(item))
        if answer.chosen is None and not answer.items:
            return _verdict_of_the_person(answer.profile, evaluation)
        evaluation.effort.spent += OF_A_WHOLE_SITUATION * len(evaluation.situation.facts)
        chosen = answer.chosen or NOTHING_CHOSEN
        return verdict_in(
            situation(answer.profile, book, program, chosen, evaluation.situation.read), book, program
        )
    except InputError:
        return None


def _verdict_of_the_person(profile: Profile, evaluation: Evaluation) -> Verdict:
    """With other answers about the person alone: every fact carries them, so nothing is made again."""
    known = evaluation.situation
    values = person_values(profile, known.traits, known.dose, evaluation.book)
    return evaluation.reach(OF_THE_PERSON).verdict(lambda name, _: values[name])
