"""Can magcheck be installed without a compiler, and does an installation that cannot work say so at once?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.packaging.conftest import empty, pip, without_compiler

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
EVENING = ROOT / "examples" / "evening.yaml"
MEND = "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --force-reinstall"
CHECK = """
from magcheck import EngineFault, Profile, check
try:
    check(Profile())
except EngineFault as fault:
    print(fault)
"""
Run: TypeAlias = "Callable[..., subprocess.CompletedProcess[str]]"


def test_a_folder_of_wheels_installs_without_a_compiler(light: Path, run: Run) -> None:
    done = run(light / "magcheck", "check", EVENING, PATH=str(light))
    assert (done.returncode, done.stderr) == (20, "")


def test_there_is_really_no_compiler(light: Path, run: Run) -> None:
    """The same environment cannot build the engine from its source."""
    again = ("--force-reinstall", "--no-deps", "--no-binary", "durable-rules", "durable-rules")
    done = run(*pip(light), "--target", "/nonexistent", *again, **without_compiler(light))
    assert done.returncode != 0
    assert "/bin/false" in done.stderr


def test_the_folder_holds_our_wheel_and_one_of_the_engine(wheels: Path) -> None:
    ours, engine = sorted(path.name for path in wheels.iterdir())[::-1]
    assert ours.startswith("magcheck-")
    assert engine.startswith(f"durable_rules-2.0.28-cp3{sys.version_info.minor}-")


@pytest.fixture(scope="module")
def plain(wheels: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """After a plain `pip install magcheck`: the engine is built here, without the flag."""
    programs = empty(tmp_path_factory.mktemp("plain"))
    (ours,) = wheels.glob("magcheck-*.whl")
    done = run(*pip(programs), ours)
    if done.returncode:
        pytest.skip("this compiler does not build durable-rules without the flag; pip says so")
    return programs


@pytest.mark.skipif(sys.version_info < (3, 13), reason="on this Python the engine loads without the flag")
@pytest.mark.parametrize("arguments", [["--version"], ["ask"], ["check", str(EVENING)], ["rules"]], ids=" ".join)
def test_without_the_flag_the_first_command_says_which_line_mends_it(
    plain: Path, arguments: list[str], run: Run
) -> None:
    done = run(plain / "magcheck", *arguments)
    assert done.returncode == 70
    (line,) = done.stderr.splitlines()
    assert MEND in line
    assert "Traceback" not in line


@pytest.mark.skipif(sys.version_info < (3, 13), reason="on this Python the engine loads without the flag")
def test_without_the_flag_the_library_raises_an_error_that_says_it_too(plain: Path, run: Run) -> None:
    done = run(plain / "python", "-c", CHECK)
    assert (done.returncode, done.stderr) == (0, "")
    assert MEND in done.stdout


@pytest.mark.skipif(sys.version_info < (3, 13), reason="on this Python the engine loads without the flag")
def test_the_line_mends_it(plain: Path, run: Run) -> None:
    said = run(plain / "magcheck", "--version").stderr.partition("this mends it: ")[2]
    flag, _, *install = said.split()
    name, _, value = flag.partition("=")
    mended = run(plain / "python", "-m", "pip", *install, **{name: value})
    assert mended.returncode == 0, mended.stderr[-2000:]
    assert run(plain / "magcheck", "check", EVENING).returncode == 20
