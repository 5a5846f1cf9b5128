"""Does a comparison name what was told otherwise, and everything that follows from it?"""

from __future__ import annotations

import itertools
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from magcheck import InputError, Profile
from magcheck.checker import default_checker
from tests.cli.running import run
from tests.explain.people import random_people
from tests.support import profile

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck.explain.difference import Difference

CHECKER = default_checker()
OLD: dict[str, Any] = {
    "person": {"age": 50},
    "kidney": {"egfr": 62},
    "medications": [{"name": "levothyroxine", "times": ["07:00"]}],
    "supplements": [{"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental", "times": ["12:30"]}],
}


def between(**new: Any) -> Difference:
    return CHECKER.difference(profile(**OLD), profile(**(OLD | new)))


def inputs(found: Difference) -> list[tuple[object, ...]]:
    return [(one.kind, one.field, one.old, one.new) for one in found.inputs]


def test_a_new_value_and_what_follows() -> None:
    found = between(kidney={"egfr": 41})
    assert inputs(found) == [("changed", "kidney.egfr", 62, 41)]
    assert (found.old.verdict.value, found.new.verdict.value) == ("clear", "ask_first")
    assert [(one.kind, one.new and one.new.rule) for one in found.findings] == [("came", "kidney-egfr-30-to-44")]
    assert found.exit_code == 20


def test_another_hour_changes_the_status_of_a_finding() -> None:
    found = between(supplements=[OLD["supplements"][0] | {"times": ["08:30"]}])
    assert inputs(found) == [("changed", "supplements[0].times", "12:30", "08:30")]
    (change,) = found.findings
    assert change.kind == "changed"
    assert change.old
    assert change.old.separation
    assert change.old.separation.status.value == "kept"
    assert change.new
    assert change.new.separation
    assert change.new.separation.status.value == "broken"


def test_a_new_and_a_gone_medicine() -> None:
    found = between(medications=["Cipro 500 mg", "Xyzzq"])
    assert inputs(found) == [
        ("added", "medications[0]", None, "Cipro 500 mg"),
        ("added", "medications[1]", None, "Xyzzq"),
        ("removed", "medications[0]", "levothyroxine", None),
    ]
    assert {(one.kind, (one.new or one.old).rule) for one in found.findings} == {  # type: ignore[union-attr]
        ("came", "separate-ciprofloxacin"),
        ("went", "separate-levothyroxine"),
    }
    assert [one.input for one in found.not_checked_came] == ["Xyzzq"]


def test_more_magnesium_changes_the_sum() -> None:
    found = between(supplements=[OLD["supplements"][0] | {"amount_mg": 400}])
    assert found.dose_old
    assert found.dose_new
    assert (found.dose_old.high, found.dose_new.high, found.dose_new.limit) == (200, 400, 350)


def test_an_answer_that_was_missing_is_gone() -> None:
    found = between(person={})
    assert [gap.field for gap in found.missing_came] == ["person.age"]
    nobody: dict[str, Any] = OLD | {"person": {}}
    without = profile(**nobody)
    back = CHECKER.difference(without, profile(**OLD))
    assert [gap.field for gap in back.missing_went] == ["person.age"]


def test_a_no_is_an_answer_and_yet_changes_nothing() -> None:
    found = between(kidney={"egfr": 62, "dialysis": False})
    assert inputs(found) == [("added", "kidney.dialysis", None, False)]
    assert found.is_nothing


def test_the_order_of_the_list_is_no_change() -> None:
    told = OLD | {"medications": ["amlodipine", "levothyroxine"]}
    turned = OLD | {"medications": ["levothyroxine", "amlodipine"]}
    found = CHECKER.difference(profile(**told), profile(**turned))
    assert found.inputs == ()
    assert found.is_nothing


def test_two_items_with_one_name_are_told_apart_by_their_order() -> None:
    twice = [{"name": "levothyroxine", "times": ["07:00"]}, {"name": "levothyroxine", "times": ["19:00"]}]
    found = between(medications=twice)
    assert inputs(found) == [("added", "medications[1]", None, "levothyroxine")]


@pytest.mark.parametrize("told", random_people(40))
def test_nobody_differs_from_oneself(told: dict[str, Any]) -> None:
    with suppress(InputError):
        same = CHECKER.difference(Profile.model_validate(told), Profile.model_validate(told))
        assert same.inputs == ()
        assert same.is_nothing


def test_the_way_back_is_the_way_there_turned_round() -> None:
    people = [Profile.model_validate(told) for told in random_people(40)]
    for one, other in itertools.pairwise(people):
        with suppress(InputError):
            there, back = CHECKER.difference(one, other), CHECKER.difference(other, one)
            assert (there.old, there.missing_came) == (back.new, back.missing_went)
            kinds = {"came": "went", "went": "came", "changed": "changed"}
            assert sorted(kinds[change.kind] for change in there.findings) == sorted(c.kind for c in back.findings)
            assert len(there.inputs) == len(back.inputs)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(yaml.safe_dump(OLD), encoding="utf-8")
    new.write_text(yaml.safe_dump(OLD | {"kidney": {"egfr": 41}, "conditions": ["diabetes"]}), encoding="utf-8")
    return str(old), str(new)


def test_on_the_command_line(files: tuple[str, str]) -> None:
    ran = run("diff", *files, "--plain")
    assert ran.code == 20
    assert "- kidney value (eGFR): 62 -> 41\n" in ran.out
    assert "- conditions, new: diabetes\n" in ran.out
    assert "- Verdict: nothing found -> ask first\n" in ran.out
    assert run("diff", *reversed(files), "--plain").code == 0


def test_nothing_is_said_clearly(files: tuple[str, str]) -> None:
    ran = run("diff", files[0], files[0], "--plain")
    assert ran.code == 0
    assert "- The two profiles say the same.\n" in ran.out
    assert "- Nothing changes. The report says the same.\n" in ran.out


def test_as_json(files: tuple[str, str]) -> None:
    data = json.loads(run("diff", *files, "--json").out)
    assert data["new"]["verdict"] == "ask_first"
    assert [one["field"] for one in data["inputs"]] == ["kidney.egfr", "conditions"]


def test_two_profiles_cannot_come_from_one_stdin() -> None:
    ran = run("diff", "-", "-", stdin=b"{}")
    assert (ran.code, ran.out) == (2, "")


def test_a_file_that_is_not_there_is_refused(files: tuple[str, str]) -> None:
    ran = run("diff", files[0], "/nowhere.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no such file" in ran.err
