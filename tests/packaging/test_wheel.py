"""The wheel alone, in an empty environment, does what the checkout does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
BUILD_FLAG = "-DPyEval_CallObject=PyObject_CallObject"


def run(*command: str | Path) -> str:
    environment = os.environ | {"CPPFLAGS": BUILD_FLAG, "PYTHONWARNINGS": "ignore"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd="/")
    assert done.returncode in {0, 10, 20, 30}, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for part in ("engine", "rules"):
        left = shutil.ignore_patterns("__pycache__", "*.egg-info", "*.json")
        shutil.copytree(ROOT / part, source / part, ignore=left)
    for part in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, source / part)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, source)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    constraints = ROOT / "constraints.txt"
    run(python, "-m", "pip", "install", "--quiet", "--constraint", constraints, wheel)
    return python


def test_the_wheel_holds_every_rule_file(python: Path) -> None:
    listing = run(
        python,
        "-c",
        "import json; from importlib.resources import files; from pathlib import Path;"
        "root = Path(str(files('magcheck.rules')));"
        "found = [p for p in root.rglob('*') if p.suffix in {'.yaml', '.csv'}];"
        "print(json.dumps(sorted(str(p.relative_to(root)) for p in found)))",
    )
    rules = ROOT / "rules"
    ours = sorted(str(p.relative_to(rules)) for p in rules.rglob("*") if p.suffix in {".yaml", ".csv"})
    assert json.loads(listing) == ours


RULES = (
    "from importlib.resources import files; from pathlib import Path; root = Path(str(files('magcheck.rules')));"
)


def test_the_wheel_holds_what_was_read_of_its_rules(python: Path) -> None:
    code = (
        "from magcheck.knowledge import load\n"
        "def refuse(*a): raise AssertionError('parsed')\n"
        "load.read_document = refuse\n"
        "assert len(load.load_rules().rules) > 300\n"
    )
    assert run(python, "-W", "error", "-c", code) == ""


def test_an_installation_that_lost_a_folder_of_rules_gives_no_answer(python: Path) -> None:
    magcheck = python.parent / "magcheck"
    run(python, "-c", f"{RULES} (root / 'kidney').rename(root.parent / 'elsewhere')")
    try:
        done = subprocess.run(
            [magcheck, "check", ROOT / "examples" / "evening.yaml"], capture_output=True, check=False
        )
    finally:
        run(python, "-c", f"{RULES} (root.parent / 'elsewhere').rename(root / 'kidney')")
    assert (done.returncode, done.stdout) == (70, b"")
    assert b"kidney/" in done.stderr


def test_the_wheel_gives_the_same_report_as_the_checkout(python: Path) -> None:
    profile = ROOT / "examples" / "evening.yaml"
    from_wheel = run(python.parent / "magcheck", "check", profile, "--json")
    from_checkout = run(sys.executable, "-m", "magcheck.cli.app", "check", profile, "--json")
    assert from_wheel == from_checkout
    assert json.loads(from_wheel)["verdict"] == "ask_first"


def test_importing_the_library_prints_nothing_and_needs_no_network(python: Path) -> None:
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "from magcheck import check, Profile\n"
        "report = check(Profile.model_validate({'person': {'age': 40}, 'medications': ['cipro'],"
        " 'supplements': [{'name': 'magnesium citrate', 'amount_mg': 100, 'basis': 'elemental'}]}))\n"
        "assert report.findings[0].rule == 'separate-ciprofloxacin'\n"
    )
    assert run(python, "-W", "error", "-c", code) == ""
