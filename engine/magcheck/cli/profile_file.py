"""What does the profile say that a command names? A file or stdin in, a profile out, or every problem at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from magcheck.knowledge.document import MAX_BYTES, read_document
from magcheck.loading import document_in, profile_in, unreadable

if TYPE_CHECKING:
    from magcheck.cli.chosen import Chosen
    from magcheck.knowledge.document import Document
    from magcheck.knowledge.load import RuleBook
    from magcheck.profile import Profile

STDIN = "-"


def read_profile(source: str, rules: Chosen | None = None) -> Profile:
    """Raises InputError for a file that cannot be read, or holds neither a profile nor answers in FHIR.

    `rules`: the folder of rule pages; answers in FHIR can be read in the light of its questions alone.
    """

    def book() -> RuleBook:
        from magcheck.cli.own_rules import checker_of  # noqa: PLC0415 - a profile needs no rules to be read

        return checker_of(rules).book

    return profile_in(_from_stdin() if source == STDIN else document_in(source), book)


def _from_stdin() -> Document:
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    except (OSError, ValueError, AttributeError) as error:
        raise unreadable("stdin", error) from None
    return read_document(raw, "stdin")
