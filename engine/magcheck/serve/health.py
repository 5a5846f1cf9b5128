"""Is the process alive, and can it answer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Response
from starlette.responses import JSONResponse

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

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute)
        router.add_api_route("/health", self.health, methods=["GET"])
        router.add_api_route("/ready", self.ready, methods=["GET"])
        return router
