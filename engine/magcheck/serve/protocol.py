"""HTTP on one connection, with bounds that uvicorn leaves to a proxy: size and time of the head of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from magcheck.serve.problems import MEDIA_TYPE, of_status, response_of

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

MOST_HEAD_BYTES = 65_536
"""Of the first line and the headers of a request."""
HEAD_SECONDS = 20
"""Until they have to be here."""


class BoundedProtocol(HttpToolsProtocol):
    _head_bytes = 0
    _in_head = True
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_here()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES:
            self._refuse(431, f"At most {MOST_HEAD_BYTES:,} bytes of headers are read.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self._in_head:  # another request on the same connection
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        self._head_is_here()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(400, msg)

    def _wait_for_head(self) -> None:
        self._in_head, self._head_bytes = True, 0
        self._timer = self.loop.call_later(
            HEAD_SECONDS, self._refuse, 408, f"Send it within {HEAD_SECONDS} seconds."
        )

    def _head_is_here(self) -> None:
        self._in_head = False
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: int, detail: str) -> None:
        """The last words on this connection; the application never hears of the request."""
        self._head_is_here()
        body: Any = response_of(of_status(status, detail)).body
        head = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self.transport.close()
