"""Is the process alive, and can it answer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse

from magcheck.serve.documented import ANY_OBJECT, Tag, get
from magcheck.serve.problems import NOT_READY
from magcheck.serve.route import ProblemRoute

if TYPE_CHECKING:
    from magcheck.serve.service import Service


class Health:
    def __init__(self, service: Service) -> None:
        self.service = service

    async def health(self) -> Response:
        """The process answers; nothing is said of its rules."""
        return JSONResponse({"status": "alive"})

    async def ready(self) -> Response:
        """There are rules to check with."""
        book = self.service.checker.book
        return JSONResponse({"status": "ready", "rules": {"version": book.version, "digest": book.digest}})

    async def metrics(self) -> Response:
        """Figures for Prometheus; none of them is about a person."""
        return Response(self.service.metrics.text(self.service.rules), media_type=CONTENT_TYPE_LATEST)

    def routes(self) -> APIRouter:
        """What a load balancer asks, which has no token."""
        router = APIRouter(route_class=ProblemRoute, tags=[Tag.OPERATION])
        router.add_api_route("/health", self.health, **get(ANY_OBJECT))
        router.add_api_route("/ready", self.ready, **get(ANY_OBJECT, (NOT_READY,)))
        return router

    def figures(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute, tags=[Tag.OPERATION])
        router.add_api_route("/metrics", self.metrics, **get({"type": "string"}, media_type="text/plain"))
        return router
