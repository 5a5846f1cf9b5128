"""Does the process live, and is the answer right, when the input or the load is extreme? Each story in a child."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from magcheck import InputError, Report
from magcheck.checker import default_checker
from magcheck.core.errors import RulesError
from magcheck.inference.durable import DurableEvaluator
from magcheck.report import Verdict
from magcheck.terminology.vocabulary import Reason
from tests.support import assert_survives, checker_of, child, durable_of, page, profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck import Profile

pytestmark = pytest.mark.thorough

CIPRO = "separate-ciprofloxacin"
MAGNESIUM = {"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental"}
PERSON = profile(
    person={"age": 62, "sex": "female"},
    kidney={"egfr": 41},
    medications=[
        "cipro",
        "levothyroxine",
        "spironolactone",
        "omeprazole",
        {"name": "digoxin", "times": ["08:00"]},
    ],
    supplements=[MAGNESIUM],
    country="DE",
)
HEALTHY = profile(person={"age": 30, "sex": "male"}, kidney={"egfr": 100}, supplements=[MAGNESIUM], country="US")


def checked(**data: object) -> Report:
    return default_checker().check(profile(**data))


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def refused(**data: object) -> bool:
    try:
        checked(**data)
    except (InputError, ValidationError):
        return True
    return False


def megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


# Little and much


def nobody_takes_anything() -> None:
    for report in (checked(), checked(medications=[], supplements=[])):
        assert (report.findings, report.recognised, report.not_checked) == ((), (), ())
        assert report.verdict is Verdict.CLEAR
        assert not report.complete


def magnesium_without_any_medicine() -> None:
    report = default_checker().check(HEALTHY)
    assert [one.input for one in report.recognised] == ["magnesium citrate"]
    assert not any(subject.list == "medications" for one in report.findings for subject in one.subjects)


def medicines_without_any_magnesium() -> None:
    assert CIPRO in rules(checked(medications=["cipro"]))


def a_tenth_of_a_microgram() -> None:
    assert refused(supplements=[{**MAGNESIUM, "amount_mg": 1e-07}])
    assert refused(medications=[{"name": "magnesium hydroxide", "dose_mg": 1e-07}])
    report = checked(supplements=[{**MAGNESIUM, "amount_mg": 0.01}], medications=["cipro"])
    assert CIPRO in rules(report)
    tiny = checked(medications=[{"name": "magnesium hydroxide", "dose_mg": 1e-06}, "cipro"])
    assert CIPRO in rules(tiny)


def a_hundred_grams() -> None:
    report = checked(person={"age": 40}, supplements=[{**MAGNESIUM, "amount_mg": 1e5}])
    assert report.dose is not None
    assert report.dose.high == 1e5
    assert report.verdict is not Verdict.CLEAR


def two_tons_a_day() -> None:
    most = {"name": "magnesium hydroxide", "dose_mg": 1e6, "per_day": 24}
    with suppress(InputError):
        assert checked(medications=[most] * 100).verdict is not Verdict.CLEAR


def numbers_beyond_belief() -> None:
    for huge in (1e300, sys.float_info.max, 10**400, float("inf"), float("nan"), -1.0):
        assert refused(supplements=[{**MAGNESIUM, "amount_mg": huge}])
        assert refused(supplements=[{**MAGNESIUM, "elemental_percent": huge}])
        assert refused(medications=[{"name": "magnesium oxide", "dose_mg": huge}])
        assert refused(person={"age": huge})
        assert refused(person={"weight_kg": huge})
        assert refused(person={"height_cm": huge})
        assert refused(kidney={"egfr": huge})
        assert refused(kidney={"creatinine": {"value": huge, "unit": "mg/dL"}})
        assert refused(labs={"magnesium": {"value": huge, "unit": "mmol/L"}})


def numbers_next_to_nothing() -> None:
    least = 5e-324
    assert checked(kidney={"egfr": least}, supplements=[MAGNESIUM]).verdict is Verdict.AVOID
    assert checked(person={"age": least}, supplements=[MAGNESIUM]).verdict is not Verdict.CLEAR
    assert refused(supplements=[{**MAGNESIUM, "amount_mg": least}])
    percent = {"name": "magnesium oxide", "amount_mg": 400, "basis": "compound", "elemental_percent": least}
    assert checked(supplements=[percent]).dose is not None


def a_hundred_of_everything() -> None:
    medicines = [{"name": "cipro", "times": ["08:00"]}] * 40 + [{"name": "levothyroxine"}] * 34
    products = [{**MAGNESIUM, "amount_mg": 1}] * 25
    report = checked(medications=medicines, supplements=products)
    medicine_places = {("medications", n) for n in range(40)}
    assert about(CIPRO, report) == medicine_places | {("supplements", n) for n in range(25)}
    assert report.dose is not None
    assert report.dose.high == 25
    assert refused(medications=medicines, supplements=products * 4)  # more pairs than one check can look at
    assert refused(medications=["cipro"] * 101)
    assert refused(supplements=[MAGNESIUM] * 101)


def something_every_hour() -> None:
    hours = {"times": [f"{hour:02d}:00" for hour in range(24)]}
    report = checked(medications=[{"name": "cipro", **hours}] * 5, supplements=[{**MAGNESIUM, **hours}] * 5)
    assert about(CIPRO, report) == {(name, n) for name in ("medications", "supplements") for n in range(5)}
    assert report.dose is not None
    assert report.dose.high == 5 * 24 * 200


def about(rule: str, report: Report) -> set[tuple[str, int]]:
    """(list, index) of everything that the findings of `rule` name."""
    found = [finding for finding in report.findings if finding.rule == rule]
    return {(subject.list, subject.index) for finding in found for subject in finding.subjects}


# Odd names

ODD = [
    "\x00", "\x00\x00", "\x07", "\x1b[31m", "\n", "\t", "\\", "\\u0000", '"', "'", "''", '"" "', "`", "{", "}",
    "{}", "[]", ",]}", '","id":"0.p0"}', '{"t": "done"}', "%s", "%n", "$or", "{name}", "../../etc/passwd",
    "<script>",
    "\u202e", "\u202eorpic", "\u200b", "\ufeff", "\ufffe", "\U000e0001", "💊", "👩‍⚕️", "日本語の薬", "דם", "دواء",
    "ﷺ" * 200, "a" * 200, "0" * 200, "é" * 200, "💊" * 200, "/" * 200, "a/" * 100, "+&+", "-", "_", " ", "  ",
    "İ", "ẞ", "Ǆ", "\u0301" * 200, "1e-07", "nan", "None", "null", "true",
]  # fmt: skip
UNWRITABLE = ["\ud800", "\udfff", "ab\ud800cd", "\udc80\ud800"]


def names_that_nobody_has() -> None:
    for name in ODD:
        report = checked(medications=[name, "cipro"], supplements=[MAGNESIUM, {"name": name}])
        assert [(one.list, one.input, one.reason) for one in report.not_checked] == [
            ("medications", name, Reason.UNKNOWN.value),
            ("supplements", name, Reason.UNKNOWN.value),
        ], repr(name)
        assert CIPRO in rules(report)
        assert not report.complete


def words_that_nobody_says() -> None:
    for name in (odd for odd in ODD if odd != "None"):  # which says that there is nothing
        report = checked(conditions=[name], symptoms=[name], goals=[name], medications=["cipro"])
        assert [(one.list, one.input) for one in report.not_checked] == [
            ("conditions", name),
            ("symptoms", name),
            ("goals", name),
        ], repr(name)
        assert CIPRO in rules(report)


def names_that_cannot_be_written() -> None:
    for name in (*UNWRITABLE, "", "a" * 501):
        assert refused(medications=[name])
        assert refused(supplements=[{"name": name}])
        assert refused(conditions=[name])
        assert refused(country=name)


def codes_that_nobody_gave() -> None:
    for code in (*ODD, *UNWRITABLE, "", "1" * 9):
        assert refused(medications=[{"rxcui": code}]), repr(code)
    for code in (*(odd for odd in ODD if not odd.isascii() or not odd.isalnum()), *UNWRITABLE, "", "A" * 13):
        assert refused(medications=[{"atc": code}]), repr(code)
    for known in ({"rxcui": "0"}, {"rxcui": "99999999"}, {"atc": "A"}, {"atc": "0" * 12}):
        (unread,) = checked(medications=[known]).not_checked
        assert unread.reason == Reason.UNKNOWN_CODE.value


def a_real_name_in_odd_clothes() -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "cipro")
    for name in ("CIPRO", " cipro ", "cipro\n", wide, "cipro 500mg tab", "«cipro»", "cipro®"):
        assert CIPRO in rules(checked(medications=[name])), repr(name)


# Load


def people() -> list[tuple[Profile, Report]]:
    told = (HEALTHY, profile(), profile(medications=["cipro"], supplements=[MAGNESIUM]), PERSON)
    return [(person, default_checker().check(person)) for person in told]


def ten_thousand_checks_in_a_row() -> None:
    expected, checker = people(), default_checker()
    size = 0.0
    for number in range(10_000):
        person, report = expected[number % 3]
        assert checker.check(person) == report
        size = megabytes() if number == 2_000 else size
    assert megabytes() - size < 8


def eight_threads_on_one_checker() -> None:
    expected, checker = people(), default_checker()
    sys.setswitchinterval(1e-5)
    right: list[int] = []

    def work(first: int) -> None:
        for number in range(first, first + 300):
            person, report = expected[number % len(expected)]
            assert checker.check(person) == report
        right.append(first)

    threads = [Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(right) == list(range(8))


def four_threads_ask_for_the_first_checker() -> None:
    sys.setswitchinterval(1e-4)
    found: list[set[str]] = []
    threads = [Thread(target=lambda: found.append(rules(default_checker().check(PERSON)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [rules(default_checker().check(PERSON))] * 4


def a_fork_after_building() -> None:
    expected = people()
    children = [_forked(expected) for _ in range(4)]
    assert_as_expected(expected)
    assert [os.waitpid(number, 0)[1] for number in children] == [0] * 4
    assert_as_expected(expected)


def _forked(expected: list[tuple[Profile, Report]]) -> int:
    number = os.fork()
    if number == 0:
        assert_as_expected(expected)
        os._exit(0)
    return number


def assert_as_expected(expected: list[tuple[Profile, Report]]) -> None:
    for _ in range(50):
        for person, report in expected:
            assert default_checker().check(person) == report


def two_checkers_side_by_side() -> None:
    old = checker_of(page("old", {"age": {"from": 65}}), page("both", {"egfr": {"below": 60}}))
    weak = checker_of(page("weak", {"egfr": {"below": 45}}), page("both", {"age": {"from": 18}}))
    for egfr in range(20, 80):
        person = profile(person={"age": 70}, kidney={"egfr": egfr})
        assert rules(old.check(person)) == {"old"} | ({"both"} if egfr < 60 else set())
        assert rules(weak.check(person)) == {"both"} | ({"weak"} if egfr < 45 else set())


def a_checker_without_pages() -> None:
    with pytest.raises(RulesError, match="no rule page"):
        checker_of()


def four_hundred_checkers_built_and_closed() -> None:
    pages = [page(f"band-{bound}", {"egfr": {"from": bound, "below": bound + 5}}) for bound in range(0, 100, 5)]
    size = 0.0
    for number in range(400):
        checker = checker_of(*pages)
        assert rules(checker.check(PERSON)) == {"band-40"}
        durable_of(checker).close()
        size = megabytes() if number == 50 else size
    assert megabytes() - size < 8


def forty_evaluators_of_all_pages_built_and_closed() -> None:
    program = default_checker().program
    size = 0.0
    for number in range(40):
        evaluator = DurableEvaluator(program)
        assert evaluator.matches([]) == frozenset()
        evaluator.close()
        size = megabytes() if number == 5 else size
    assert megabytes() - size < 8


STORIES: list[Callable[[], None]] = [
    nobody_takes_anything,
    magnesium_without_any_medicine,
    medicines_without_any_magnesium,
    a_tenth_of_a_microgram,
    a_hundred_grams,
    two_tons_a_day,
    numbers_beyond_belief,
    numbers_next_to_nothing,
    a_hundred_of_everything,
    something_every_hour,
    names_that_nobody_has,
    words_that_nobody_says,
    names_that_cannot_be_written,
    codes_that_nobody_gave,
    a_real_name_in_odd_clothes,
    ten_thousand_checks_in_a_row,
    eight_threads_on_one_checker,
    four_threads_ask_for_the_first_checker,
    a_fork_after_building,
    two_checkers_side_by_side,
    a_checker_without_pages,
    four_hundred_checkers_built_and_closed,
    forty_evaluators_of_all_pages_built_and_closed,
]


@pytest.mark.parametrize("story", STORIES)
def test_the_process_lives_and_the_answer_is_right(story: Callable[[], None]) -> None:
    assert_survives(story)


def test_a_child_that_dies_would_be_noticed() -> None:
    done = child("-c", "import ctypes; ctypes.string_at(0)")
    assert done.returncode < 0
    assert "Segmentation fault" in done.stderr


def a_story_that_is_wrong() -> None:
    assert rules(checked()) == {"nothing"}


def test_a_story_that_ends_wrong_would_be_noticed() -> None:
    with pytest.raises(AssertionError, match="a_story_that_is_wrong ended with 1"):
        assert_survives(a_story_that_is_wrong)
