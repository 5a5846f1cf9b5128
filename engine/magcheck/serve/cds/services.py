"""What is offered to a record system? One service for each hook, and what it wants to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magcheck.fhir.lab_kinds import HEIGHT, KINDS, LOINC
from magcheck.fhir.pregnancy import ASKED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from magcheck.knowledge.load import RuleBook

HOOKS = ("patient-view", "order-select", "order-sign")
ORDER_HOOKS = frozenset({"order-select", "order-sign"})
PATIENT = "{{context.patientId}}"


def service_id(hook: str) -> str:
    return f"magcheck-{hook}"


SERVICES = {service_id(hook): hook for hook in HOOKS}
"""Id of a service -> its hook."""


def _observed(codes: Iterable[str]) -> str:
    wanted = ",".join(f"{LOINC}|{code}" for code in codes)
    return f"Observation?patient={PATIENT}&code={wanted}&_sort=-date"


PREFETCH = {
    "patient": f"Patient/{PATIENT}",
    "medicationRequests": f"MedicationRequest?patient={PATIENT}&_include=MedicationRequest:medication",
    "medicationStatements": f"MedicationStatement?patient={PATIENT}&_include=MedicationStatement:medication",
    "nutritionOrders": f"NutritionOrder?patient={PATIENT}",
    "conditions": f"Condition?patient={PATIENT}",
    **{kind.label: _observed(kind.codes) for kind in KINDS},
    HEIGHT.label: _observed(HEIGHT.codes),
    "pregnancy": _observed(ASKED),
}
OF_FEW = frozenset({HEIGHT.label, "pregnancy"})
"""Keys of what matters to few people: where one is absent, only a check that needs it says so."""


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
