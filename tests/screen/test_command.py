"""What does `magcheck screen` end with, and what does it refuse to write over?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from magcheck.cli import screen as command
from magcheck.cli.app import app
from magcheck.screen.journal import journal_of, part_of
from magcheck.screen.row import Kind
from tests.screen.people import HOSTILE, lines, people, rows_in, run
from tests.support import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def refused(*arguments: str | Path) -> str:
    """What is said where nothing is checked at all."""
    done = CliRunner().invoke(app, ["screen", *map(str, arguments)])
    assert done.exit_code == 2, done.output
    return done.stderr


def test_every_row_is_answered_in_its_place(tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_bytes(lines(people(450)))
    done = run(source, target, "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert [row["row"] for row in rows_in(target)] == [*range(1, 451)]
    assert "450 rows" in done.stderr
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["in.ndjson", "out.ndjson"]


def test_bad_rows_are_errors_and_the_code_says_so(tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_bytes(b"\n".join([b"{}", *HOSTILE, b"{}"]) + b"\n")
    done = run(source, target)
    assert done.returncode == 10, done.stderr
    rows = rows_in(target)
    assert [row["row"] for row in rows] == [*range(1, len(HOSTILE) + 3)]
    assert ["error" in row for row in rows] == [False, *[True] * len(HOSTILE), False]


def test_pipes_carry_rows_alone() -> None:
    command = [sys.executable, "-m", "magcheck.cli.start", "screen", "-", "-", "--plain"]
    done = subprocess.run(command, cwd=ROOT, input=lines(people(3)), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["row"] for line in done.stdout.splitlines()] == [1, 2, 3]


def test_no_rows_are_no_rows(tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_bytes(b"")
    done = run(source, target)
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == b""
    assert "0 rows" in done.stderr


def test_what_cannot_be_used_is_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_bytes(b"{}\n")
    assert "no such file" in refused(tmp_path / "none.ndjson", target)
    assert "must end in" in refused(source, tmp_path / "out.csv")
    assert "must end in" in refused(tmp_path / "in.json", target)
    assert "no whole Parquet" in refused(source.rename(tmp_path / "in.parquet"), target)
    assert "folder" in refused(tmp_path / "in.parquet", tmp_path / "none" / "out.ndjson")
    assert "pipe" in refused("-", target, "--resume")
    assert "pipe" in refused(tmp_path / "in.parquet", "-", "--resume")


@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_no_file_is_written_over_unasked(options: tuple[str, ...], tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_bytes(b"{}\n")
    target.write_bytes(b"mine\n")
    assert "already" in refused(source, target, *options)
    assert target.read_bytes() == b"mine\n"


def test_the_input_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "in.ndjson"
    source.write_bytes(b"{}\n")
    assert "the input itself" in refused(source, source, "--force")
    assert source.read_bytes() == b"{}\n"


def test_what_was_begun_is_not_thrown_away_unasked(tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_bytes(b"{}\n")
    part_of(str(target)).write_bytes(b"begun")
    assert "--resume" in refused(source, target)
    journal_of(str(target)).write_text(
        '{"magcheck": "1", "rules": "other", "kind": "brief", "input": [], "today": "2026-11-01"}\n',
        encoding="utf-8",
    )
    assert "other rules" in refused(source, target, "--resume")
    assert part_of(str(target)).read_bytes() == b"begun"


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ({"avoid": 3}, 0),
        ({}, 0),
        ({"clear": 1, "error": 1}, 10),
        ({"error": 1, "fault": 1}, 70),
        ({"fault": 1}, 70),
    ],
)
def test_the_code_says_whether_all_were_answered(outcomes: dict[str, int], code: int, tmp_path: Path) -> None:
    def told(*_: object) -> Counter[str]:
        return Counter(outcomes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "screen", told)
        manner = command.Manner(kind=Kind.BRIEF, workers=1, resume=False, force=False, plain=True)
        assert command.screen_people(str(tmp_path / "a.ndjson"), "-", None, manner) == code
