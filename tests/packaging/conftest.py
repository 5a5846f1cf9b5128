"""A wheel built from the checkout, and environments that hold nothing but it and what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).parents[2]
BUILD_FLAG = "-DPyEval_CallObject=PyObject_CallObject"
LEFT = shutil.ignore_patterns("__pycache__", "*.egg-info", "*.json")
"""What a build makes itself is not taken from the checkout."""
Run: TypeAlias = "Callable[..., subprocess.CompletedProcess[str]]"


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CPPFLAGS": BUILD_FLAG, "PYTHONWARNINGS": "ignore"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd="/")


@pytest.fixture(scope="session", name="run")
def running() -> Run:
    """A command outside the checkout; its output, its messages and its exit code."""
    return run


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for part in ("engine", "rules"):
        shutil.copytree(ROOT / part, source / part, ignore=LEFT)
    for part in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, source / part)
    _done(run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, source))
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def light(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs after `pip install magcheck`."""
    return _environment(tmp_path_factory.mktemp("light"), str(wheel))


@pytest.fixture(scope="session")
def full(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs after `pip install 'magcheck[plan]'`."""
    return _environment(tmp_path_factory.mktemp("full"), f"{wheel}[plan]")


def _environment(folder: Path, requirement: str) -> Path:
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    constraints = str(ROOT / "constraints.txt")
    _done(run(programs / "python", "-m", "pip", "install", "--quiet", "--constraint", constraints, requirement))
    return programs


def _done(process: subprocess.CompletedProcess[str]) -> None:
    assert process.returncode == 0, process.stderr[-2000:]
