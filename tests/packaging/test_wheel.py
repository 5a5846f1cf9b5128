"""The wheel in an empty environment does what the checkout does; without its extra, all but the day."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
Run: TypeAlias = "Callable[..., subprocess.CompletedProcess[str]]"
EVENING, CALM = ROOT / "examples" / "evening.yaml", ROOT / "examples" / "calm.yaml"
LIST_RULE_FILES = """
import json
from importlib.resources import files
from pathlib import Path
root = Path(str(files('magcheck.rules')))
found = [path for path in root.rglob('*') if path.suffix in {'.yaml', '.csv'}]
print(json.dumps(sorted(str(path.relative_to(root)) for path in found)))
"""
CHECK_WITHOUT_NETWORK = """
import socket
def refuse(*a, **k): raise AssertionError('network')
socket.socket.connect = refuse
from magcheck import check, Profile
report = check(Profile.model_validate({'person': {'age': 40}, 'medications': ['cipro'],
    'supplements': [{'name': 'magnesium citrate', 'amount_mg': 100, 'basis': 'elemental'}]}))
assert report.findings[0].rule == 'separate-ciprofloxacin'
"""

READ_NOTHING_AGAIN = """
from magcheck import Checker
from magcheck.inference import ready
from magcheck.knowledge import layers
def refuse(*a): raise AssertionError('read or compiled again')
layers.read_document = ready.compiled = refuse
assert len(Checker().book.rules) > 300
"""
MOVE_A_FOLDER = """
import sys
from importlib.resources import files
from pathlib import Path
root = Path(str(files('magcheck.rules')))
away, home = root.parent / 'elsewhere', root / 'kidney'
away.rename(home) if away.exists() else home.rename(away)
"""


def test_the_wheel_holds_every_rule_file(light: Path, run: Run) -> None:
    rules = ROOT / "rules"
    ours = sorted(str(path.relative_to(rules)) for path in rules.rglob("*") if path.suffix in {".yaml", ".csv"})
    assert json.loads(run(light / "python", "-c", LIST_RULE_FILES).stdout) == ours


def test_the_wheel_holds_what_was_read_of_its_rules(light: Path, run: Run) -> None:
    done = run(light / "python", "-W", "error", "-c", READ_NOTHING_AGAIN)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]


def test_an_installation_that_lost_a_folder_of_rules_gives_no_answer(light: Path, run: Run) -> None:
    run(light / "python", "-c", MOVE_A_FOLDER)
    try:
        done = run(light / "magcheck", "check", EVENING)
    finally:
        run(light / "python", "-c", MOVE_A_FOLDER)
    assert (done.returncode, done.stdout) == (70, "")
    assert "kidney/" in done.stderr


def test_importing_the_library_prints_nothing_and_needs_no_network(light: Path, run: Run) -> None:
    done = run(light / "python", "-W", "error", "-c", CHECK_WITHOUT_NETWORK)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]


def test_without_the_extra_there_is_no_solver_and_a_check_needs_none(light: Path, run: Run) -> None:
    installed = run(light / "python", "-m", "pip", "list").stdout.casefold()
    assert not any(name in installed for name in ("ortools", "icalendar", "numpy", "pandas"))
    ours = run(sys.executable, "-m", "magcheck.cli.app", "check", EVENING)
    done = run(light / "magcheck", "check", EVENING)
    assert (done.returncode, done.stdout, done.stderr) == (ours.returncode, ours.stdout, ours.stderr)
    assert done.returncode == 20


def test_without_the_extra_a_plan_says_how_to_get_it(light: Path, run: Run) -> None:
    done = run(light / "magcheck", "plan", CALM)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'magcheck[plan]'" in done.stderr
    checked = run(light / "magcheck", "check", CALM, "--json")
    assert json.loads(checked.stdout)["plan"]["status"] == "not made"


@pytest.mark.parametrize("command", [("check", EVENING, "--json"), ("plan", CALM)], ids=["check", "plan"])
def test_with_the_extra_the_wheel_says_what_the_checkout_says(
    command: tuple[str | Path, ...], full: Path, run: Run
) -> None:
    ours = run(sys.executable, "-m", "magcheck.cli.app", *command)
    done = run(full / "magcheck", *command)
    assert (done.returncode, done.stdout) == (ours.returncode, ours.stdout), done.stderr[-2000:]
    assert done.stdout
