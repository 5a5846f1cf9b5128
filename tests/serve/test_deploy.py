"""What stands beside the service for those who run it says what the service understands."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import child

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSED: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"][
    "magcheck"
]
UNIT = (ROOT / "deploy" / "magcheck.service").read_text(encoding="utf-8")


def _from_unit(key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", UNIT, re.MULTILINE)


def test_every_option_is_one_of_ours() -> None:
    entry = json.loads(re.findall(r"^ENTRYPOINT (.*)$", DOCKERFILE, re.MULTILINE)[0])
    started = [*entry[1:], *COMPOSED["command"], *shlex.split(_from_unit("ExecStart")[0])[1:]]
    used = {word for word in started if word.startswith("--")}
    known = child("-m", "magcheck.cli.start", "serve", "--help").stdout
    assert used
    assert all(f"{option} " in known for option in used)


def test_the_image_is_built_in_one_stage_and_run_in_another_without_root() -> None:
    stages = DOCKERFILE.split("\nFROM ")[1:]
    assert len(stages) == 2
    assert re.search(r"^USER [1-9]\d*", stages[1], re.MULTILINE)
    assert "gcc" not in stages[1]
    assert "HEALTHCHECK" in stages[1]
    assert "/health" in stages[1]
    for copied in re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE):
        assert (ROOT / copied).exists()


def test_the_container_can_write_nothing_and_is_asked_from_this_machine_only() -> None:
    assert COMPOSED["read_only"] is True
    assert COMPOSED["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in COMPOSED["ports"])


def test_whoever_ends_it_waits_longer_than_an_answer_may_take() -> None:
    seconds = 30 + 5
    assert int(COMPOSED["stop_grace_period"].rstrip("s")) > seconds
    assert int(_from_unit("TimeoutStopSec")[0]) > seconds
    assert _from_unit("KillMode") == ["mixed"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "magcheck.service"
    unit.write_text(UNIT.replace("/opt/magcheck/bin/magcheck", "/bin/true"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
