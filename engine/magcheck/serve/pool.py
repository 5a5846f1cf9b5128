"""Where is something computed that would hold up the event loop? In few threads, with few places to wait."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore
from time import thread_time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

Made = TypeVar("Made")


class FullError(Exception):
    """Everybody is busy, and every place to wait is taken."""


class TooLongError(Exception):
    """The answer was not there in time."""


class Pool:
    """One thread, because Python computes in one at a time: more of them would only slow the event loop.

    `most`: how many may wait or be worked on. `seconds`: until an answer has to be there. `worked`: is told the
    processor seconds of each work.
    """

    def __init__(self, name: str, most: int, seconds: float, worked: Callable[[str, float], None]) -> None:
        self._name, self._worked = name, worked
        self._executor = self._new_executor()
        self._places = Semaphore(most)
        self._seconds = seconds

    def _new_executor(self) -> ThreadPoolExecutor:
        """It starts its thread with the first work."""
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)

    async def run(self, work: Callable[[], Made]) -> Made:
        """What `work` returns or raises. Raises FullError, and TooLongError.

        Who has not begun when the time is up never begins; what has begun keeps its place until it ends.
        """
        if not self._places.acquire(blocking=False):
            raise FullError
        future = self._submit(work)
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(future)
        except TimeoutError:
            raise TooLongError from None

    def _submit(self, work: Callable[[], Made]) -> Future[Made]:
        future = self._executor.submit(self._done, work)
        future.add_done_callback(lambda _: self._places.release())
        return future

    def _done(self, work: Callable[[], Made]) -> Made:
        began = thread_time()
        try:
            return work()
        finally:
            self._worked(self._name, thread_time() - began)

    def close(self) -> None:
        """What has not begun never begins. An application that is started again finds new places."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._new_executor()
