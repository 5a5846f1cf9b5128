"""How many people a second? So many synthetic ones are screened, the same at every run.

Printed: rows of a second of processor time, what a million and a billion people cost at that rate, rows a second
with one worker and with all cores, the ratio, memory over time, the verdicts.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.findings import SEED, Crowd

from magcheck.checker import Checker, default_checker
from magcheck.screen.batch import MOST_ROWS
from magcheck.screen.crew import cores
from magcheck.screen.row import Kind, RowOptions, line_of, row_of
from magcheck.screen.run import Wanted, screen
from magcheck.screen.together import Screener

if TYPE_CHECKING:
    from collections import Counter

    from magcheck.screen.run import Far

PEOPLE = 1_000_000
TODAY = date(2026, 11, 1)
SAMPLES = 10
"""Moments at which memory is printed."""
CHUNKS = 10
"""Each is timed alone: whoever else uses the machine slows down some of them."""
IN_PROCESS = 4_000
ONE_WORKER = 50_000
"""People of whom one worker answers as many as are needed for its rate."""
HOUR = 3600.0


class Measured(NamedTuple):
    rows_a_second: float
    memory: list[tuple[int, float, float]]
    """Rows, megabytes of the parent, and of all workers."""
    outcomes: Counter[str]


def write_people(file: Path, count: int) -> None:
    crowd = Crowd(SEED)
    with file.open("w", encoding="utf-8") as lines:
        for _ in range(count):
            lines.write(json.dumps(crowd.anybody()) + "\n")


def resident_mb(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def workers_mb() -> float:
    own = os.getpid()
    children = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii").split()
    return sum(resident_mb(int(child)) for child in children)


def measured(source: Path, count: int, workers: int, digest: str) -> Measured:
    """The rate is counted from the first rows on: what it takes to start is paid once."""
    memory, moments = list[tuple[int, float, float]](), list[tuple[float, int]]()

    def watch(far: Far) -> None:
        moments.append((time.monotonic(), far.rows))
        if not memory or far.rows >= memory[-1][0] + count / SAMPLES:
            memory.append((far.rows, resident_mb(os.getpid()), workers_mb()))

    target = str(source.with_name(f"answers-{workers}.ndjson"))
    wanted = Wanted(
        source=str(source),
        target=target,
        rules=None,
        only_rules=None,
        kind=Kind.BRIEF,
        workers=workers,
        resume=False,
        today=TODAY,
        digest=digest,
    )
    outcomes = screen(wanted, watch)
    (start, before), (end, after) = moments[0], moments[-1]
    return Measured((after - before) / (end - start) if end > start else 0.0, memory, outcomes)


def rates(kind: Kind, count: int) -> list[float]:
    """Rows of a second of processor time, without processes and files: of each chunk, the slowest first."""
    screener, crowd = Screener(default_checker(), RowOptions(kind, TODAY)), Crowd(SEED)
    told: list[tuple[int, object]] = [
        (number, json.dumps(crowd.anybody()).encode()) for number in range(1, count + MOST_ROWS + 1)
    ]
    screener.rows(told[:MOST_ROWS])
    gc.collect()
    gc.freeze()
    size = max(1, count // CHUNKS)
    return sorted(
        _rate(screener, told[start : start + size]) for start in range(MOST_ROWS, count + MOST_ROWS, size)
    )


def _rate(screener: Screener, told: list[tuple[int, object]]) -> float:
    start = time.process_time()
    for first in range(0, len(told), MOST_ROWS):
        for row in screener.rows(told[first : first + MOST_ROWS]):
            line_of(row)
    return len(told) / (time.process_time() - start)


def unlike_alone(checker: Checker, count: int) -> int:
    """Rows that are answered otherwise together than each alone."""
    crowd, asked = Crowd(SEED + 1), RowOptions(Kind.COULD_BECOME, TODAY)
    told: list[tuple[int, object]] = [(number, json.dumps(crowd.anybody()).encode()) for number in range(count)]
    together = Screener(checker, asked).rows(told)
    return sum(row != row_of(*one, checker, asked) for row, one in zip(together, told, strict=True))


def costs(rate: float, price: float | None) -> None:
    """Of computing alone, at this rate on each core; `price`: of one core for an hour."""
    for people in (1_000_000, 1_000_000_000):
        hours = people / rate / HOUR
        money = "" if price is None else f", {hours * price:,.2f} at {price:g} a core and hour"
        print(f"{people:13,} people: {hours:10,.2f} hours of one core, {hours / 64:8,.2f} hours of 64{money}")


def _print_rates(count: int, price: float | None) -> None:
    for kind, share in ((Kind.BRIEF, 1), (Kind.COULD_BECOME, 2), (Kind.FULL, 8)):
        of_chunks = rates(kind, min(count, IN_PROCESS) // share)
        middle, best = of_chunks[len(of_chunks) // 2], of_chunks[-1]
        print(f"{kind.value:12} {middle:7,.0f} rows of a second of processor time, {best:,.0f} in the best tenth")
        if kind is Kind.BRIEF:
            costs(middle, price)
    print(f"rows unlike those answered alone: {unlike_alone(default_checker(), min(count, IN_PROCESS) // 2)}")


def main(count: int, price: float | None = None) -> None:
    digest = default_checker().book.digest
    _print_rates(count, price)
    default_checker().close()
    with TemporaryDirectory() as folder:
        some, source = Path(folder) / "some.ndjson", Path(folder) / "people.ndjson"
        write_people(some, min(count, ONE_WORKER))
        write_people(source, count)
        one = measured(some, min(count, ONE_WORKER), 1, digest)
        every = measured(source, count, cores(), digest)
    print(f"{count:,} people: {one.rows_a_second:,.0f} rows a second with 1 worker, ", end="")
    print(f"{every.rows_a_second:,.0f} with {cores()}: {every.rows_a_second / (one.rows_a_second or 1):.2f} times")
    for rows, parent, workers in every.memory:
        print(f"  after {rows:10,} rows: {parent:5.0f} MB the parent, {workers:5.0f} MB the workers")
    for outcome, rows in every.outcomes.most_common():
        print(f"  {outcome:12} {rows:10,}  {100 * rows / count:5.1f}%")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE, float(sys.argv[2]) if len(sys.argv) > 2 else None)
