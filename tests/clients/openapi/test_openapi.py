"""Do programs that others generate from our description compile, and do they understand what the service answers?

For `make test-clients`: spectral reads the description; a TypeScript and a Python client are generated from it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.serve.running import PATIENCE_SECONDS, service

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
PACKAGES = HERE.parent / "node_modules"
TOOLS = PACKAGES / ".bin"
PYTHON = os.environ.get("MAGCHECK_CLIENTS_PYTHON")
"""An interpreter with openapi-python-client."""
TOKEN = "an-invented-token-for-the-test"  # noqa: S105 - of a service that lives as long as the test
TYPESCRIPT = (
    *("--strict", "--noUncheckedIndexedAccess", "--noEmit", "--target", "es2022", "--module", "esnext"),
    *("--moduleResolution", "bundler", "--types", "node"),
)
PROBLEMS = {
    "token": (401, []),
    "no-page": (404, []),
    "too-large": (413, []),
    "media-type": (415, []),
    "input": (422, ["#/person/age"]),
    "not-ready": (503, []),
}

pytestmark = pytest.mark.thorough


def _run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, env=os.environ | {"NO_COLOR": "1"}
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done


def _tool(name: str) -> Path:
    if not (shutil.which("node") and (TOOLS / name).exists()):
        pytest.skip(f"{name} is not installed (.ci/clients)")
    return TOOLS / name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the packages of npm are found."""
    folder = tmp_path_factory.mktemp("openapi")
    (folder / "node_modules").symlink_to(PACKAGES)
    return folder


@pytest.fixture(scope="module", autouse=True)
def addresses(folder: Path) -> Iterator[tuple[str, str, str]]:
    """A service that wants a token and has described itself, its token, and one whose rules cannot be used."""
    token, rules = folder / "token", folder / "rules"
    token.write_text(TOKEN, encoding="ascii")
    rules.mkdir()
    (rules / "bad.yaml").write_text("id: [", encoding="utf-8")
    with service("--token-file", str(token)) as guarded, service("--rules", str(rules)) as unusable:
        described = httpx.get(f"{guarded.url}/openapi.json", timeout=PATIENCE_SECONDS)
        (folder / "openapi.json").write_text(described.text, encoding="utf-8")
        yield guarded.url, TOKEN, unusable.url


def _assert_understood(heard: dict[str, Any], problems: dict[str, tuple[int, list[str]]]) -> None:
    assert heard["report"] == {
        "verdict": "separate",
        "ok": False,
        "complete": False,
        "rules": heard["report"]["rules"],
        "unread": ["Zyntrexol 5 mg"],
        "whole": True,
    }
    assert "separate-ciprofloxacin" in heard["report"]["rules"]
    assert heard["brief"] == "clear"
    assert heard["cards"] == ["info"]
    assert any("cipro" in name.lower() for name in heard["drugs"])
    found = {told["type"].rpartition(":")[2]: (told["status"], told["pointers"]) for told in heard["problems"]}
    assert found == problems


def test_spectral_finds_nothing(folder: Path) -> None:
    done = _run(
        _tool("spectral"), "lint", "-r", HERE / "spectral.yaml", "-F", "hint", "openapi.json", folder=folder
    )
    assert "No results" in done.stdout


def test_a_generated_typescript_client_compiles_and_understands_the_service(
    folder: Path, addresses: tuple[str, str, str]
) -> None:
    shutil.copy(HERE / "client.ts", folder)
    _run(_tool("openapi-typescript"), "openapi.json", "-o", "magcheck.d.ts", folder=folder)
    _run(_tool("tsc"), *TYPESCRIPT, "client.ts", folder=folder)
    bundle = ("--bundle", "--platform=node", "--format=esm", "--outfile=client.mjs")
    _run(_tool("esbuild"), "client.ts", *bundle, folder=folder)
    heard = json.loads(_run("node", "client.mjs", *addresses, folder=folder).stdout)
    assert heard.pop("untyped") == "none"
    _assert_understood(heard, PROBLEMS)


def test_an_error_that_is_not_described_as_a_problem_does_not_compile(folder: Path) -> None:
    changed = json.loads((folder / "openapi.json").read_text(encoding="utf-8"))
    changed["paths"]["/rules/{id}"]["get"]["responses"]["404"].pop("content")
    (folder / "changed.json").write_text(json.dumps(changed), encoding="utf-8")
    strange = folder / "strange"
    strange.mkdir()
    (strange / "node_modules").symlink_to(PACKAGES)
    shutil.copy(HERE / "client.ts", strange)
    _run(_tool("openapi-typescript"), "changed.json", "-o", "strange/magcheck.d.ts", folder=folder)
    with pytest.raises(AssertionError, match="404"):
        _run(_tool("tsc"), *TYPESCRIPT, "client.ts", folder=strange)


def test_a_generated_python_client_is_typed_and_understands_the_service(
    folder: Path, addresses: tuple[str, str, str]
) -> None:
    if not PYTHON:
        pytest.skip("no Python with openapi-python-client (make test-clients)")
    python = Path(PYTHON).absolute()
    (folder / "made.yaml").write_text("post_hooks: []\n", encoding="utf-8")
    made = _run(
        python.with_name("openapi-python-client"),
        *("generate", "--path", "openapi.json", "--meta", "none", "--config", "made.yaml"),
        *("--output-path", "magcheck_client"),
        folder=folder,
    )
    assert "WARNING" not in made.stdout + made.stderr
    shutil.copy(HERE / "program.py", folder)
    _run(
        *(sys.executable, "-m", "mypy", "--strict", "--config-file=", "--python-executable", python, "program.py"),
        folder=folder,
    )
    heard = json.loads(_run(python, "program.py", *addresses, folder=folder).stdout)
    _assert_understood(heard, {kind: told for kind, told in PROBLEMS.items() if kind != "media-type"})
