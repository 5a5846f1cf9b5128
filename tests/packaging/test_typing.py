"""Does a strict program of somebody else type-check against what is installed here, editable or not?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
from pathlib import Path

from magcheck import Checker, InputError, Profile, Report, check, load_profile


def advice(file: Path) -> str:
    try:
        report: Report = check(load_profile(file))
    except InputError as error:
        return str(error)
    return report.headline if report.ok else report.to_text(60)


check({"medications": ["cipro"], "person": {"age": 40}}, rules_of_names=True)
print(Checker().plan(Profile()).to_ics(), check(Profile()).findings[0].evidence[0].id)
"""


def type_checked(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "user.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / "cache"), "user.py"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("", ""),
        ("count: int = check(Profile()).headline", "[assignment]"),
        ("check(Profile()).heading", "[attr-defined]"),
        ("check(40)", "[arg-type]"),
        ("from magcheck import Verdicts", "[attr-defined]"),
    ],
)
def test_a_program_is_type_checked_against_us(line: str, mistake: str, tmp_path: Path) -> None:
    done = type_checked(f"{PROGRAM}{line}\n", tmp_path)
    assert (done.returncode != 0, mistake in done.stdout) == (bool(mistake), True), done.stdout
    assert done.stdout.count("error:") == bool(mistake)
