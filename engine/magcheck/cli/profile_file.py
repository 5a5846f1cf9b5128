"""What does the file say that a command names? A file or stdin in, a profile out, or every problem at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from magcheck.knowledge.document import MAX_BYTES, read_document
from magcheck.loading import document_in, profile_in, told_in, unreadable

if TYPE_CHECKING:
    from magcheck.checker import Checker
    from magcheck.cli.chosen import Chosen
    from magcheck.knowledge.document import Document
    from magcheck.profile import Profile
    from magcheck.reading.document import FromDocument

STDIN = "-"


def read_profile(source: str, rules: Chosen | None = None) -> Profile:
    """Raises InputError for a file that cannot be read, or holds neither a profile nor answers in FHIR.

    `rules`: the folder of rule pages; answers in FHIR can be read in the light of its questions alone.
    """
    return profile_in(_document(source), lambda: _checker(rules).book)


def read_told(source: str, rules: Chosen | None = None) -> FromDocument:
    """The same, and a clinical record in FHIR besides: what of it was not read goes into the report."""
    return told_in(_document(source), lambda: _checker(rules))


def _checker(rules: Chosen | None) -> Checker:
    from magcheck.cli.own_rules import checker_of  # noqa: PLC0415 - a profile needs no rules to be read

    return checker_of(rules)


def _document(source: str) -> Document:
    return _from_stdin() if source == STDIN else document_in(source)


def _from_stdin() -> Document:
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    except (OSError, ValueError, AttributeError) as error:
        raise unreadable("stdin", error) from None
    return read_document(raw, "stdin")
