"""Who checks the rows? Processes, as many as there are cores; what comes out keeps the order of what went in."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

from magcheck.core.errors import EngineFault
from magcheck.screen.batch import AnsweredBatch, Batch, answered, in_lines
from magcheck.screen.row import FAULT, refused
from magcheck.screen.together import Job, Screener, screener_of

if TYPE_CHECKING:
    from collections.abc import Iterator


WAITING_EACH = 3
"""Batches of one worker that are on their way: memory stays the same however long the input is."""


_here: list[Screener] = []
"""The one of this process."""


def cores() -> int:
    """Cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _start(job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _here[:] = [screener_of(job)]


def _end_with_parent() -> None:
    """A parent that was killed can tell nobody; its workers would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(batch: Batch) -> AnsweredBatch:
    return answered(batch, _here[0])


class Crew:
    """Workers, and the batches that are on their way. A worker that dies takes no row with it."""

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._workers = workers
        self._pool = self._new_pool(workers)
        self._waiting: deque[tuple[Batch, Future[AnsweredBatch]]] = deque()

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, get_context("spawn"), _start, (self._job,))

    def answers(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, AnsweredBatch]]:
        """In the order of `batches`, of which only a few are read ahead."""
        for batch in islice(batches, WAITING_EACH * self._workers):
            self._send(batch)
        while self._waiting:
            yield self._next()
            for batch in islice(batches, 1):
                self._send(batch)

    def _send(self, batch: Batch) -> None:
        self._waiting.append((batch, self._submitted(batch)))

    def _submitted(self, batch: Batch) -> Future[AnsweredBatch]:
        try:
            return self._pool.submit(_answer, batch)
        except BrokenProcessPool as error:
            failed = Future[AnsweredBatch]()
            failed.set_exception(error)
            return failed

    def _next(self) -> tuple[Batch, AnsweredBatch]:
        batch, future = self._waiting.popleft()
        try:
            return batch, future.result()
        except BrokenProcessPool:
            answer = self._one_by_one(batch)
        self._begin_anew()
        return batch, answer

    def _begin_anew(self) -> None:
        """Everything that is still on its way is given to new workers."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new_pool(self._workers)
        self._waiting = deque((batch, self._submitted(batch)) for batch, _ in self._waiting)

    def _one_by_one(self, batch: Batch) -> AnsweredBatch:
        """A worker died, over one of these rows or another. A row that ends a process of its own has no answer."""
        pool, parts = self._one_worker(), list[AnsweredBatch]()
        for place in range(len(batch.told)):
            try:
                parts.append(pool.submit(_answer, batch.row_alone(place)).result())
            except BrokenProcessPool:
                row = refused(batch.first + place, "the process that checked this row died.", FAULT)
                parts.append(in_lines([row], self._job.digest))
                pool = self._one_worker()
        pool.shutdown()
        return together(parts)

    def _one_worker(self) -> ProcessPoolExecutor:
        pool = self._new_pool(1)
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool:
            raise EngineFault("no process that checks could be started.") from None
        return pool

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def together(parts: list[AnsweredBatch]) -> AnsweredBatch:
    outcomes = sum((part.outcomes for part in parts), start=type(parts[0].outcomes)())
    lines = b"".join(part.lines for part in parts)
    return AnsweredBatch(lines, sum(part.rows for part in parts), outcomes, parts[0].digest)
