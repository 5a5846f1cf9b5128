"""What was read once, kept beside the rules, so that the next start is faster and never says anything else.

`python -m magcheck.knowledge.keep` writes it; without it, everything is read at every start. With `--seal`, as a
wheel is built, it also writes down which files belong to the rules.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from magcheck.knowledge.document import read_document
from magcheck.knowledge.files import MANIFEST, TABLES, contents, digest, files_in, manifest, shipped
from magcheck.knowledge.layout import is_decided
from magcheck.terminology.tables import class_entries, spellings_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from magcheck.terminology.tables import Spellings

READ_BEFORE = "read_before.json"
READERS = ("knowledge/document.py", "terminology/normalise.py", "terminology/tables.py")
"""What is kept is their work, and no longer true when they change."""


class Kept(NamedTuple):
    documents: Mapping[str, Any]
    """Path of each YAML file -> its data."""
    spellings: Spellings | None


NOTHING_KEPT = Kept({}, None)


def kept(folder: Traversable, raw: Mapping[str, bytes]) -> Kept:
    """What was kept of the files `raw`; nothing where they, their readers or what is kept are not as they were.

    The first line is the hash of all that follows: a character changed later cannot change an answer.
    """
    try:
        seal, _, body = folder.joinpath(READ_BEFORE).read_bytes().partition(b"\n")
        if seal != _seal(body):
            return NOTHING_KEPT
        data: dict[str, Any] = json.loads(body)
        return Kept(data["files"], data["spellings"]) if data["digest"] == _with_readers(raw) else NOTHING_KEPT
    except (OSError, ValueError, TypeError, KeyError):
        return NOTHING_KEPT


def to_keep(folder: Traversable) -> bytes:
    """The text of the file for the rules of `folder`; ASCII is read faster."""
    raw = contents(dict(files_in(folder)))
    read = [path for path in raw if path.endswith(".yaml") and not is_decided(path)]
    data = {path: read_document(raw[path], path).data for path in read}
    classes = class_entries(data[f"{TABLES}/classes.yaml"])
    spellings = spellings_of(lambda name: raw[f"{TABLES}/{name}"].decode("utf-8"), classes)
    body = json.dumps({"digest": _with_readers(raw), "files": data, "spellings": spellings}).encode()
    return _seal(body) + b"\n" + body


def _seal(body: bytes) -> bytes:
    return b"sha256:" + hashlib.sha256(body).hexdigest().encode()


def _with_readers(raw: Mapping[str, bytes]) -> str:
    return digest({**raw, **{name: files("magcheck").joinpath(name).read_bytes() for name in READERS}})


def keep(folder: Path) -> None:
    """Write what can be kept of the rules of `folder` beside them."""
    (folder / READ_BEFORE).write_bytes(to_keep(folder))


def seal(folder: Path) -> None:
    """Write down which files the rules of `folder` are, so that a later loss is noticed."""
    (folder / MANIFEST).write_text(manifest(contents(dict(files_in(folder)))), encoding="utf-8")


if __name__ == "__main__":
    keep(Path(str(shipped())))
    if "--seal" in sys.argv:
        seal(Path(str(shipped())))
