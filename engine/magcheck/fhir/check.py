"""What does a check of a FHIR document say?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from magcheck.fhir.response import profile_of_document

if TYPE_CHECKING:
    from magcheck.checker import Checker
    from magcheck.knowledge.document import Document
    from magcheck.report import Report


def checked_answers(document: Document, checker: Checker) -> Report:
    """The report of a QuestionnaireResponse. Raises InputError for everything in it that cannot be used."""
    return checker.check(profile_of_document(document, checker.book))
