"""Answer an assistant until it is gone, or over HTTP until told to end."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from magcheck.core.extras import refuse_without

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen

NEEDED = ("mcp", "fastapi", "prometheus_client", "uvicorn")


def serve_mcp(rules: Chosen | None, *, http: bool, host: str, port: int) -> int:
    """Raises MissingExtraError without the extra `mcp`."""
    for module in NEEDED:
        refuse_without(module, "the tools for assistants", "mcp")
    from magcheck.mcp.run import run_http, run_stdio  # noqa: PLC0415 - only there when the extra is installed
    from magcheck.serve.settings import Settings  # noqa: PLC0415

    settings = Settings(
        rules=rules.folder if rules and not rules.only else None,
        only_rules=rules.folder if rules and rules.only else None,
    )
    gc.enable()  # unlike other commands, this one lives long
    if http:
        run_http(settings, host, port)
    else:
        run_stdio(settings)
    return 0
