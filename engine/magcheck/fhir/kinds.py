"""Which kinds of resource are read, and which others may tell something of the person?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from magcheck.core.bounds import LONGEST_NAME
from magcheck.fhir.plain import is_list, part, text
from magcheck.reading.conditions import read_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.fhir.plain import Resource
    from magcheck.terminology.condition_words import ConditionWords

READ = frozenset(
    {
        "Patient",
        "MedicationRequest",
        "MedicationStatement",
        "Medication",
        "NutritionOrder",
        "Observation",
        "Condition",
        "Substance",
    }
)
_OF_NOBODY = frozenset(
    {
        *(
            "AuditEvent",
            "Consent",
            "Endpoint",
            "Group",
            "HealthcareService",
            "Library",
            "Location",
            "Organization",
        ),
        *("Practitioner", "PractitionerRole", "Provenance", "Questionnaire", "RelatedPerson", "Schedule", "Slot"),
        "OperationOutcome",
    }
)
"""Kinds about places, helpers, papers and relatives, and about a server, which is said elsewhere.

Whatever else is not read is named, a misspelt kind too.
"""
_REASONS = ("reasonCode", "reasonReference", "reason", "note")
_TELL_BY = {
    "Account": (*_REASONS, "description", "condition", "diagnosis", "procedure"),
    "Appointment": (
        *(*_REASONS, "description", "comment", "patientInstruction"),
        *("serviceCategory", "serviceType", "specialty"),
    ),
    "CareTeam": _REASONS,
    "Coverage": (),
    "Device": ("patient", "note"),
    "DiagnosticReport": ("conclusion", "conclusionCode", "presentedForm", "note"),
    "Encounter": ("reasonCode", "reason"),
    "ImagingStudy": _REASONS,
    "Immunization": _REASONS,
    "Specimen": ("note",),
}
"""What in these kinds says something by itself, whatever its words are."""
_TELL_BY_WORDS = {
    "Account": ("name", "type"),
    "CareTeam": ("name", "category"),
    "Coverage": ("type", "class"),
    "Device": ("type", "deviceName", "displayName", "name"),
    "Encounter": ("type", "serviceType"),
    "ImagingStudy": ("description", "procedureCode"),
    "Specimen": ("type", "condition"),
}
"""What is told of everybody, and says something only where its words name an illness."""


def may_tell(kind: str, resource: Resource, words: ConditionWords) -> bool:
    """May a resource of a kind that is not read tell of an illness, a medicine or an operation?"""
    if kind in READ or kind in _OF_NOBODY:
        return False
    if any(resource.get(key) for key in _TELL_BY.get(kind, resource)):
        return True
    said = (written for key in _TELL_BY_WORDS.get(kind, ()) for written in _texts_in(resource.get(key)))
    return any(_names_something(written, words) for written in said)


def _names_something(written: str, words: ConditionWords) -> bool:
    reading = read_condition(written[:LONGEST_NAME], words)
    return bool(reading.present or reading.implied or reading.asks)


def _texts_in(value: object) -> Iterator[str]:
    """Every text in it, however deep."""
    below = [value]
    while below:
        inner = below.pop()
        if is_list(inner):
            below.extend(cast("list[object]", inner))
        elif written := text(inner):
            yield written
        else:
            below.extend(part(inner).values())
