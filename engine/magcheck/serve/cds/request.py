"""What did the record system send, and what not? Absent, nothing, a failure and an empty list are four things."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from magcheck.fhir.gather import OUTCOME
from magcheck.fhir.lab_kinds import HEIGHT, KINDS
from magcheck.fhir.labs import loinc_of
from magcheck.fhir.notes import RECORD
from magcheck.fhir.plain import Resource, part, parts, text, texts
from magcheck.fhir.pregnancy import ASKED
from magcheck.report import NotChecked
from magcheck.serve.cds.services import OF_FEW, ORDER_HOOKS, PREFETCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.knowledge.wording.record import RecordWords

DRAFTS = "draftOrders"
_ORDERS = frozenset({DRAFTS, "medications"})
_RESOURCES = {
    "patient": "Patient",
    "medicationRequests": "MedicationRequest",
    "medicationStatements": "MedicationStatement",
    "nutritionOrders": "NutritionOrder",
    "conditions": "Condition",
}
"""Key of our prefetch -> the kind of resource that it asks for; the others ask for values of one kind."""
_DEEPEST = 4
"""Bundles in Bundles that are looked into."""


class CdsRequest(NamedTuple):
    """One request to a service."""

    patient: str
    """Its id, empty where none was told."""
    resources: list[object]
    """What was sent, of whatever shape."""
    not_read: tuple[NotChecked, ...]
    drafts: frozenset[str]
    """ "MedicationRequest/1": the orders that are being written."""


def asked(body: Resource, hook: str, words: RecordWords) -> CdsRequest:
    context, prefetch = part(body.get("context")), body.get("prefetch")
    sent = part(prefetch)
    orders = [value for key, value in context.items() if key in _ORDERS or _holds_resources(value)]
    orders = [value for value in orders if value is not None]
    drafts = frozenset(_address(order) for bundle in orders for order in _inside(bundle))
    not_read = [*_not_sent(sent, words)]
    if hook in ORDER_HOOKS and not any(True for bundle in orders for _ in _inside(bundle)):
        not_read.append(_entry(DRAFTS, words.not_read.absent))
    if not any(address.endswith("/") for address in drafts):  # a draft without an id may be the chosen one
        not_read += [_entry(told, words.not_read.unresolved) for told in _chosen(context) if told not in drafts]
    patient = text(context.get("patientId")).rpartition("/")[2]
    resources: list[object] = [held for held in (*sent.values(), *orders) if held is not None]
    return CdsRequest(patient, resources, tuple(not_read), drafts)


def _holds_resources(value: object) -> bool:
    """Orders count under whatever key they stand."""
    return any(text(resource.get("resourceType")) for resource in parts(value))


def _chosen(context: Resource) -> list[str]:
    """The addresses of the orders that somebody has chosen just now."""
    return [chosen.partition("/_history")[0] for chosen in texts(context.get("selections"))]


def _not_sent(sent: Resource, words: RecordWords) -> Iterator[NotChecked]:
    """What our services ask for and did not get under any key; a failure is said where the resources are read."""
    held = [resource for value in sent.values() for resource in _inside(value)]
    for key in PREFETCH:
        is_for_few = key in OF_FEW and key not in sent
        if is_for_few or any(_answers(key, resource) for resource in held):
            continue
        if key not in sent:
            yield _entry(words.kinds.get(_RESOURCES.get(key, key), key), words.not_read.absent)
        elif sent[key] is None:
            yield _entry(words.kinds.get(_RESOURCES.get(key, key), key), words.not_read.null)
        elif key == "patient" or text(part(sent[key]).get("resourceType")) not in ("Bundle", OUTCOME):
            yield _entry(words.kinds.get(_RESOURCES.get(key, key), key), words.not_read.no_resource)
        elif any(text(resource.get("resourceType")) != OUTCOME for resource in _inside(sent[key])):
            yield _entry(words.kinds.get(_RESOURCES.get(key, key), key), words.not_read.other)


def _answers(key: str, resource: Resource) -> bool:
    if key in _RESOURCES:
        return text(resource.get("resourceType")) == _RESOURCES[key]
    wanted = next((set(kind.codes) for kind in (*KINDS, HEIGHT) if kind.label == key), set(ASKED))
    return not wanted.isdisjoint(loinc_of(resource))


def _inside(value: object, depth: int = 0) -> Iterator[Resource]:
    for resource in parts(value):
        if text(resource.get("resourceType")) == "Bundle" and depth < _DEEPEST:
            for entry in parts(resource.get("entry")):
                yield from _inside(entry.get("resource"), depth + 1)
        else:
            yield resource


def _entry(told: str, reason: str) -> NotChecked:
    return NotChecked(list=RECORD, input=told, reason=reason)


def _address(order: Resource) -> str:
    return f"{text(order.get('resourceType'))}/{text(order.get('id'))}"
