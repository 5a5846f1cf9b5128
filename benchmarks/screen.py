"""How many people a second? So many synthetic ones are screened, the same at every run.

Printed: rows a second with one worker and with all cores, the ratio, the memory of the parent over time,
the verdicts, and the rates of one process without any worker.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.findings import SEED, Crowd

from magcheck.checker import default_checker
from magcheck.screen.crew import cores
from magcheck.screen.row import Asked, row_of
from magcheck.screen.run import Wanted, screen

if TYPE_CHECKING:
    from collections import Counter

    from magcheck.screen.run import Far

PEOPLE = 20_000
SAMPLES = 10
"""Moments at which memory is printed."""
IN_PROCESS = 400


class Measured(NamedTuple):
    rows_a_second: float
    memory: list[tuple[int, float]]
    """Rows, and megabytes of the parent."""
    outcomes: Counter[str]


def write_people(file: Path, count: int) -> None:
    crowd = Crowd(SEED)
    with file.open("w", encoding="utf-8") as lines:
        for _ in range(count):
            lines.write(json.dumps(crowd.anybody()) + "\n")


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measured(source: Path, count: int, workers: int, digest: str) -> Measured:
    """The rate is counted from the first rows on: what it takes to start is paid once."""
    memory, moments = list[tuple[int, float]](), list[tuple[float, int]]()

    def watch(far: Far) -> None:
        moments.append((time.monotonic(), far.rows))
        if not memory or far.rows >= memory[-1][0] + count / SAMPLES:
            memory.append((far.rows, resident_mb()))

    target = str(source.with_name(f"answers-{workers}.ndjson"))
    wanted = Wanted(str(source), target, None, None, False, workers, False, date(2026, 11, 1), digest)  # noqa: FBT003
    outcomes = screen(wanted, watch)
    (start, before), (end, after) = moments[0], moments[-1]
    return Measured((after - before) / (end - start) if end > start else 0.0, memory, outcomes)


def in_process(count: int, *, full: bool) -> float:
    """Rows of a second of processor time, without processes and files."""
    checker, crowd, asked = default_checker(), Crowd(SEED), Asked(full, date(2026, 11, 1))
    told = [json.dumps(crowd.anybody()).encode() for _ in range(count)]
    row_of(1, told[0], checker, asked)
    start = time.process_time()
    for number, line in enumerate(told, start=1):
        row_of(number, line, checker, asked)
    return count / (time.process_time() - start)


def main(count: int) -> None:
    digest = default_checker().book.digest
    for full in (False, True):
        rate = in_process(min(count, IN_PROCESS), full=full)
        print(f"{'whole reports' if full else 'short rows':14} {rate:8,.0f} rows a second of processor time")
    default_checker().close()
    with TemporaryDirectory() as folder:
        source = Path(folder) / "people.ndjson"
        write_people(source, count)
        one, every = (measured(source, count, workers, digest) for workers in (1, cores()))
    print(f"{count:,} people: {one.rows_a_second:,.0f} rows a second with 1 worker, ", end="")
    print(f"{every.rows_a_second:,.0f} with {cores()}: {every.rows_a_second / (one.rows_a_second or 1):.2f} times")
    print("memory of the parent: " + ", ".join(f"{rows:,}: {size:.0f} MB" for rows, size in every.memory))
    for outcome, rows in every.outcomes.most_common():
        print(f"  {outcome:12} {rows:10,}  {100 * rows / count:5.1f}%")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
