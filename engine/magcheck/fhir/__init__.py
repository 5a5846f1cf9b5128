"""FHIR in and out: the form and its answers, the resources of a record, and findings as DetectedIssues."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from magcheck.fhir.check import answered, checked_answers, checked_record
    from magcheck.fhir.form import questionnaire
    from magcheck.fhir.response import profile_of_response

__all__ = ["answered", "checked_answers", "checked_record", "profile_of_response", "questionnaire"]

_HOMES = {
    "answered": "check",
    "checked_answers": "check",
    "checked_record": "check",
    "profile_of_response": "response",
    "questionnaire": "form",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever stands at that name
    """Load a public name when it is first asked for: who reads no FHIR needs none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'magcheck.fhir' has no attribute {name!r}")
    value = getattr(import_module(f"magcheck.fhir.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
