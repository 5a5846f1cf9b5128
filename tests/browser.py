"""Is a browser here, and what tests need from npm? `.ci/browser` installs both.

Without them such tests are skipped, and say so. MAGCHECK_BROWSER=required, as in .ci/run, makes that a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("axe-core", "playwright-core")
PATIENCE_SECONDS = 600


def chromium() -> str | None:
    return next((found for name in CHROMIUMS if (found := shutil.which(name))), None)


def lacking(*more: str) -> str:
    """What a look needs and is not here. `more`: packages beside those of every look."""
    if not chromium():
        return "Chromium is not installed (Debian: apt install chromium)"
    return without_packages(*PACKAGES, *more)


def without_packages(*names: str) -> str:
    if not shutil.which("node"):
        return "node is not installed"
    absent = [name for name in names if not (ROOT / "node_modules" / name).is_dir()]
    return f"{' and '.join(absent)} not installed (.ci/browser)" if absent else ""


def needed(what: str, reason: str) -> None:
    """`what` was not looked at, where there is a `reason`."""
    if not reason:
        return
    if os.environ.get("MAGCHECK_BROWSER") == "required":
        pytest.fail(f"{what}: {reason}")
    pytest.skip(f"{what}: {reason}")


def told_by(script: Path, *arguments: str | Path) -> Any:
    """What a script of node says, as JSON."""
    done = subprocess.run(
        ["node", script, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
