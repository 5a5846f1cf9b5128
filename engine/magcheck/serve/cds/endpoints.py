"""The routes of CDS Hooks: what is offered, a check for each hook, and what became of the cards."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypedDict

from fastapi import APIRouter, Request, Response

from magcheck.core.errors import InputError, MissingExtraError, Problem
from magcheck.fhir.check import CheckedRecord, checked_record
from magcheck.fhir.plain import part
from magcheck.serve.body import JSON, bytes_of, document_of
from magcheck.serve.cds.cards import Shown, cards
from magcheck.serve.cds.described import CARDS, OFFERED
from magcheck.serve.cds.request import CdsRequest, asked
from magcheck.serve.cds.services import SERVICES, discovery
from magcheck.serve.cds.tokens import guards, tokens_of
from magcheck.serve.documented import ANY_OBJECT, Tag, get, post, problem
from magcheck.serve.pool import FullError, TooLongError
from magcheck.serve.problems import NOT_READY, TOKEN
from magcheck.serve.route import ProblemRoute

if TYPE_CHECKING:
    from magcheck.checker import Checker
    from magcheck.profile import Profile
    from magcheck.report import Report
    from magcheck.serve.service import Service


Endpoint = Callable[[Request], Coroutine[None, None, Response]]
ASK, HEAR = "The cards for one hook.", "What a person did with the cards."
ASKED = "The record is read leniently; what of it could not be read is one card."
HEARD = "It is kept nowhere; an application may forward it."


class Named(TypedDict):
    """Arguments of `add_api_route`, of a route whose endpoint has no words of its own."""

    name: str
    summary: str
    description: str


class CdsHooks:
    def __init__(self, service: Service) -> None:
        self.service = service

    async def offered(self) -> Response:
        """The services, and what each wants to be sent."""
        return self.service.answer(json.dumps(discovery(self.service.checker.book)), JSON)

    def _asking(self, hook: str) -> Endpoint:
        async def ask(request: Request) -> Response:
            checker = self.service.checker
            raw = await bytes_of(request, self.service.settings)
            sent, checked = await self.service.checks.run(lambda: _checked(raw, hook, checker))
            report = await self._with_day(checked, checker)
            shown = Shown(report, checked.record, sent.drafts)
            answer = await self.service.checks.run(lambda: json.dumps({"cards": cards(shown, checker.book)}))
            self.service.metrics.reported(complete=report.complete)
            return self.service.answer(answer, JSON)

        return ask

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

    def _hearing(self, name: str) -> Endpoint:
        async def hear(request: Request) -> Response:
            raw = await bytes_of(request, self.service.settings)
            told = await self.service.checks.run(lambda: document_of(raw).data)
            if self.service.settings.cds_feedback is not None:
                self.service.settings.cds_feedback(name, told)
            return self.service.answer("{}", JSON)

        return hear

    def routes(self) -> APIRouter:
        clients = self.service.settings.cds_clients
        guard = guards(tokens_of(clients) if clients else None)
        router = APIRouter(route_class=ProblemRoute, tags=[Tag.CDS_HOOKS])
        router.add_api_route("/cds-services", self.offered, **get(OFFERED, (NOT_READY,)))
        for name, hook in SERVICES.items():
            path = f"/cds-services/{name}"
            asked_for, heard = post(ANY_OBJECT, CARDS), post(ANY_OBJECT, ANY_OBJECT)
            if guard:
                asked_for["responses"][401] = heard["responses"][401] = problem(TOKEN)
            router.add_api_route(
                path, self._asking(hook), dependencies=guard, **asked_for, **_named(hook, ASK, ASKED)
            )
            router.add_api_route(
                f"{path}/feedback",
                self._hearing(name),
                dependencies=guard,
                **heard,
                **_named(f"{hook}-feedback", HEAR, HEARD),
            )
        return router


def _named(name: str, summary: str, description: str) -> Named:
    return {"name": name, "summary": summary, "description": description}


def _checked(raw: bytes, hook: str, checker: Checker) -> tuple[CdsRequest, CheckedRecord]:
    body = part(document_of(raw).data)
    if body.get("hook") not in (None, hook):
        raise InputError([Problem("hook", "this service is for another hook.", f"Send {hook}.", path=("hook",))])
    sent = asked(body, hook, checker.book.wording.record)
    return sent, checked_record(sent.resources, checker, _today(), sent.patient, sent.not_read)


def _today() -> date:
    return datetime.now(UTC).date()


def _planned(checker: Checker, profile: Profile) -> Report:
    try:
        return checker.plan(profile)
    except MissingExtraError:
        return checker.with_changes(profile)
