"""Answer over HTTP until told to end."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.errors import InputError, Problem
from magcheck.core.extras import refuse_without

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen

NEEDED = ("fastapi", "prometheus_client", "uvicorn")
SHORTEST_TOKEN = 16


class Listening(NamedTuple):
    host: str
    port: int
    workers: int


class Limits(NamedTuple):
    most_bytes: int
    most_waiting: int
    seconds: float


class Secrets(NamedTuple):
    """Files that say who may ask."""

    token_file: str | None
    cds_clients: str | None


def serve_http(rules: Chosen | None, listening: Listening, limits: Limits, secrets: Secrets) -> int:
    """Raises MissingExtraError without the extra `serve`, InputError for a token that is no secret."""
    for module in NEEDED:
        refuse_without(module, "the web service", "serve")
    from magcheck.serve.run import Where, run  # noqa: PLC0415 - only there when the extra is installed
    from magcheck.serve.settings import Settings  # noqa: PLC0415

    settings = Settings(
        rules=rules.folder if rules and not rules.only else None,
        only_rules=rules.folder if rules and rules.only else None,
        token=token_in(secrets.token_file) if secrets.token_file is not None else None,
        cds_clients=secrets.cds_clients,
        most_bytes=limits.most_bytes,
        most_waiting=limits.most_waiting,
        seconds=limits.seconds,
    )
    gc.enable()  # unlike other commands, this one lives long
    run(settings, Where(*listening))
    return 0


def token_in(file: str) -> str:
    """The one line of `file`."""
    try:
        token = Path(file).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no plain text"
        raise InputError(
            [Problem(file[:200], f"the token cannot be read: {why}.", "Name a file that holds it.")]
        ) from None
    if len(token) < SHORTEST_TOKEN or len(token.split()) != 1:
        what = f"this is no token of {SHORTEST_TOKEN} or more letters and digits in one line."
        raise InputError([Problem(file[:200], what, "Make one with: openssl rand -hex 32")])
    return token
