"""Is a message read as it stands? The SDK takes the last of two equal keys, and is silent where it cannot read.

So each message is read strictly first. A call that does not stand it reaches the tool as one to be refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from mcp.types import PARSE_ERROR, ErrorData, JSONRPCError, jsonrpc_message_adapter
from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.serve.body import document_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.knowledge.document import Path

NAME = "arguments"
"""What a problem calls what was sent to a tool."""
REFUSED = "\0refused"
"""Stands in the arguments of a call that is to be refused; no field can have this name."""
UNREADABLE = JSONRPCError(
    jsonrpc="2.0", id=None, error=ErrorData(code=PARSE_ERROR, message="This is no message in JSON.")
)
_CALL = "tools/call"
_WITHIN: Path = ("params", NAME)


def strictly(message: str) -> str | None:
    """The message that the SDK may have: this one, or a call to be refused. None where there is none to answer."""
    try:
        problem = _problem_with(document_of(message.encode("utf-8", "replace")).data)
    except InputError as error:
        return _to_be_refused(message, error.problems)
    if problem:
        return _to_be_refused(message, (problem,))
    return message if _is_understood(message) else _to_be_refused(message, (_NOT_UNDERSTOOD,))


_NOT_UNDERSTOOD = Problem(NAME, "this holds half a character, or is no call.", "Send text in UTF-8.")
_NO_FIELDS = Problem(NAME, "this must be an object of fields.", "Send an object, such as {}.")


def _problem_with(message: object) -> Problem | None:
    """The SDK's own refusal of arguments that are a list or a text names no field."""
    call = cast("dict[str, Any]", message) if isinstance(message, dict) else {}
    params = call.get("params")
    told = cast("dict[str, Any]", params).get(NAME) if isinstance(params, dict) else None
    if call.get("method") != _CALL or told is None:
        return None
    return None if isinstance(told, dict) and REFUSED not in told else _NO_FIELDS


def _is_understood(message: str) -> bool:
    try:
        jsonrpc_message_adapter.validate_json(message, by_name=False)
    except ValidationError:
        return False
    return True


def _to_be_refused(message: str, problems: Sequence[Problem]) -> str | None:
    try:
        sent: object = json.loads(message, parse_int=_small)
    except (ValueError, RecursionError):
        return None
    call = cast("dict[str, Any]", sent) if isinstance(sent, dict) else {}
    params = call.get("params")
    if call.get("method") != _CALL or not isinstance(params, dict):
        return message if _is_understood(message) else None
    told = [[problem.what, problem.fix, _path_of(problem)] for problem in problems]
    refused = json.dumps(call | {"params": cast("dict[str, Any]", params) | {NAME: {REFUSED: told}}})
    return refused if _is_understood(refused) else None


def _small(digits: str) -> int:
    """Thousands of digits are no number here; the id of a call has a few."""
    return int(digits) if len(digits) < 40 else 0


def _path_of(problem: Problem) -> Path:
    inside = problem.path[: len(_WITHIN)] == _WITHIN
    return problem.path[len(_WITHIN) :] if inside else ()


def refuse(arguments: dict[str, Any]) -> None:
    """Raises InputError for a call that is to be refused."""
    if REFUSED in arguments:
        raise InputError([_problem(*told) for told in cast("list[list[Any]]", arguments[REFUSED])])


def _problem(what: str, fix: str, path: list[str | int]) -> Problem:
    return Problem(NAME, what, fix, tuple(path))
