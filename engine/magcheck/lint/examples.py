"""Does a page do what its own examples say?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.document import Document
from magcheck.knowledge.refusal import problems_of
from magcheck.knowledge.rule import Expectation
from magcheck.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.checker import Checker
    from magcheck.knowledge.rule import Example, Rule


def example_problems(rule: Rule, checker: Checker) -> Iterator[Problem]:
    """One problem for each example that does not come out as expected; those of a retired page are history."""
    for number, example in enumerate(() if rule.retired else rule.examples):
        where = checker.book.documents[rule.id].where(("examples", number))
        try:
            profile = Profile.model_validate(example.given)
            outcome = _outcome(rule, profile, checker)
        except ValidationError as error:
            document = Document(where, example.given)
            yield from problems_of(error, Profile, document)
        except InputError as error:
            yield Problem(where, str(error))
        else:
            yield from _differences(example, *outcome, where)


def _differences(example: Example, expectation: Expectation, statuses: set[str], where: str) -> Iterator[Problem]:
    if expectation is not example.expect:
        yield Problem(where, f"expected '{example.expect.value}', but it is '{expectation.value}'.")
    elif example.status and statuses != {example.status.value}:
        named = ", ".join(sorted(statuses)) or "no separation"
        yield Problem(where, f"expected the status '{example.status.value}', but it is '{named}'.")


def _outcome(rule: Rule, profile: Profile, checker: Checker) -> tuple[Expectation, set[str]]:
    """What this one page does for `profile`, and the status of its separations."""
    fired, possible = checker.pages(profile)
    if rule.id in fired:
        report = checker.check(profile)
        own = [finding.separation for finding in report.findings if finding.rule == rule.id]
        return Expectation.FIRES, {separation.status.value for separation in own if separation}
    return (Expectation.COULD_NOT_CHECK if rule.id in possible else Expectation.SILENT), set()
