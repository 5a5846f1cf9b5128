"""What do the rules say? Listing, showing and linting pages from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from magcheck import Checker
from tests.cli.running import PAGES, run, write_pages


def test_rules_alone_lists_every_page_of_the_folder(rules: str) -> None:
    ran = run("rules", "--only-rules", rules)
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == sorted(page["id"] for page in PAGES)
    assert "Keep apart" in ran.out


def test_every_page_of_ours_is_listed(checker: Checker) -> None:
    entries = json.loads(run("rules", "list", "--json").out)
    assert {entry["id"] for entry in entries} == set(checker.book.rules_by_id)
    assert all(entry.keys() == {"id", "action", "title"} for entry in entries)


@pytest.mark.parametrize("arguments", [("cipro",), ("list", "CIPRO"), ("list", "binds")])
def test_a_word_filters(arguments: tuple[str, ...], rules: str) -> None:
    assert run("rules", *arguments, "--only-rules", rules).out.split()[0] == "separate-ciprofloxacin"


def test_a_word_that_no_page_holds_is_said_and_is_no_error(rules: str) -> None:
    ran = run("rules", "list", "zebra", "--only-rules", rules)
    assert (ran.code, ran.out, ran.err) == (0, "", "No page holds 'zebra'.\n")
    assert run("rules", "list", "zebra", "--only-rules", rules, "--json").out == "[]\n"


def test_on_a_narrow_screen_the_title_stands_below(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = run("rules", "list", "--only-rules", rules, terminal=True).out
    assert "separate-ciprofloxacin  (keep apart)\n    Magnesium binds it\n" in out


def test_one_page_in_words(rules: str) -> None:
    ran = run("rules", "show", "separate-ciprofloxacin", "--only-rules", rules)
    text = " ".join(ran.out.split())
    assert ran.code == 0
    assert "- taking ciprofloxacin by mouth" in text
    assert "ciprofloxacin at least 2 hours before magnesium, or at least 6 hours after it." in text
    assert "how serious: minor; the infection may not be cured" in text
    assert "(official product text, read in the original)" in text
    assert "https://dailymed" in text
    assert "3 examples" in text


def test_the_other_kinds_of_pages_in_words(rules: str) -> None:
    stop = run("rules", "show", "stop-on-dialysis", "--only-rules", rules).out
    assert "- dialysis: yes" in stop
    assert "Do not take it." in stop
    assert "how urgent: today" in stop
    limit = run("rules", "show", "more-than-350-mg", "--only-rules", rules).out
    assert "- daily magnesium above 350 mg" in limit


def test_every_page_of_ours_can_be_shown(checker: Checker) -> None:
    from magcheck.cli.rules import page_in_words

    for page in checker.book.rules:
        assert len(list(page_in_words(page, checker.book))) > 10


def test_one_page_as_json_is_the_page(rules: str) -> None:
    ran = run("rules", "show", "stop-on-dialysis", "--only-rules", rules, "--json")
    assert json.loads(ran.out)["when"] == PAGES[1]["when"]


def test_a_page_that_is_not_there_is_named_with_a_near_one(rules: str) -> None:
    ran = run("rules", "show", "stop-on-dialisis", "--only-rules", rules)
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean 'stop-on-dialysis'?" in ran.err
    assert "magcheck rules" in run("rules", "show", "zzz", "--only-rules", rules).err


def test_clean_pages_pass_the_lint(rules: str) -> None:
    ran = run("rules", "lint", "--only-rules", rules)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "3 pages and 7 examples, no problem found.\n"


def test_every_problem_of_a_page_is_named_with_file_and_line(tmp_path: Path) -> None:
    page = {**PAGES[1], "evidence": [{"source": "my-aunt", "grade": "label"}], "examples": PAGES[0]["examples"]}
    ran = run("rules", "lint", "--only-rules", str(write_pages(tmp_path / "own", page)))
    assert (ran.code, ran.out) == (2, "")
    assert "stop-on-dialysis.yaml:" in ran.err
    assert "unknown source 'my-aunt'" in ran.err


def test_an_example_that_does_not_come_out_is_named(tmp_path: Path) -> None:
    page = {**PAGES[1], "examples": list(reversed([{**one, "expect": "silent"} for one in PAGES[1]["examples"]]))}
    page["examples"].append({"given": {"kidney": {"dialysis": False}, "goals": []}, "expect": "fires"})
    ran = run("rules", "lint", "--only-rules", str(write_pages(tmp_path / "own", page)))
    assert ran.code == 2
    assert "expected 'silent', but it is 'fires'" in ran.err
    assert "expected 'fires', but it is 'silent'" in ran.err
