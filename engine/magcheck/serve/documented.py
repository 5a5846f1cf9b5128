"""How is an endpoint described? With schemas that hold by themselves, and so in any application."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict, cast

from starlette.responses import Response

from magcheck.core.json_schema import json_schema
from magcheck.report import Report
from magcheck.serve.body import JSON
from magcheck.serve.detail import brief_schema
from magcheck.serve.problems import (
    AGAIN,
    FULL,
    INPUT,
    MEDIA,
    MEDIA_TYPE,
    NO_PAGE,
    NOT_INSTALLED,
    NOT_READY,
    QUERY,
    SLOW_BODY,
    STUMBLED,
    TOO_LARGE,
    ProblemBody,
    ProblemKind,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import Enum

    from magcheck.core.json_schema import Mode
    from magcheck.core.model import Model

Schema = dict[str, Any]
ANY_OBJECT: Schema = {"type": "object", "additionalProperties": True}
COMPUTES = (FULL, NOT_READY, STUMBLED)
"""What can be answered by everything that needs the rules."""
READS = (INPUT, MEDIA, SLOW_BODY, TOO_LARGE)
"""What can be answered besides by everything that reads a body."""
PAGE = (NO_PAGE, QUERY)
"""Where no page is answered; a wrong parameter is described too, or FastAPI would describe one of its own."""
DAY = (NOT_INSTALLED,)


class Tag(StrEnum):
    """What a group of endpoints is for; the value is its name."""

    CHECKS = "checks"
    QUESTIONS = "questions"
    PAGE = "page"
    RULES = "rules"
    CDS_HOOKS = "CDS Hooks"
    OPERATION = "operation"


TAGS = {
    Tag.CHECKS: "A profile or a record in, a report out.",
    Tag.QUESTIONS: "What is asked next.",
    Tag.PAGE: "What the page in a browser shows.",
    Tag.RULES: "What is known: pages, questions, names.",
    Tag.CDS_HOOKS: "Cards for a record system.",
    Tag.OPERATION: "For whoever runs the service.",
}


class Described(TypedDict):
    """Arguments of `add_api_route`."""

    methods: list[str]
    tags: NotRequired[list[str | Enum]]
    response_class: type[Response]
    responses: dict[int | str, dict[str, Any]]
    openapi_extra: NotRequired[dict[str, Any]]


def get(
    answer: Schema, problems: Sequence[ProblemKind] = (), media_type: str = JSON, *, kept: bool = False
) -> Described:
    """`kept`: a client may keep the answer, and then hears that it is the same."""
    responses = _responses(answer, problems, media_type)
    if kept:
        responses[304] = {"description": "It has not changed."}
    return {"methods": ["GET"], "response_class": Response, "responses": responses}


def post(body: Schema, answer: Schema, problems: Sequence[ProblemKind] = (), media_type: str = JSON) -> Described:
    return {
        "methods": ["POST"],
        "response_class": Response,
        "responses": _responses(answer, (*READS, *COMPUTES, *problems), media_type),
        "openapi_extra": {"requestBody": {"required": True, "content": {JSON: {"schema": body}}}},
    }


def _responses(
    answer: Schema, problems: Sequence[ProblemKind], media_type: str
) -> dict[int | str, dict[str, Any]]:
    responses: dict[int | str, dict[str, Any]] = {
        200: {"description": "The answer.", "content": {media_type: {"schema": answer}}}
    }
    for kind in problems:
        responses.setdefault(kind.status, problem(kind))
    return responses


def problem(kind: ProblemKind) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": kind.title,
        "content": {MEDIA_TYPE: {"schema": whole(ProblemBody)}},
    }
    if kind.status == NOT_READY.status:
        described["headers"] = {name: {"description": "Seconds.", "schema": {"type": "string"}} for name in AGAIN}
    return described


def whole(model: type[Model], mode: Mode = "serialization") -> Schema:
    """The schema of a model without references; its title is the name of the model."""
    return _inlined(model, mode)


def reports() -> Schema:
    """A report, as much of it as `detail` asks for."""
    return {"anyOf": [whole(Report), _brief()]}


@cache
def _brief() -> Schema:
    schema = brief_schema(json_schema(Report, "serialization"))
    return cast("Schema", _without_references(schema, schema["$defs"]))


@cache
def _inlined(model: type[Model], mode: Literal["validation", "serialization"]) -> Schema:
    schema = json_schema(model, mode)
    return cast("Schema", _without_references(schema, schema.get("$defs", {})))


def _without_references(part: Any, parts: Schema) -> Any:  # noqa: ANN401 - any part of a schema
    if isinstance(part, list):
        return [_without_references(entry, parts) for entry in cast("Sequence[Any]", part)]
    if not isinstance(part, dict):
        return part
    schema = cast("Schema", part)
    named: Schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else {}
    own = {key: value for key, value in schema.items() if key not in ("$ref", "$defs")}
    return {key: _without_references(value, parts) for key, value in {**named, **own}.items()}
