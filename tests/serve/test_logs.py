"""What the service writes down of people: nothing, whatever was told and whatever went wrong."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from typing import TYPE_CHECKING

import pytest

from magcheck.serve import Settings, create_app
from magcheck.serve.logs import JsonFormatter
from tests.serve.calling import JSON, Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck import Checker, Profile, Report

MARK = "zqmarkedname"
"""Stands in everything that is sent; must stand in nothing that is written."""
FIELDS = {"time", "level", "process", "event", "method", "route", "status", "ms", "request_id", "error", "at"}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    logging.getLogger("magcheck.serve").setLevel(logging.INFO)
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    logging.getLogger("magcheck.serve").setLevel(logging.NOTSET)


def _lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def _ask_everything(client: Client) -> int:
    told = {"medications": [f"{MARK} 5 mg"], "conditions": [MARK], "supplements": [MARK], "symptoms": [MARK]}
    asked = [
        *(client.post(path, told) for path in ("/check", "/plan", "/explain", "/next-question", "/fhir/check")),
        client.post("/check", {MARK: MARK}),
        client.post("/check", f'{{"a": {MARK}}}'.encode()),
        client.post("/fhir/check", {"resourceType": MARK}),
        client.post("/next-question", {"answers": [{"path": MARK, "text": MARK}]}),
        client.post(f"/explain?rule={MARK}", told),
        client.get(f"/drugs?q={MARK}"),
        client.get(f"/rules/{MARK}"),
        client.get(f"/{MARK}/{MARK}?{MARK}={MARK}"),
        client.ask(
            "POST", "/check", MARK, JSON | {"authorization": f"Bearer {MARK}", "cookie": MARK, "referer": MARK}
        ),
        client.ask("POST", "/check", MARK, {"content-type": f"application/{MARK}"}),
        client.get("/health", {"user-agent": MARK, "x-request-id": MARK, "x-forwarded-for": MARK}),
    ]
    return len(asked)


def test_a_request_leaves_one_line_without_a_word_of_what_was_told(written: io.StringIO, checker: Checker) -> None:
    for settings in (Settings(), Settings(token="a-token-of-the-tests")):  # noqa: S106 - it opens nothing
        many = _ask_everything(Client(create_app(settings, checker)))
        lines = [line for line in _lines(written) if line["event"] == "request"]
        assert len(lines) == many
        written.truncate(0)
        written.seek(0)
        for line in lines:
            assert line.keys() <= FIELDS
            assert MARK not in json.dumps(line).casefold()
            assert line["route"] == "none" or str(line["route"]).startswith("/")
    assert {"/rules/{id}", "none"} <= {str(line["route"]) for line in lines}


def test_a_fault_is_written_down_by_its_kind_and_its_place_alone(
    written: io.StringIO, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(profile: Profile) -> Report:
        raise ValueError(f"cannot read {profile.medications[0].name}")

    client = Client(create_app(checker=checker))
    monkeypatch.setattr(checker, "check", fail)
    assert client.post("/check", {"medications": [MARK]}).status_code == 500
    (fault,) = [line for line in _lines(written) if line["event"] == "stumbled"]
    assert fault["error"] == "ValueError"
    assert any(str(place).startswith("fail:") for place in fault["at"])  # type: ignore[attr-defined]
    assert MARK not in written.getvalue()


def test_what_other_parts_of_python_say_of_an_error_is_cut_to_its_first_line(written: io.StringIO) -> None:
    async def fail() -> None:
        raise ValueError(MARK)

    async def forget() -> None:
        task = asyncio.ensure_future(fail())
        await asyncio.sleep(0)
        del task
        await asyncio.sleep(0)

    asyncio.run(forget())
    assert "Task exception was never retrieved" in written.getvalue()
    assert MARK not in written.getvalue()
