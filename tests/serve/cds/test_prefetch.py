"""Are absent, nothing, a failure and an empty list four things, and is what was cut off said?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from magcheck.serve.cds.services import OF_FEW, PREFETCH, SERVICES
from tests.serve.cds.asking import PATIENT, bundle, cards_of, order, patient, prefetch, request, statement, value

if TYPE_CHECKING:
    from tests.serve.calling import Client

FAILED = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "security", "diagnostics": "No scope for this."}],
}
MAGNESIUM = statement("Magnesium citrate 200 mg elemental")


def unread(cards: list[dict[str, Any]]) -> str:
    """What the one card of unread things says; empty where there is none."""
    found = [card for card in cards if card["summary"] == "Magnesium was not fully checked"]
    assert len(found) <= 1
    assert all(card["indicator"] == "info" for card in found)
    return str(found[0]["detail"]) if found else ""


def test_discovery_offers_each_hook_with_what_it_wants(client: Client) -> None:
    answer = client.get("/cds-services")
    assert answer.status_code == 200
    services = answer.json()["services"]
    assert {service["id"]: service["hook"] for service in services} == SERVICES
    for service in services:
        assert service["description"]
        assert all("{{context.patientId}}" in template for template in service["prefetch"].values())
    codes = services[0]["prefetch"]["egfr"]
    assert all(f"http://loinc.org|{code}" in codes for code in ("98979-8", "62238-1", "33914-3"))


def test_all_clear_only_where_everything_was_sent(client: Client) -> None:
    assert cards_of(client, request("patient-view")) == []


@pytest.mark.parametrize("key", [key for key in PREFETCH if key not in OF_FEW])
def test_a_key_that_is_absent_null_or_a_failure_is_said_and_differently(client: Client, key: str) -> None:
    whole = prefetch()
    absent: dict[str, Any] = {name: held for name, held in whole.items() if name != key}
    said = [unread(cards_of(client, request("patient-view", held))) for held in (absent, whole | {key: None})]
    said.append(unread(cards_of(client, request("patient-view", whole | {key: FAILED}))))
    assert len(set(said)) == 3
    assert "it was not sent" in said[0]
    assert "sent nothing for it" in said[1]
    assert "No scope for this." in said[2]


def test_pregnancy_is_read_where_it_is_sent_and_not_missed_elsewhere(client: Client) -> None:
    whole = prefetch()
    pregnant = value("82810-3", 0, "") | {"valueCodeableConcept": {"text": "Pregnant"}}
    cards = cards_of(client, request("patient-view", whole | {"pregnancy": bundle(MAGNESIUM, pregnant)}))
    assert any("pregnan" in card["detail"] for card in cards)
    without = {name: held for name, held in whole.items() if name not in OF_FEW}
    assert cards_of(client, request("patient-view", without)) == []
    assert "sent nothing" in unread(cards_of(client, request("patient-view", whole | {"pregnancy": None})))
    failed = cards_of(client, request("patient-view", whole | {"pregnancy": FAILED}))
    assert "No scope for this." in unread(failed)


def test_without_any_prefetch_nothing_is_clear(client: Client) -> None:
    anything: tuple[object, ...] = ({}, None, [], "x", 7)
    for sent in anything:
        asked = request("patient-view") | {"prefetch": sent}
        assert "it was not sent" in unread(cards_of(client, asked))
    asked = request("patient-view")
    del asked["prefetch"]
    assert "it was not sent" in unread(cards_of(client, asked))


def test_resources_are_found_under_any_key(client: Client) -> None:
    held: dict[str, Any] = {
        "item1": patient(),
        "item2": bundle(MAGNESIUM, order("ciprofloxacin 500 mg", status="active")),
        "item3": bundle(value("98979-8", 85, "mL/min/{1.73_m2}"), value("2160-0", 0.8, "mg/dL")),
    }
    cards = cards_of(client, request("patient-view", held))
    assert cards[0]["source"]["topic"]["code"] == "separate-ciprofloxacin"
    said = unread(cards)
    assert "medicine orders" not in said
    assert "kidney value" not in said
    assert "supplement orders" in said


@pytest.mark.parametrize(
    "cut",
    [
        {"link": [{"relation": "next", "url": "https://ehr.test/page/2"}]},
        {"total": 40},
        {"link": [{"relation": "self", "url": "x"}, {"relation": "next", "url": "y"}], "total": 40},
    ],
)
def test_a_list_that_was_cut_off_is_said(client: Client, cut: dict[str, Any]) -> None:
    held = prefetch(medicationStatements=bundle(MAGNESIUM, **cut))
    assert "were sent" in unread(cards_of(client, request("patient-view", held)))
    empty = prefetch(medicationStatements=bundle(**cut))
    assert "were sent" in unread(cards_of(client, request("patient-view", empty)))


def test_a_list_with_all_its_entries_and_included_medications_is_whole(client: Client) -> None:
    medication = {"resourceType": "Medication", "id": "m", "code": {"text": "lisinopril 10 mg"}}
    told = statement("", medicationCodeableConcept=None, medicationReference={"reference": "Medication/m"})
    held = bundle(told, total=1)
    held["entry"].append({"resource": medication, "search": {"mode": "include"}})
    assert cards_of(client, request("patient-view", prefetch(medicationStatements=held))) == []


def test_a_reference_that_was_not_sent_is_said(client: Client) -> None:
    told = statement("", medicationCodeableConcept=None, medicationReference={"reference": "Medication/gone"})
    said = unread(cards_of(client, request("patient-view", prefetch(medicationStatements=bundle(told)))))
    assert "Medication/gone" in said
    assert "what it refers to was not sent" in said


def test_an_order_hook_without_orders_says_so(client: Client) -> None:
    asked = request("order-sign")
    del asked["context"]["draftOrders"]
    assert "draftOrders: it was not sent" in unread(cards_of(client, asked))


@pytest.mark.parametrize("asked", [{}, {"context": 3}, {"context": {"patientId": 7}}, {"hook": None}])
def test_an_empty_request_is_answered_and_nothing_is_clear(client: Client, asked: dict[str, Any]) -> None:
    for service in SERVICES:
        assert unread(cards_of(client, asked, service))


def test_what_belongs_to_somebody_else_is_put_aside_and_said(client: Client) -> None:
    other = MAGNESIUM | {"subject": {"reference": "Patient/other"}, "id": "s-9"}
    held = prefetch(medicationStatements=bundle(other))
    cards = cards_of(client, request("order-sign", held, [order("ciprofloxacin 500 mg")]))
    assert [card["indicator"] for card in cards] == ["info"]
    assert "belongs to somebody else" in unread(cards)
    absolute = MAGNESIUM | {"subject": {"reference": f"https://ehr.test/fhir/Patient/{PATIENT}"}}
    held = prefetch(medicationStatements=bundle(absolute))
    assert len(cards_of(client, request("order-sign", held, [order("ciprofloxacin 500 mg")]))) == 1


def test_another_hook_is_refused_with_the_field(client: Client) -> None:
    answer = client.post("/cds-services/magcheck-order-sign", request("patient-view"))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/hook"


def test_an_unknown_service_is_not_found(client: Client) -> None:
    assert client.post("/cds-services/other", request("patient-view")).status_code == 404


def test_unread_diagnoses_are_one_line(client: Client) -> None:
    odd = [{"resourceType": "Condition", "code": {"text": f"Blubb {letter}"}} for letter in "abcdef"]
    said = unread(cards_of(client, request("patient-view", prefetch(conditions=bundle(*odd)))))
    assert said.count("\n- ") == 1
    assert "Blubb f" in said
