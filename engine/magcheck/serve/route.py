"""A route whose every answer is a result or a problem, wherever its router is mounted."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as StarletteHTTPException

from magcheck.core.errors import Problem
from magcheck.serve.problems import QUERY, ProblemError, of_status, problem_of, response_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from fastapi import Request, Response

log = logging.getLogger("magcheck.serve")


class ProblemRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handle(request)
            except Exception as error:  # noqa: BLE001 - whatever it is, a client gets a problem
                return response_of(told(error))

        return answered


def told(error: Exception) -> ProblemError:
    """The problem; what is our own fault is logged besides, by its kind and its place, never by its words."""
    if isinstance(error, RequestValidationError):
        return _wrong_query(error)
    if isinstance(error, HTTPException | StarletteHTTPException):
        return of_status(error.status_code, str(error.detail), error.headers)
    problem = problem_of(error)
    if problem.kind.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error(problem.kind.name, exc_info=error)
    return problem


def _wrong_query(error: RequestValidationError) -> ProblemError:
    problems = tuple(Problem(str(wrong["loc"][-1]), f"{wrong['msg'].lower()}.") for wrong in error.errors())
    return ProblemError(QUERY, "\n".join(str(problem) for problem in problems), problems)
