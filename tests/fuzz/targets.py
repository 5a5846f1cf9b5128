"""What may be given to whom: any bytes in, and an answer or a refusal out, never another error."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from magcheck.checker import default_checker
from magcheck.core.errors import InputError
from magcheck.fhir.response import profile_of_document
from magcheck.knowledge.document import Document, read_document
from magcheck.knowledge.profile_data import profile_of
from magcheck.reading.line import read_line
from tests.fuzz.requests import cds, record, service

if TYPE_CHECKING:
    from collections.abc import Callable

    from magcheck.profile import Profile

LONGEST_LINE = 500


def document(raw: bytes) -> None:
    """YAML and JSON as they come."""
    with suppress(InputError):
        read_document(raw, "fuzz")


def profile(raw: bytes) -> None:
    """A file at the command line, and the check of whatever profile it holds."""
    with suppress(InputError):
        _check(profile_of(read_document(raw, "fuzz")))


def _check(told: Profile) -> None:
    report = default_checker().check(told)
    assert report.verdict


def line(raw: bytes) -> None:
    """One line about something taken: each reading has a name or parts, and reads the same again."""
    text = raw.decode("utf-8", "replace")[:LONGEST_LINE]
    vocabulary = default_checker().book.vocabulary
    items = read_line(text, vocabulary, vocabulary.lexicon, None)
    vocabulary.lexicon.remembered.clear()
    assert read_line(text, vocabulary, vocabulary.lexicon, None) == items


def fhir(raw: bytes) -> None:
    """Answers to our Questionnaire; what is not JSON is put into one as an answer."""
    text = raw.decode("utf-8", "replace")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        answer = [{"linkId": "medications", "answer": [{"valueString": text}]}]
        data = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": answer}
    with suppress(InputError):
        _check(profile_of_document(Document("fuzz", data), default_checker().book))


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (document, profile, line, fhir, cds, record, service)
}
