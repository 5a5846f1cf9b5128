"""Where OR-Tools is not installed, everything but the day is as ever, and it is said how to get the day."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from magcheck import MagcheckError, Profile
from magcheck.checker import default_checker
from magcheck.core.errors import MissingExtraError
from tests.support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BLOCKED = (
    "import sys; sys.modules['ortools'] = sys.modules['icalendar'] = None;"
    "from magcheck.cli.app import main; main(sys.argv[1:])"
)
HOW = "pip install 'magcheck[plan]'"
CALM = "examples/calm.yaml"
"""Times are missing here, so a day would be needed."""


def magcheck(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", BLOCKED, *arguments]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False)


def test_plan_says_in_one_sentence_how_to_get_it() -> None:
    done = magcheck("plan", CALM)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"To get a day plan, install what it needs: {HOW}\n"


def test_no_calendar_is_begun_that_cannot_be_written(tmp_path: Path) -> None:
    done = magcheck("plan", CALM, "--ics", str(tmp_path / "day.ics"))
    assert done.returncode == 2
    assert HOW in done.stderr
    assert not list(tmp_path.iterdir())


def test_json_says_that_no_day_was_made_and_the_rest_is_as_ever() -> None:
    done = magcheck("check", CALM, "--json")
    report = json.loads(done.stdout)
    solved = json.loads(default_checker().plan(Profile.model_validate(given())).model_dump_json())
    assert report.pop("plan")["status"] == "not made"
    assert solved.pop("plan")["status"] == "feasible"
    assert report == solved
    assert done.returncode == magcheck("check", CALM).returncode
    assert HOW in done.stderr


def given() -> object:
    import yaml

    return yaml.safe_load((ROOT / CALM).read_text(encoding="utf-8"))


def test_what_needs_no_day_still_says_so() -> None:
    profile = json.dumps({"medications": ["amlodipine"], "supplements": ["magnesium citrate"]})
    done = magcheck("check", "-", "--json", stdin=profile)
    assert json.loads(done.stdout)["plan"]["status"] == "not needed"


def test_the_questions_end_in_a_report_without_a_day() -> None:
    done = magcheck("ask", "--json", stdin="none\nno\n\nno\n40\nmale\ncipro\nby mouth\n08:00\n")
    assert json.loads(done.stdout)["plan"]["status"] == "not made"
    assert HOW in done.stderr


def test_the_handout_says_that_it_holds_no_day(tmp_path: Path) -> None:
    page = tmp_path / "handout.html"
    done = magcheck("check", CALM, "--no-input", "--html", str(page))
    text = page.read_text(encoding="utf-8")
    assert HOW in done.stderr
    assert "None was made here." in text
    assert "<svg" not in text


def test_a_text_report_has_nothing_to_say_about_it() -> None:
    assert magcheck("check", CALM, "--no-input").stderr == ""


def test_the_library_raises_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools", None)
    assert issubclass(MissingExtraError, MagcheckError)
    with pytest.raises(MissingExtraError, match="magcheck"):
        default_checker().plan(Profile())
    assert default_checker().check(Profile()).plan.status == "not needed"
