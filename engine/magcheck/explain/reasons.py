"""Why did a page fire, or why not? Each line of its `when`, with the person's value and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.core.errors import InputError, Problem
from magcheck.core.scales import Action
from magcheck.explain.explanation import Explanation, LineSeen, PageSeen, PageState, Seen
from magcheck.explain.known import known_of
from magcheck.findings.findings import subjects_of
from magcheck.inference.compile import is_magnesium, names_medicine, subject_of, ways
from magcheck.inference.program import Outcome, Scope
from magcheck.knowledge.condition_words import conditions_of, in_words
from magcheck.knowledge.conditions import Between, Choice, Flag, HasTrait, Taking, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from magcheck.findings.findings import Answer
    from magcheck.inference.compile import Subject
    from magcheck.inference.program import Fact, Test
    from magcheck.knowledge.conditions import Condition
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Page
    from magcheck.report import Report

_ORDER = {state: place for place, state in enumerate(PageState)}
_TOLD = (Between, Flag, Choice)
"""Lines that a value decides, not a name."""


def explain(answer: Answer, report: Report, only: Page | None = None) -> Explanation:
    """The whole report, or the page `only`, whether it fired or not."""
    if only:
        pages = [page_seen(only, answer, report)]
    else:
        every = (page_seen(page, answer, report) for page in answer.book.pages if not page.retired)
        telling = [seen for seen in every if _is_worth_telling(seen, answer)]
        pages = sorted(telling, key=lambda seen: _place(seen, answer))
    return Explanation(
        verdict=report.verdict, complete=report.complete, headline=report.headline, pages=tuple(pages)
    )


def page_called(name: str, book: RuleBook, where: str) -> Page:
    """Raises InputError, with a near name, where no page is called `name`."""
    page = book.pages_by_id.get(name)
    if page is None:
        hint = near(name[:80], book.pages_by_id)
        fix = hint if hint.startswith("Did") else "List them with: magcheck rules"
        raise InputError([Problem(where, f"no page is called '{name[:80]}'.", fix)])
    return page


def _place(page: PageSeen, answer: Answer) -> tuple[object, ...]:
    """Of what did not fire, what is about a told name stands first."""
    order = [*(action.value for action in Action), "ask", "place"]
    near = page.state is PageState.DID_NOT_FIRE and not _names_told(page, answer)
    return _ORDER[page.state], near, len(page.needs), order.index(page.outcome), page.rule


def _is_worth_telling(seen: PageSeen, answer: Answer) -> bool:
    """Everything that fired; of the rest, what is about a told name or lacks only one value."""
    page = answer.book.pages_by_id[seen.rule]
    if seen.state is not PageState.DID_NOT_FIRE:
        return page.place is None
    if page.place is not None or page.ask is not None:
        return False
    lines = zip(conditions_of(page), seen.lines, strict=True)
    lacking = [condition for condition, line in lines if line.seen is not Seen.HOLDS]
    return _names_told(seen, answer) or (len(lacking) == 1 and isinstance(lacking[0], _TOLD))


def _names_told(seen: PageSeen, answer: Answer) -> bool:
    lines = zip(conditions_of(answer.book.pages_by_id[seen.rule]), seen.lines, strict=True)
    return any(line.seen is Seen.HOLDS and _is_named(condition, answer) for condition, line in lines)


def _is_named(condition: Condition, answer: Answer) -> bool:
    """A medicine, condition, symptom or goal; magnesium alone says nothing about this person."""
    match condition:
        case HasTrait():
            return True
        case Taking():
            return names_medicine(condition, answer.book.terms)
        case _:
            return False


def page_seen(page: Page, answer: Answer, report: Report) -> PageSeen:
    """One page against the fact that meets most of its lines."""
    subject = subject_of(page, answer.book.terms)
    fired = [(clause, fact) for one, clause, fact in answer.holding(Outcome.FIRES) if one.id == page.id]
    fact = fired[0][1] if fired else max(_facts(subject, answer), key=lambda one: _met(page, subject, one, answer))
    return PageSeen(
        rule=page.id,
        outcome="ask" if page.ask else "place" if page.place else page.strongest.value,
        title=page.title,
        state=_state(page, answer, report),
        lines=tuple(_line(condition, subject, fact, answer) for condition in conditions_of(page)),
        subjects=tuple(subjects_of(fired, answer)),
        statuses=tuple(one.separation.status for one in report.findings if one.rule == page.id and one.separation),
        kept_back_by=tuple(_blockers(page, report, answer)) if fired else (),
        said_by=tuple(_speakers(page, answer)) if fired else (),
        why=page.why.strip(),
        seriousness=page.seriousness,
        severity=page.severity,
        mechanism=page.mechanism,
        evidence=answer.book.citations[page.id],
    )


def _state(page: Page, answer: Answer, report: Report) -> PageState:
    if page.retired:
        return PageState.RETIRED
    if any(one.id == page.id for one, _, _ in answer.holding(Outcome.FIRES)):
        finds = page.ask is None and page.place is None
        kept = finds and not any(finding.rule == page.id for finding in report.findings)
        return PageState.KEPT_BACK if kept else PageState.FIRED
    possible = any(one.id == page.id for one, _, _ in answer.holding(Outcome.POSSIBLE))
    return PageState.COULD_NOT_CHECK if possible else PageState.DID_NOT_FIRE


def _blockers(page: Page, report: Report, answer: Answer) -> Iterable[str]:
    """The findings that keep a page of guidance back."""
    for finding in report.findings if page.guidance else ():
        if finding.action is Action.AVOID or answer.book.pages_by_id[finding.rule].blocks_guidance:
            yield finding.rule


def _speakers(page: Page, answer: Answer) -> Iterable[str]:
    """The pages that cover it here; the report says them, or what covers them in turn."""
    return sorted({one.id for one, _, _ in answer.holding(Outcome.FIRES) if page.id in one.covers})


def _facts(subject: Subject, answer: Answer) -> Sequence[Fact]:
    """Those of the page's scope about what it names; else any that carries as much of what it asks for."""
    facts = answer.situation.facts
    keys = {answer.program.keys.get(name) for name in subject.names} or {0}
    own = [fact for fact in facts if fact.scope is subject.scope and fact.key in keys]
    products = [fact for fact in facts if fact.scope is Scope.PRODUCT] if subject.scope is Scope.PAIR else []
    return own or products or facts[:1]


