"""How is the service started, and how does it end? One process, or a parent that keeps several alive."""

from __future__ import annotations

import logging
import logging.config
import os
import signal
import socket
import sys
from functools import partial
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from magcheck.core.errors import InputError, Problem
from magcheck.core.memory import keep_what_is_loaded
from magcheck.serve.app import create_app
from magcheck.serve.logs import configuration
from magcheck.serve.metrics import SHARED_FOLDER
from magcheck.serve.protocol import BoundedProtocol

if TYPE_CHECKING:
    from types import FrameType

    from fastapi import FastAPI

    from magcheck.serve.settings import Settings

GRACE_SECONDS = 5
"""Beyond the time limit of an answer, until what is held has to be finished."""
STARTING_SECONDS = 60
"""Until a process that is silent is taken for dead; on a busy machine it needs seconds to load."""
SWITCH_SECONDS = 0.001
"""Until a check lets the event loop have its turn; with Python's 5 ms, `/health` waits that long several times.

With 0.1 ms each request costs 0.16 ms more, which is how often the two then take turns.
"""
ENDED_BY = 128
"""Exit code of a process that a signal ended, less the number of the signal."""
log = logging.getLogger("magcheck.serve")


class Where(NamedTuple):
    """Where the service listens, and with how many processes."""

    host: str
    port: int
    workers: int


def run(settings: Settings, where: Where) -> None:
    """Returns when the service has ended. The first SIGTERM finishes what is held, a second one ends at once.

    Raises InputError for an address that cannot be listened on.
    """
    listening = listening_on(where, "magcheck serve")
    logging.config.dictConfig(configuration())
    host = f"[{where.host}]" if ":" in where.host else where.host
    log.info("listening on http://%s:%d", host, listening.getsockname()[1])
    config = _config(settings, where)
    if where.workers == 1:
        _Alone(config).run([listening])
        return
    with TemporaryDirectory(prefix="magcheck-figures-") as folder:
        os.environ[SHARED_FOLDER] = folder
        _Several(config, [listening]).run()


def listening_on(where: Where, command: str) -> socket.socket:
    """Raises InputError for an address that cannot be listened on."""
    listening = socket.socket(socket.AF_INET6 if ":" in where.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((where.host, where.port))
    except OSError as error:
        what = f"{where.host}:{where.port} cannot be listened on: {error.strerror or 'unknown address'}."
        raise InputError([Problem(command, what, "Name another --host or --port.")]) from None
    listening.set_inheritable(True)
    return listening


def _config(settings: Settings, where: Where) -> Config:
    return Config(
        partial(_app, settings),
        factory=True,
        workers=where.workers,
        http=BoundedProtocol,
        ws="none",
        log_config=configuration(),
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_worker_healthcheck=STARTING_SECONDS,
        timeout_graceful_shutdown=int(settings.seconds) + GRACE_SECONDS,
    )


def _app(settings: Settings) -> FastAPI:
    """The application in a process of its own, which may set what holds for the whole process."""
    app = create_app(settings)
    keep_what_is_loaded()
    sys.setswitchinterval(SWITCH_SECONDS)
    return app


class _Alone(Server):
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit:
            os._exit(ENDED_BY + sig)
        super().handle_exit(sig, frame)


class _Several(Multiprocess):
    def __init__(self, config: Config, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)

    def _end(self, number: int, frame: FrameType | None) -> None:
        del frame
        if self.should_exit.is_set():
            for process in self.processes:
                process.process.kill()
            raise SystemExit(ENDED_BY + number)
        self.should_exit.set()
