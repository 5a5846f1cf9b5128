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

    from magcheck.findings.findings import Answer
    from magcheck.inference.program import Fact, Test
    from magcheck.missing.possible_answers import Reply
    from magcheck.profile import Profile

_AMOUNT = QUANTITIES["daily magnesium"]


def missing(answer: Answer, profile: Profile) -> tuple[Missing, ...]:
    """Every answer that could still change the verdict, strongest consequence first."""
    reasons: dict[str, str | None] = {}
    for field, why in (*_unsettled(answer), *_asked(answer), *_uncertain_amounts(answer)):
        reasons[field] = reasons.get(field) or why
    found = [_entry(field, why, answer, profile) for field, why in reasons.items()]
    return tuple(sorted(found, key=lambda one: (one.could_become.rank, one.field)))


def is_open(answer: Answer) -> bool:
    """Is any answer missing? Cheaper than to say which and what they could become."""
    return any((*_unsettled(answer), *_asked(answer), *_uncertain_amounts(answer)))


def _entry(field: str, why: str | None, answer: Answer, profile: Profile) -> Missing:
    question = answer.book.questions[re.sub(r"\[\d+\]", "", field)]
    worst = could_become(field, profile, answer)
    return Missing(field=field, question=question.question, why=why or question.why, could_become=worst)


def could_become(field: str, profile: Profile, answer: Answer) -> Verdict:
    """The strongest verdict that any single answer to `field` brings, all else as told.

    Exact where the answers can be listed (`replies`); `avoid` where they cannot, such as "which medicines?".
    """
    asked = replies(field, profile, answer)
    worst = None if asked.known else Verdict.AVOID
    limit = Verdict.AVOID
    for reply in asked.worst_first():
        verdict = verdict_with(reply, answer)
        if verdict and (worst is None or verdict.rank < worst.rank):
            worst = verdict
        if worst and worst.rank <= limit.rank:
            break
        if reply.chosen is not None and limit is Verdict.AVOID:
            limit = worst_possible(answer, _free(answer))
    return worst or verdict_if(answer, Otherwise({}))


def _free(answer: Answer) -> frozenset[str]:
    """The facts that another product would change."""
    kinds = {*PROPERTIES.values(), *answer.program.kinds, _AMOUNT.fact, *OF_A_SUM}
    return frozenset(kinds).union(fact for wanted in answer.program.takes.values() for fact, _ in wanted)


def verdict_with(reply: Reply, answer: Answer) -> Verdict | None:
    """The verdict with this answer; None for one that contradicts what was told."""
    book, program = answer.book, answer.program
    try:
        questioned(reply.profile, book)
        if reply.chosen is not None or _moves_a_sum(reply, answer):
            chosen = reply.chosen or NOTHING_CHOSEN
            return verdict_in(situation(reply.profile, book, program, chosen), book, program)
        return verdict_if(answer, _otherwise(reply, answer))
    except InputError:
        return None


def _moves_a_sum(reply: Reply, answer: Answer) -> bool:
    """Does it change an amount that a page adds up over all items of one substance?"""
    places = {place for place, _ in reply.items}
    summed = {one for fact in OF_A_SUM for one in answer.program.testing.get(fact, {})}
    return any(fact.medicine in places and (fact.scope, fact.key) in summed for fact in answer.situation.facts)


def _otherwise(reply: Reply, answer: Answer) -> Otherwise:
    """What the answer changes: the sums of an item, or the facts of the person."""
    known = answer.situation
    if reply.items:
        parts = doses(taken_with(answer, reply.items), answer.book)
        return Otherwise({_AMOUNT.fact: daily_magnesium(parts, {})})
    told = known.facts[0].values
    values = person_values(reply.profile, known.traits, known.dose, answer.book)
    return Otherwise({name: value for name, value in values.items() if told[name] != value})


Gap = tuple[str, str | None]
"""Field, and why it is asked where a page says so."""


def _unsettled(answer: Answer) -> Iterator[Gap]:
    """Pages that would fire if an unknown fact were so."""
    fired = {(page.id, id(fact)) for page, _, fact in answer.holding(Outcome.FIRES)}
    for page, clause, fact in answer.holding(Outcome.POSSIBLE):
        if (page.id, id(fact)) not in fired:
            for test in clause.tests:
                if _open(test, fact):
                    for field in _fields(test, fact, answer):
                        yield field, None


def _open(test: Test, fact: Fact) -> bool:
    lowest, highest = fact.values[test.fact]
    return not (test.low <= lowest and highest <= test.high)


def _fields(test: Test, fact: Fact, answer: Answer) -> Iterable[str]:
    """The fields of this very profile that would settle `test`."""
    settled = settled_by()[test.fact]
    if settled == _AMOUNT.settled_by:
        amounts = [field for part in answer.situation.dose if not part.told for field in part.missing]
        return [field if _is_listed(field, answer) else "supplements" for field in amounts]
    if settled == PRODUCT_FIELD and fact.product is not None:
        taken = answer.situation.taken[fact.product]
        return ["supplements" if taken.planned else f"{taken.list}[{taken.index}].name"]
    return [settled]


def _is_listed(field: str, answer: Answer) -> bool:
    place = re.match(r"(\w+)\[(\d+)\]", field)
    return place is not None and any(
        taken.list == place[1] and taken.index == int(place[2]) and not taken.planned
        for taken in answer.situation.taken
    )


def _asked(answer: Answer) -> Iterator[Gap]:
    """Fields that a page asks of this person, and those without which a creatinine says nothing."""
    for page, _, _ in answer.holding(Outcome.FIRES):
        if page.ask is not None:
            yield page.ask, page.why.strip()
    for field in answer.situation.kidney.needed:
        yield field, None


def _uncertain_amounts(answer: Answer) -> Iterator[Gap]:
    """A dose page that fires on the high estimate only: the label's basis would settle it."""
    low = sum(part.low for part in answer.situation.dose)
    for _, clause, _ in answer.holding(Outcome.FIRES):
        for test in clause.tests:
            if test.fact == _AMOUNT.fact and not test.holds(*[round(low * 1000)] * 2):
                for part in answer.situation.dose:
                    for field in part.missing if part.told else ():
                        yield field, None
