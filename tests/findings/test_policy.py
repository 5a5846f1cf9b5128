"""Is there one opinion of what counts towards a verdict, whoever asks?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from benchmarks.findings import Crowd

from magcheck import Checker, Profile
from magcheck.checker import default_checker
from magcheck.core.errors import InputError
from magcheck.core.scales import Status
from magcheck.facts.situation import situation
from magcheck.findings.separations import status
from magcheck.knowledge.document import read_document
from magcheck.missing.what_if import verdict_in
from magcheck.report import Verdict
from tests.inference.invented import People
from tests.questions.asking import session_with
from tests.support import checker_of, page, profile

if TYPE_CHECKING:
    from collections.abc import Iterator

PROFILES = sorted((Path(__file__).parents[1] / "people" / "profiles").glob("*.yaml"))
WINDOW = page(
    "window",
    {"taking": "iron by mouth"},
    {"taking": "magnesium"},
    separate={"before": "2 h", "after": "2 h"},
)
BLOCKER = page("blocker", {"age": {"from": 60}}, blocks_guidance=True)
HINT = page("hint", {"condition": "kidney stones"}, guidance=True, action="monitor", what_to_do="Watch it.")


def people(checker: Checker) -> Iterator[Profile]:
    """Those of tests/people, plausible ones, and some at the edges of the pages."""
    for path in PROFILES:
        yield Profile.model_validate(read_document(path.read_bytes(), path.name).data)
    crowd, odd = Crowd(11), People(checker, 11)
    for _ in range(100):
        yield Profile.model_validate(crowd.anybody())
        yield odd.person()


def test_findings_and_what_ifs_come_to_the_same_verdict() -> None:
    checker, seen = default_checker(), set[Verdict]()
    for person in people(checker):
        try:
            report = checker.check(person)
        except InputError:
            continue
        known = situation(person, checker.book, checker.program)
        assert verdict_in(known, checker.book, checker.program) is report.verdict
        seen.add(report.verdict)
    assert len(seen) >= 5


def test_what_a_page_covers_never_moves_the_verdict() -> None:
    checker = default_checker()
    pages = tuple(one.model_copy(update={"covers": ()}) for one in checker.book.rules)
    uncovered = replace(checker.book, rules=pages)
    for person in people(checker):
        try:
            known = situation(person, checker.book, checker.program)
        except InputError:
            continue
        verdicts = [verdict_in(known, book, checker.program) for book in (checker.book, uncovered)]
        assert verdicts[0] is verdicts[1]


def test_a_window_with_nothing_to_keep_away_from_is_not_kept() -> None:
    """Such a page is refused; were it not, no times of the medicine could be right."""
    checker = checker_of(WINDOW)
    known = situation(profile(medications=["ferrous sulfate"]), checker.book, checker.program)
    assert WINDOW.separate is not None
    assert status(WINDOW.separate, [], known) is Status.UNPLANNED


@pytest.mark.parametrize(("age", "asked"), [(70, False), (50, True)])
def test_no_question_is_put_for_guidance_that_is_surely_blocked(age: float, *, asked: bool) -> None:
    session = session_with(checker_of(BLOCKER, HINT), {}, profile(person={"age": age}))
    assert ("conditions" in session.order) is asked


def test_guidance_that_is_blocked_counts_for_nothing() -> None:
    person = profile(person={"age": 70}, conditions=["kidney stones"])
    report = checker_of(BLOCKER, HINT).check(person)
    assert [finding.rule for finding in report.findings] == ["blocker"]
    assert report.verdict is Verdict.NOTE
