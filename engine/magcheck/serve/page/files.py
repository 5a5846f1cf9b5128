"""The files of the page, and what a browser may do with them: run and load what comes from here, nothing else."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path, Response

from magcheck.rendering.html.page import page_style
from magcheck.serve.problems import of_status
from magcheck.serve.route import ProblemRoute

KINDS = {"css": "text/css", "html": "text/html", "js": "text/javascript", "svg": "image/svg+xml"}
FRONT = "index.html"
REPORT_STYLE = "report.css"
"""The style of every page that magcheck makes; it is no file of this folder."""


class Page:
    async def front(self) -> Response:
        """The page itself."""
        return _answer(FRONT)

    async def file(self, name: Annotated[str, Path(max_length=40)]) -> Response:
        """What the page consists of."""
        if name not in names():
            raise of_status(HTTPStatus.NOT_FOUND, "The page has no such file.")
        return _answer(name)

    def routes(self) -> APIRouter:
        router = APIRouter(route_class=ProblemRoute, include_in_schema=False)
        router.add_api_route("/", self.front, methods=["GET"])
        router.add_api_route("/page/{name}", self.file, methods=["GET"])
        return router


@cache
def names() -> frozenset[str]:
    folder = files("magcheck.serve.page")
    found = {entry.name for entry in folder.iterdir() if entry.name.rpartition(".")[2] in KINDS}
    return frozenset(found | {REPORT_STYLE})


@cache
def content_of(name: str) -> str:
    if name == REPORT_STYLE:
        return page_style()
    return (files("magcheck.serve.page") / name).read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Nothing inline is run or used but the one known style that each handout carries within it."""
    known_style = b64encode(sha256(page_style().encode()).digest()).decode()
    return "; ".join((
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' 'sha256-{known_style}'",
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ))  # fmt: skip


def _answer(name: str) -> Response:
    headers = {"Cache-Control": "no-cache"}
    if name == FRONT:
        headers["Content-Security-Policy"] = policy()
    return Response(content_of(name), headers=headers, media_type=KINDS[name.rpartition(".")[2]])
