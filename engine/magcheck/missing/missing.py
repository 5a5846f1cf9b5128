"""Which missing answers could still change the verdict, and into what?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.core.errors import InputError
from magcheck.core.fact_names import OF_A_SUM, PRODUCT_FIELD, PROPERTIES, QUANTITIES
from magcheck.facts.plausibility import questioned
from magcheck.facts.recognition import NOTHING_CHOSEN
from magcheck.facts.situation import daily_magnesium, doses, person_values, situation
from magcheck.inference.program import Outcome
from magcheck.knowledge.load import settled_by
from magcheck.missing.possible_answers import replies, taken_with
from magcheck.missing.what_if import Otherwise, verdict_if, verdict_in, worst_possible
from magcheck.report import Missing, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.findings.findings import Evaluation
    from magcheck.inference.program import Fact, Test
    from magcheck.missing.possible_answers import PossibleAnswer
    from magcheck.profile import Profile

_AMOUNT = QUANTITIES["daily magnesium"]


def missing(evaluation: Evaluation, profile: Profile) -> tuple[Missing, ...]:
    """Every answer that could still change the verdict, strongest consequence first."""
    reasons: dict[str, str | None] = {}
    for field, why in (*_unsettled(evaluation), *_asked(evaluation), *_uncertain_amounts(evaluation)):
        reasons[field] = reasons.get(field) or why
    found = [_entry(field, why, evaluation, profile) for field, why in reasons.items()]
    return tuple(sorted(found, key=lambda one: (one.could_become.rank, one.field)))


def is_open(evaluation: Evaluation) -> bool:
    """Is any answer missing? Cheaper than to say which and what they could become."""
    return any((*_unsettled(evaluation), *_asked(evaluation), *_uncertain_amounts(evaluation)))


def _entry(field: str, why: str | None, evaluation: Evaluation, profile: Profile) -> Missing:
    question = evaluation.book.questions[re.sub(r"\[\d+\]", "", field)]
    worst = could_become(field, profile, evaluation)
    return Missing(field=field, question=question.question, why=why or question.why, could_become=worst)


def could_become(field: str, profile: Profile, evaluation: Evaluation) -> Verdict:
    """The strongest verdict that any single answer to `field` brings, all else as told.

    Exact where the answers can be listed (`replies`); `avoid` where they cannot, such as "which medicines?".
    """
    asked = replies(field, profile, evaluation)
    worst = None if asked.known else Verdict.AVOID
    limit = Verdict.AVOID
    for reply in asked.worst_first():
        verdict = verdict_with(reply, evaluation)
        if verdict and (worst is None or verdict.rank < worst.rank):
            worst = verdict
        if worst and worst.rank <= limit.rank:
            break
        if reply.chosen is not None and limit is Verdict.AVOID:
            limit = worst_possible(evaluation, _free(evaluation))
    return worst or verdict_if(evaluation, Otherwise({}))


def _free(evaluation: Evaluation) -> frozenset[str]:
    """The facts that another product would change."""
    kinds = {*PROPERTIES.values(), *evaluation.program.kinds, _AMOUNT.fact, *OF_A_SUM}
    return frozenset(kinds).union(fact for wanted in evaluation.program.takes.values() for fact, _ in wanted)


def verdict_with(reply: PossibleAnswer, evaluation: Evaluation) -> Verdict | None:
    """The verdict with this answer; None for one that contradicts what was told."""
    book, program = evaluation.book, evaluation.program
    try:
        questioned(reply.profile, book)
        if reply.chosen is not None or _moves_a_sum(reply, evaluation):
            chosen = reply.chosen or NOTHING_CHOSEN
            return verdict_in(situation(reply.profile, book, program, chosen), book, program)
        return verdict_if(evaluation, _otherwise(reply, evaluation))
    except InputError:
        return None


def _moves_a_sum(reply: PossibleAnswer, evaluation: Evaluation) -> bool:
    """Does it change an amount that a page adds up over all items of one substance?"""
    places = {place for place, _ in reply.items}
    summed = {one for fact in OF_A_SUM for one in evaluation.program.testing.get(fact, {})}
    return any(fact.medicine in places and (fact.scope, fact.key) in summed for fact in evaluation.situation.facts)


def _otherwise(reply: PossibleAnswer, evaluation: Evaluation) -> Otherwise:
    """What the answer changes: the sums of an item, or the facts of the person."""
    known = evaluation.situation
    if reply.items:
        parts = doses(taken_with(evaluation, reply.items), evaluation.book)
        return Otherwise({_AMOUNT.fact: daily_magnesium(parts, {})})
    told = known.facts[0].values
    values = person_values(reply.profile, known.traits, known.dose, evaluation.book)
    return Otherwise({name: value for name, value in values.items() if told[name] != value})


OpenField = tuple[str, str | None]
"""Field, and why it is asked where a page says so."""


def _unsettled(evaluation: Evaluation) -> Iterator[OpenField]:
    """Pages that would fire if an unknown fact were so."""
    fired = {(rule.id, id(fact)) for rule, _, fact in evaluation.holding(Outcome.FIRES)}
    for rule, clause, fact in evaluation.holding(Outcome.POSSIBLE):
        if (rule.id, id(fact)) not in fired:
            for test in clause.tests:
                if _open(test, fact):
                    for field in _fields(test, fact, evaluation):
                        yield field, None


def _open(test: Test, fact: Fact) -> bool:
    lowest, highest = fact.values[test.fact]
    return not (test.low <= lowest and highest <= test.high)


def _fields(test: Test, fact: Fact, evaluation: Evaluation) -> Iterable[str]:
    """The fields of this very profile that would settle `test`."""
    settled = settled_by()[test.fact]
    if settled == _AMOUNT.settled_by:
        amounts = [field for part in evaluation.situation.dose if not part.told for field in part.missing]
        return [field if _is_listed(field, evaluation) else "supplements" for field in amounts]
    if settled == PRODUCT_FIELD and fact.product is not None:
        taken = evaluation.situation.taken[fact.product]
        return ["supplements" if taken.planned else f"{taken.list}[{taken.index}].name"]
    return [settled]


def _is_listed(field: str, evaluation: Evaluation) -> bool:
    place = re.match(r"(\w+)\[(\d+)\]", field)
    return place is not None and any(
        taken.list == place[1] and taken.index == int(place[2]) and not taken.planned
        for taken in evaluation.situation.taken
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
    low = sum(part.low for part in evaluation.situation.dose)
    for _, clause, _ in evaluation.holding(Outcome.FIRES):
        for test in clause.tests:
            if test.fact == _AMOUNT.fact and not test.holds(*[round(low * 1000)] * 2):
                for part in evaluation.situation.dose:
                    for field in part.missing if part.told else ():
                        yield field, None
