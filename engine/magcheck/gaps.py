"""Which missing answers could still change the verdict, and into what?"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from magcheck import made
from magcheck.fields import BEYOND, PRODUCT_FIELD, QUANTITIES
from magcheck.findings import strongest
from magcheck.ir import Outcome
from magcheck.load import settled_by
from magcheck.plain import holds
from magcheck.rule import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.findings import Answer
    from magcheck.ir import Clause, Fact, Test
    from magcheck.report import Missing

_AMOUNT = QUANTITIES["daily magnesium"]


def missing(answer: Answer) -> tuple[Missing, ...]:
    """Every answer that could still change the verdict, strongest consequence first."""
    consequences: defaultdict[str, list[Action]] = defaultdict(list)
    reasons: dict[str, str] = {}
    for field, action, why in (*_unsettled(answer), *_asked(answer), *_uncertain_amounts(answer)):
        consequences[field].append(action)
        if why:
            reasons.setdefault(field, why)
    found = [
        _entry(field, strongest(actions), reasons.get(field), answer) for field, actions in consequences.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.could_become.rank, one.field)))


def _entry(field: str, action: Action, why: str | None, answer: Answer) -> Missing:
    asked = re.sub(r"\[\d+\]", "", field)
    question = answer.book.questions[PRODUCT_FIELD if asked.endswith(".name") else asked]
    return made.missing(field=field, question=question.question, why=why or question.why, could_become=action)


Gap = tuple[str, Action, str | None]


def _unsettled(answer: Answer) -> Iterator[Gap]:
    """Pages that would fire if an unknown fact were so."""
    fired = {(page.id, id(fact)) for page, _, fact in answer.holding(Outcome.FIRES)}
    for page, clause, fact in answer.holding(Outcome.POSSIBLE):
        if (page.id, id(fact)) not in fired:
            for test in clause.tests:
                if _open(test, fact):
                    for field in _fields(test, fact, answer):
                        yield field, page.strongest, None


def _open(test: Test, fact: Fact) -> bool:
    return not test._replace(surely=True).holds(*fact.values[test.fact])


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
            yield page.ask, worst_of(page.ask, answer), page.why.strip()
    for field in answer.situation.kidney.needed:
        yield field, worst_of("kidney.egfr", answer), None


def worst_of(field: str, answer: Answer) -> Action:
    """The strongest action that any answer to `field` could bring, all else as told."""
    open_facts = {fact for fact, settled in settled_by().items() if settled == field}
    actions = [
        answer.book.pages_by_id[clause.page].strongest
        for clause in answer.program.clauses
        if clause.outcome is Outcome.FIRES and open_facts & {test.fact for test in clause.tests}
        for fact in answer.situation.facts
        if _could_hold(clause, fact, open_facts)
    ]
    return strongest([*actions, Action.NOTE])


def _could_hold(clause: Clause, fact: Fact, open_facts: set[str]) -> bool:
    if clause.scope is not fact.scope or fact.key not in clause.keys:
        return False
    free = dict.fromkeys(open_facts & fact.values.keys(), (-BEYOND, BEYOND))
    eased = tuple(t._replace(surely=False) if t.fact in open_facts else t for t in clause.tests)
    return holds(clause._replace(tests=eased), fact._replace(values={**fact.values, **free}))


def _uncertain_amounts(answer: Answer) -> Iterator[Gap]:
    """A dose page that fires on the high estimate only: the label's basis would settle it."""
    low = sum(part.low for part in answer.situation.dose)
    for page, clause, _ in answer.holding(Outcome.FIRES):
        for test in clause.tests:
            if test.fact == _AMOUNT.fact and not test.holds(*[round(low * 1000)] * 2):
                for part in answer.situation.dose:
                    for field in part.missing if part.told else ():
                        yield field, page.strongest, None
