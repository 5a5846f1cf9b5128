"""May this request ask? Only with the token, where there is one."""

from __future__ import annotations

from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING

from fastapi import Depends, Request

from magcheck.serve.problems import TOKEN, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from fastapi.params import Depends as Dependency


def guards(token: str | None) -> list[Dependency]:
    """What stands before each guarded endpoint."""
    return [Depends(_bearer(token))] if token else []


def _bearer(token: str) -> Callable[[Request], Coroutine[None, None, None]]:
    expected = _digest(token)

    async def bearer(request: Request) -> None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if not compare_digest(_digest(given.strip()), expected) or scheme.lower() != "bearer":
            detail = "Send the header Authorization: Bearer, and the token."
            raise ProblemError(TOKEN, detail, headers={"WWW-Authenticate": "Bearer"})

    return bearer


def _digest(secret: str) -> bytes:
    """Digests are of one length, so that the time of comparing them tells nothing."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
