"""How is the service started, and how does it end? One process, or a parent that keeps several alive."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from magcheck.serve.app import create_app

if TYPE_CHECKING:
    from magcheck.serve.settings import Settings

GRACE_SECONDS = 5
"""Beyond the time limit of an answer, until what is held has to be finished."""

STARTING_SECONDS = 30
"""Until a process that is silent is taken for dead; on a busy machine it needs seconds to load."""


class Where(NamedTuple):
    """Where the service listens, and with how many processes."""

    host: str
    port: int
    workers: int


def run(settings: Settings, where: Where) -> None:
    """Returns when the service has ended. The first SIGTERM finishes what is held, a second one ends at once."""
    config = Config(
        partial(create_app, settings),
        factory=True,
        host=where.host,
        port=where.port,
        workers=where.workers,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_worker_healthcheck=STARTING_SECONDS,
        timeout_graceful_shutdown=int(settings.seconds) + GRACE_SECONDS,
    )
    if where.workers == 1:
        Server(config).run()
    else:
        Multiprocess(config, [config.bind_socket()]).run()
