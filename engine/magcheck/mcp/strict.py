"""What comes in over stdin or HTTP, read strictly before the SDK has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
from mcp.shared.message import SessionMessage

from magcheck.mcp.wire import UNREADABLE, strictly

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from io import TextIOWrapper

    from mcp.shared._stream_protocols import WriteStream
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class StrictLines(anyio.AsyncFile[str]):
    """One message in each line. What cannot be answered as a call is answered at once."""

    def __init__(self, lines: TextIOWrapper) -> None:
        super().__init__(lines)
        self.outgoing: WriteStream[SessionMessage] | None = None

    async def __aiter__(self) -> AsyncIterator[str]:
        async for line in super().__aiter__():
            message = strictly(line)
            if message is not None:
                yield message
            elif self.outgoing and line.strip():
                await self.outgoing.send(SessionMessage(UNREADABLE))


class StrictBodies:
    """ASGI middleware: a body of at most `most` bytes is one message; what is larger is refused behind it."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        body = bytearray()
        more = True
        while more and len(body) <= self.most:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        await self.app(scope, _again(_strict(bytes(body), whole=not more), receive, more=more), send)


def _strict(body: bytes, *, whole: bool) -> bytes:
    """What is no message stays as it is: over HTTP the SDK answers it."""
    message = strictly(body.decode("utf-8", "replace")) if whole else None
    return body if message is None else message.encode()


def _again(body: bytes, receive: Receive, *, more: bool) -> Receive:
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": more}

    return again
