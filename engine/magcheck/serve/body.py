"""What was sent? Bytes within the limits, then plain data, then a profile: each refused by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from magcheck.core.errors import InputError, Problem
from magcheck.core.model import Model
from magcheck.knowledge.document import Document, read_document
from magcheck.knowledge.refusal import problems_of
from magcheck.serve.problems import MEDIA, SLOW_BODY, TOO_LARGE, ProblemError, of_status

if TYPE_CHECKING:
    from fastapi import Request

    from magcheck.serve.settings import Settings

NAME = "body"
"""What a problem calls it."""
JSON = "application/json"
BOM = b"\xef\xbb\xbf"
AnyModel = TypeVar("AnyModel", bound=Model)


async def bytes_of(request: Request, settings: Settings) -> bytes:
    """Raises ProblemError for what is of another kind, too large, or too slow."""
    _refuse_other_media(request)
    try:
        async with asyncio.timeout(settings.seconds):
            return await _gathered(request, settings.most_bytes)
    except TimeoutError:
        raise ProblemError(SLOW_BODY, f"Send it within {settings.seconds:g} seconds.") from None
    except ClientDisconnect:  # nobody is there to read this
        raise of_status(400, "The connection ended within the body.") from None


def _refuse_other_media(request: Request) -> None:
    """JSON in UTF-8 alone; whoever has to name it cannot be a form on a strange page."""
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    is_json = kind.strip() == JSON or (kind.startswith("application/") and kind.strip().endswith("+json"))
    charset = parameters.replace(" ", "").replace('"', "").partition("charset=")[2].partition(";")[0]
    if not is_json or charset not in ("", "utf-8", "utf8"):
        raise ProblemError(MEDIA, f"Send JSON in UTF-8, with the header Content-Type: {JSON}.")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ProblemError(MEDIA, "Send the body as it is, without Content-Encoding.")


async def _gathered(request: Request, most: int) -> bytes:
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > most:
        raise _too_large(most)
    gathered = bytearray()
    async for chunk in request.stream():
        gathered += chunk
        if len(gathered) > most:
            raise _too_large(most)
    return bytes(gathered)


def _too_large(most: int) -> ProblemError:
    return ProblemError(TOO_LARGE, f"At most {most:,} bytes are read. A profile has a few hundred lines.")


def document_of(raw: bytes) -> Document:
    """Plain data, read as strictly as a file is. Raises InputError for everything that is not a JSON object."""
    if not raw.strip():
        raise InputError([Problem(NAME, "there is nothing in it.", "Send a JSON object, such as {}.")])
    if raw.removeprefix(BOM).lstrip()[:1] != b"{":
        raise InputError([Problem(NAME, "this is no JSON object.", "Send one in UTF-8, such as {}.")])
    document = read_document(raw, NAME)
    return Document(NAME, document.data)  # pointers say where; a body has no lines that anybody sees


def model_of(model: type[AnyModel], document: Document) -> AnyModel:
    """Raises InputError with every field that is wrong."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, model, document)) from None
