"""Whole persons: what a careful pharmacist expects of each, and what each of them reads, line by line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pydantic import Field

from magcheck import Profile, Report, check
from magcheck.checker import default_checker
from magcheck.core.model import Model
from magcheck.facts.kidney import kidney_state
from magcheck.knowledge.document import read_document
from magcheck.rendering.depth import Depth
from magcheck.rendering.written import text_of
from magcheck.report import Finding

HERE = Path(__file__).parent
PEOPLE = sorted(path.stem for path in (HERE / "profiles").glob("*.yaml"))
ROUNDING = 0.05


class Expected(Model):
    """Thought out before the first run; a key that is not here is refused, so that nothing is ignored."""

    says: str = Field(min_length=10)
    """What a careful pharmacist would say, in a sentence."""
    verdict: str
    complete: bool
    exit: int
    fires: tuple[str, ...] = Field(default=(), strict=False)
    """Every finding that is more than a note, in the order of the report."""
    notes: tuple[str, ...] = Field(default=(), strict=False)
    """Notes that must be there; others may be."""
    kept: tuple[str, ...] = Field(default=(), strict=False)
    """Every gap that the hours of the day keep already."""
    silent: tuple[str, ...] = Field(default=(), strict=False)
    """Pages that one could fear here, and that must not fire."""
    asks: tuple[str, ...] = Field(default=(), strict=False)
    """Every answer that is missing."""
    unread: tuple[str, ...] = Field(default=(), strict=False)
    """Every word that could not be checked."""
    magnesium: tuple[float, float | None] | None = Field(default=None, strict=False)
    """Milligrams of magnesium itself a day, lowest and highest (null: nobody knows), added up by hand."""
    egfr: float | None = None
    """mL/min/1.73 m2, computed by hand where a creatinine is given."""


@cache
def expected_of(person: str) -> Expected:
    path = HERE / "expected" / f"{person}.yaml"
    return Expected.model_validate(read_document(path.read_bytes(), path.name).data)


def profile_of(person: str) -> Profile:
    path = HERE / "profiles" / f"{person}.yaml"
    return Profile.model_validate(read_document(path.read_bytes(), path.name).data)


@cache
def report_of(person: str) -> Report:
    return check(profile_of(person))


def read_aloud(report: Report) -> str:
    """The first screen, and below it the reasons, as `--more` shows them."""
    words = default_checker().book.wording
    reasons = text_of(report, words, depth=Depth(more=True)).partition("\nWHY\n")[2]
    return f"{text_of(report, words)}\n--more\n\n{reasons}"


def rules_of(findings: list[Finding]) -> list[str]:
    """One entry for each page, in the order of the report: two tablets of one kind are one thought."""
    return list(dict.fromkeys(finding.rule for finding in findings))


@pytest.mark.parametrize("person", PEOPLE)
def test_a_person_reads_what_we_reviewed(person: str, request: pytest.FixtureRequest) -> None:
    golden = HERE / "reports" / f"{person}.txt"
    if request.config.getoption("--update-people"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(read_aloud(report_of(person)), encoding="utf-8")
    assert read_aloud(report_of(person)) == golden.read_text(encoding="utf-8")


def test_every_person_has_an_expectation_and_a_reviewed_report() -> None:
    assert sorted(path.stem for path in (HERE / "reports").glob("*.txt")) == PEOPLE
    assert sorted(path.stem for path in (HERE / "expected").glob("*.yaml")) == PEOPLE


def test_expectations_name_pages_that_exist() -> None:
    pages = {page.id for page in default_checker().book.rules}
    for person in PEOPLE:
        told = expected_of(person)
        assert {*told.fires, *told.notes, *told.kept, *told.silent} <= pages, person


@pytest.mark.parametrize("person", PEOPLE)
def test_a_person_gets_the_verdict_of_a_careful_pharmacist(person: str) -> None:
    told, report = expected_of(person), report_of(person)
    assert (report.verdict.value, report.complete, int(report.exit_code)) == (
        told.verdict,
        told.complete,
        told.exit,
    )


@pytest.mark.parametrize("person", PEOPLE)
def test_what_a_pharmacist_would_say_is_said_in_that_order_and_nothing_more(person: str) -> None:
    told, findings = expected_of(person), report_of(person).findings
    counting = [finding for finding in findings if finding.counts]
    notes = [finding for finding in counting if finding.action.value == "note"]
    assert rules_of([finding for finding in counting if finding not in notes]) == list(told.fires)
    assert set(told.notes) <= set(rules_of(notes))
    assert sorted(rules_of([finding for finding in findings if not finding.counts])) == sorted(told.kept)
    assert not {*told.silent} & {finding.rule for finding in findings}


@pytest.mark.parametrize("person", PEOPLE)
def test_what_was_not_told_or_not_understood_is_said(person: str) -> None:
    told, report = expected_of(person), report_of(person)
    assert sorted(gap.field for gap in report.missing) == sorted(told.asks)
    assert [one.input for one in report.not_checked] == list(told.unread)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_magnesium_of_a_day_is_what_we_added_up(person: str) -> None:
    dose = report_of(person).dose
    added_up = None if dose is None else pytest.approx((dose.low, dose.high), abs=ROUNDING)
    assert expected_of(person).magnesium == added_up


@pytest.mark.parametrize("person", PEOPLE)
def test_the_kidney_value_is_what_we_computed(person: str) -> None:
    reading = kidney_state(profile_of(person), default_checker().book).reading
    told = expected_of(person).egfr
    assert (reading and reading.egfr) == (told if told is None else pytest.approx(told, abs=ROUNDING))


def test_both_windows_of_the_lawyer_are_kept_with_the_hours_of_the_label() -> None:
    (finding,) = report_of("05-lawyer-with-ciprofloxacin").findings
    assert finding.separation is not None
    assert (finding.separation.before_h, finding.separation.after_h) == (2, 6)
    assert finding.separation.status.value == "kept"


def test_the_hidden_tetracycline_is_named() -> None:
    (finding,) = report_of("14-pylera-hides-tetracycline").findings
    assert (finding.subjects[0].input, finding.subjects[0].is_) == ("Pylera", "tetracycline")
    assert finding.what_to_do.startswith("Keep Pylera (tetracycline) and magnesium at least 4 hours apart")


def test_the_computed_kidney_value_says_how_it_was_computed() -> None:
    (finding,) = report_of("11-creatinine-1-9-at-78").findings
    (fact,) = [fact for fact in finding.facts if fact.name == "kidney.egfr"]
    assert fact.value == pytest.approx(26.7, abs=0.1)
    assert fact.origin == "computed from creatinine by CKD-EPI 2021"


def test_a_class_word_shows_the_strictest_consequence() -> None:
    (unread,) = report_of("15-water-pill-and-no-kidney-value").not_checked
    assert unread.reason == "which one?"
    assert unread.could_become is not None
    assert unread.could_become.value == "ask_first"


def test_nothing_told_says_everything_that_is_missing() -> None:
    report = report_of("17-nothing-told-at-all")
    assert {"person.age", "supplements"} <= {gap.field for gap in report.missing}
    assert report.exit_code == 30


def test_a_magnesium_of_unknown_kind_among_the_medicines_is_asked_about() -> None:
    """It once ended with exit 70: only supplements had such a question."""
    report = check(Profile.model_validate({"medications": ["acalabrutinib", "magnesium"]}))
    assert "medications[1].name" in {gap.field for gap in report.missing}


def test_a_window_broken_against_a_multivitamin_names_the_multivitamin() -> None:
    (finding,) = [one for one in report_of("25-biktarvy-and-a-multivitamin").findings if one.separation]
    assert "multivitamin at 08:00" in finding.what_to_do
    assert "magnesium at" not in finding.what_to_do


def test_a_medicine_that_a_page_asks_for_beside_another_is_not_called_unknown_to_our_rules() -> None:
    report = check(profile_of("59-warfarin-and-k2"), rules_of_names=True)
    (warfarin,) = [one for one in report.recognised if one.is_ == "warfarin"]
    assert warfarin.rules
    assert "vitamin-k-warfarin" in warfarin.rules
    assert "warfarin" not in read_aloud(report).partition("nothing found:")[2].partition(".")[0]


def test_a_computed_kidney_value_is_shown_where_no_finding_counts_with_it() -> None:
    (said,) = [one for one in report_of("28-new-kidney").assumed if one.field == "kidney.creatinine"]
    assert said.what == "The kidney value (eGFR) is 64.9 mL/min/1.73 m2, computed from creatinine by CKD-EPI 2021."
    shown = report_of("11-creatinine-1-9-at-78")
    assert not any("computed from creatinine" in one.what for one in shown.assumed)


@pytest.mark.parametrize(("age", "said"), [(None, True), (9.9, False), (10, True), (60, True), (61, False)])
def test_pregnancy_is_not_told_only_at_an_age_at_which_it_is_asked(age: float | None, *, said: bool) -> None:
    report = check(Profile.model_validate({"person": {} if age is None else {"age": age}}))
    assert ("pregnancy or breastfeeding" in report.untold) is said


def test_a_fact_is_said_once_and_readably() -> None:
    assert "blood magnesium 3.8 mg/dL (given)" in read_aloud(report_of("01-stage-3-with-high-serum"))
    assert "; pregnant (given)" in read_aloud(report_of("22-pregnant-and-cannot-keep-food-down"))


@pytest.mark.parametrize("person", ["11-creatinine-1-9-at-78", "20-dialysis", "32-toddler-swallowed-tablets"])
def test_nobody_who_should_take_none_reads_a_limit(person: str) -> None:
    report = report_of(person)
    assert report.dose is not None
    assert report.dose.limit_mg_per_day is None
    assert "limit" not in read_aloud(report).partition("MAGNESIUM ITSELF")[2].partition("WHY")[0]


def test_what_is_about_an_own_medicine_comes_before_advice_on_buying() -> None:
    for person, own, general in [
        ("34-night-cramps-at-82", "thiazide-loses-magnesium", "first-weeks"),
        ("41-low-on-omeprazole", "proton-pump-inhibitors", "check-the-pack"),
    ]:
        order = rules_of(list(report_of(person).findings))
        assert order.index(own) < order.index(general)
