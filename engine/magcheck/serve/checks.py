"""What is asked with a profile? Check it, plan its day, explain the report."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from magcheck.explain.explanation import Explanation
from magcheck.fhir.check import answered
from magcheck.fhir.guidance import is_complete
from magcheck.profile import Profile
from magcheck.serve.body import JSON, bytes_of, document_of, model_of
from magcheck.serve.detail import Detail, json_of
from magcheck.serve.documented import ANY_OBJECT, DAY, Tag, post, reports, whole
from magcheck.serve.route import ProblemRoute

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.checker import Checker
    from magcheck.knowledge.document import Document
    from magcheck.report import Report
    from magcheck.serve.pool import Pool
    from magcheck.serve.service import Service


FHIR_JSON = "application/fhir+json"


class Checks:
    def __init__(self, service: Service) -> None:
        self.service = service

    async def check(self, request: Request, detail: Detail = Detail.FULL) -> Response:
        """The report of the profile, whatever its verdict."""

        def check(checker: Checker, document: Document) -> str:
            return self._report(checker.check(_profile(document)), detail)

        return await self._answer(request, self.service.checks, check)

    async def plan(self, request: Request, detail: Detail = Detail.FULL) -> Response:
        """The report with its day: times that keep every gap, or the proof that there are none."""

        def plan(checker: Checker, document: Document) -> str:
            return self._report(checker.plan(_profile(document)), detail)

        return await self._answer(request, self.service.plans, plan)

    async def explain(self, request: Request, rule: str | None = None) -> Response:
        """Why the report says what it says: every page that fired or nearly did, or the page `rule` alone."""

        def explain(checker: Checker, document: Document) -> str:
            return checker.explain(_profile(document), rule).model_dump_json()

        return await self._answer(request, self.service.checks, explain)

    async def check_fhir(self, request: Request) -> Response:
        """The GuidanceResponse to a FHIR R4 QuestionnaireResponse, or to a Bundle of a record."""

        def check(checker: Checker, document: Document) -> str:
            answer = answered(document, checker, datetime.now(UTC))
            self.service.metrics.reported(complete=is_complete(answer))
            return json.dumps(answer, ensure_ascii=False)

        return await self._answer(request, self.service.checks, check, FHIR_JSON)

    def _report(self, report: Report, detail: Detail) -> str:
        self.service.metrics.reported(complete=report.complete)
        return json_of(report, detail)

    async def _answer(
        self, request: Request, pool: Pool, ask: Callable[[Checker, Document], str], media_type: str = JSON
    ) -> Response:
        """To read the body is work too: a large one would hold up everybody else."""
        checker = self.service.checker
        raw = await bytes_of(request, self.service.settings)
        return self.service.answer(await pool.run(lambda: ask(checker, document_of(raw))), media_type)

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute, tags=[Tag.CHECKS])
        profile, report = whole(Profile, "validation"), reports()
        router.add_api_route("/check", self.check, **post(profile, report))
        router.add_api_route("/plan", self.plan, **post(profile, report, DAY))
        router.add_api_route("/explain", self.explain, **post(profile, whole(Explanation)))
        router.add_api_route("/fhir/check", self.check_fhir, **post(ANY_OBJECT, ANY_OBJECT, media_type=FHIR_JSON))
        return router


def _profile(document: Document) -> Profile:
    return model_of(Profile, document)
