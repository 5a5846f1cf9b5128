"""The routes of CDS Hooks: what is offered, a check for each hook, and what became of the cards."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from magcheck.core.errors import InputError, MissingExtraError, Problem
from magcheck.fhir.check import CheckedRecord, checked_record
from magcheck.fhir.plain import part
from magcheck.serve.body import JSON, bytes_of, document_of
from magcheck.serve.cds.cards import Shown, cards
from magcheck.serve.cds.request import Asked, asked
from magcheck.serve.cds.services import SERVICES, discovery
from magcheck.serve.pool import FullError, TooLongError
from magcheck.serve.problems import of_status
from magcheck.serve.route import ProblemRoute

if TYPE_CHECKING:
    from magcheck.checker import Checker
    from magcheck.report import Report
    from magcheck.serve.service import Service


class CdsHooks:
    def __init__(self, service: Service) -> None:
        self.service = service

    async def offered(self) -> Response:
        """The services, and what each wants to be sent."""
        return self.service.answer(json.dumps(discovery(self.service.checker.book)), JSON)

    async def ask(self, request: Request, service: str) -> Response:
        """The cards for one hook."""
        hook = _hook_of(service)
        checker = self.service.checker
        raw = await bytes_of(request, self.service.settings)
        sent, checked = await self.service.checks.run(lambda: _checked(raw, hook, checker))
        report = await self._with_day(checked, checker)
        shown = Shown(report, checked.record, sent.drafts)
        answer = await self.service.checks.run(lambda: json.dumps({"cards": cards(shown, checker.book)}))
        self.service.metrics.reported(complete=report.complete)
        return self.service.answer(answer, JSON)

    async def _with_day(self, checked: CheckedRecord, checker: Checker) -> Report:
        """The report with its day and its changes, where there is time for them: a card does without."""
        report, profile = checked.report, checked.record.profile
        if not any(finding.counts for finding in report.findings):
            return report
        try:
            planned = await self.service.plans.run(lambda: _planned(checker, profile))
        except (FullError, TooLongError, InputError):
            return report
        return report.model_copy(update={"plan": planned.plan, "what_would_change": planned.what_would_change})

    async def feedback(self, request: Request, service: str) -> Response:
        """What a person did with the cards. It is kept nowhere."""
        _hook_of(service)
        raw = await bytes_of(request, self.service.settings)
        told = await self.service.checks.run(lambda: document_of(raw).data)
        forward = self.service.settings.cds_feedback
        if forward is not None:
            forward(service, told)
        return self.service.answer("{}", JSON)

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute)
        router.add_api_route("/cds-services", self.offered, methods=["GET"], response_class=Response)
        router.add_api_route("/cds-services/{service}", self.ask, methods=["POST"], response_class=Response)
        router.add_api_route(
            "/cds-services/{service}/feedback", self.feedback, methods=["POST"], response_class=Response
        )
        return router


def _hook_of(service: str) -> str:
    if service not in SERVICES:
        raise of_status(404, f"The services are {', '.join(SERVICES)}.")
    return SERVICES[service]


def _checked(raw: bytes, hook: str, checker: Checker) -> tuple[Asked, CheckedRecord]:
    body: dict[str, Any] = part(document_of(raw).data)
    if body.get("hook") not in (None, hook):
        raise InputError([Problem("hook", "this service is for another hook.", f"Send {hook}.", path=("hook",))])
    sent = asked(body, hook, checker.book.wording.record)
    return sent, checked_record(sent.resources, checker, _today(), sent.patient, sent.not_read)


def _today() -> date:
    return datetime.now(UTC).date()


def _planned(checker: Checker, profile: Any) -> Report:  # noqa: ANN401
    try:
        return checker.plan(profile)
    except MissingExtraError:
        return checker.with_changes(profile)
