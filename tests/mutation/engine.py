"""The engine's own code made wrong in one place each by cosmic-ray: `python -m tests.mutation.engine 5`.

So many mutants of each room, the same ones for the same seed (`SEED` in the environment, else 14); without a
number, all of them, which takes days. Rooms may follow the number. It works in a copy.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
ROOMS = ("reading", "terminology", "facts", "inference", "findings", "plan")
AIM = 0.85
SEED = int(os.environ.get("SEED", "14"))
_TELLING = """SELECT job_id, module_path, start_pos_row FROM mutation_specs
WHERE operator_name NOT LIKE 'core/ReplaceBinaryOperator_BitOr%'
AND operator_name NOT IN ('core/ReplaceComparisonOperator_Is_Eq', 'core/ReplaceComparisonOperator_IsNot_NotEq')
ORDER BY module_path, start_pos_row, start_pos_col, operator_name"""
_UNTELLING = ("@dataclass(", "if TYPE_CHECKING:")
_TESTS = """run() {{
    {python} -m pytest -n 0 -x -q -p no:cacheprovider -p no:schemathesis -m "not thorough" "$@"
}}
run tests/{room} && run {above}
"""
"""Those of the room first: most mutants are noticed there."""
_ABOVE = ("tests/missing", "tests/people", "tests/lint")
_READY = (
    ("-m", "magcheck.knowledge.keep"),
    ("-m", "magcheck.inference.ready"),
    ("-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "engine"),
    ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--collect-only", *_ABOVE),
)
"""What makes a start of the tests faster; what a mutant changes is read and compiled anew."""
_PATIENCE = 5
"""A mutant for which the tests need so many times as long as they do without it is noticed: it does not end."""
_CONFIG = """[cosmic-ray]
module-path = "engine/magcheck/{room}"
timeout = {timeout}
excluded-modules = []
test-command = "sh {room}.sh"

[cosmic-ray.distributor]
name = "local"
"""


def copied(folder: Path) -> Path:
    """What the tests need, ready to run, so that nothing here is ever wrong, not even when this is interrupted."""
    for name in (
        "engine",
        "rules",
        "tests",
        "docs",
        "benchmarks",
        "examples",
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
    ):
        place = ROOT / name
        left_out = shutil.ignore_patterns("__pycache__", "*.egg-info", "node_modules")
        if place.is_dir():
            shutil.copytree(place, folder / name, ignore=left_out)
        else:
            shutil.copy(place, folder / name)
    (folder / "engine" / "magcheck" / "rules").symlink_to(folder / "rules")
    environment = _environment(folder) | {"PYTHONDONTWRITEBYTECODE": ""}
    for arguments in _READY:
        subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, check=True, capture_output=True)
    return folder


def survived(room: str, folder: Path, sample: int | None) -> tuple[int, list[str]]:
    """How many mutants were tried, and those that no test noticed."""
    config, session = folder / f"{room}.toml", folder / f"{room}.sqlite"
    tests = _TESTS.format(python=sys.executable, room=room, above=" ".join(_ABOVE))
    (folder / f"{room}.sh").write_text(tests, encoding="utf-8")
    timeout = _PATIENCE * _seconds_of_clean_tests(folder, room)
    config.write_text(_CONFIG.format(room=room, timeout=timeout), encoding="utf-8")
    _run(folder, "init", str(config), str(session))
    _keep(session, sample)
    _run(folder, "exec", str(config), str(session))
    with closing(sqlite3.connect(session)) as read:
        tried = read.execute("SELECT count(*) FROM work_results").fetchone()[0]
        rows = read.execute(
            "SELECT module_path, start_pos_row, operator_name FROM mutation_specs JOIN work_results USING (job_id)"
            " WHERE test_outcome = 'SURVIVED'"
        ).fetchall()
    return tried, [f"{module}:{row} {operator}" for module, row, operator in rows]


def _seconds_of_clean_tests(folder: Path, room: str) -> float:
    """Where they fail without any mutant, each would seem to be noticed: that is refused."""
    start = time.monotonic()
    if subprocess.run(["sh", f"{room}.sh"], cwd=folder, env=_environment(folder), check=False).returncode:
        sys.exit(f"The tests of {room} fail on the code as it is.")
    return time.monotonic() - start


def _keep(session: Path, sample: int | None) -> None:
    """Not what changes no answer: between types, `slots=False`, imports for types, and `==` for `is`."""
    with closing(sqlite3.connect(session)) as write:
        jobs = [job for job, *line in write.execute(_TELLING) if not _line(session, *line).startswith(_UNTELLING)]
        kept = set(jobs if sample is None else Random(SEED).sample(jobs, min(sample, len(jobs))))
        every = [job for (job,) in write.execute("SELECT job_id FROM mutation_specs")]
        others = [(job,) for job in every if job not in kept]
        for table in ("mutation_specs", "work_items"):
            write.executemany(f"DELETE FROM {table} WHERE job_id = ?", others)  # noqa: S608 - two fixed names
        write.commit()


def _line(session: Path, module: str, row: int) -> str:
    return (session.parent / module).read_text(encoding="utf-8").splitlines()[row - 1]


def _run(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "cosmic_ray.cli", *arguments]
    subprocess.run(command, cwd=folder, env=_environment(folder), check=True, capture_output=True)


def _environment(folder: Path) -> dict[str, str]:
    """Properties are tried on the same examples at every run."""
    return {**os.environ, "CI": "true", "PYTHONPATH": str(folder / "engine"), "PYTHONDONTWRITEBYTECODE": "1"}


def main() -> int:
    sample = int(sys.argv[1]) if len(sys.argv) > 1 else None
    rooms = sys.argv[2:] or ROOMS
    everything, alive = 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = copied(Path(name))
        for room in rooms:
            tried, survivors = survived(room, folder, sample)
            everything, alive = everything + tried, alive + len(survivors)
            print(f"{room:<12} {tried - len(survivors)} of {tried} noticed", *survivors, sep="\n  ", flush=True)
    print(f"all          {everything - alive} of {everything}: {100 * (1 - alive / everything):.0f} %")
    return int(1 - alive / everything < AIM)


if __name__ == "__main__":
    sys.exit(main())
