"""Around every answer: its headers, its line in the log, its figures. Nothing of what was asked goes into them."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from starlette.datastructures import Headers, MutableHeaders

from magcheck.serve.problems import response_of
from magcheck.serve.route import told
from magcheck.serve.service import RULES_HEADER

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from magcheck.serve.service import Service

REQUEST_ID = "X-Request-Id"
NO_ROUTE = "none"
"""How the log calls an address that leads nowhere; what was written there is nobody's business."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Of every answer that does not bring its own."""
_RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
log = logging.getLogger("magcheck.serve")


class Observed:
    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, send, self.service.rules_in_use)
        try:
            await self.app(scope, receive, answer.send)
        except Exception as error:
            if answer.status:
                log.exception("the answer broke off")
                raise RuntimeError("the answer broke off") from None
            await response_of(told(error))(scope, receive, answer.send)
        finally:
            self._record(answer)

    def _record(self, answer: _Answer) -> None:
        method = answer.scope["method"] if answer.scope["method"] in _METHODS else "other"
        route, seconds = _route_of(answer.scope), perf_counter() - answer.began
        self.service.metrics.answered(method, route, answer.status, seconds)
        seen: dict[str, Any] = {"method": method, "route": route, "status": answer.status}
        log.info("request", extra={**seen, "ms": round(seconds * 1000, 1), "request_id": answer.request_id})


class _Answer:
    """One answer on its way out."""

    def __init__(self, scope: Scope, send: Send, rules: str | None) -> None:
        self.scope, self._send, self._rules = scope, send, rules
        self.began, self.status = perf_counter(), 0
        self.request_id = _request_id(scope)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            brought = {name for name, _ in message["headers"]}
            headers = MutableHeaders(scope=message)
            headers.raw.extend(header for header in _RAW_HEADERS if header[0] not in brought)
            headers[REQUEST_ID] = self.request_id
            if self._rules:
                headers[RULES_HEADER] = self._rules
        await self._send(message)


def _request_id(scope: Scope) -> str:
    """The one that came with it, where it is a UUID and so tells nothing; else a new one."""
    try:
        return str(UUID(Headers(scope=scope).get(REQUEST_ID, "")))
    except ValueError:
        return str(uuid4())


def _route_of(scope: Scope) -> str:
    """The template, such as "/rules/{id}", never what stood in its place."""
    return getattr(scope.get("route"), "path", None) or NO_ROUTE
