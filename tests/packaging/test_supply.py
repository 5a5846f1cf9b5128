"""Is everything that is installed known by its version and its hash, and nothing left open?"""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
CONFIGURED: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = CONFIGURED["project"]["optional-dependencies"]
LOCKED = sorted((ROOT / "locked").glob("*.txt"))
OF_OTHERS = {"clients"}
"""An environment of its own, with versions of its own."""
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def requirements(file: Path) -> dict[str, tuple[Requirement, list[str]]]:
    """Name -> what is required, and the hashes."""
    entries = file.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found = [(Requirement(entry.split("--hash")[0]), HASH.findall(entry)) for entry in entries]
    return {canonicalize_name(required.name): (required, hashes) for required, hashes in found}


def version(required: Requirement) -> str:
    (pinned,) = required.specifier
    assert pinned.operator == "=="
    return pinned.version


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines}


def everything(extra: str) -> Iterable[Requirement]:
    """What an extra asks for, also by other extras of ours."""
    for text in [*CONFIGURED["project"]["dependencies"], *EXTRAS.get(extra, ())]:
        required = Requirement(text)
        if required.name == "magcheck":
            for other in required.extras:
                yield from everything(other)
        else:
            yield required


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: file.stem)
def test_each_entry_has_one_version_and_hashes_and_no_address(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "an option would name an index or a folder"
    for required, hashes in requirements(file).values():
        assert version(required)
        assert hashes


@pytest.mark.parametrize(
    "file", [file for file in LOCKED if file.stem not in OF_OTHERS], ids=lambda file: file.stem
)
def test_versions_are_those_of_the_constraints(file: Path) -> None:
    pinned = pins()
    assert {
        name: version(required) for name, (required, _) in requirements(file).items()
    }.items() <= pinned.items()


def test_nothing_is_constrained_that_nobody_installs() -> None:
    assert pins().keys() == {name for file in LOCKED if file.stem not in OF_OTHERS for name in requirements(file)}


@pytest.mark.parametrize("extra", ["light", *sorted(EXTRAS.keys() - {"docs"})])
def test_each_extra_is_locked_whole(extra: str) -> None:
    """But for `docs`, which only `dev` brings."""
    locked = requirements(ROOT / "locked" / f"{extra}.txt")
    for required in everything(extra):
        found, _ = locked[canonicalize_name(required.name)]
        assert version(found) in required.specifier, f"{required}: run make lock"


def test_the_engine_is_one_known_file_everywhere() -> None:
    """Its source, of which there is no wheel."""
    known = {
        tuple(hashes)
        for file in LOCKED
        for name, (_, hashes) in requirements(file).items()
        if name == "durable-rules"
    }
    assert len(known) == 1
    assert len(*known) == 1


def test_a_build_asks_for_nothing_open() -> None:
    required = [Requirement(text) for text in CONFIGURED["build-system"]["requires"]]
    named = {canonicalize_name(one.name): version(one) for one in required}
    assert named.items() <= pins().items()
    of_setuptools = {canonicalize_name("setuptools")}
    locked = requirements(ROOT / "locked" / "light.txt").keys()
    assert named.keys() - of_setuptools <= locked


@pytest.mark.parametrize("file", ["Makefile", "Dockerfile", ".ci/run", ".ci/wheels", ".ci/spark"])
def test_whatever_installs_asks_for_hashes_or_fetches_nothing(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if re.search(r"(pip|pip\[@\]\}\"?) (install|wheel)\b", line)]
    open_ = [line for line in lines if not {"--require-hashes", "--no-deps"} & set(line.split())]
    said = [line for line in open_ if "echo" not in line and not line.startswith("#")]
    assert not said


@pytest.mark.parametrize(
    ("said", "code", "expected"),
    [
        ("No known vulnerabilities found", 0, 0),
        ("Found 2 known vulnerabilities in 1 package", 1, 1),
        ("ERROR: Dependency not found on PyPI and could not be audited", 1, 3),
        ("", 1, 3),
    ],
)
def test_an_audit_without_a_database_is_none(said: str, code: int, expected: int, tmp_path: Path) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *--strict*locked/dev.txt*) ;; *) exit 0 ;; esac\necho "{said}"\nexit {code}\n'
    )
    program.chmod(0o755)
    done = subprocess.run([ROOT / ".ci" / "audit", program], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == expected
    assert ("Not audited" in done.stderr) == (expected == 3)
