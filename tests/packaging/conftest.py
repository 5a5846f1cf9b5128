"""A folder of wheels as `make wheels` makes it, and environments that hold nothing but what pip finds there."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).parents[2]
CONSTRAINTS = str(ROOT / "constraints.txt")
LEFT_OUT = {"PYTHONPATH", "CPPFLAGS", "PIP_FIND_LINKS"}
Run: TypeAlias = "Callable[..., subprocess.CompletedProcess[str]]"


def run(*command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    environment = kept | {"PYTHONWARNINGS": "ignore"} | more
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd="/")


@pytest.fixture(scope="session", name="run")
def running() -> Run:
    """A command outside the checkout; its output, its messages and its exit code."""
    return run


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make wheels` makes, for this Python alone."""
    folder = tmp_path_factory.mktemp("wheels")
    _done(run(ROOT / ".ci" / "wheels", sys.executable, WHEELS=str(folder)))
    return folder


@pytest.fixture(scope="session")
def light(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs after `pip install magcheck`."""
    return _installed(tmp_path_factory.mktemp("light"), wheels, "magcheck")


@pytest.fixture(scope="session")
def full(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs after `pip install 'magcheck[plan]'`."""
    return _installed(tmp_path_factory.mktemp("full"), wheels, "magcheck[plan]")


def _installed(folder: Path, wheels: Path, requirement: str) -> Path:
    """In an environment of its own, without a compiler."""
    programs = empty(folder)
    _done(run(*pip(programs), "--find-links", wheels, requirement, **without_compiler(programs)))
    return programs


def empty(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    return folder / "bin"


def pip(programs: Path) -> tuple[str | Path, ...]:
    """Nothing that an earlier build left behind is taken."""
    options = ("--quiet", "--no-cache-dir", "--constraint", CONSTRAINTS)
    return (programs / "python", "-m", "pip", "install", *options)


def without_compiler(programs: Path) -> dict[str, str]:
    return {"PATH": str(programs), "CC": "/bin/false", "CXX": "/bin/false"}


def _done(process: subprocess.CompletedProcess[str]) -> None:
    assert process.returncode == 0, process.stderr[-2000:]
