"""What happens when a command is told to end while it holds answers? The same as on Ctrl-C."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType


class ToldToEnd(KeyboardInterrupt):
    """By a signal, or because the terminal is gone: nobody is left who could be asked."""


_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Told to end, and a terminal that was closed."""


@contextmanager
def interrupted_by_signals() -> Generator[None, None, None]:
    """Raises ToldToEnd on the first signal to end; further ones do not disturb what is kept then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    for ending in _ENDING:
        signal.signal(ending, signal.SIG_IGN)
    raise ToldToEnd
