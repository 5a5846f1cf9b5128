"""Whole persons: what each of them reads, line by line, and what a program sees."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from magcheck import Profile, Report, check
from magcheck.cli.plain import plain_report
from magcheck.document import read_document

HERE = Path(__file__).parent
PEOPLE = sorted(path.stem for path in (HERE / "profiles").glob("*.yaml"))


@cache
def report_of(person: str) -> Report:
    path = HERE / "profiles" / f"{person}.yaml"
    return check(Profile.model_validate(read_document(path.read_bytes(), path.name).data))


def read_aloud(report: Report) -> str:
    """The plain report without the line that names the edition of the rules."""
    text = plain_report(report, 100)
    return "\n".join(line for line in text.splitlines() if report.rules.version not in line).rstrip() + "\n"


@pytest.mark.parametrize("person", PEOPLE)
def test_a_person_reads_what_we_reviewed(person: str, request: pytest.FixtureRequest) -> None:
    golden = HERE / "reports" / f"{person}.txt"
    if request.config.getoption("--update-people"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(read_aloud(report_of(person)), encoding="utf-8")
    assert read_aloud(report_of(person)) == golden.read_text(encoding="utf-8")


def test_no_golden_report_is_left_over() -> None:
    assert sorted(path.stem for path in (HERE / "reports").glob("*.txt")) == PEOPLE


SEEN = {
    "01-stage-3-with-high-serum": ("avoid", True, 20, {"magnesium-high", "kidney-egfr-30-to-44"}),
    "02-citrate-every-night-basis-unknown": ("lower_dose", False, 30, {"dose-limit-us"}),
    "03-teacher-in-the-us": ("clear", True, 0, set[str]()),
    "04-teacher-in-the-eu": ("lower_dose", True, 10, {"dose-limit-eu"}),
    "05-lawyer-with-ciprofloxacin": ("clear", True, 0, {"separate-ciprofloxacin"}),
    "06-levothyroxine-in-the-morning": ("clear", True, 0, {"separate-levothyroxine"}),
    "07-levothyroxine-too-close": ("separate", True, 10, {"separate-levothyroxine"}),
    "08-ciprofloxacin-into-a-vein": ("clear", True, 0, set[str]()),
    "09-doxycycline-and-2000-mg": ("ask_first", False, 20, {"separate-doxycycline", "dose-above-700"}),
    "10-a-name-nobody-knows": ("clear", False, 30, set[str]()),
    "11-creatinine-1-9-at-78": ("avoid", True, 20, {"kidney-egfr-15-to-29"}),
    "12-spironolactone-with-egfr-40": ("ask_first", True, 20, {"potassium-sparing-kidneys-weak"}),
    "13-child-of-6": ("ask_first", True, 20, {"dose-child-1-to-8", "dose-limit-age-4-to-8"}),
    "16-healthy-young-adult": ("clear", True, 0, set[str]()),
    "20-dialysis": ("avoid", True, 20, {"kidney-dialysis"}),
}


@pytest.mark.parametrize("person", SEEN)
def test_a_program_sees_the_verdict(person: str) -> None:
    verdict, complete, code, rules = SEEN[person]
    report = report_of(person)
    assert (report.verdict.value, report.complete, int(report.exit_code)) == (verdict, complete, code)
    found = {finding.rule for finding in report.findings}
    assert rules <= found
    assert rules or not found


def test_both_windows_of_the_lawyer_are_kept_with_the_hours_of_the_label() -> None:
    (finding,) = report_of("05-lawyer-with-ciprofloxacin").findings
    assert finding.separation is not None
    assert (finding.separation.before_h, finding.separation.after_h) == (2, 6)
    assert finding.separation.status.value == "kept"


def test_the_hidden_tetracycline_is_named() -> None:
    (finding,) = report_of("14-pylera-hides-tetracycline").findings
    assert finding.subjects[0].is_ == "tetracycline, in Pylera"


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
