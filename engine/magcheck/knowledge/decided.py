"""What was decided for the medicines of a class that was gone through: a page, or why none speaks of a gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self, TypeVar, cast

from pydantic import Field, ValidationError, model_validator

from magcheck.core.errors import InputError, Problem, RulesError
from magcheck.core.model import Model
from magcheck.knowledge.document import read_document
from magcheck.knowledge.refusal import problems_of
from magcheck.knowledge.review import HowReadField, Id, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from magcheck.knowledge.document import Document

REASONS = "reasons.yaml"
"""Of the files of decisions, the one that holds the reasons."""


class Passage(Model):
    """Where a reason was read, and how."""

    source: Text
    where: Text | None = None
    read: HowReadField


class SilenceReason(Model):
    """Why nothing is said about a gap."""

    says: Text
    sources: Annotated[tuple[Passage, ...], Field(strict=False)] = ()


class Decision(Model):
    """One line of a class: these medicines have a page, or a reason for silence."""

    page: Id | None = None
    silent: Text | None = None
    """Key of a reason."""
    sources: Annotated[tuple[Passage, ...], Field(strict=False)] = ()
    """Read for these medicines, besides what was read for the reason."""
    medicines: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.page is None) == (self.silent is None):
            raise ValueError("write either 'page' or 'silent'.")
        if self.page and self.sources:
            raise ValueError("a page names its sources itself.")
        return self


class DecidedMedicine(NamedTuple):
    """What was decided for one medicine, with the file and line."""

    class_name: str
    medicine: str
    decision: Decision
    where: str


@dataclass(frozen=True)
class Decided:
    """The whole table."""

    entries: tuple[DecidedMedicine, ...]
    reasons: Mapping[str, SilenceReason]
    reasons_file: Document | None

    def passages(self, decision: Decision) -> tuple[Passage, ...]:
        """Everything that was read for a silence."""
        reason = self.reasons.get(decision.silent or "")
        return (*decision.sources, *(reason.sources if reason else ()))

    @property
    def cited(self) -> frozenset[str]:
        """Keys of sources.yaml."""
        passages = [passage for reason in self.reasons.values() for passage in reason.sources]
        passages += [passage for entry in self.entries for passage in entry.decision.sources]
        return frozenset(passage.source for passage in passages)


def read_decided(files: Mapping[str, bytes]) -> Decided:
    """The table from its files, by the names to show them under. Raises RulesError with all problems at once."""
    reader = _Reader()
    for name, raw in files.items():
        reader.file(name, raw)
    if reader.problems:
        raise RulesError(reader.problems)
    return Decided(tuple(reader.entries), reader.reasons, reader.reasons_file)


AnyModel = TypeVar("AnyModel", bound=Model)


class _Reader:
    def __init__(self) -> None:
        self.entries: list[DecidedMedicine] = []
        self.reasons: dict[str, SilenceReason] = {}
        self.reasons_file: Document | None = None
        self.problems: list[Problem] = []

    def file(self, name: str, raw: bytes) -> None:
        try:
            document = read_document(raw, name)
        except InputError as error:
            self.problems += error.problems
            return
        data: object = document.data
        if not isinstance(data, dict):
            self.problems.append(
                Problem(name, "this is no list of names.", "Write 'name:' and what belongs to it.")
            )
        elif name.endswith(REASONS):
            self._reasons(document, cast("dict[str, Any]", data))
        else:
            for class_name, lines in cast("dict[str, Any]", data).items():
                self._class(document, class_name, lines)

    def _reasons(self, document: Document, data: dict[str, Any]) -> None:
        self.reasons_file = document
        for key, entry in data.items():
            reason = self._valid(SilenceReason, entry, document, (key,))
            if reason:
                self.reasons[key] = reason

    def _class(self, document: Document, class_name: str, lines: object) -> None:
        if not isinstance(lines, list):
            where = document.where((class_name,))
            self.problems.append(Problem(where, "a class has a list of decisions.", "See README.md beside it."))
            return
        for number, line in enumerate(cast("list[object]", lines)):
            decision = self._valid(Decision, line, document, (class_name, number))
            for medicine in decision.medicines if decision else ():
                place = document.where((class_name, number))
                self.entries.append(DecidedMedicine(class_name, medicine, cast("Decision", decision), place))

    def _valid(
        self, model: type[AnyModel], data: object, document: Document, path: tuple[str | int, ...]
    ) -> AnyModel | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.problems += problems_of(error, model, document, path)
            return None
