"""May this record system ask? Where those who may are listed, only with a token that it signed (CDS Hooks 2.0)."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any, cast

import jwt
from fastapi import Depends, Request
from pydantic import Field, ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.core.model import Model
from magcheck.serve.pool import FullError
from magcheck.serve.problems import TOKEN, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from fastapi.params import Depends as Dependency

ALGORITHMS = ("ES384", "RS384")
LONGEST_LIFE_SECONDS = 3600
"""Between the issue of a token and its end; a token is remembered until then, so that nobody can use it twice."""
LEEWAY_SECONDS = 10
MOST_REMEMBERED = 100_000
REFUSED = "This request is not accepted."
"""Whatever the reason: who tries keys learns nothing."""
_CLAIMS = ["iss", "aud", "exp", "iat", "jti"]
_LONGEST_JTI = 500


class Client(Model):
    """One record system that may ask."""

    iss: Annotated[str, Field(min_length=1)]
    jku: str | None = None
    """The address of its keys as its tokens name it. It is compared and never fetched."""
    keys: Annotated[str, Field(min_length=1)]
    """A file with its public keys, as a JWK Set."""


class Clients(Model):
    """Who may ask."""

    base: Annotated[str, Field(pattern=r"^https?://[^/]+(/.*)?$")]
    """The address of this service, as record systems call it."""
    clients: Annotated[tuple[Client, ...], Field(min_length=1, strict=False)]


@dataclass(frozen=True)
class _Known:
    iss: str
    jku: str | None
    keys: Mapping[str, Any]
    """Key id -> public key."""


@dataclass
class Tokens:
    """Verifies tokens, and remembers them until they end."""

    base: str
    known: tuple[_Known, ...]
    now: Callable[[], float] = time.time
    _used: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])
    _lock: Lock = field(default_factory=Lock)

    def refuse(self, token: str, path: str) -> None:
        """Raises ProblemError for a token that does not allow to ask at `path`."""
        try:
            claims = self._verified(token, f"{self.base}{path}")
            self._use_once(str(claims["iss"]), claims["jti"], float(claims["exp"]))
        except (jwt.PyJWTError, ValueError, TypeError, KeyError, OverflowError):
            raise _refused() from None

    def _verified(self, token: str, audience: str) -> dict[str, Any]:
        header = jwt.get_unverified_header(token)
        told: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        client = next((known for known in self.known if known.iss == told.get("iss")), None)
        if client is None or header.get("jku") not in (None, client.jku) or header.get("crit"):
            raise jwt.InvalidTokenError
        claims: dict[str, Any] = jwt.decode(
            token,
            client.keys[header["kid"]],
            algorithms=list(ALGORITHMS),
            audience=audience,
            issuer=client.iss,
            leeway=LEEWAY_SECONDS,
            options={"require": _CLAIMS},
        )
        if float(claims["exp"]) - float(claims["iat"]) > LONGEST_LIFE_SECONDS:
            raise jwt.InvalidTokenError
        return claims

    def _use_once(self, iss: str, jti: object, until: float) -> None:
        if not isinstance(jti, str) or not 0 < len(jti) <= _LONGEST_JTI:
            raise jwt.InvalidTokenError
        with self._lock:
            now = self.now()
            if len(self._used) >= MOST_REMEMBERED:
                self._used = {key: end for key, end in self._used.items() if end + LEEWAY_SECONDS > now}
            if (iss, jti) in self._used:
                raise jwt.InvalidTokenError
            if len(self._used) >= MOST_REMEMBERED:
                raise FullError
            self._used[iss, jti] = until


def guards(tokens: Tokens | None) -> list[Dependency]:
    """What stands before the services."""
    return [Depends(_signed(tokens))] if tokens else []


def _signed(tokens: Tokens) -> Callable[[Request], Coroutine[None, None, None]]:
    async def signed(request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise _refused()
        tokens.refuse(token.strip(), request.url.path)

    return signed


def _refused() -> ProblemError:
    return ProblemError(TOKEN, REFUSED, headers={"WWW-Authenticate": "Bearer"})


def tokens_of(file: str) -> Tokens:
    """Those who may ask, as `file` lists them. Raises InputError for a list or keys that cannot be used."""
    path = Path(file)
    try:
        listed = Clients.model_validate(_json_in(path))
    except ValidationError as error:
        wrong = error.errors()[0]
        where = ".".join(map(str, wrong["loc"]))
        raise _unusable(file, f"{where}: {wrong['msg'].lower()}.") from None
    known = tuple(_Known(one.iss, one.jku, _keys_in(path.parent / one.keys)) for one in listed.clients)
    return Tokens(listed.base.rstrip("/"), known)


def _keys_in(path: Path) -> dict[str, Any]:
    """Public keys alone, each with its id."""
    try:
        found = jwt.PyJWKSet.from_dict(_json_in(path))
    except jwt.PyJWTError as error:
        raise _unusable(str(path), f"these are no keys: {error}.") from None
    keys = {key.key_id: key.key for key in found.keys if key.key_id and not hasattr(key.key, "private_bytes")}
    if len(keys) < len(found.keys):
        raise _unusable(str(path), "every key needs a kid of its own, and must be a public one.")
    return keys


def _json_in(path: Path) -> dict[str, Any]:
    try:
        read: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no JSON"
        raise _unusable(str(path), f"this cannot be read: {why}.") from None
    if not isinstance(read, dict):
        raise _unusable(str(path), "this is no JSON object.")
    return cast("dict[str, Any]", read)


def _unusable(file: str, what: str) -> InputError:
    return InputError([Problem(file[:200], what, "The how-to page about CDS Hooks shows one.")])