def _met(page: Page, subject: Subject, fact: Fact, answer: Answer) -> tuple[int, int]:
    lines = [_seen(condition, subject, fact, answer) for condition in conditions_of(page)]
    return lines.count(Seen.HOLDS), lines.count(Seen.NOT_KNOWN)


def _line(condition: Condition, subject: Subject, fact: Fact, answer: Answer) -> LineSeen:
    seen = _seen(condition, subject, fact, answer)
    return LineSeen(
        said=in_words(condition),
        seen=seen,
        facts=tuple(known_of(condition, fact, answer, told=_is_told(subject, fact))),
    )


def _is_told(subject: Subject, fact: Fact) -> bool:
    """The medicine or condition that the page is about is there at all."""
    return fact.scope is subject.scope


def _seen(condition: Condition, subject: Subject, fact: Fact, answer: Answer) -> Seen:
    if _is_about_subject(condition, answer) and not _is_told(subject, fact):
        return Seen.DOES_NOT_HOLD
    tests = ways(condition, answer.book.terms)
    if any(all(_holds(test, fact, surely=True) for test in way) for way in tests):
        return Seen.HOLDS
    perhaps = any(all(_holds(test, fact, surely=False) for test in way) for way in tests)
    return Seen.NOT_KNOWN if perhaps else Seen.DOES_NOT_HOLD


def _is_about_subject(condition: Condition, answer: Answer) -> bool:
    """The line that names the medicine or condition of the page."""
    match condition:
        case HasTrait():
            return True
        case Taking(elsewhere=False):
            return not is_magnesium(condition, answer.book.terms)
        case _:
            return False


def _holds(test: Test, fact: Fact, *, surely: bool) -> bool:
    lowest, highest = fact.values.get(test.fact, (0, 0))
    if surely:
        return test.low <= lowest and highest <= test.high
    return test.low <= highest and lowest <= test.high
