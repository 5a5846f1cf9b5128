"""Is no row lost or doubled, at whatever moment it was ended?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magcheck import InputError
from magcheck.screen.batch import AnsweredBatch
from magcheck.screen.journal import Begun, Part, journal_of, kept, part_of, refuse_other
from tests.screen.people import lines, people, run
from tests.support import ROOT

BEGUN = Begun("1", "rules", kind="brief", input=[1, 2], today=date(2026, 11, 1).isoformat())


def answer(number: int) -> AnsweredBatch:
    lines_of_it = b'{"row":%d}\n' % number
    return AnsweredBatch(lines_of_it, 1, Counter(clear=1), "rules")


def go_on(target: str, up_to: int, note_every: int) -> None:
    """As `screen` does it: what stands in the journal counts, the rest is done again."""
    before = kept(target)
    part = Part(target, BEGUN, before.entries if before and part_of(target).exists() else [])
    for number in range(part.done.rows + 1, up_to + 1):
        part.add(answer(number))
        if number % note_every == 0:
            part.note()
    part.close()


@settings(max_examples=60, deadline=None)
@given(
    ends=st.lists(
        st.tuples(st.integers(1, 30), st.integers(1, 5), st.integers(0, 40), st.integers(0, 60)), max_size=5
    )
)
def test_whatever_is_left_of_both_files_the_rows_are_whole(
    ends: list[tuple[int, int, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A machine that fails may lose the end of a file that a program had written."""
    target = str(tmp_path_factory.mktemp("part") / "out.ndjson")
    for up_to, note_every, lost_rows, lost_notes in ends:
        go_on(target, up_to, note_every)
        for path, lost in ((part_of(target), lost_rows), (journal_of(target), lost_notes)):
            os.truncate(path, max(0, path.stat().st_size - lost))
    go_on(target, 30, 4)
    assert part_of(target).read_bytes() == b"".join(answer(number).lines for number in range(1, 31))


@pytest.mark.parametrize("change", [{"magcheck": "2"}, {"rules": "other"}, {"kind": "full"}, {"input": [1, 3]}])
def test_a_part_that_was_begun_otherwise_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InputError, match="begun with"):
        refuse_other(BEGUN, BEGUN._replace(**change), "out.ndjson")  # type: ignore[arg-type]


def test_another_day_is_no_reason_to_refuse() -> None:
    refuse_other(BEGUN, BEGUN._replace(today="2026-12-24"), "out.ndjson")


def test_a_journal_that_is_none_is_refused(tmp_path: Path) -> None:
    target = str(tmp_path / "out.ndjson")
    journal_of(target).write_text("[]\n", encoding="utf-8")
    with pytest.raises(InputError, match="no journal"):
        kept(target)


def started(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "magcheck.cli.start", "screen", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)


def killed_after(process: subprocess.Popen[bytes], seconds: float, part: Path) -> bool:
    """Killed so many seconds after it began to write; False where it was ready before."""
    before = part.stat().st_size if part.exists() else 0
    while process.poll() is None and (not part.exists() or part.stat().st_size <= before):
        time.sleep(0.02)
    time.sleep(seconds)
    is_running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return is_running


@pytest.mark.thorough
@pytest.mark.parametrize("ending", ["ndjson", "parquet"])
def test_it_is_killed_at_random_moments_and_goes_on(ending: str, tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / f"out.{ending}"
    source.write_bytes(lines(people(1200)))
    dice, kills = random.Random(ending), 0
    for _ in range(2):
        process = started(source, target, "--resume", "--workers", 2)
        kills += killed_after(process, dice.uniform(0, 1), part_of(str(target)))
        if target.exists():
            break
    assert kills
    done = run(source, target, "--resume", "--workers", "2") if not target.exists() else None
    assert done is None or done.returncode == 0, done.stderr
    assert not [*tmp_path.glob("*.part*")]
    whole = tmp_path / f"whole.{ending}"
    assert run(source, whole, "--workers", "2").returncode == 0
    assert target.read_bytes() == whole.read_bytes() if ending == "ndjson" else same_table(target, whole)


def same_table(one: Path, other: Path) -> bool:
    from magcheck.screen.arrow import parquet

    return bool(parquet().read_table(one).equals(parquet().read_table(other)))


def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_bytes(lines(people(2500)))
    process = started(source, target, "--workers", 1)
    assert killed_after(process, 0, part_of(str(target)))
    for _ in range(100):
        if not in_session(process.pid):
            return
        time.sleep(0.1)
    raise AssertionError(in_session(process.pid))


def in_session(session: int) -> list[int]:
    """Processes that the killed one has left behind."""
    found: list[int] = []
    for name in (path.name for path in Path("/proc").iterdir()):
        try:
            if name.isdigit() and os.getsid(int(name)) == session:
                found.append(int(name))
        except ProcessLookupError:
            continue
    return found


def test_a_finished_run_whose_journal_is_left_is_finished(tmp_path: Path) -> None:
    source, target = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_bytes(lines(people(3)) + b"nonsense\n")
    target.write_bytes(b"as it was\n")
    journal_of(str(target)).write_text(
        '{"magcheck": "1", "rules": "r", "kind": "brief", "input": [], "today": "2026-11-01"}\n'
        '{"rows": 4, "size": 10, "outcomes": {"clear": 3, "error": 1}}\n',
        encoding="utf-8",
    )
    done = run(source, target, "--resume")
    assert done.returncode == 10, done.stderr
    assert target.read_bytes() == b"as it was\n"
    assert not journal_of(str(target)).exists()
