"""Does a page do what its own examples say?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.document import Document
from magcheck.knowledge.refusal import problems_of
from magcheck.knowledge.rule import Expectation
from magcheck.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.checker import Checker
    from magcheck.core.scales import Status
    from magcheck.knowledge.rule import Example, Rule
    from magcheck.report import Verdict


class Outcome(NamedTuple):
    """What one page does for a profile."""

    expectation: Expectation
    statuses: frozenset[Status]
    """Of its separations."""
    verdict: Verdict | None
    """Of the whole report; None where nothing looks at it."""


def example_problems(rule: Rule, checker: Checker) -> Iterator[Problem]:
    """One problem for each example that does not come out as expected; those of a retired page are history."""
    for number, example in enumerate(() if rule.retired else rule.examples):
        where = checker.book.documents[rule.id].where(("examples", number))
        for given in example.profiles:
            yield from _of_one(rule, example, given, where, checker)


def _of_one(
    rule: Rule, example: Example, given: dict[str, Any], where: str, checker: Checker
) -> Iterator[Problem]:
    try:
        profile = Profile.model_validate(given)
        outcome = _outcome(rule, profile, checker, reports=example.verdict is not None)
    except ValidationError as error:
        yield from problems_of(error, Profile, Document(where, given))
    except InputError as error:
        yield Problem(where, str(error))
    else:
        only = f"with {given[example.each][0]} alone " if example.each else ""
        yield from (Problem(where, f"{only}{what}") for what in differences(example, outcome))


def differences(example: Example, outcome: Outcome) -> Iterator[str]:
    """In which ways it did not come out as the example says."""
    expectation, statuses, verdict = outcome
    if expectation is not example.expect:
        yield f"expected '{example.expect.value}', but it is '{expectation.value}'."
    elif example.status and statuses != {example.status}:
        named = ", ".join(sorted(status.value for status in statuses)) or "no separation"
        yield f"expected the status '{example.status.value}', but it is '{named}'."
    elif example.verdict and verdict and verdict is not example.verdict:
        yield f"expected the verdict '{example.verdict.value}', but it is '{verdict.value}'."


def _outcome(rule: Rule, profile: Profile, checker: Checker, *, reports: bool) -> Outcome:
    fired, possible = checker.pages(profile)
    expectation = Expectation.COULD_NOT_CHECK if rule.id in possible else Expectation.SILENT
    if rule.id in fired:
        expectation = Expectation.FIRES
    elif not reports:
        return Outcome(expectation, frozenset(), None)
    report = checker.check(profile)
    own = [finding.separation for finding in report.findings if finding.rule == rule.id]
    return Outcome(expectation, frozenset(separation.status for separation in own if separation), report.verdict)
