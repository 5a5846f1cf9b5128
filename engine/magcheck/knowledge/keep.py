"""What was read once, kept beside the rules, so that the next start is faster and never says anything else.

`python -m magcheck.knowledge.keep` writes it; without it, everything is read at every start. With `--seal`, as a
wheel is built, it also writes down which files belong to the rules.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from magcheck.core.lazy import LazyMapping, cached_property
from magcheck.knowledge.additions import joined_traits
from magcheck.knowledge.document import read_document
from magcheck.knowledge.entries import Countries, Edition, Planning, Question, Source
from magcheck.knowledge.equations import Equations
from magcheck.knowledge.files import MANIFEST, TABLES, contents, digest, files_in, manifest, shipped
from magcheck.knowledge.layout import WORD_LISTS, is_decided, is_page, word_lists
from magcheck.knowledge.placeholders import placeholder_problems
from magcheck.knowledge.restored import as_bytes, of_bytes, of_pressed, pressed
from magcheck.knowledge.rule import Rule
from magcheck.knowledge.sealed import digest_of_modules, sealed, unsealed
from magcheck.knowledge.vocabulary_files import of_kept, read_vocabulary
from magcheck.knowledge.vocabulary_files import to_keep as vocabulary_to_keep
from magcheck.knowledge.wording.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from magcheck.core.model import Model
    from magcheck.knowledge.document import Document
    from magcheck.knowledge.vocabulary_files import VocabularyFiles

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


class Kept:
    """What was read once: pages, other models, and the data behind them are made when they are first asked for."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._models: Mapping[str, bytes] = found.get("models", {})
        self._entries: Mapping[str, Mapping[str, bytes]] = found.get("entries", {})
        self._data: Mapping[str, bytes] = found.get("data", {})
        self._vocabulary: Mapping[str, Any] | None = found.get("vocabulary")
        self.digest: str = found.get("digest", "")
        self.ids: Mapping[str, str] = found.get("ids", {})
        """Id of each page, in order -> its path; empty where a page is not kept."""
        self.validated = frozenset[str]().union(self._models, self._entries)
        """Files of which `model` gives what was made."""

    def holds(self, path: str) -> bool:
        """Is there the data of this file?"""
        return path in self._data

    def model(self, path: str) -> Any:  # noqa: ANN401 - a page, another model, or named models
        """What the file at `path`, one of `validated`, was found to say."""
        if path in self._entries:
            return LazyMapping(self._entries[path], lambda _, raw: of_bytes(raw))
        return of_pressed(self._models[path])

    def data(self, path: str) -> Any:  # noqa: ANN401 - plain data
        """What stands in the file at `path`, which this `holds`."""
        return of_pressed(self._data[path])

    @cached_property
    def vocabulary(self) -> VocabularyFiles | None:
        """What our files of rules/vocabulary say."""
        return of_kept(self._vocabulary) if self._vocabulary is not None else None


NOTHING_KEPT = Kept({})


def kept(folder: Traversable, whole: str) -> Kept:
    """What was kept of the files with the digest `whole`; nothing where any of it, or a reader, has changed."""
    try:
        found = Kept(of_bytes(unsealed(folder.joinpath(READ_BEFORE).read_bytes())))
        return found if found.digest == with_readers(whole) else NOTHING_KEPT
    except (OSError, ValueError, TypeError, LookupError, AttributeError, EOFError, pickle.UnpicklingError):
        return NOTHING_KEPT


def to_keep(folder: Traversable) -> bytes:
    """What the file for the rules of `folder` holds."""
    raw = contents(dict(files_in(folder)))
    read = {
        path: read_document(raw[path], path) for path in raw if path.endswith(".yaml") and not is_decided(path)
    }
    made = dict(_validated(read))
    body = as_bytes(
        {
            "digest": with_readers(digest(raw)),
            "ids": _ids(read, made),
            "models": {path: pressed(model) for path, model in made.items() if path not in ENTRIES},
            "entries": {
                path: {name: as_bytes(entry) for name, entry in made[path].items()}
                for path in ENTRIES
                if path in made
            },
            "data": {path: pressed(document.data) for path, document in read.items()},
            "vocabulary": vocabulary_to_keep(_vocabulary(raw, read)),
        }
    )
    return sealed(body)


def _vocabulary(raw: Mapping[str, bytes], read: Mapping[str, Document]) -> VocabularyFiles:
    return read_vocabulary(
        lambda name: raw[f"{TABLES}/{name}"].decode("utf-8-sig"),
        read[f"{TABLES}/classes.yaml"].data,
        joined_traits([read[f"{TABLES}/traits.yaml"]], []),
        [read[path].data for path in word_lists(read, WORD_LISTS)],
    )


def _ids(read: Mapping[str, Document], made: Mapping[str, Any]) -> dict[str, str]:
    """Id of each page -> its path; none at all where a page is wrong, or has the id of another."""
    pages = [path for path in read if is_page(path)]
    paths = {made[path].id: path for path in pages if path in made}
    return dict(sorted(paths.items())) if len(paths) == len(pages) else {}


def _validated(read: Mapping[str, Document]) -> Iterator[tuple[str, Any]]:
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


def with_readers(whole: str) -> str:
    """The digest `whole` of the rules, and that of every module whose work is kept."""
    return f"{whole} {digest_of_modules(READERS, READER_FILES)}"


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
