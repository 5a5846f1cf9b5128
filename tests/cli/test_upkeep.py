"""Beginning a page, and seeing which pages are to be read again."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from magcheck.cli import rules_app
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.skeleton import TO_DO
from magcheck.lint.pages import lint_pages
from tests.cli.running import PAGES, run, write_pages
from tests.support import RETIRED

if TYPE_CHECKING:
    from pathlib import Path


def today_is(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(rules_app, "_today", lambda: day)


def test_a_page_that_is_begun_lacks_only_what_a_person_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today_is(monkeypatch, date(2027, 3, 5))
    ran = run("rules", "new", "a-new-page", str(tmp_path))
    assert ran.code == 0
    text = (tmp_path / "a-new-page.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if TO_DO in line]
    assert all(line.strip() in ran.out for line in lines)
    assert "written: 2027-03-05\nchecked: nobody\nagain: 2028-03\n" in text
    left = [problem.what for problem in lint_pages(load_rules(tmp_path, only=True))]
    assert len(left) == len(lines) + 1
    assert all(what.startswith(("this is still to be written", "unknown source 'to-do'")) for what in left)


def test_a_page_is_clean_once_a_person_has_written_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch, date(2027, 3, 5))
    run("rules", "new", "a-new-page", str(tmp_path))
    path = tmp_path / "a-new-page.yaml"
    text = path.read_text(encoding="utf-8").replace(TO_DO, "So:").replace("source: to-do", "source: cipro-label")
    path.write_text(text, encoding="utf-8")
    ran = run("rules", "lint", "--only-rules", str(tmp_path))
    assert (ran.code, ran.out) == (0, "1 pages and 2 examples, no problem found.\n")


def test_a_page_that_is_only_begun_is_not_used(tmp_path: Path) -> None:
    run("rules", "new", "a-new-page", str(tmp_path))
    path = tmp_path / "a-new-page.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("source: to-do", "source: cipro-label"), encoding="utf-8"
    )
    (tmp_path / "p.json").write_text("{}", encoding="utf-8")
    ran = run("check", str(tmp_path / "p.json"), "--only-rules", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert "still to be written" in ran.err


@pytest.mark.parametrize("name", ["Bad_Id", "a--b", "-a", "", "a/b", "../a", "x" * 81])
def test_what_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    ran = run("rules", "new", "--", name, str(tmp_path))
    assert (ran.code, ran.out, list(tmp_path.iterdir())) == (2, "", [])


@pytest.mark.parametrize("name", ["calcium", "start-low"])
def test_an_id_is_given_once_and_for_ever(tmp_path: Path, name: str) -> None:
    ran = run("rules", "new", name, str(tmp_path))
    assert ran.code == 2
    assert "An id is given once and for ever." in ran.err


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a-new-page.yaml").write_text("mine", encoding="utf-8")
    assert run("rules", "new", "a-new-page", str(tmp_path)).code == 2
    assert (tmp_path / "a-new-page.yaml").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert run("rules", "new", "a-new-page", str(tmp_path / "none")).code == 2


def test_nothing_is_due_and_the_next_month_is_told(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch, date(2027, 10, 31))
    ran = run("rules", "due", "--only-rules", rules)
    assert (ran.code, ran.out, ran.err) == (0, "", "No page is to be read again before 2027-11.\n")
    assert run("rules", "due", "--only-rules", rules, "--json").out == "[]\n"


def test_pages_that_are_due_are_listed_and_warned_of(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch, date(2027, 11, 1))
    out = run("rules", "due", "--only-rules", rules).out.splitlines()
    assert [line.split()[:2] for line in out] == [
        ["2027-11", page] for page in sorted(page["id"] for page in PAGES)
    ]
    entries = json.loads(run("rules", "due", "--only-rules", rules, "--json").out)
    assert entries[0] == {"id": "more-than-350-mg", "again": "2027-11", "overdue": False}
    ran = run("rules", "lint", "--only-rules", rules)
    assert (ran.code, ran.err) == (0, "3 pages are to be read again: magcheck rules due\n")


def test_pages_that_are_overdue_do_not_pass(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    today_is(monkeypatch, date(2028, 2, 1))
    ran = run("rules", "lint", "--only-rules", rules)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("it was to be read again in 2027-11, more than 90 days ago.") == 3


def test_a_folder_of_retired_pages_names_no_month(tmp_path: Path) -> None:
    old = {key: value for key, value in {**PAGES[1], **RETIRED}.items() if key != "again"}
    ran = run("rules", "due", "--only-rules", str(write_pages(tmp_path / "own", old)))
    assert (ran.code, ran.err) == (0, "No page names a month.\n")


def test_a_page_shows_who_stands_for_it(rules: str) -> None:
    out = " ".join(run("rules", "show", "stop-on-dialysis", "--only-rules", rules).out.split())
    assert "Draft: written 2026-11-22, checked by nobody, to be read again in 2027-11" in out
    assert "(official product text, read in the original)" in out
    retired = " ".join(run("rules", "show", "start-low").out.split())
    assert "Retired on 2026-11-22: first-weeks says it shorter (see first-weeks)" in retired
    assert "read in a copy" in " ".join(run("rules", "show", "separate-strontium-ranelate").out.split())
    assert "in part our own step" in " ".join(run("rules", "show", "today-rash").out.split())
