"""`magcheck check PROFILE --html FILE`: a new file for its owner alone, or a refusal before anything is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.running import Ran, run
from tests.rendering.html.reading import PEOPLE, page_of


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "me.yaml"
    path.write_text(yaml.safe_dump(PEOPLE["short"]), encoding="utf-8")
    return path


def check(profile: Path, *options: str) -> Ran:
    return run("check", str(profile), "--no-input", *options)


def test_it_writes_the_handout_and_prints_the_report_as_ever(profile: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = check(profile, "--html", str(page))
    assert (done.code, done.out, done.err) == (10, check(profile).out, "")
    assert page.read_text(encoding="utf-8") == page_of("short")
    assert page.stat().st_mode & 0o777 == 0o600


def test_the_json_is_the_same_with_a_handout_and_for_everybody(profile: Path, tmp_path: Path) -> None:
    options = "--json", "--for", "professional", "--html", str(tmp_path / "page.html")
    assert json.loads(check(profile, *options).out) == json.loads(check(profile, "--json").out)
    assert "Rule: separate-levothyroxine" in check(profile, "--for", "professional", "--more").out
    assert "separate-levothyroxine" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("none/page.html", "its folder does not exist"),
        (".", "this is a folder"),
        ("me.yaml", "there is such a file already"),
        ("", "this is a folder"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_said(
    profile: Path, path: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = profile.read_bytes()
    done = check(profile, "--html", path)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert profile.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["me.yaml"]


def test_a_wrong_profile_leaves_no_file(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("person: {age: old}", encoding="utf-8")
    assert check(wrong, "--html", str(tmp_path / "page.html")).code == 2
    assert not (tmp_path / "page.html").exists()


def test_a_plan_does_not_write_over_a_file_either(profile: Path) -> None:
    before = profile.read_bytes()
    for option in ("--ics", "--svg"):
        done = run("plan", str(profile), option, str(profile))
        assert done.code == 2
        assert "there is such a file already" in done.err
    assert profile.read_bytes() == before
