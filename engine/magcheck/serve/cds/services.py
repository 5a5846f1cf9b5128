"""What is offered to a record system? One service for each hook, and what it wants to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.fhir.labs import KINDS, LOINC

if TYPE_CHECKING:
    from magcheck.knowledge.load import RuleBook

HOOKS = ("patient-view", "order-select", "order-sign")
ORDER_HOOKS = frozenset({"order-select", "order-sign"})
PATIENT = "{{context.patientId}}"


def service_id(hook: str) -> str:
    return f"magcheck-{hook}"


SERVICES = {service_id(hook): hook for hook in HOOKS}
"""Id of a service -> its hook."""


def _laboratory() -> dict[str, str]:
    wanted: dict[str, str] = {}
    for kind in KINDS:
        codes = ",".join(f"{LOINC}|{code}" for code in kind.codes)
        wanted[kind.label] = f"Observation?patient={PATIENT}&code={codes}&_sort=-date"
    return wanted


PREFETCH = {
    "patient": f"Patient/{PATIENT}",
    "medicationRequests": f"MedicationRequest?patient={PATIENT}&_include=MedicationRequest:medication",
    "medicationStatements": f"MedicationStatement?patient={PATIENT}&_include=MedicationStatement:medication",
    "nutritionOrders": f"NutritionOrder?patient={PATIENT}",
    "conditions": f"Condition?patient={PATIENT}",
    **_laboratory(),
}


def discovery(book: RuleBook) -> dict[str, Any]:
    """The answer of GET /cds-services."""
    words = book.wording.cards.services
    return {
        "services": [
            {
                "hook": hook,
                "id": name,
                "title": words[hook].title,
                "description": words[hook].description,
                "prefetch": PREFETCH,
            }
            for name, hook in SERVICES.items()
        ]
    }
