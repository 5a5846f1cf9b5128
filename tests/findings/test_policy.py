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
from magcheck.rendering.report_outline import report_outline
from magcheck.rendering.text import plain_text
from magcheck.report import Report, Verdict
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


STOP = page("stop", {"condition": "kidney stones"}, action="avoid", what_to_do="Take none. Call for help.")
ENEMA = page("enema", {"taking": "magnesium in the rectum"}, action="avoid", what_to_do="Use none.")
WATCH = page("watch", {"age": {"from": 60}}, action="monitor", what_to_do="Watch it.", while_taking=True)
OTHER = page("other", {"age": {"from": 60}}, action="monitor", what_to_do="Take less zinc.")


def rules_of(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def test_a_stop_silences_advice_on_going_on_and_nothing_else() -> None:
    report = checker_of(STOP, WATCH, OTHER).check(profile(person={"age": 70}, conditions=["kidney stones"]))
    assert rules_of(report) == {"stop", "other"}
    assert report.verdict is Verdict.AVOID


def test_a_stop_of_an_enema_leaves_advice_on_tablets_standing() -> None:
    enema = {"name": "magnesium sulfate", "route": "rectal"}
    report = checker_of(ENEMA, WATCH).check(profile(person={"age": 70}, medications=[enema]))
    assert rules_of(report) == {"enema", "watch"}


def test_no_question_is_put_for_advice_that_is_surely_silenced() -> None:
    blocker = page("stop", {"age": {"from": 60}}, action="avoid", what_to_do="Take none.")
    watch = page("watch", {"condition": "kidney stones"}, action="monitor", what_to_do="Watch.", while_taking=True)
    assert "conditions" not in session_with(checker_of(blocker, watch), {}, profile(person={"age": 70})).order


def test_weakness_with_a_slow_heartbeat_is_one_instruction() -> None:
    told = {
        "symptoms": ["muscle weakness", "slow heartbeat"],
        "supplements": ["magnesium citrate 400 mg elemental"],
    }
    report = default_checker().check(profile(person={"age": 50}, country="US", **told))
    assert [finding.rule for finding in report.findings] == ["emergency-heartbeat", "emergency-weakness"]
    shown = " ".join(plain_text(report_outline(report, default_checker().book.wording), 100).split())
    assert shown.count("Show the helpers") == 1
    assert "slow heartbeat; muscle weakness" in shown
    assert "Take less" not in shown


def test_the_kidney_speaks_before_the_label() -> None:
    told = {"kidney": {"egfr": 38}, "supplements": ["magnesium oxide 1200 mg"]}
    report = default_checker().check(profile(person={"age": 60}, country="US", **told))
    assert [finding.rule for finding in report.findings] == ["kidney-egfr-30-to-44", "dose-above-700"]


@pytest.mark.parametrize(
    ("supplement", "figures"),
    [
        ("magnesium citrate 400 mg elemental", "At most 350 mg of magnesium itself a day. You take 400 mg. Take"),
        ("magnesium oxide 400 mg", "You take 241.2 to 400 mg. The exact amount is not known. Take"),
    ],
)
def test_take_less_names_the_figures(supplement: str, figures: str) -> None:
    person = profile(person={"age": 40}, kidney={"egfr": 95}, country="US", supplements=[supplement])
    (finding,) = default_checker().check(person).findings
    assert figures in finding.what_to_do


@pytest.mark.parametrize("country", ["US", "DE", "GB", "AU", "JP", "IN"])
def test_an_infant_reads_no_limit(country: str) -> None:
    told = {"country": country, "supplements": ["magnesium citrate 400 mg elemental"]}
    report = default_checker().check(profile(person={"age": 0.5}, **told))
    assert report.dose is not None
    assert report.dose.limit_mg_per_day is None
    assert not any("At most" in finding.what_to_do for finding in report.findings)


def test_what_a_salt_is_besides_magnesium_is_named_and_leaves_the_report_as_complete_as_it_was() -> None:
    report = default_checker().check(profile(medications=["apixaban", "magnesium salicylate"]))
    (said,) = [assumed.what for assumed in report.assumed if "also holds" in assumed.what]
    assert "salicylate" in said
    assert not report.not_checked


def test_an_unknown_medicine_gets_a_sentence_and_stays_not_checked() -> None:
    checker = default_checker()
    told = {"person": {"age": 40}, "supplements": ["magnesium citrate 200 mg elemental"]}
    report = checker.check(profile(medications=["zzyzxol", "floobar"], **told))
    assert [item.meanwhile for item in report.not_checked] == [checker.book.wording.unknown_names.one] * 2
    assert not report.complete
    shown = " ".join(plain_text(report_outline(report, checker.book.wording), 100).split())
    assert shown.count("keep them 4 hours away from magnesium") == 1
    stopped = checker.check(profile(medications=["zzyzxol"], symptoms=["collapse"], **told))
    assert [item.meanwhile for item in stopped.not_checked] == [None]


def test_what_was_read_is_shown_with_what_is_not_taken_and_what_was_not_understood() -> None:
    checker = default_checker()
    report = checker.check(profile(medications=["stopped levothyroxine in May", "Cipro 500 mg BID xyz"]))
    shown = plain_text(report_outline(report, checker.book.wording), 100).partition("WHAT WAS READ")[2]
    assert "Not taken, so not checked: stopped levothyroxine in May = levothyroxine" in shown
    assert "Cipro 500 mg BID xyz = ciprofloxacin, 500 mg, 2 times a day" in shown
    assert 'Not understood: "xyz"' in shown


@pytest.mark.parametrize("product", ["magnesium oxide 400 mg elemental", "magnesium carbonate 500 mg elemental"])
def test_a_stop_of_one_kind_of_magnesium_leaves_its_dose_to_be_said(product: str) -> None:
    """Ulipristal is one dose: afterwards the same product goes on."""
    told = {"person": {"age": 30, "sex": "female", "pregnancy": "none"}, "kidney": {"egfr": 95}, "country": "US"}
    report = default_checker().check({**told, "medications": ["ulipristal"], "supplements": [product]})
    assert {"avoid-ulipristal", "dose-limit-us"} <= {finding.rule for finding in report.findings}


def test_a_stop_of_all_magnesium_is_not_followed_by_a_dose() -> None:
    told = {"person": {"age": 30, "sex": "male"}, "conditions": ["heart block"], "country": "US"}
    report = default_checker().check({**told, "supplements": ["magnesium oxide 400 mg elemental"]})
    rules = {finding.rule for finding in report.findings}
    assert "heart-block" in rules
    assert "dose-limit-us" not in rules
