"""The inspector of the protocol's makers, from its command line, for `make test-clients`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.support import ROOT

INSPECTOR = ROOT / "tests" / "clients" / "node_modules" / ".bin" / "mcp-inspector"
SLOW_MACHINE = ("--connect-timeout", "120000")
SERVER = (sys.executable, "-m", "magcheck.cli.start", "mcp")

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(os.environ.get("MAGCHECK_CLIENTS") != "thorough", reason="runs in make test-clients"),
    pytest.mark.skipif(
        not (shutil.which("node") and INSPECTOR.exists()), reason="the inspector is not installed (.ci/clients)"
    ),
]


def inspect(*options: str) -> subprocess.CompletedProcess[str]:
    command = [str(INSPECTOR), "--cli", *SERVER, *options, *SLOW_MACHINE]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600, check=False)


def test_it_lists_the_tools_and_has_nothing_to_say_of_their_schemas() -> None:
    done = inspect("--method", "tools/list", "--strict")
    assert done.returncode == 0, done.stderr
    assert [tool["name"] for tool in json.loads(done.stdout)["tools"]] == [
        "check",
        "next_question",
        "explain_rule",
    ]
    assert "Warning" not in done.stderr


def test_it_gets_a_report_and_a_refusal() -> None:
    call = ("--method", "tools/call", "--tool-name", "check", "--tool-arg")
    checked = json.loads(inspect(*call, 'medications=["cipro"]').stdout)
    assert checked["structuredContent"]["verdict"] == "separate"
    assert "NOT CHECKED" in checked["content"][0]["text"]
    refused = json.loads(inspect(*call, 'country="usa"').stdout)
    assert refused["isError"] is True
    assert "two letters" in refused["content"][0]["text"] or "Write US" in refused["content"][0]["text"]
