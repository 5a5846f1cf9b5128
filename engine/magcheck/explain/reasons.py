"""Why did a page fire, or why not? Each line of its `when`, with the person's value and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.errors import InputError, Problem
from magcheck.core.scales import Action
from magcheck.explain.explanation import Explanation, LineSeen, PageSeen, PageState, Seen
from magcheck.explain.known import known_of
from magcheck.explain.near_pages import near_pages
from magcheck.findings.policy import makes_finding, silenced
from magcheck.findings.subjects import subjects_of
from magcheck.inference.compile import is_magnesium, names_medicine, subject_of, ways
from magcheck.inference.program import Outcome, Scope
from magcheck.knowledge.condition_words import conditions_of, in_words
from magcheck.knowledge.conditions import Between, Choice, Flag, HasTrait, Taking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.core.scales import Status
    from magcheck.findings.evaluation import Evaluation
    from magcheck.inference.compile import ClauseSubject
    from magcheck.inference.program import Fact, Test
    from magcheck.knowledge.conditions import Condition
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.report import Report

_STATE_ORDER = {state: position for position, state in enumerate(PageState)}
_DECIDED_BY_A_VALUE = (Between, Flag, Choice)
"""Lines that no name decides."""


def explain(evaluation: Evaluation, report: Report, only: Rule | None = None) -> Explanation:
    """The whole report, or the page `only`, whether it fired or not."""
    if only:
        pages = [page_seen(only, evaluation, report)]
    else:
        every = (page_seen(page, evaluation, report) for page in evaluation.book.rules if not page.retired)
        worthwhile = [seen for seen in every if _is_worth_telling(seen, evaluation)]
        pages = sorted(worthwhile, key=lambda seen: _page_order(seen, evaluation))
    return Explanation(
        verdict=report.verdict, complete=report.complete, headline=report.headline, pages=tuple(pages)
    )


def page_called(name: str, book: RuleBook, where: str) -> Rule:
    """Raises InputError, with near names, where no page is called `name`."""
    page = book.rules_by_id.get(name)
    if page is None:
        near = near_pages(name, book)
        raise InputError(
            [
                Problem(
                    where,
                    f"no page is called '{name[:80]}'.",
                    f"Did you mean {' or '.join(map(repr, near))}?" if near else "List them with: magcheck rules",
                )
            ]
        )
    return page


def outcome_of(page: Rule) -> str:
    """The action of its finding, `ask` or `place`."""
    return "ask" if page.ask else "place" if page.place else page.strongest.value


def _page_order(page: PageSeen, evaluation: Evaluation) -> tuple[object, ...]:
    """Of what did not fire, what is about a told name stands first."""
    order = [*(action.value for action in Action), "ask", "place"]
    near = page.state is PageState.DID_NOT_FIRE and not _names_told(page, evaluation)
    return _STATE_ORDER[page.state], near, len(page.needs), order.index(page.outcome), page.rule


def _is_worth_telling(seen: PageSeen, evaluation: Evaluation) -> bool:
    """Everything that fired; of the rest, what is about a told name or lacks only one value."""
    page = evaluation.book.rules_by_id[seen.rule]
    if seen.state is not PageState.DID_NOT_FIRE:
        return page.place is None
    if not makes_finding(page):
        return False
    lines = zip(conditions_of(page), seen.lines, strict=True)
    lacking = [condition for condition, line in lines if line.seen is not Seen.HOLDS]
    return _names_told(seen, evaluation) or (len(lacking) == 1 and isinstance(lacking[0], _DECIDED_BY_A_VALUE))


def _names_told(seen: PageSeen, evaluation: Evaluation) -> bool:
    lines = zip(conditions_of(evaluation.book.rules_by_id[seen.rule]), seen.lines, strict=True)
    return any(line.seen is Seen.HOLDS and _is_named(condition, evaluation) for condition, line in lines)


def _is_named(condition: Condition, evaluation: Evaluation) -> bool:
    """A medicine, condition, symptom or goal; magnesium alone says nothing about this person."""
    match condition:
        case HasTrait():
            return True
        case Taking():
            return names_medicine(condition, evaluation.book.terms)
        case _:
            return False


def page_seen(page: Rule, evaluation: Evaluation, report: Report) -> PageSeen:
    """One page against the fact that meets most of its lines."""
    subject = subject_of(page, evaluation.book.terms)
    fired = [(clause, fact) for rule, clause, fact in evaluation.holding(Outcome.FIRES) if rule.id == page.id]
    fact = (
        fired[0][1]
        if fired
        else max(_facts(subject, evaluation), key=lambda fact: _lines_met(page, subject, fact, evaluation))
    )
    return PageSeen(
        rule=page.id,
        outcome=outcome_of(page),
        title=page.title,
        state=_state(page, evaluation, report),
        lines=tuple(_line(condition, subject, fact, evaluation) for condition in conditions_of(page)),
        subjects=tuple(subjects_of(fired, evaluation)),
        statuses=tuple(_statuses(page, report)),
        kept_back_by=tuple(_blockers(page, report, evaluation)) if fired else (),
        said_by=tuple(_speakers(page, evaluation)) if fired else (),
        why=page.why.strip(),
        seriousness=page.seriousness,
        severity=page.severity,
        mechanism=page.mechanism,
        evidence=evaluation.book.citations[page.id],
    )


def _statuses(page: Rule, report: Report) -> Iterable[Status]:
    for finding in report.findings:
        if finding.rule == page.id and finding.separation:
            yield finding.separation.status


def _state(page: Rule, evaluation: Evaluation, report: Report) -> PageState:
    if page.retired:
        return PageState.RETIRED
    if any(rule.id == page.id for rule, _, _ in evaluation.holding(Outcome.FIRES)):
        kept = makes_finding(page) and not any(finding.rule == page.id for finding in report.findings)
        return PageState.KEPT_BACK if kept else PageState.FIRED
    possible = any(rule.id == page.id for rule, _, _ in evaluation.holding(Outcome.POSSIBLE))
    return PageState.COULD_NOT_CHECK if possible else PageState.DID_NOT_FIRE


def _blockers(page: Rule, report: Report, evaluation: Evaluation) -> Iterable[str]:
    """The findings that keep the page back."""
    for finding in report.findings:
        if silenced([evaluation.book.rules_by_id[finding.rule]])(page):
            yield finding.rule


def _speakers(page: Rule, evaluation: Evaluation) -> Iterable[str]:
    """The pages that cover it here; the report says them, or what covers them in turn."""
    return sorted({rule.id for rule, _, _ in evaluation.holding(Outcome.FIRES) if page.id in rule.covers})


def _facts(subject: ClauseSubject, evaluation: Evaluation) -> Sequence[Fact]:
    """Those of the page's scope about what it names; else any that carries as much of what it asks for."""
    facts = evaluation.situation.facts
    keys = {evaluation.program.keys.get(name) for name in subject.names} or {0}
    own = [fact for fact in facts if fact.scope is subject.scope and fact.key in keys]
    products = [fact for fact in facts if fact.scope is Scope.PRODUCT] if subject.scope is Scope.PAIR else []
    return own or products or facts[:1]


