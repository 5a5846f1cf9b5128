"""Lists the tools and answers calls. What cannot be used is told as the command line tells it, with its field."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, CallToolResult, ListToolsResult, TextContent, ToolAnnotations
from mcp.types import Tool as Listed

from magcheck._version import __version__
from magcheck.knowledge.document import Document, read_document
from magcheck.mcp.tools import TOOLS
from magcheck.mcp.wire import NAME, refuse
from magcheck.serve.problems import body_of
from magcheck.serve.route import told

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext
    from mcp.types import CallToolRequestParams, PaginatedRequestParams

    from magcheck.checker import Checker
    from magcheck.mcp.tools import Tool, ToolAnswer
    from magcheck.serve.service import Service

HARMLESS = ToolAnnotations(read_only_hint=True, open_world_hint=False)


def server_of(service: Service) -> Server[Any]:
    return Server(
        "magcheck",
        version=__version__,
        on_list_tools=_list,
        on_call_tool=partial(_call, service),
    )


async def _list(context: ServerRequestContext[Any], page: PaginatedRequestParams | None) -> ListToolsResult:
    del context, page
    return ListToolsResult(tools=[_listed(name, tool) for name, tool in TOOLS.items()])


def _listed(name: str, tool: Tool) -> Listed:
    return Listed(
        name=name,
        description=tool.description,
        input_schema=tool.takes(),
        annotations=HARMLESS,
    )


async def _call(
    service: Service, context: ServerRequestContext[Any], asked: CallToolRequestParams
) -> CallToolResult:
    del context
    tool = TOOLS.get(asked.name)
    if tool is None:
        raise MCPError(INVALID_PARAMS, f"There is no such tool. Call one of: {', '.join(TOOLS)}.")
    arguments = asked.arguments or {}
    try:
        checker = service.checker
        answer = await service.checks.run(lambda: _answer(tool, checker, arguments))
    except Exception as error:  # noqa: BLE001 - whatever it is, an assistant is told that there is no answer
        return _refused(error)
    return CallToolResult(content=[TextContent(text=answer.text)], structured_content=answer.data)


def _answer(tool: Tool, checker: Checker, arguments: dict[str, Any]) -> ToolAnswer:
    """Arguments are read as strictly as a body, within the same limits."""
    refuse(arguments)
    data = read_document(json.dumps(arguments).encode(), NAME).data
    return tool.answer(checker, Document(NAME, data))


def _refused(error: Exception) -> CallToolResult:
    problem = told(error)
    body = body_of(problem)
    text = body.detail if problem.errors else f"{body.title} {body.detail}"
    return CallToolResult(
        content=[TextContent(text=text)],
        structured_content=body.model_dump(mode="json", exclude_none=True, exclude={"title", "status"}),
        is_error=True,
    )
