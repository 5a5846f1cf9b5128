"""Fuzz each target for so many seconds, guided by what its code reaches: `python -m tests.fuzz 60`."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.targets import TARGETS

INPUTS = Path(__file__).parent / "inputs"
_DONE = re.compile(r"stat::number_of_executed_units: (\d+)|cov: (\d+)")


def main() -> int:
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    failed = [name for name in TARGETS if not _fuzzed(name, seconds)]
    return int(bool(failed))


def _fuzzed(name: str, seconds: str) -> bool:
    """False where an input was found that ends in another error; it is kept beside the others of its target."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-m", "tests.fuzz.one", name, folder, str(INPUTS / name)),
            *(f"-max_total_time={seconds}", "-print_final_stats=1", f"-artifact_prefix={INPUTS / name}/"),
            *("-timeout=20", "-max_len=2000", "-rss_limit_mb=2500"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    runs = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    print(f"{name:<10}{(runs or ['?'])[-1]:>9} inputs, {(covered or ['?'])[-1]:>6} branches: ", end="")
    print("no error" if done.returncode == 0 else f"exit {done.returncode}\n{done.stderr[-3000:]}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
