"""Calls of the service inside this process, one after the other, without a socket."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI

JSON = {"content-type": "application/json"}
PROBLEM = "application/problem+json"


class Client:
    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def ask(
        self, method: str, path: str, content: bytes | str = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://magcheck") as client:
                return await client.request(method, path, content=content, headers=headers)

        return asyncio.run(ask())

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, profile: object, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """`profile`: raw bytes, or plain data that is sent as JSON."""
        content = profile if isinstance(profile, bytes) else json.dumps(profile)
        return self.ask("POST", path, content, headers=JSON | dict(headers or {}))


def problem_in(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem in an answer with that status."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    assert problem["type"].startswith("urn:magcheck:problem:")
    assert problem["title"]
    assert problem["detail"]
    return problem
