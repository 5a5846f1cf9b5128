"""Does an explanation say what the rules did, on which facts, and where those come from?"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from magcheck import InputError, Profile
from magcheck.checker import default_checker
from magcheck.explain.explanation import Known, PageSeen, PageState, Seen
from tests.cli.running import run
from tests.explain.people import GOLDEN, golden, random_people
from tests.support import RETIRED, checker_of, page, profile

if TYPE_CHECKING:
    from pathlib import Path

CHECKER = default_checker()
EVENING = {
    "person": {"age": 78, "sex": "female"},
    "kidney": {"creatinine": {"value": 1.3, "unit": "mg/dL"}},
    "medications": [{"name": "Cipro 500 mg", "times": ["08:00"]}, "Xyzzq"],
    "supplements": [{"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental", "times": ["09:00"]}],
    "goals": ["sleep"],
}


def one(rule: str, **told: Any) -> PageSeen:
    (seen,) = CHECKER.explain(profile(**(told or EVENING)), rule).pages
    assert seen.rule == rule
    return seen


def fact(rule: str, line: int, **told: Any) -> Known:
    return one(rule, **told).lines[line].facts[0]


@pytest.mark.parametrize("told", [*(golden(path) for path in GOLDEN), *random_people(12)])
def test_a_page_fires_exactly_where_all_its_lines_hold(told: dict[str, Any]) -> None:
    someone = Profile.model_validate(told)
    with suppress(InputError):
        fired, possible = CHECKER.pages(someone)
        explained = {seen.rule: seen for seen in CHECKER.explain(someone).pages}
        assert fired - explained.keys() <= {one.id for one in CHECKER.book.rules if one.place}
        assert possible <= explained.keys()
        for seen in explained.values():
            states = {line.seen for line in seen.lines}
            assert (seen.rule in fired) is (states == {Seen.HOLDS}), seen
            assert (seen.rule in possible) <= (Seen.DOES_NOT_HOLD not in states), seen


@pytest.mark.thorough
@pytest.mark.parametrize("told", random_people(4))
def test_every_page_can_be_explained_alone(told: dict[str, Any]) -> None:
    someone = Profile.model_validate(told)
    with suppress(InputError):
        fired, _ = CHECKER.pages(someone)
        for rule in CHECKER.book.rules_by_id:
            (seen,) = CHECKER.explain(someone, rule).pages
            assert (rule in fired) is all(line.seen is Seen.HOLDS for line in seen.lines)
            assert (seen.state in (PageState.FIRED, PageState.KEPT_BACK)) is (rule in fired)


def test_a_computed_value_says_how_it_was_computed() -> None:
    known = fact("kidney-egfr-30-to-44", 1)
    assert known.name == "kidney.egfr"
    assert known.origin == "computed from creatinine by CKD-EPI 2021"


def test_a_medicine_says_how_it_was_recognised_and_what_was_assumed() -> None:
    known = fact("separate-ciprofloxacin", 0)
    assert (known.name, known.value) == ("medications[0]", "Cipro 500 mg (ciprofloxacin)")
    assert known.origin == "given, recognised by its brand; oral, assumed"


def test_a_told_route_is_not_assumed() -> None:
    told = {"medications": [{"name": "cipro", "route": "intravenous"}]}
    seen = one("separate-ciprofloxacin", **told)
    assert seen.state is PageState.DID_NOT_FIRE
    assert seen.lines[0].seen is Seen.DOES_NOT_HOLD
    assert seen.lines[0].facts[0].origin.endswith("intravenous, given")


def test_a_product_that_nobody_told_is_assumed() -> None:
    assert fact("separate-ciprofloxacin", 1, medications=["cipro"]).origin.startswith("assumed")


def test_what_was_not_told_says_so() -> None:
    known = fact("kidney-dialysis", 1)
    assert (known.value, known.origin) == (None, "not told")


def test_a_page_that_did_not_fire_says_what_it_would_need() -> None:
    seen = one("kidney-egfr-15-to-29")
    assert seen.state is PageState.DID_NOT_FIRE
    assert [line.said for line in seen.needs] == ["egfr from 15 and below 30 mL/min/1.73 m2"]


def test_the_limit_of_a_page_is_one_of_its_lines() -> None:
    seen = one("dose-limit-us")
    assert [line.said for line in seen.needs] == ["daily magnesium above 350 mg"]
    assert seen.needs[0].facts[0].value == "at least 200"  # a name beside it was not understood


def test_guidance_that_is_kept_back_names_what_keeps_it_back() -> None:
    seen = one("for-sleep")
    assert seen.state is PageState.KEPT_BACK
    assert "kidney-egfr-30-to-44" in seen.kept_back_by


def test_an_unknown_kind_of_magnesium_could_not_be_checked() -> None:
    seen = one("amfetamine", medications=["Adderall"], supplements=["magnesium glycinate"])
    assert seen.state is PageState.COULD_NOT_CHECK
    assert [line.seen for line in seen.lines] == [Seen.HOLDS, Seen.NOT_KNOWN]


def test_a_window_says_how_the_times_stand_to_it() -> None:
    assert [status.value for status in one("separate-ciprofloxacin").statuses] == ["broken"]


def test_the_whole_names_what_is_taken_and_not_every_condition_there_is() -> None:
    told = EVENING | {"medications": [{"name": "cipro", "route": "intravenous"}]}
    pages = {seen.rule for seen in CHECKER.explain(profile(**told)).pages}
    assert "kidney-dialysis" in pages
    assert "myasthenia-gravis" not in pages
    assert "separate-levothyroxine" not in pages


def test_a_retired_page_is_explained_when_asked_for_and_only_then() -> None:
    own = checker_of(page("old", {"age": {"from": 1}}, **RETIRED), page("new", {"age": {"from": 1}}))
    assert [seen.rule for seen in own.explain(profile(person={"age": 4})).pages] == ["new"]
    (seen,) = own.explain(profile(person={"age": 4}), "old").pages
    assert seen.state is PageState.RETIRED


def test_the_second_of_two_products_can_be_the_one_that_meets_a_page() -> None:
    told = {"medications": ["Adderall"], "supplements": ["magnesium citrate", "magnesium oxide"]}
    assert fact("amfetamine", 1, **told).name == "supplements[1]"


@pytest.fixture
def evening(tmp_path: Path) -> str:
    path = tmp_path / "evening.yaml"
    path.write_text(yaml.safe_dump(EVENING), encoding="utf-8")
    return str(path)


def test_on_the_command_line(evening: str) -> None:
    ran = run("explain", evening, "--plain")
    text = " ".join(ran.out.split())
    assert ran.code == 20
    assert "kidney-egfr-30-to-44 (ask first)" in text
    assert "computed from creatinine by CKD-EPI 2021" in text
    assert "Kept back by: kidney-egfr-30-to-44" in text
    assert "[1]" in text


def test_one_page_on_the_command_line_and_as_json(evening: str) -> None:
    text = " ".join(run("explain", evening, "kidney-dialysis", "--plain").out.split())
    assert "Not known: dialysis: yes. Here: dialysis: not told" in text
    data = json.loads(run("explain", evening, "kidney-dialysis", "--json").out)
    assert [seen["rule"] for seen in data["pages"]] == ["kidney-dialysis"]


def test_a_page_that_does_not_exist_is_refused_with_a_near_name(evening: str) -> None:
    ran = run("explain", evening, "kidney-dialisys")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean 'kidney-dialysis'" in ran.err


def test_own_rules_are_explained(evening: str, tmp_path: Path) -> None:
    from tests.cli.running import PAGES, write_pages

    rules = str(write_pages(tmp_path / "rules", *PAGES))
    ran = run("explain", evening, "--only-rules", rules, "--plain")
    assert "separate-ciprofloxacin (keep apart)" in ran.out
    assert "Your times: broken" in ran.out
    assert run("explain", evening, "for-sleep", "--only-rules", rules).code == 2


def test_in_a_terminal_of_40_columns_no_line_is_wider(evening: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    lines = run("explain", evening, terminal=True).out.splitlines()
    assert lines
    assert all(len(line) <= 40 or "http" in line for line in lines)
