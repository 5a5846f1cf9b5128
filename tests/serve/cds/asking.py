"""Requests as record systems send them, and what every answer must hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from magcheck.serve.cds.services import PREFETCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.serve.calling import Client

Data = dict[str, Any]
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
PATIENT = "pat-1"
INDICATORS = {"info", "warning", "critical"}
LAST_MONTH = (datetime.now(UTC) - timedelta(days=25)).date().isoformat()
MOST_CARDS, SUMMARY = 5, 140


def bundle(*resources: Data, **more: Any) -> Data:
    entries = [{"resource": resource, "search": {"mode": "match"}} for resource in resources]
    found: Data = {"resourceType": "Bundle", "type": "searchset", "entry": entries, **more}
    return found if resources else {key: value for key, value in found.items() if key != "entry"}


def patient(birth: str = "1980-05-04", gender: str = "female", country: str = "US") -> Data:
    return {
        "resourceType": "Patient",
        "id": PATIENT,
        "birthDate": birth,
        "gender": gender,
        "address": [{"use": "home", "country": country}],
    }


def of(kind: str, **more: Any) -> Data:
    return {"resourceType": kind, "subject": {"reference": f"Patient/{PATIENT}"}, **more}


def concept(text: str | None = None, *codings: tuple[str, str, str]) -> Data:
    coded = [{"system": system, "code": code, "display": display} for system, code, display in codings]
    return ({"text": text} if text else {}) | ({"coding": coded} if coded else {})


def statement(text: str, **more: Any) -> Data:
    told = {"status": "active", "medicationCodeableConcept": concept(text)}
    return of("MedicationStatement", **told | more)


def order(text: str, identity: str = "draft-1", **more: Any) -> Data:
    told = {"id": identity, "status": "draft", "intent": "order", "medicationCodeableConcept": concept(text)}
    return of("MedicationRequest", **told | more)


def value(code: str, number: float, unit: str, when: str | None = LAST_MONTH, **more: Any) -> Data:
    told: Data = {
        "status": "final",
        "code": concept(None, ("http://loinc.org", code, "")),
        "valueQuantity": {"value": number, "unit": unit, **more},
    }
    return of("Observation", **told | ({"effectiveDateTime": when} if when else {}))


def prefetch(**held: Any) -> Data:
    """Everything that the services ask for, empty but for `held`."""
    empty: Data = {key: bundle() for key in PREFETCH} | {"patient": patient()}
    return empty | held


def request(hook: str, held: Data | None = None, drafts: Sequence[Data] = (), **more: Any) -> Data:
    context: Data = {"userId": "Practitioner/1", "patientId": PATIENT}
    if hook != "patient-view":
        context |= {"draftOrders": {"resourceType": "Bundle", "entry": [{"resource": one} for one in drafts]}}
    if hook == "order-select":
        context |= {"selections": [f"{one['resourceType']}/{one.get('id', 'x')}" for one in drafts]}
    asked: Data = {"hook": hook, "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": context}
    return asked | {"prefetch": prefetch() if held is None else held} | more


def cards_of(client: Client, asked: Data, service: str | None = None) -> list[Data]:
    """The cards of an answer that keeps everything that the specification demands."""
    answer = client.post(f"/cds-services/{service or 'magcheck-' + asked['hook']}", asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/json")
    return sound(answer.json())


def sound(answer: Data) -> list[Data]:
    """The invariants of CDS Hooks 2.0, and ours: few cards, and each with a title that fits."""
    assert set(answer) <= {"cards", "systemActions"}
    cards: list[Data] = answer["cards"]
    assert len(cards) <= MOST_CARDS
    assert len({card["uuid"] for card in cards}) == len(cards)
    for card in cards:
        _sound_card(card)
    return cards


def _sound_card(card: Data) -> None:
    known = {
        "uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons",
        "links",
    }  # fmt: skip
    assert set(card) <= known
    UUID(card["uuid"])
    assert 0 < len(card["summary"]) < SUMMARY
    assert card["indicator"] in INDICATORS
    assert card["detail"].strip()
    assert card["source"]["label"]
    if topic := card["source"].get("topic"):
        assert topic["code"]
    for reason in card.get("overrideReasons", []):
        assert reason["code"]
        assert reason["display"]
    assert ("suggestions" in card) == ("selectionBehavior" in card)
    assert card.get("selectionBehavior", "any") in {"any", "at-most-one"}
    for suggestion in card.get("suggestions", []):
        assert suggestion["label"]
        UUID(suggestion["uuid"])
        for action in suggestion.get("actions", []):
            assert action["type"] in {"create", "update", "delete"}
            assert action["description"]
            assert ("resource" in action) == (action["type"] != "delete")
            assert ("resourceId" in action) == (action["type"] == "delete")
