"""Over stdin and stdout, and over HTTP: the same answers, and nothing written down of people."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from mcp.client.stdio import StdioServerParameters, stdio_client

from tests.mcp.listening import COMMAND, HEADERS, listening
from tests.mcp.talking import THREE, answered, refused, talk
from tests.support import ROOT, child

if TYPE_CHECKING:
    from mcp.client import Client

    from magcheck import Checker

MARK = "zqmarkedname"


async def _everything(client: Client) -> dict[str, Any]:
    listed = await client.list_tools()
    assert [tool.name for tool in listed.tools] == ["check", "next_question", "explain_rule"]
    marked = {"medications": [f"{MARK} 5 mg"], "conditions": [MARK]}
    answered(await client.call_tool("check", marked))
    answered(await client.call_tool("next_question", marked))
    refused(await client.call_tool("check", {"person": {"age": MARK}, MARK: MARK}))
    refused(await client.call_tool("explain_rule", {"rule": MARK, **marked}))
    checked = [client.call_tool("check", person) for person in THREE.values()]
    return {name: answered(await answer)[1] for name, answer in zip(THREE, checked, strict=True)}


def _assert_right(reports: dict[str, Any], checker: Checker) -> None:
    for name, person in THREE.items():
        report = checker.check(person)
        assert (reports[name]["verdict"], reports[name]["complete"]) == (report.verdict, report.complete)


def test_over_stdin_and_stdout(checker: Checker, tmp_path: Path) -> None:
    parameters = StdioServerParameters(command=sys.executable, args=["-W", "error", *COMMAND])
    with (tmp_path / "stderr").open("w+", encoding="utf-8") as errors:
        _assert_right(talk(stdio_client(parameters, errlog=errors), _everything), checker)
        errors.seek(0)
        assert errors.read() == ""


def test_the_documents_show_how_an_assistant_starts_it() -> None:
    page = (ROOT / "docs" / "how-to" / "mcp.md").read_text(encoding="utf-8")
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])["mcpServers"]["magcheck"]
    command = Path(sys.executable).with_name(shown["command"])
    started = stdio_client(StdioServerParameters(command=str(command), args=shown["args"]))
    assert len(talk(started, lambda client: client.list_tools()).tools) == 3


def _raw(arguments: dict[str, Any]) -> str:
    params = {"name": "check", "arguments": arguments}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})


def test_over_http(checker: Checker) -> None:
    with listening() as (url, lines):
        _assert_right(talk(url, _everything), checker)
        large = httpx.post(url, content=_raw({MARK: "x" * 1_100_000}), headers=HEADERS)
        assert large.status_code == 413
        strange = httpx.post(url, content=_raw({}), headers=HEADERS | {"origin": "https://example.org"})
        assert strange.status_code == 403
    assert MARK not in "".join(lines)
    for line in lines:
        assert json.loads(line)["level"] in ("info", "warning")


def test_several_assistants_at_once_get_their_own_answers() -> None:
    async def ask(client: Client) -> list[Any]:
        people = list(THREE.values()) * 4
        return await asyncio.gather(*(client.call_tool("check", person) for person in people))

    with listening() as (url, _):
        verdicts = [answered(answer)[1]["verdict"] for answer in talk(url, ask)]
    assert verdicts == ["separate", "avoid", "clear"] * 4


@pytest.mark.parametrize("module", ["mcp", "fastapi"])
def test_without_the_extra_one_sentence_says_how_to_get_it(module: str) -> None:
    start = f"import sys; sys.modules[{module!r}] = None; from magcheck.cli.start import main; main()"
    done = child("-c", start, "mcp")
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'magcheck[mcp]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_cannot_be_listened_on_is_refused() -> None:
    done = child(*COMMAND, "--http", "--host", "203.0.113.1", "--port", "0")
    assert done.returncode == 2
    assert "Name another --host or --port." in done.stderr
