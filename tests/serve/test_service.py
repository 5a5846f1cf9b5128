"""The service around the endpoints: readiness, the token, headers, figures, and what it says when it cannot."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi import FastAPI

from magcheck import EngineFault, Report
from magcheck.core.errors import MissingExtraError
from magcheck.serve import Settings, create_app, router
from tests.serve.calling import JSON, Client, problem_in
from tests.support import page_data

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck import Checker, Profile

TOKEN = "a-token-of-the-tests-0123456789"  # noqa: S105 - it opens nothing


def test_every_answer_names_its_rules_and_guards_the_browser(client: Client, checker: Checker) -> None:
    for response in (
        client.get("/health"),
        client.post("/check", {}),
        client.post("/check", b"{"),
        client.get("/x"),
    ):
        assert response.headers["x-magcheck-rules"] == f"{checker.book.version} {checker.book.digest}"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert response.headers["cache-control"] in ("no-store", "no-cache")
        assert "access-control-allow-origin" not in response.headers
        assert len(response.headers["x-request-id"]) == 36


def test_a_request_keeps_its_own_id_only_where_it_is_a_uuid(client: Client) -> None:
    own = "9b2f0c0e-6f52-4b52-9d0c-0f7f1f0f3c11"
    assert client.get("/health", {"x-request-id": own}).headers["x-request-id"] == own
    assert client.get("/health", {"x-request-id": "Ann Lee"}).headers["x-request-id"] != "Ann Lee"


def test_a_service_without_usable_rules_lives_and_says_why_it_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    client = Client(create_app(Settings(only_rules=str(tmp_path))))
    assert client.get("/health").status_code == 200
    for response in (
        client.get("/ready"),
        client.post("/check", {}),
        client.get("/rules"),
        client.get("/openapi.json"),
    ):
        problem = problem_in(response, 503)
        assert problem["type"].endswith("not-ready")
        assert "broken.yaml" in problem["detail"]
        assert response.headers["retry-after"]
        assert "x-magcheck-rules" not in response.headers
    assert "magcheck_ready 0.0" in client.get("/metrics").text


def test_pages_of_ones_own_are_in_the_header(tmp_path: Path, checker: Checker) -> None:
    own = page_data("own-page", {"condition": "asthma"})
    (tmp_path / "own-page.yaml").write_text(json.dumps(own), encoding="utf-8")
    client = Client(create_app(Settings(rules=str(tmp_path))))
    version, digest = client.get("/ready").headers["x-magcheck-rules"].split()
    assert version == f"{checker.book.version}+own"
    assert digest != checker.book.digest
    assert client.get("/rules/own-page").json()["id"] == "own-page"


@pytest.mark.parametrize(
    "sent", [None, "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer{TOKEN}", TOKEN]
)
def test_without_the_token_nothing_is_told(sent: str | None, checker: Checker) -> None:
    client = Client(create_app(Settings(token=TOKEN), checker))
    headers = {} if sent is None else {"authorization": sent}
    for response in (
        client.post("/check", {"medications": ["cipro"]}, headers),
        client.get("/rules", headers),
        client.get("/metrics", headers),
    ):
        problem_in(response, 401)
        assert response.headers["www-authenticate"] == "Bearer"
    assert client.get("/health").status_code == client.get("/ready").status_code == 200


def test_with_the_token_everything_is_told(checker: Checker) -> None:
    client = Client(create_app(Settings(token=TOKEN), checker))
    assert client.post("/check", {}, {"authorization": f"bearer {TOKEN}"}).status_code == 200
    description = client.get("/openapi.json").json()
    assert description["paths"]["/check"]["post"]["security"] == [{"token": []}]
    assert "security" not in description["paths"]["/health"]["get"]


def test_compressed_where_it_is_asked_for(client: Client) -> None:
    told = {"medications": ["cipro"], "supplements": ["magnesium citrate 200 mg"]}
    packed = client.post("/check", told, {"accept-encoding": "gzip"})
    plain = client.post("/check", told, {"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2


class Stuck:
    """A checker that waits until it is let go."""

    def __init__(self, checker: Checker) -> None:
        self.book, self._checker, self.let_go = checker.book, checker, threading.Event()

    def check(self, profile: Profile) -> Report:
        assert self.let_go.wait(20)
        return self._checker.check(profile)


async def _statuses(app: FastAPI, many: int, let_go: threading.Event, after: float) -> list[httpx.Response]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://magcheck") as client:
        asked = [asyncio.create_task(client.post("/check", content=b"{}", headers=JSON)) for _ in range(many)]
        await asyncio.sleep(after)
        health = await client.get("/health")
        assert health.status_code == 200
        let_go.set()
        return list(await asyncio.gather(*asked))


def test_one_too_many_is_told_to_come_again_and_nothing_that_waits_is_lost(checker: Checker) -> None:
    stuck = Stuck(checker)
    app = create_app(Settings(most_waiting=5), stuck)  # type: ignore[arg-type]
    responses = asyncio.run(_statuses(app, 8, stuck.let_go, 0.3))
    assert sorted(response.status_code for response in responses) == [200] * 5 + [503] * 3
    for response in responses:
        if response.status_code == 503:
            assert problem_in(response, 503)["type"].endswith("full")
            assert response.headers["retry-after"] == "1"


def test_an_answer_that_takes_too_long_is_given_up_and_its_place_is_free_again(checker: Checker) -> None:
    stuck = Stuck(checker)
    app = create_app(Settings(most_waiting=2, seconds=0.2), stuck)  # type: ignore[arg-type]
    responses = asyncio.run(_statuses(app, 2, stuck.let_go, 0.6))
    assert [problem_in(response, 503)["type"] for response in responses] == ["urn:magcheck:problem:too-long"] * 2
    assert Client(app).post("/check", {}).status_code == 200


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (EngineFault("the two evaluators disagree about a page."), 500, "the two evaluators disagree"),
        (MissingExtraError("a day plan", "plan"), 501, "pip install 'magcheck[plan]'"),
        (ZeroDivisionError("Ann takes zolpidem"), 500, "ZeroDivisionError"),
        (RecursionError(), 500, "RecursionError"),
    ],
)
def test_a_fault_is_a_problem_and_never_a_report(
    error: Exception, status: int, says: str, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Profile) -> Report:
        raise error

    app = create_app(checker=checker)
    monkeypatch.setattr(checker, "check", fail)
    problem = problem_in(Client(app).post("/check", {}), status)
    assert says in problem["detail"]
    assert "zolpidem" not in json.dumps(problem)


def test_figures_count_requests_by_their_template(checker: Checker) -> None:
    client = Client(create_app(checker=checker))
    client.get("/rules/separate-ciprofloxacin")
    client.get("/rules/nothing-of-the-kind")
    client.get("/somewhere/else")
    client.post("/check", {})
    text = client.get("/metrics").text
    assert 'magcheck_requests_total{method="GET",route="/rules/{id}",status="200"} 1.0' in text
    assert 'magcheck_requests_total{method="GET",route="/rules/{id}",status="404"} 1.0' in text
    assert 'magcheck_requests_total{method="GET",route="none",status="404"} 1.0' in text
    assert 'magcheck_reports_total{complete="false"} 1.0' in text
    assert float(re.findall(r'work_processor_seconds_total\{pool="check"\} (\S+)', text)[0]) > 0
    assert "ciprofloxacin" not in text
    assert "somewhere" not in text
    assert f'digest="{checker.book.digest}"' in text


def test_the_routes_work_in_an_application_of_ones_own(checker: Checker) -> None:
    app = FastAPI()
    app.include_router(router(checker), prefix="/magnesium")
    client = Client(app)
    response = client.post("/magnesium/check", {})
    assert response.status_code == 200
    assert response.headers["x-magcheck-rules"] == f"{checker.book.version} {checker.book.digest}"
    assert problem_in(client.post("/magnesium/check", {"person": {"age": "29"}}), 422)["errors"]
    assert problem_in(client.get("/magnesium/drugs"), 422)
    assert "/magnesium/check" in client.get("/openapi.json").json()["paths"]
