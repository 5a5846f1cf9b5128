"""How is anything kept from one start to the next? Under its hash, and beside a digest of all that made it."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from magcheck.knowledge.files import digest

if TYPE_CHECKING:
    from collections.abc import Iterable


def sealed(body: bytes) -> bytes:
    """`body` under its hash: a bit changed later cannot change an answer."""
    return _seal(body) + b"\n" + body


def unsealed(whole: bytes) -> bytes:
    """What was sealed. Raises ValueError where one bit of it is another."""
    seal, _, body = whole.partition(b"\n")
    if seal != _seal(body):
        raise ValueError("this is not what was kept.")
    return body


def _seal(body: bytes) -> bytes:
    return b"blake2b:" + hashlib.blake2b(body).hexdigest().encode()  # half the work of sha256


def digest_of_modules(folders: Iterable[str], single: Iterable[str] = ()) -> str:
    """Changes with every byte of the source of these folders and files of ours."""
    engine = files("magcheck")
    found = {name: engine.joinpath(name).read_bytes() for name in single}
    for folder in folders:
        modules = sorted((entry.name, entry) for entry in engine.joinpath(folder).iterdir())
        found |= {f"{folder}/{name}": module.read_bytes() for name, module in modules if name.endswith(".py")}
    return digest(found)
