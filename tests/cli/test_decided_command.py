"""`magcheck rules decided`: the table of what was decided for each medicine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from magcheck import Checker
from tests.cli.running import PAGES, run, write_pages


def test_the_whole_table_is_printed(checker: Checker) -> None:
    lines = run("rules", "decided").out.splitlines()
    assert len(lines) == len(checker.book.decided.entries) > 1_500
    assert all("  page " in line or "  silent: " in line for line in lines)


def test_json_holds_class_medicine_page_reason_and_sources() -> None:
    entries = json.loads(run("rules", "decided", "--json").out)
    assert all(entry.keys() == {"class", "medicine", "page", "reason", "sources"} for entry in entries)
    assert all(bool(entry["page"]) != bool(entry["reason"]) and entry["sources"] for entry in entries)


@pytest.mark.parametrize("name", ["digoxin", "Lanoxin", "DIGOXIN"])
def test_one_medicine_by_name_and_by_brand(name: str) -> None:
    entries = json.loads(run("rules", "decided", "--medicine", name, "--json").out)
    assert {(entry["medicine"], entry["page"]) for entry in entries} == {
        ("digoxin", "separate-digoxin"),
        ("digoxin", "digoxin"),
    }


def test_one_class_holds_what_was_decided_under_another() -> None:
    medicines = {
        entry["medicine"] for entry in json.loads(run("rules", "decided", "--class", "statin", "--json").out)
    }
    assert "rosuvastatin" in medicines
    wide = json.loads(run("rules", "decided", "--class", "diabetes medicine", "--json").out)
    assert {"biguanide", "insulin medicine"} <= {entry["class"] for entry in wide}


def test_both_filters_together() -> None:
    assert run("rules", "decided", "--class", "statin", "--medicine", "digoxin", "--json").out == "[]\n"


@pytest.mark.parametrize(
    ("option", "name", "message"),
    [
        ("--medicine", "digoxn", "no medicine is called 'digoxn'. Did you mean 'digoxin'?"),
        ("--class", "statins", "no class is called 'statins'. Did you mean 'statin'?"),
        ("--class", "digoxin", "no class is called 'digoxin'."),
        ("--medicine", "qqqq", "no medicine is called 'qqqq'. See rules/vocabulary."),
    ],
)
def test_a_name_that_is_not_there_is_an_error_with_a_near_one(option: str, name: str, message: str) -> None:
    ran = run("rules", "decided", option, name)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_what_was_not_gone_through_is_said() -> None:
    ran = run("rules", "decided", "--medicine", "biotin")
    assert (ran.code, ran.out) == (0, "")
    assert "was not gone through" in ran.err


def test_pages_used_alone_have_their_own_table(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "own", *PAGES)
    assert run("rules", "decided", "--only-rules", str(folder)).out == ""
    decided = Path(folder) / "decided"
    decided.mkdir()
    line = {"page": "separate-ciprofloxacin", "medicines": ["ciprofloxacin"]}
    (decided / "j.yaml").write_text(json.dumps({"fluoroquinolone": [line]}))
    assert "separate-ciprofloxacin" in run("rules", "decided", "--only-rules", str(folder)).out
    ran = run("rules", "lint", "--only-rules", str(folder))
    assert ran.code == 2
    assert "moxifloxacin is undecided" in ran.err


def test_pages_that_are_added_have_none(tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "own", *PAGES)
    (Path(folder) / "decided").mkdir()
    (Path(folder) / "decided" / "j.yaml").write_text("fluoroquinolone: []\n")
    ran = run("rules", "list", "--rules", str(folder))
    assert ran.code == 2
    assert "would replace ours" in ran.err
