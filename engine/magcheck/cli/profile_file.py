"""What does the profile say? A file or stdin (YAML, JSON, FHIR) in, a profile out, or every problem at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.document import MAX_BYTES, read_document
from magcheck.knowledge.refusal import problems_of
from magcheck.profile import Profile

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen
    from magcheck.knowledge.document import Document

STDIN = "-"


def read_profile(source: str, rules: Chosen | None = None) -> Profile:
    """Raises InputError for a file that cannot be read, or holds neither a profile nor answers in FHIR.

    `rules`: the folder of rule pages; answers in FHIR can be read in the light of its questions alone.
    """
    name = "stdin" if source == STDIN else source
    document = read_document(_raw(source, name), name)
    data: object = document.data
    if isinstance(data, dict) and "resourceType" in data:
        from magcheck.cli.own_rules import checker_of  # noqa: PLC0415 - a profile needs no rules to be read
        from magcheck.fhir.response import profile_of_document  # noqa: PLC0415

        return profile_of_document(document, checker_of(rules).book)
    return profile_of(document)


def profile_of(document: Document) -> Profile:
    try:
        return Profile.model_validate(document.data)
    except ValidationError as error:
        raise InputError(problems_of(error, Profile, document)) from None


def _raw(source: str, name: str) -> bytes:
    """The bytes of `source`; one more than allowed is enough to know that it is too large."""
    try:
        if source == STDIN:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(source, "rb") as file:  # noqa: PTH123 - pathlib would add nothing but its import
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError, AttributeError) as error:
        raise InputError([Problem(name, *_unreadable(error))]) from None


def _unreadable(error: Exception) -> tuple[str, str]:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file.", "Check the name, or write - to read from standard input."
        case IsADirectoryError():
            return "this is a folder, not a file.", "Name a profile in YAML or JSON."
        case PermissionError():
            return "this file may not be read.", "Check its permissions."
        case OSError():
            return f"this cannot be read: {error.strerror or 'unknown reason'}.", "Name a profile in YAML or JSON."
        case _:
            return "there is nothing to read here.", "Name a profile in YAML or JSON."
