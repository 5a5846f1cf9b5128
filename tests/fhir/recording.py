"""Parts of a clinical record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from magcheck.fhir.check import CheckedRecord, checked_record

if TYPE_CHECKING:
    from magcheck import Checker

Data = dict[str, Any]
TODAY = date(2026, 11, 26)
LOINC = "http://loinc.org"


def medicine(text: str, kind: str = "MedicationRequest", status: str = "active", **more: Any) -> Data:
    return {"resourceType": kind, "status": status, "medicationCodeableConcept": {"text": text}, **more}


def dosage(**told: Any) -> Data:
    return {"dosageInstruction": [told]}


def timed(**repeat: Any) -> Data:
    return dosage(timing={"repeat": repeat})


def laboratory(code: str, value: float | None, unit: str, when: str | None = "2026-11-01", **more: Any) -> Data:
    quantity = {"value": value, "unit": unit} | {key: more.pop(key) for key in ("comparator",) if key in more}
    told: Data = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": code}]},
        **({"valueQuantity": quantity} if value is not None else {}),
        **({"effectiveDateTime": when} if when else {}),
    }
    return told | more


def condition(text: str, **more: Any) -> Data:
    return {"resourceType": "Condition", "code": {"text": text}, **more}


def bundle(*resources: Any, **more: Any) -> Data:
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": one} for one in resources],
        **more,
    }


def checked(checker: Checker, *resources: Any) -> CheckedRecord:
    return checked_record(bundle(*resources), checker, TODAY)


def reasons(found: CheckedRecord) -> str:
    """Everything that was not read, in one text."""
    return "\n".join(f"{entry.input}: {entry.question or entry.reason}" for entry in found.report.not_checked)


def said(found: CheckedRecord) -> str:
    return "\n".join(entry.what for entry in found.record.said)
