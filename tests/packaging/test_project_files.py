"""What stands beside the code says the same as the code."""

from __future__ import annotations

import shlex
import tomllib
from pathlib import Path
from typing import Any

import yaml

from magcheck import __version__

ROOT = Path(__file__).parents[2]
CONFIGURED: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, SETUPTOOLS = CONFIGURED["project"], CONFIGURED["tool"]["setuptools"]


def test_the_citation_names_this_version_and_no_person() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
    assert citation["license"] == PROJECT["license"]
    assert citation["keywords"] == PROJECT["keywords"]
    assert [set(author) for author in citation["authors"]] == [{"name"}]


def test_the_hooks_before_a_commit_are_our_own_tools() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert repository["repo"] == "local"
    programs = {shlex.split(hook["entry"])[0] for hook in repository["hooks"]}
    assert programs <= {f".venv/bin/{name}" for name in ("ruff", "mypy", "python", "magcheck")}


def test_every_room_is_in_the_wheel() -> None:
    engine = ROOT / "engine"
    rooms = {".".join(path.parent.relative_to(engine).parts) for path in engine.rglob("__init__.py")}
    assert set(SETUPTOOLS["packages"]) == rooms | {"magcheck.rules"}


def test_what_only_the_day_needs_is_not_installed_by_default() -> None:
    names = " ".join(PROJECT["dependencies"])
    assert "ortools" not in names
    assert "icalendar" not in names
    (ours,) = (name for name in PROJECT["optional-dependencies"]["dev"] if name.startswith("magcheck["))
    assert "plan" in ours.removeprefix("magcheck[").removesuffix("]").split(",")


def test_quick_tests_come_from_every_folder() -> None:
    """But from those whose every test is thorough."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    (quick,) = (line.split("=")[1].split() for line in makefile.splitlines() if line.startswith("QUICK ="))
    assert all((ROOT / path).exists() for path in quick)
    covered = {Path(path).parts[1] for path in quick}
    folders = {path.parent.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("test_*.py")}
    assert covered == folders - {"benchmarks", "properties", "third_opinion"}
