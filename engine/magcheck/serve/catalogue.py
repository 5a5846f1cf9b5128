"""What is known here? The rule pages, the questionnaire, and names to complete what somebody types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from magcheck.core.errors import InputError
from magcheck.core.model import Model
from magcheck.core.scales import Severity
from magcheck.explain.reasons import outcome_of, page_called
from magcheck.fhir import questionnaire
from magcheck.knowledge.review import ReviewStatus
from magcheck.serve.body import JSON
from magcheck.serve.documented import ANY_OBJECT, COMPUTES, PAGE, Tag, get, whole
from magcheck.serve.drugs import Drugs, Suggestions
from magcheck.serve.problems import NO_PAGE, QUERY, ProblemError
from magcheck.serve.route import ProblemRoute

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.serve.service import Service

FHIR_JSON = "application/fhir+json"
LONGEST_QUERY, MOST_FOUND = 100, 50


class RuleSummary(Model):
    id: str
    title: str
    outcome: str
    """Its action, or `ask` or `place`."""
    severity: Severity
    status: ReviewStatus


class RuleList(Model):
    rules: tuple[RuleSummary, ...]


class Catalogue:
    def __init__(self, service: Service) -> None:
        self.service = service
        self._kept: dict[str, str] = {}
        self._drugs: Drugs | None = None

    async def rules(self, request: Request) -> Response:
        """All pages, in short."""
        book = self.service.checker.book
        text = await self._once("rules", lambda: _list(book))
        return self.service.tagged(request, text, JSON)

    async def rule(self, request: Request, page: Annotated[str, Path(alias="id")]) -> Response:
        """One page as it is written, with its conditions, its evidence and its examples."""
        book = self.service.checker.book
        try:
            data: Any = book.documents[page_called(page, book, "id").id].data
        except InputError as error:
            raise ProblemError(NO_PAGE, str(error)) from None
        return self.service.tagged(request, json.dumps(data, ensure_ascii=False), JSON)

    async def questionnaire(self, request: Request) -> Response:
        """Every question, as a FHIR R4 Questionnaire; its answers are read by `POST /fhir/check`."""
        book = self.service.checker.book
        text = await self._once("questionnaire", lambda: json.dumps(questionnaire(book), ensure_ascii=False))
        return self.service.tagged(request, text, FHIR_JSON)

    async def drugs(
        self,
        q: Annotated[str, Query(min_length=1, max_length=LONGEST_QUERY)],
        limit: Annotated[int, Query(ge=1, le=MOST_FOUND)] = 10,
    ) -> Response:
        """Known names that begin with `q`, that hold it, or that are a letter or two away."""
        drugs = self._drugs = self._drugs or Drugs(self.service.checker.book.vocabulary)
        text = await self.service.checks.run(lambda: drugs.matching(q, limit).model_dump_json())
        return self.service.answer(text, JSON)

    async def _once(self, name: str, make: Callable[[], str]) -> str:
        """The rules of a process never change."""
        if name not in self._kept:
            self._kept[name] = await self.service.checks.run(make)
        return self._kept[name]

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute, tags=[Tag.RULES])
        router.add_api_route("/rules", self.rules, **get(whole(RuleList), COMPUTES, kept=True))
        router.add_api_route("/rules/{id}", self.rule, **get(ANY_OBJECT, (*COMPUTES, *PAGE), kept=True))
        questions = get(ANY_OBJECT, COMPUTES, FHIR_JSON, kept=True)
        router.add_api_route("/questionnaire", self.questionnaire, **questions)
        router.add_api_route("/drugs", self.drugs, **get(whole(Suggestions), (*COMPUTES, QUERY)))
        return router


def _list(book: RuleBook) -> str:
    return RuleList(rules=tuple(map(_summary, book.rules))).model_dump_json()


def _summary(rule: Rule) -> RuleSummary:
    return RuleSummary(
        id=rule.id, title=rule.title, outcome=outcome_of(rule), severity=rule.severity, status=rule.status
    )
