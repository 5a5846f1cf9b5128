"""What is asked with a profile? Check it, plan its day, explain the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from magcheck.profile import Profile
from magcheck.serve.body import JSON, bytes_of, document_of, model_of
from magcheck.serve.route import ProblemRoute

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.checker import Checker
    from magcheck.core.model import Model
    from magcheck.serve.pool import Pool
    from magcheck.serve.service import Service


class Checks:
    def __init__(self, service: Service) -> None:
        self.service = service

    async def check(self, request: Request) -> Response:
        return await self._answer(request, self.service.checks, lambda checker, profile: checker.check(profile))

    async def plan(self, request: Request) -> Response:
        return await self._answer(request, self.service.plans, lambda checker, profile: checker.plan(profile))

    async def explain(self, request: Request, rule: str | None = None) -> Response:
        return await self._answer(
            request, self.service.checks, lambda checker, profile: checker.explain(profile, rule)
        )

    async def _answer(self, request: Request, pool: Pool, ask: Callable[[Checker, Profile], Model]) -> Response:
        """To read the body is work too: a large one would hold up everybody else."""
        checker = self.service.checker
        raw = await bytes_of(request, self.service.settings)

        def work() -> str:
            return ask(checker, model_of(Profile, document_of(raw))).model_dump_json()

        return Response(await pool.run(work), media_type=JSON)

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute)
        router.add_api_route("/check", self.check, methods=["POST"])
        router.add_api_route("/plan", self.plan, methods=["POST"])
        router.add_api_route("/explain", self.explain, methods=["POST"])
        return router
