"""What was read once, kept beside the rules, so that the next start is faster and never says anything else.

`python -m magcheck.knowledge.keep` writes it; without it, everything is read at every start. With `--seal`, as a
wheel is built, it also writes down which files belong to the rules.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from magcheck.core.lazy import cached_property
from magcheck.knowledge.document import read_document
from magcheck.knowledge.entries import Countries, Edition, Planning, Question, Source
from magcheck.knowledge.equations import Equations
from magcheck.knowledge.files import MANIFEST, TABLES, contents, digest, files_in, manifest, shipped
from magcheck.knowledge.layout import is_decided, is_page
from magcheck.knowledge.placeholders import placeholder_problems
from magcheck.knowledge.restored import as_bytes, of_bytes
from magcheck.knowledge.rule import Rule
from magcheck.knowledge.wording.wording import Wording
from magcheck.terminology.tables import class_entries, spellings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from magcheck.core.model import Model
    from magcheck.knowledge.document import Document
    from magcheck.terminology.tables import Spellings

READ_BEFORE = "read_before.pickle"
READERS = ("core", "knowledge", "knowledge/wording", "terminology")
"""Folders of the modules whose work is kept: it is no longer true when one of them changes."""
READER_FILES = ("profile.py", "report.py")
"""As these, and no folders."""
WHOLE: Mapping[str, type[Model]] = {
    "countries.yaml": Countries,
    "edition.yaml": Edition,
    "equations.yaml": Equations,
    "planning.yaml": Planning,
    "wording.yaml": Wording,
}
ENTRIES: Mapping[str, type[Model]] = {"questions.yaml": Question, "sources.yaml": Source}
"""Files of named entries."""
Told: TypeAlias = "Mapping[str, Any]"
"""By the path of the file."""


class Kept:
    """What was read once: pages, and the data behind models, are made when they are first asked for."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._models: Told = found.get("models", {})
        self._pages, self._data = found.get("pages", b""), found.get("data", b"")
        self.digest: str = found.get("digest", "")
        self.documents: Told = found.get("files", {})
        """The data of each YAML file that is no model."""
        self.spellings: Spellings | None = found.get("spellings")
        self.validated: frozenset[str] = frozenset(found.get("validated", ()))
        """Files of which `model` gives what was made."""

    def model(self, path: str) -> Any:  # noqa: ANN401 - a page, another model, or named models
        """What the file at `path`, one of `validated`, was found to say."""
        return self._every_page[path] if is_page(path) else self._models[path]

    def data(self, path: str) -> Any:  # noqa: ANN401 - plain data
        """What stands in the file at `path`, one of `validated`."""
        return self._every_file[path]

    @cached_property
    def _every_page(self) -> Told:
        return dict(of_bytes(self._pages))

    @cached_property
    def _every_file(self) -> Told:
        return dict(of_bytes(self._data))


NOTHING_KEPT = Kept({})


def kept(folder: Traversable, raw: Mapping[str, bytes]) -> Kept:
    """What was kept of the files `raw`; nothing where they, their readers or what is kept are not as they were.

    The first line is the hash of all that follows: a bit changed later cannot change an answer.
    """
    try:
        whole = folder.joinpath(READ_BEFORE).read_bytes()
        seal, _, body = whole.partition(b"\n")
        if seal != _seal(body):
            return NOTHING_KEPT
        found = Kept(of_bytes(body))
        return found if found.digest == _with_readers(raw) else NOTHING_KEPT
    except (OSError, ValueError, TypeError, LookupError, AttributeError, EOFError, pickle.UnpicklingError):
        return NOTHING_KEPT


def to_keep(folder: Traversable) -> bytes:
    """What the file for the rules of `folder` holds."""
    raw = contents(dict(files_in(folder)))
    read = {
        path: read_document(raw[path], path) for path in raw if path.endswith(".yaml") and not is_decided(path)
    }
    made = dict(_validated(read))
    classes = class_entries(read[f"{TABLES}/classes.yaml"].data)
    body = as_bytes(
        {
            "digest": _with_readers(raw),
            "files": {path: document.data for path, document in read.items() if path not in made},
            "spellings": spellings_of(lambda name: raw[f"{TABLES}/{name}"].decode("utf-8"), classes),
            "validated": [*made],
            "models": {path: model for path, model in made.items() if not is_page(path)},
            "pages": as_bytes({path: model for path, model in made.items() if is_page(path)}),
            "data": as_bytes({path: read[path].data for path in made}),
        }
    )
    return _seal(body) + b"\n" + body


def _validated(read: Mapping[str, Document]) -> Iterator[tuple[str, object]]:
    """Each file that says what it should; the others are left to whoever names what is wrong with them."""
    for path, document in read.items():
        try:
            model = _model(path, document)
        except ValidationError:
            continue
        if model is not None and not (isinstance(model, Wording) and any(placeholder_problems(model, document))):
            yield path, model


def _model(path: str, document: Document) -> object | None:
    if path in ENTRIES:
        return {name: ENTRIES[path].model_validate(entry) for name, entry in document.data.items()}
    kind = Rule if is_page(path) else WHOLE.get(path)
    return kind.model_validate(document.data) if kind else None


def _seal(body: bytes) -> bytes:
    return b"sha256:" + hashlib.sha256(body).hexdigest().encode()


def _with_readers(raw: Mapping[str, bytes]) -> str:
    return digest({**raw, **_readers()})


def _readers() -> dict[str, bytes]:
    """The source of every module whose work is kept."""
    engine = files("magcheck")
    found = {name: engine.joinpath(name).read_bytes() for name in READER_FILES}
    for folder in READERS:
        modules = sorted((entry.name, entry) for entry in engine.joinpath(folder).iterdir())
        found |= {f"{folder}/{name}": module.read_bytes() for name, module in modules if name.endswith(".py")}
    return found


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
