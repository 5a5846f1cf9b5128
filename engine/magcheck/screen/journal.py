"""How far did it get? What is done stands in OUT.part, and how much of that counts in the journal beside it."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from magcheck.core.errors import InputError, Problem

if TYPE_CHECKING:
    from magcheck.screen.batch import AnsweredBatch

SECONDS_BETWEEN = 1.0
"""A machine that fails costs so much work."""


class Done(NamedTuple):
    rows: int
    size: int
    """Bytes of OUT.part that hold these rows."""
    outcomes: Counter[str]


NOTHING = Done(0, 0, Counter())


class Begun(NamedTuple):
    """What must be the same when it goes on, so that all rows are of one kind."""

    magcheck: str
    rules: str
    """Their digest."""
    kind: str
    """How much a row says."""
    input: list[int]
    """Bytes of the input, and when it was changed, in nanoseconds."""
    today: str


class FoundJournal(NamedTuple):
    """A journal that was found."""

    begun: Begun
    entries: list[Done]


def part_of(target: str) -> Path:
    return Path(f"{target}.part")


def journal_of(target: str) -> Path:
    return Path(f"{target}.part.journal")


def kept(target: str) -> FoundJournal | None:
    """None where nothing was begun, or not even its first line was written."""
    try:
        text = journal_of(target).read_bytes()
    except FileNotFoundError:
        return None
    whole = [line for line in text.splitlines(keepends=True) if line.endswith(b"\n")]
    if not whole:
        return None
    try:
        begun, *entries = map(json.loads, whole)
        return FoundJournal(Begun(**begun), [_done(entry) for entry in entries])
    except (ValueError, TypeError, KeyError):
        raise InputError(
            [Problem(str(journal_of(target))[:200], "this is no journal.", "Begin anew with --force.")]
        ) from None


def _done(entry: dict[str, Any]) -> Done:
    return Done(entry["rows"], entry["size"], Counter(entry["outcomes"]))


def refuse_other(before: Begun, now: Begun, target: str) -> None:
    """Raises InputError where a part was made with other rules, another input or another kind of rows."""
    names = {
        "magcheck": "another version of magcheck",
        "rules": "other rules",
        "kind": "rows of another kind (--full, --could-become)",
        "input": "another input, or the input was changed",
    }
    other = [said for name, said in names.items() if getattr(before, name) != getattr(now, name)]
    if other:
        what = f"it was begun with {', and '.join(other)}."
        raise InputError(
            [Problem(str(part_of(target))[:200], what, "Go on as it was begun, or begin anew with --force.")]
        )


class Part:
    """OUT.part while it grows. Only one process may write it."""

    def __init__(self, target: str, begun: Begun, entries: list[Done]) -> None:
        self._target = target
        path = part_of(target)
        self._file: IO[bytes] = path.open("r+b" if entries else "wb", buffering=0)
        size = os.fstat(self._file.fileno()).st_size
        self.done = next((done for done in reversed(entries) if done.size <= size), NOTHING)
        self._file.truncate(self.done.size)
        self._file.seek(self.done.size)
        self._journal = _journal_begun(target, begun, self.done)
        self._last = time.monotonic()

    def add(self, answer: AnsweredBatch) -> None:
        write_all(self._file, answer.lines)
        rows, size, outcomes = self.done
        self.done = Done(rows + answer.rows, size + len(answer.lines), outcomes + answer.outcomes)
        if time.monotonic() - self._last >= SECONDS_BETWEEN:
            self.note()

    def note(self) -> None:
        """The rows are on the disk before the journal says so."""
        os.fsync(self._file.fileno())
        _write_entry(self._journal, self.done)
        self._last = time.monotonic()

    def close(self) -> None:
        self._file.close()
        self._journal.close()


def _journal_begun(target: str, begun: Begun, done: Done) -> IO[bytes]:
    """Written anew beside the old one, and put into its place."""
    fresh = Path(f"{journal_of(target)}.new")
    file: IO[bytes] = fresh.open("wb", buffering=0)
    write_all(file, _line(begun._asdict()))
    _write_entry(file, done)
    fresh.replace(journal_of(target))
    return file


def _write_entry(file: IO[bytes], done: Done) -> None:
    write_all(file, _line(done._asdict()))
    os.fsync(file.fileno())


def write_all(file: IO[bytes], data: bytes) -> None:
    """A file without a buffer may take less than it is given."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _line(data: dict[str, Any]) -> bytes:
    return json.dumps(data).encode() + b"\n"