def _lines_met(page: Rule, subject: ClauseSubject, fact: Fact, evaluation: Evaluation) -> tuple[int, int]:
    lines = [_seen(condition, subject, fact, evaluation) for condition in conditions_of(page)]
    return lines.count(Seen.HOLDS), lines.count(Seen.NOT_KNOWN)


def _line(condition: Condition, subject: ClauseSubject, fact: Fact, evaluation: Evaluation) -> LineSeen:
    seen = _seen(condition, subject, fact, evaluation)
    return LineSeen(
        said=in_words(condition),
        seen=seen,
        facts=tuple(known_of(condition, fact, evaluation, is_there=_is_there(subject, fact))),
    )


def _is_there(subject: ClauseSubject, fact: Fact) -> bool:
    """The medicine or condition that the page is about is there at all."""
    return fact.scope is subject.scope


def _seen(condition: Condition, subject: ClauseSubject, fact: Fact, evaluation: Evaluation) -> Seen:
    if _is_about_subject(condition, evaluation) and not _is_there(subject, fact):
        return Seen.DOES_NOT_HOLD
    tests = ways(condition, evaluation.book.terms)
    if any(all(_holds(test, fact, surely=True) for test in way) for way in tests):
        return Seen.HOLDS
    perhaps = any(all(_holds(test, fact, surely=False) for test in way) for way in tests)
    return Seen.NOT_KNOWN if perhaps else Seen.DOES_NOT_HOLD


def _is_about_subject(condition: Condition, evaluation: Evaluation) -> bool:
    """The line that names the medicine or condition of the page."""
    match condition:
        case HasTrait():
            return True
        case Taking(elsewhere=False):
            return not is_magnesium(condition, evaluation.book.terms)
        case _:
            return False


def _holds(test: Test, fact: Fact, *, surely: bool) -> bool:
    lowest, highest = fact.values.get(test.fact, (0, 0))
    if surely:
        return test.low <= lowest and highest <= test.high
    return test.low <= highest and lowest <= test.high
