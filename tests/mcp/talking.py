"""Talks with the server through the SDK's own client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from mcp.client import Client
from mcp.types import TextContent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp.types import CallToolResult

CIPRO: dict[str, Any] = {"medications": ["cipro 500 mg 8:00"], "supplements": ["magnesium citrate 200 mg 8:30"]}
WEAK_KIDNEYS: dict[str, Any] = {
    "person": {"age": 70},
    "kidney": {"stage": "G5"},
    "supplements": ["magnesium oxide 400 mg"],
}
UNKNOWN_NAME: dict[str, Any] = {
    "person": {"age": 30, "sex": "male"},
    "medications": ["zzqxopril 5 mg"],
    "supplements": [{"name": "magnesium glycinate", "amount_mg": 100, "basis": "elemental", "times": ["21:00"]}],
}
THREE: dict[str, dict[str, Any]] = {"cipro": CIPRO, "weak kidneys": WEAK_KIDNEYS, "unknown name": UNKNOWN_NAME}


def talk(peer: Any, say: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    """What `say` returns. `peer`: a server of this process, a transport, or an address."""

    async def talked() -> Any:
        async with asyncio.timeout(120), Client(peer, mode=mode) as client:
            return await say(client)

    return asyncio.run(talked())


def call(peer: Any, tool: str, arguments: dict[str, Any], mode: str = "auto") -> CallToolResult:
    answer: CallToolResult = talk(peer, lambda client: client.call_tool(tool, arguments), mode)
    return answer


def text_in(answer: CallToolResult) -> str:
    (content,) = answer.content
    assert isinstance(content, TextContent)
    return content.text


def answered(answer: CallToolResult) -> tuple[str, dict[str, Any]]:
    """Text and data of an answer that is none of an error."""
    assert not answer.is_error, text_in(answer)
    assert isinstance(answer.structured_content, dict)
    return text_in(answer), answer.structured_content


def refused(answer: CallToolResult) -> tuple[str, dict[str, Any]]:
    assert answer.is_error, text_in(answer)
    assert isinstance(answer.structured_content, dict)
    return text_in(answer), answer.structured_content
