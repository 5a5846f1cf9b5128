"""How is the server run? Over stdin and stdout of one assistant, or over HTTP for several."""

from __future__ import annotations

import logging
import logging.config
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

import anyio
from mcp.server.stdio import stdio_server
from uvicorn import Config, Server

from magcheck.core.memory import keep_what_is_loaded
from magcheck.mcp.server import server_of
from magcheck.mcp.strict import StrictBodies, StrictLines
from magcheck.serve.logs import configuration
from magcheck.serve.run import GRACE_SECONDS, Where, listening_on
from magcheck.serve.service import Service

if TYPE_CHECKING:
    from magcheck.serve.settings import Settings

PATH = "/mcp"
log = logging.getLogger("magcheck.serve")


def run_stdio(settings: Settings) -> None:
    """Returns when the assistant has closed stdin. Nothing but the protocol goes to stdout."""
    service = _started(settings)
    try:
        anyio.run(_talk, service)
    finally:
        service.close()


def _started(settings: Settings) -> Service:
    logging.config.dictConfig(configuration())
    service = Service(settings)
    keep_what_is_loaded()
    return service


async def _talk(service: Service) -> None:
    server = server_of(service)
    lines = StrictLines(TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace"))
    async with stdio_server(stdin=lines) as (incoming, outgoing):
        lines.outgoing = outgoing
        await server.run(incoming, outgoing, server.create_initialization_options())


def run_http(settings: Settings, host: str, port: int) -> None:
    """Returns when it was told to end. Raises InputError for an address that cannot be listened on.

    No call depends on an earlier one, so no session is kept.
    """
    listening = listening_on(Where(host, port, workers=1), "magcheck mcp")
    service = _started(settings)
    app = server_of(service).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=settings.most_bytes,
        host=host,
    )
    shown = f"[{host}]" if ":" in host else host
    log.info("listening on http://%s:%d%s", shown, listening.getsockname()[1], PATH)
    config = Config(
        StrictBodies(app, settings.most_bytes),
        ws="none",
        log_config=configuration(),
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=int(settings.seconds) + GRACE_SECONDS,
    )
    try:
        Server(config).run([listening])
    finally:
        service.close()
