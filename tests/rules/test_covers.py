"""A page may speak for another that says the same; it never silences anything stronger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support import checker_of, page, profile

from magcheck import Profile, check
from magcheck.checker import Checker
from magcheck.core.errors import RulesError
from magcheck.explain.explanation import PageState
from magcheck.knowledge.document import read_document
from magcheck.knowledge.load import RuleBook, load_rules
from magcheck.lint.pages import lint_pages

if TYPE_CHECKING:
    from magcheck.report import Report

GENERAL = page("general", {"age": {"from": 60}})
SPECIAL = page("special", {"age": {"from": 65}}, covers=["general"], action="monitor", what_to_do="Watch it.")


PROFILES = Path(__file__).parents[1] / "people" / "profiles"
PEOPLE = sorted(path.stem for path in PROFILES.glob("*.yaml"))


def _without_covers() -> RuleBook:
    book = load_rules()
    return replace(book, rules=tuple(one.model_copy(update={"covers": ()}) for one in book.rules))


UNCOVERED = Checker(_without_covers())
COVERS = {one.id: set(one.covers) for one in load_rules().rules}


def _covered_by(page_id: str) -> set[str]:
    direct = COVERS[page_id]
    return direct.union(*(_covered_by(name) for name in direct))


def rules_of(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_a_covered_page_is_silent_only_while_the_other_fires() -> None:
    checker = checker_of(GENERAL, SPECIAL)
    assert rules_of(checker.check(profile(person={"age": 70}))) == ["special"]
    assert rules_of(checker.check(profile(person={"age": 62}))) == ["general"]
    assert rules_of(checker.check(profile())) == []


def test_an_unknown_fact_still_shows_what_it_could_become() -> None:
    (gap,) = [gap for gap in checker_of(GENERAL, SPECIAL).check(profile()).missing if gap.field == "person.age"]
    assert gap.could_become.value == "monitor"


def covering(page_id: str, *covered: str) -> RuleBook:
    book = load_rules()
    pages = tuple(one.model_copy(update={"covers": covered}) if one.id == page_id else one for one in book.rules)
    return replace(book, rules=pages)


@pytest.mark.parametrize(
    ("page_id", "covered", "said"),
    [
        ("calcium", "magnesium-high", "stronger than this page"),
        ("today-rash", "emergency-breathing", "more urgent"),
        ("today-possible-excess", "heart-block", "stronger than this page"),
        ("kidney-dialysis", "separate-ciprofloxacin", "separates"),
        ("kidney-dialysis", "kidney-ask-age-65", "asks"),
        ("liver-disease", "planned-surgry", "Did you mean"),
        ("calcium", "calcium", "covers this page too"),
        ("proton-pump-inhibitors", "proton-pump-inhibitors-digoxin-diuretic", "stronger than this page"),
        ("planned-bowel-examination", "bowel-cleanse-drink", "covers this page too"),
        ("planned-surgery", "pregnancy", ""),
    ],
)
def test_a_page_that_would_hide_something_is_refused_by_lint_and_checker(
    page_id: str, covered: str, said: str
) -> None:
    book = covering(page_id, covered)
    problems = [str(problem) for problem in lint_pages(book)]
    if not said:
        assert problems == []
        return
    assert any(f"{page_id}.yaml" in problem and said in problem for problem in problems)
    with pytest.raises(RulesError):
        Checker(book)


def test_a_window_covers_nothing_because_it_may_be_kept() -> None:
    window = {"take": "iron", "before": "2 h", "after": "2 h", "around": "magnesium"}
    with pytest.raises(ValueError, match="only a page that always counts covers others"):
        page("window", {"taking": "iron by mouth"}, separate=window, covers=["calcium"])


def test_guidance_covers_nothing_because_it_may_be_kept_back() -> None:
    with pytest.raises(ValueError, match="only a page that always counts covers others"):
        page("hint", {"age": {"from": 60}}, guidance=True, covers=["calcium"])


def test_the_explanation_of_a_covered_page_names_the_page_that_says_it() -> None:
    told = checker_of(GENERAL, SPECIAL).explain(profile(person={"age": 70}), "general")
    (seen,) = told.pages
    assert (seen.state, seen.said_by) == (PageState.KEPT_BACK, ("special",))


@pytest.mark.parametrize("person", PEOPLE)
def test_what_covers_a_page_is_said_itself_or_covered_by_what_is_said(person: str) -> None:
    """Nobody loses anything but words: the verdict, the urgency and what is missing stay as without covers."""
    told = Profile.model_validate(read_document((PROFILES / f"{person}.yaml").read_bytes(), person).data)
    with_covers, without = check(told), UNCOVERED.check(told)
    assert without.verdict == with_covers.verdict
    assert without.missing == with_covers.missing
    assert [one.urgency for one in without.findings][:1] == [one.urgency for one in with_covers.findings][:1]
    hidden = {one.rule for one in without.findings} - {one.rule for one in with_covers.findings}
    said = {name for one in with_covers.findings for name in _covered_by(one.rule)}
    assert hidden <= said


def test_what_our_pages_cover_is_never_stronger_than_what_stays() -> None:
    pages = {one.id: one for one in load_rules().rules}
    for one in pages.values():
        for name in one.covers:
            assert one.strongest.rank <= pages[name].strongest.rank
