"""What does a profile say that somebody keeps? YAML, JSON or FHIR in, a profile out, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.document import MAX_BYTES, Document, read_document
from magcheck.knowledge.profile_data import NAME, profile_of
from magcheck.reading.document import FromDocument

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.checker import Checker
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Profile


def load_profile(source: Mapping[str, object] | str | Path) -> Profile:
    """The profile in a file, in a text, or in plain data. YAML, JSON and answers in FHIR are read.

    A `str` names a file, unless it holds a line break or begins with "{": then it is the text itself.
    Raises InputError with every problem at once, as the command line says them: the place ("me.yaml:3"), what is
    wrong, and what would be right.
    """
    return profile_in(_document(source), _shipped)


def told_in(document: Document, checker: Callable[[], Checker]) -> FromDocument:
    """Whatever a document tells: a profile, answers in FHIR, or the resources of a clinical record.

    `checker`: asked for only where it is FHIR. Raises InputError for what cannot be used; of a record nothing is
    refused, and whatever was not read of it is named.
    """
    if not _is_fhir(document):
        return FromDocument(profile_of(document))
    from magcheck.fhir.check import told_in_fhir  # noqa: PLC0415 - few profiles stand in FHIR

    return told_in_fhir(document, checker(), datetime.now().astimezone().date())


def _is_fhir(document: Document) -> bool:
    data: object = document.data
    return isinstance(data, dict) and "resourceType" in data


def profile_in(document: Document, book: Callable[[], RuleBook]) -> Profile:
    """`book`: asked for only where the answers stand in FHIR, which its questions give a meaning."""
    if _is_fhir(document):
        from magcheck.fhir.response import profile_of_document  # noqa: PLC0415 - few profiles are answers in FHIR

        return profile_of_document(document, book())
    return profile_of(document)


def _shipped() -> RuleBook:
    from magcheck.checker import default_checker  # noqa: PLC0415 - a profile needs no rules to be read

    return default_checker().book


def _document(source: Mapping[str, object] | str | Path) -> Document:
    if isinstance(source, Mapping):
        return Document(NAME, dict(source))
    if isinstance(source, str) and _is_text(source):
        return read_document(source.encode("utf-8", "surrogatepass"), NAME)
    return document_in(source)


def _is_text(source: str) -> bool:
    return "\n" in source or source.lstrip().startswith("{")


def document_in(path: str | Path) -> Document:
    """Raises InputError for a file that cannot be read, or that holds no YAML or JSON."""
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)  # one more than allowed tells that it is too large
    except (OSError, ValueError, TypeError) as error:
        raise unreadable(name, error) from None
    return read_document(raw, name)


def unreadable(name: str, error: Exception) -> InputError:
    return InputError([Problem(name[:200], *_trouble(error))])


def _trouble(error: Exception) -> tuple[str, str]:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file.", "Check the name. On the command line, - reads standard input."
        case IsADirectoryError():
            return "this is a folder, not a file.", "Name a profile in YAML or JSON."
        case PermissionError():
            return "this file may not be read.", "Check its permissions."
        case OSError():
            return f"this cannot be read: {error.strerror or 'unknown reason'}.", "Name a profile in YAML or JSON."
        case _:
            return "there is nothing to read here.", "Name a profile in YAML or JSON."
