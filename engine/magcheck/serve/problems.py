"""What does a client see when something is wrong? A problem (RFC 9457) that names the field and the fix."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response

from magcheck.core.errors import EngineFault, InputError, MissingExtraError
from magcheck.core.model import Model
from magcheck.profile import Profile
from magcheck.rendering.line import one_line
from magcheck.serve.pool import FullError, TooLongError
from magcheck.serve.service import NotReadyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.core.errors import Problem
    from magcheck.knowledge.document import Path

MEDIA_TYPE = "application/problem+json"
KINDS = "urn:magcheck:problem:"
"""What every `type` of a problem begins with; a program decides by it, never by the words."""
COME_AGAIN_SECONDS = 1
MOST_ERRORS = 20
_LONGEST = 600
_FIELD = re.compile(r"([a-z_]+)(?:\[\d+\])?(?:\.[a-z_]+(?:\[\d+\])?)*")


class ProblemKind(NamedTuple):
    """One kind of problem."""

    name: str
    status: int
    title: str


INPUT = ProblemKind("input", 422, "The body cannot be used as it is.")
QUERY = ProblemKind("query", 422, "The query cannot be used as it is.")
TOO_LARGE = ProblemKind("too-large", 413, "The body is too large.")
MEDIA = ProblemKind("media-type", 415, "The body is of a kind that is not read here.")
SLOW_BODY = ProblemKind("slow-body", 408, "The body did not arrive in time.")
TOKEN = ProblemKind("token", 401, "A token is needed here.")
NO_PAGE = ProblemKind("no-page", 404, "There is no such rule page.")
FULL = ProblemKind("full", 503, "All places are taken.")
TOO_LONG = ProblemKind("too-long", 503, "The answer was not there in time.")
NOT_READY = ProblemKind("not-ready", 503, "The rules cannot be used.")
NOT_INSTALLED = ProblemKind("not-installed", 501, "A part of magcheck is not installed here.")
ENGINE = ProblemKind("engine-fault", 500, "magcheck cannot vouch for its own answer, so it gives none.")
STUMBLED = ProblemKind("stumbled", 500, "magcheck stumbled.")
AGAIN = {"Retry-After": str(COME_AGAIN_SECONDS)}


class ErrorBody(Model):
    """One part of a body that is wrong."""

    detail: str
    """Where and what."""
    fix: str
    """What would be right; empty where that cannot be told."""
    pointer: str | None = None
    """The field, as a JSON Pointer (RFC 6901) behind a `#`: "#/medications/0/name"; absent where none is."""
    pointers: tuple[str, ...]
    """All fields; several where they contradict each other."""


class ProblemBody(Model):
    """A problem (RFC 9457)."""

    type: str
    """Decide by this one: "urn:magcheck:problem:input"."""
    title: str
    status: int
    detail: str
    """In the words of the command line, a line for each thing that is wrong."""
    errors: tuple[ErrorBody, ...] | None = None


class ProblemError(Exception):
    """Ends a request with a problem. `errors`: each part of the body that is wrong."""

    def __init__(
        self,
        kind: ProblemKind,
        detail: str,
        errors: tuple[Problem, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors = kind, detail, errors
        self.headers = headers or {}


def problem_of(error: Exception) -> ProblemError:
    """What went wrong, as a client is told it; of an unknown error no more than its kind."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, InputError):
        return ProblemError(INPUT, _told(error.problems), error.problems)
    kind, detail = _explained(error)
    return ProblemError(kind, detail, headers=AGAIN if kind.status == HTTPStatus.SERVICE_UNAVAILABLE else None)


def _explained(error: Exception) -> tuple[ProblemKind, str]:
    match error:
        case FullError():
            return FULL, "Come again in a moment."
        case TooLongError():
            return TOO_LONG, "Send less at once, or come again later."
        case NotReadyError():
            return NOT_READY, _short(str(error))
        case MissingExtraError():
            return NOT_INSTALLED, str(error)
        case EngineFault():
            return ENGINE, _short(str(error))
        case _:
            return STUMBLED, f"{type(error).__name__}. Please report it."


def response_of(problem: ProblemError) -> Response:
    content = body_of(problem).model_dump_json(exclude_none=True)
    return Response(content, problem.kind.status, dict(problem.headers), MEDIA_TYPE)


def body_of(problem: ProblemError) -> ProblemBody:
    kind = problem.kind
    return ProblemBody(
        type=KINDS + kind.name,
        title=kind.title,
        status=kind.status,
        detail=_encodable(problem.detail),
        errors=tuple(_error(error) for error in problem.errors[:MOST_ERRORS]) or None,
    )


def of_status(status: int, detail: str, headers: Mapping[str, str] | None = None) -> ProblemError:
    """A problem of HTTP itself: no such address, another method."""
    phrase = HTTPStatus(status).phrase
    return ProblemError(
        ProblemKind(phrase.lower().replace(" ", "-"), status, f"{phrase}."), detail, headers=headers
    )


def _error(problem: Problem) -> ErrorBody:
    pointers = tuple(map(_encodable, _pointers(problem)))
    return ErrorBody(
        detail=one_line(f"{problem.where}: {problem.what}" if problem.where else problem.what),
        fix=one_line(problem.fix),
        pointer=pointers[0] if pointers else None,
        pointers=pointers,
    )


def _encodable(text: str) -> str:
    """Half a character, which JSON lets through, is no text."""
    return text.encode("utf-8", "backslashreplace").decode()


def _pointers(problem: Problem) -> Iterator[str]:
    """Where it is, as JSON Pointers (RFC 6901); two where two fields contradict each other."""
    if problem.path:
        yield pointer(problem.path)
        return
    for name in problem.where.split(" and "):
        found = _FIELD.fullmatch(name)
        if found and found[1] in Profile.model_fields:
            yield pointer(tuple(re.findall(r"\w+", name)))


def pointer(path: Path) -> str:
    """ "#/medications/0/times/1"."""
    return "#" + "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def _told(problems: tuple[Problem, ...]) -> str:
    """The sentences of the command line."""
    lines = [one_line(str(problem)) for problem in problems[:MOST_ERRORS]]
    if len(problems) > MOST_ERRORS:
        lines.append(f"... and {len(problems) - MOST_ERRORS} more.")
    return "\n".join(lines)


def _short(text: str) -> str:
    return one_line(text)[:_LONGEST]
