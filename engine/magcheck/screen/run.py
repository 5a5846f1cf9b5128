"""The way of the rows, on one page: read, checked, written in order, put into place when all are there."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from magcheck._version import __version__
from magcheck.core.errors import EngineFault, InputError, Problem
from magcheck.core.extras import refuse_without
from magcheck.screen.crew import Crew
from magcheck.screen.journal import Begun, FoundJournal, Part, journal_of, kept, part_of, refuse_other
from magcheck.screen.row import Kind, RowOptions
from magcheck.screen.source import PARQUET, PIPE, kind_of, source_of
from magcheck.screen.table import write_table
from magcheck.screen.together import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from magcheck.screen.batch import AnsweredBatch, Batch


class Wanted(NamedTuple):
    source: str
    target: str
    rules: str | None
    only_rules: str | None
    kind: Kind
    workers: int
    resume: bool
    today: date
    digest: str
    """Of the rules."""


class Far(NamedTuple):
    """How far it is, for who watches."""

    read: int
    size: int | None
    rows: int
    """That were answered now, and not before it went on."""


def screen(wanted: Wanted, watch: Callable[[Far], None]) -> Counter[str]:
    """How many rows have which outcome. Raises InputError for an input or output that cannot be used."""
    if PARQUET in {kind_of(wanted.source), kind_of(wanted.target)}:
        refuse_without("pyarrow", "Parquet", "screen")
    if wanted.target == PIPE:
        return _to_pipe(wanted, watch)
    finished = _finished(wanted)
    return finished if finished is not None else _to_file(wanted, watch)


def _to_pipe(wanted: Wanted, watch: Callable[[Far], None]) -> Counter[str]:
    if wanted.resume:
        raise InputError([Problem(PIPE, "what was written to a pipe cannot go on.", "Name a file.")])
    outcomes = Counter[str]()
    with source_of(wanted.source) as source:
        for answer in _answers(source.after(0), source.size, wanted, watch):
            sys.stdout.buffer.write(answer.lines)
            sys.stdout.buffer.flush()
            outcomes += answer.outcomes
    return outcomes


def _to_file(wanted: Wanted, watch: Callable[[Far], None]) -> Counter[str]:
    """An input that cannot be read leaves nothing behind."""
    before = kept(wanted.target) if wanted.resume else None
    with source_of(wanted.source) as source, closing(_part(wanted, before)) as part:
        same_day = date.fromisoformat(before.begun.today) if before else wanted.today
        batches = source.after(part.done.rows)
        for answer in _answers(batches, source.size, wanted._replace(today=same_day), watch):
            part.add(answer)
        part.note()
    _put_into_place(wanted)
    return part.done.outcomes


def _answers(
    batches: Iterator[Batch], size: int | None, wanted: Wanted, watch: Callable[[Far], None]
) -> Iterator[AnsweredBatch]:
    job = Job(wanted.rules, wanted.only_rules, RowOptions(wanted.kind, wanted.today), wanted.digest)
    rows = 0
    with closing(Crew(job, wanted.workers)) as crew:
        for batch, answer in crew.answers(batches):
            _refuse_lost(batch, answer, job)
            yield answer
            rows += answer.rows
            watch(Far(batch.end, size, rows))


def _refuse_lost(batch: Batch, answer: AnsweredBatch, job: Job) -> None:
    if answer.digest != job.digest:
        raise EngineFault("the rule pages were changed while they were used.")
    if answer.rows != len(batch.told):
        raise EngineFault("a row was lost.")


def _part(wanted: Wanted, before: FoundJournal | None) -> Part:
    now = Begun(__version__, wanted.digest, wanted.kind.value, _stamp(wanted.source), wanted.today.isoformat())
    if before is None:
        return Part(wanted.target, now, [])
    refuse_other(before.begun, now, wanted.target)
    return Part(wanted.target, before.begun, before.entries if part_of(wanted.target).exists() else [])


def _stamp(source: str) -> list[int]:
    try:
        status = Path(source).stat()
    except (OSError, ValueError):
        return []
    return [status.st_size, status.st_mtime_ns]


def _finished(wanted: Wanted) -> Counter[str] | None:
    """What was done already: it was ended after the file came into its place, and before the journal went."""
    before = kept(wanted.target) if wanted.resume else None
    if before is None or part_of(wanted.target).exists() or not Path(wanted.target).exists():
        return None
    journal_of(wanted.target).unlink()
    return before.entries[-1].outcomes


def _put_into_place(wanted: Wanted) -> None:
    target, part = Path(wanted.target), part_of(wanted.target)
    if kind_of(wanted.target) == PARQUET:
        table = Path(f"{target}.part.parquet")
        write_table(part, table, wanted.kind)
        _on_disk(table)
        table.replace(target)
        part.unlink()
    else:
        part.replace(target)
    journal_of(wanted.target).unlink()


def _on_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
