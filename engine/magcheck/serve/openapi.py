"""The description of the whole service (OpenAPI 3.1), with an example of each verdict from a real run."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from fastapi import APIRouter, Request, Response
from fastapi.openapi.utils import get_openapi

from magcheck._version import __version__
from magcheck.core.json_schema import json_schema
from magcheck.explain.explanation import Explanation
from magcheck.profile import Profile
from magcheck.report import Report
from magcheck.serve.body import JSON
from magcheck.serve.catalogue import RuleList
from magcheck.serve.cds.described import PARTS
from magcheck.serve.detail import brief_schema
from magcheck.serve.documented import TAGS
from magcheck.serve.drugs import Suggestions
from magcheck.serve.problems import MEDIA_TYPE, TOKEN, ProblemBody
from magcheck.serve.route import ProblemRoute
from magcheck.serve.screens import Screen
from magcheck.serve.service import RULES_HEADER
from magcheck.serve.talk import Standing, Talk

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from starlette.routing import BaseRoute

    from magcheck.checker import Checker
    from magcheck.serve.documented import Schema
    from magcheck.serve.service import Service

DESCRIPTION = """A rule-based safety checker for magnesium supplements.

A report comes with status 200, whatever its verdict. `ok` alone means that nothing speaks against it and all was
read: `verdict: clear` beside `complete: false` means no more than "nothing found in what could be read".
Whatever cannot be used is a problem (RFC 9457): decide by its `type`, show its `detail`."""
_IN = (Profile, Talk)
_OUT = (Report, Explanation, Standing, Screen, RuleList, Suggestions, ProblemBody)
_REFERENCE = "#/components/schemas/"
_RULES = {"description": "Version and digest of the rules in use.", "schema": {"type": "string"}}


class Description:
    """`GET /openapi.json`. Its examples are made when it is first asked for."""

    def __init__(self, service: Service, guarded: Sequence[BaseRoute], opened: Sequence[BaseRoute]) -> None:
        self.service, self._guarded, self._opened = service, guarded, opened
        self._text: str | None = None

    async def openapi(self, request: Request) -> Response:
        """The description of this service."""
        checker = self.service.checker
        if self._text is None:
            self._text = await self.service.checks.run(lambda: self._made(checker))
        return self.service.tagged(request, self._text, JSON)

    def _made(self, checker: Checker) -> str:
        guarded = paths_of(self._guarded) if self.service.settings.token else frozenset[str]()
        return json.dumps(document([*self._guarded, *self._opened], checker, guarded), ensure_ascii=False)

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute)
        router.add_api_route("/openapi.json", self.openapi, methods=["GET"], include_in_schema=False)
        return router


def paths_of(routes: Sequence[BaseRoute]) -> frozenset[str]:
    return frozenset(get_openapi(title="", version="", routes=routes)["paths"])


def document(routes: Sequence[BaseRoute], checker: Checker, guarded: Container[str] = ()) -> Schema:
    """`guarded`: the addresses that need the token."""
    described = get_openapi(
        title="magcheck",
        version=__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        contact={"name": "The maintainers of magcheck"},
        servers=[{"url": "/"}],
        tags=[{"name": tag, "description": words} for tag, words in TAGS.items()],
        routes=routes,
    )
    components = _components()
    described = cast("Schema", _referring(described, components))
    components |= described.get("components", {}).get("schemas", {})
    described["components"] = {"schemas": dict(sorted(components.items()))}
    for path, operations in described["paths"].items():
        for operation in operations.values():
            _complete(operation, guarded=path in guarded)
    _show(described["paths"]["/check"]["post"], checker)
    if any(path in guarded for path in described["paths"]):
        described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return described


def _components() -> Schema:
    schemas = [*(json_schema(model) for model in _IN), *(json_schema(model, "serialization") for model in _OUT)]
    schemas.append(brief_schema(json_schema(Report, "serialization")))
    found: Schema = {}
    for schema in schemas:
        own = {name: value for name, value in schema.items() if name != "$defs"}
        for name, part in {**schema.get("$defs", {}), schema["title"]: own}.items():
            renamed = _optional(_renamed(part))
            if found.setdefault(name, renamed) != renamed:
                raise ValueError(f"two schemas are called {name}")
    named = {part["title"]: part for part in PARTS}
    if found.keys() & named.keys():
        raise ValueError(f"two schemas are called {found.keys() & named.keys()}")
    inside = {
        title: {key: _referring(value, named) for key, value in part.items()} for title, part in named.items()
    }
    return found | inside


def _renamed(part: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """References to `$defs` lead to the components."""
    if isinstance(part, list):
        return [_renamed(entry) for entry in cast("Sequence[Any]", part)]
    if not isinstance(part, dict):
        return part
    return {
        key: value.replace("#/$defs/", _REFERENCE) if key == "$ref" else _renamed(value)
        for key, value in cast("Schema", part).items()
    }


def _optional(part: Schema) -> Schema:
    """Without defaults: generators of clients demand a field that has one."""
    properties: Schema = part.get("properties", {})
    bare = {name: {key: field[key] for key in field if key != "default"} for name, field in properties.items()}
    return part | ({"properties": bare} if bare else {})


def _referring(part: Any, components: Schema) -> Any:  # noqa: ANN401 - any part of the document
    """A whole schema that is a component is referred to by its name."""
    if isinstance(part, list):
        return [_referring(entry, components) for entry in cast("Sequence[Any]", part)]
    if not isinstance(part, dict):
        return part
    schema = cast("Schema", part)
    title = schema.get("title")
    if "properties" in schema and title in components:
        return {"$ref": f"{_REFERENCE}{title}"}
    return {key: _referring(value, components) for key, value in schema.items()}


def _complete(operation: Schema, *, guarded: bool) -> None:
    operation["responses"]["200"].setdefault("headers", {})[RULES_HEADER] = _RULES
    if guarded:
        operation["security"] = [{"token": []}]
        problem = {"schema": {"$ref": f"{_REFERENCE}{ProblemBody.__name__}"}}
        operation["responses"]["401"] = {"description": TOKEN.title, "content": {MEDIA_TYPE: problem}}


def _show(operation: Schema, checker: Checker) -> None:
    """The examples, and what this very service says to each."""
    examples = _examples()
    operation["requestBody"]["content"][JSON]["examples"] = {
        name: {"summary": example["summary"], "value": example["profile"]} for name, example in examples.items()
    }
    operation["responses"]["200"]["content"][JSON]["examples"] = {
        name: {"summary": example["summary"], "value": _report(example["profile"], checker)}
        for name, example in examples.items()
    }


def _report(profile: Schema, checker: Checker) -> Schema:
    report = checker.check(Profile.model_validate(profile))
    return cast("Schema", json.loads(report.model_dump_json()))


def _examples() -> dict[str, Schema]:
    text = files("magcheck.serve").joinpath("examples.json").read_text(encoding="utf-8")
    return cast("dict[str, Schema]", json.loads(text))
