"""The files of a rule book as documents: ours, with one's own of the same name laid over them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from pydantic import ValidationError

from magcheck.core.errors import InputError
from magcheck.core.model import Model
from magcheck.knowledge.additions import TableText, joined_entries, joined_rows, joined_texts
from magcheck.knowledge.document import Document, UnreadDocument, read_document
from magcheck.knowledge.files import TABLES
from magcheck.knowledge.placeholders import placeholder_problems
from magcheck.knowledge.refusal import problems_of
from magcheck.knowledge.wording.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magcheck.core.errors import Problem
    from magcheck.knowledge.keep import Kept
    from magcheck.knowledge.own_folder import OwnFolder

AnyModel = TypeVar("AnyModel", bound=Model)


class Layers:
    """Reads files by their paths; `problems` grows by everything that cannot be read."""

    def __init__(
        self, ours: Mapping[str, bytes], folder: OwnFolder | None, kept: Kept, problems: list[Problem]
    ) -> None:
        self.ours, self.folder, self.kept, self.problems = ours, folder, kept, problems
        self.own: Mapping[str, bytes] = folder.files if folder else {}

    def shown(self, path: str) -> str:
        """The path in a message."""
        return self.folder.shown(path) if self.folder and path in self.own else f"rules/{path}"

    def table(self, name: str) -> str:
        path = f"{TABLES}/{name}"
        layers = [
            TableText(raw[path].decode("utf-8-sig"), shown)
            for raw, shown in ((self.ours, f"rules/{path}"), (self.own, self.shown(path)))
            if path in raw
        ]
        return joined_rows(name, layers[0], layers[1], self.problems) if len(layers) > 1 else layers[0].text

    def of(self, path: str) -> list[Document]:
        """Our file and one's own of the same name, as far as they are there and can be read."""
        found = [self.our_document(path) if path in self.ours else None]
        if path in self.own:
            found.append(self.own_document(path))
        return [document for document in found if document]

    def our_document(self, path: str) -> Document | None:
        return self.kept_document(path) if self.kept.holds(path) else self._read(self.ours[path], f"rules/{path}")

    def kept_document(self, path: str) -> Document:
        raw, shown = self.ours[path], f"rules/{path}"
        return UnreadDocument(shown, partial(self.kept.data, path), lambda: read_document(raw, shown).lines)

    def own_document(self, path: str) -> Document | None:
        return self._read(self.own[path], self.shown(path))

    def _read(self, raw: bytes, shown: str) -> Document | None:
        try:
            return read_document(raw, shown)
        except InputError as error:
            self.problems += error.problems
            return None

    def _is_known(self, path: str) -> bool:
        """Was it validated before, and does nothing of one's own lie over it?"""
        return path in self.kept.validated and path in self.ours and path not in self.own

    def one(self, path: str, model: type[AnyModel]) -> AnyModel | None:
        if self._is_known(path):
            return cast("AnyModel", self.kept.model(path))
        layers = self.of(path)
        if not layers:
            return None
        document = layers[-1]
        data = joined_texts(*layers) if len(layers) > 1 else document.data
        try:
            read = model.model_validate(data)
        except ValidationError as error:
            self.problems += problems_of(error, model, document)
            return None
        if isinstance(read, Wording):
            self.problems += placeholder_problems(read, document)
        return read

    def each(self, path: str, model: type[AnyModel]) -> Mapping[str, AnyModel]:
        """A file of named entries."""
        if self._is_known(path):
            return cast("Mapping[str, AnyModel]", self.kept.model(path))
        entries: dict[str, AnyModel] = {}
        for name, (data, document) in joined_entries(self.of(path), self.problems).items():
            try:
                entries[name] = model.model_validate(data)
            except ValidationError as error:
                self.problems += problems_of(error, model, document, (name,))
        return entries
