"""Does a plain check say the same whether typer reads its arguments or not?"""

from __future__ import annotations

import gc
import os
import sys
import weakref
from pathlib import Path

import pytest

from magcheck.cli import start
from magcheck.cli.short_way import SWITCHES, short_way
from tests.cli import running
from tests.cli.running import run
from tests.support import ROOT

EVENING = str(ROOT / "examples" / "evening.yaml")
PROFILES = [EVENING, "no-such-file.yaml", "-", str(ROOT), "é.json"]
STDINS = [b'{"medications": ["cipro"]}', b"", b"{", b"kidney: {egfr: 300}", b'{"medications": ["Xyzol"]}']


class Ring:
    """Only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


def the_short_way(arguments: list[str]) -> None:
    assert short_way(arguments) is not None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["magcheck", *arguments])
        start.main()


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        *(([profile], b"") for profile in PROFILES),
        *(([EVENING, switch], b"") for switch in sorted(SWITCHES)),
        *(([switch, "-"], stdin) for switch in sorted(SWITCHES) for stdin in STDINS),
        (["--more", EVENING, "--sources", "--plain", "--more"], b""),
    ],
)
def test_both_ways_say_the_same_and_end_the_same(
    arguments: list[str], stdin: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = run("check", *arguments, stdin=stdin)
    monkeypatch.setattr(running, "main", the_short_way)
    assert run("check", *arguments, stdin=stdin) == long


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["ask"],
        ["plan", EVENING],
        ["--version"],
        ["--plain", "check", EVENING],
        ["check", EVENING, EVENING],
        ["check", "--plain"],
        ["check", ""],
        ["check", "--", EVENING],
        ["check", "--help"],
        ["check", EVENING, "--for", "professional"],
        ["check", EVENING, "--for=professional"],
        ["check", EVENING, "--rules", "mine"],
        ["check", EVENING, "--only-rules=mine"],
        ["check", EVENING, "--html", "-"],
        ["check", EVENING, "--force"],
        ["check", EVENING, "--json=yes"],
        ["check", EVENING, "--jso"],
        ["check", EVENING, "-h"],
    ],
    ids=" ".join,
)
def test_everything_else_is_left_to_typer(arguments: list[str]) -> None:
    assert short_way(arguments) is None


def test_a_shell_that_completes_is_answered_by_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "_MAGCHECK_COMPLETE", "complete_bash")
    assert short_way(["check", EVENING]) is None


def test_what_would_change_is_tried_only_where_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first screen has no such lines, so it is the same with and without them."""
    from magcheck import Checker

    for file in sorted((Path(__file__).parents[1] / "people" / "profiles").glob("*.yaml"))[:12]:
        short = run("check", str(file), "--plain")
        with monkeypatch.context() as patched:
            patched.setattr(Checker, "check", Checker.with_changes)
            assert run("check", str(file), "--plain") == short


def test_garbage_is_collected_again_after_a_command() -> None:
    run("check", EVENING)
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("arguments", "work"),
    [
        (["ask", "--plain"], "ask.ask_and_check"),
        (["serve"], "serve.serve_http"),
        (["mcp"], "mcp.serve_mcp"),
        (["screen", "in.ndjson", "out.ndjson"], "screen.screen_people"),
    ],
)
def test_a_command_that_lasts_collects_its_garbage(
    arguments: list[str], work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that keeps every ring of objects fills its memory within days."""
    alive: list[int] = []

    def busy(*_: object, **__: object) -> int:
        rings = [weakref.ref(Ring()) for _ in range(100_000)]
        alive.append(sum(ring() is not None for ring in rings))
        return 0

    monkeypatch.setattr(f"magcheck.cli.{work}", busy)
    assert run(*arguments).code == 0
    assert alive[0] < 50_000
