"""Which files make up a rule book, and what is the one figure for all of them?"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable


def shipped() -> Traversable:
    """The folder of rules that comes with magcheck."""
    return files("magcheck.rules")


def files_in(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    """(path, file) of every file of knowledge under `folder`."""
    for place in folder.iterdir():
        if place.name.endswith((".yaml", ".csv")):
            yield f"{path}{place.name}", place
        elif not place.name.startswith(("_", ".")) and place.is_dir():
            yield from files_in(place, f"{path}{place.name}/")


def contents(places: Mapping[str, Traversable]) -> dict[str, bytes]:
    """The bytes of each file, in the order that the digest needs."""
    return {path: place.read_bytes() for path, place in sorted(places.items())}


def digest(raw: Mapping[str, bytes]) -> str:
    """Changes with every byte of every file."""
    whole = hashlib.sha256()
    for path, content in raw.items():
        whole.update(f"{path}\0{len(content)}\0".encode())
        whole.update(content)
    return f"sha256:{whole.hexdigest()}"
