"""What does a record system show when a chart is opened, and when an order is written?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from magcheck.serve import Settings, create_app
from magcheck.serve.cds.markdown import cut, plain
from tests.serve.calling import Client
from tests.serve.cds.asking import (
    RXNORM,
    Data,
    bundle,
    cards_of,
    concept,
    of,
    order,
    prefetch,
    request,
    sound,
    statement,
    value,
)
from tests.serve.cds.test_prefetch import unread

if TYPE_CHECKING:
    from magcheck import Checker

MAGNESIUM = statement("Magnesium citrate 200 mg elemental")
CIPRO = order("ciprofloxacin 500 MG Oral Tablet")


def pages(cards: list[Data]) -> list[str]:
    return [card["source"]["topic"]["code"] for card in cards if "topic" in card["source"]]


def statements(*texts: str) -> Data:
    return prefetch(medicationStatements=bundle(*map(statement, texts)))


def test_an_antibiotic_is_ordered_for_somebody_who_takes_magnesium(client: Client) -> None:
    held = prefetch(medicationStatements=bundle(MAGNESIUM))
    cards = cards_of(client, request("order-select", held, [CIPRO]))
    assert len(cards) == 1
    assert cards[0]["indicator"] == "warning"
    assert pages(cards) == ["separate-ciprofloxacin"]
    assert "2 hours before magnesium" in cards[0]["detail"]
    assert "MedicationRequest/draft-1" in cards[0]["detail"]
    assert "A day that keeps every gap" in cards[0]["detail"]
    assert "dailymed.nlm.nih.gov" in cards[0]["detail"]


SCENARIOS = [
    ("levothyroxine sodium 0.1 MG Oral Tablet", "Magnesium oxide 400 mg tablet", "separate-levothyroxine"),
    ("alendronic acid 70 MG Oral Tablet [Fosamax]", "magnesium citrate 150 mg", "separate-alendronic-acid"),
    ("doxycycline hyclate 100 MG Oral Capsule", "Milk of Magnesia", "separate-doxycycline"),
    ("levofloxacin 750 MG Oral Tablet", "Magnesium-Diasporal 300 mg Trinkgranulat", "separate-levofloxacin"),
    ("minocycline 100 MG Oral Capsule", "magnesium glycinate", "separate-minocycline"),
]


@pytest.mark.parametrize(("ordered", "taken", "page"), SCENARIOS)
def test_an_order_that_must_be_kept_apart(client: Client, ordered: str, taken: str, page: str) -> None:
    cards = cards_of(client, request("order-sign", statements(taken), [order(ordered)]))
    gaps = [card for card in cards if page in pages([card])]
    assert [card["indicator"] for card in gaps] == ["warning"]


def test_a_medicine_of_hiv_and_magnesium(client: Client) -> None:
    cards = cards_of(client, request("order-sign", statements("magnesium glycinate"), [order("Tivicay 50 mg")]))
    assert any(card["indicator"] == "warning" and "dolutegravir" in card["detail"] for card in cards)


def test_the_order_of_magnesium_itself_is_checked_against_what_is_taken(client: Client) -> None:
    drafts = [order("magnesium oxide 400 MG Oral Tablet", "mg-1")]
    cards = cards_of(client, request("order-select", statements("ciprofloxacin 500 mg twice a day"), drafts))
    assert "separate-ciprofloxacin" in pages(cards)


def test_several_gaps_are_one_card_with_the_day(client: Client) -> None:
    taken = ("ciprofloxacin 500 mg", "levothyroxine 100 mcg", "alendronic acid 70 mg weekly")
    cards = cards_of(client, request("patient-view", statements("magnesium citrate 100 mg elemental", *taken)))
    gaps = [card for card in cards if card["summary"].startswith("Keep magnesium apart from")]
    assert len(gaps) == 1
    assert all(name in gaps[0]["summary"] for name in ("ciprofloxacin", "levothyroxine", "alendronic acid"))
    assert "A day that keeps every gap" in gaps[0]["detail"]


def test_a_gap_that_the_times_keep_gives_no_card(client: Client) -> None:
    def at(*times: str) -> Data:
        return {"dosage": [{"timing": {"repeat": {"timeOfDay": [f"{time}:00" for time in times]}}}]}

    held = prefetch(
        medicationStatements=bundle(
            statement("levothyroxine 100 mcg", **at("06:30")),
            statement("magnesium citrate 100 mg elemental", **at("21:00")),
        )
    )
    assert cards_of(client, request("patient-view", held)) == []


KIDNEY = value("98979-8", 22, "mL/min/{1.73_m2}")


def test_weak_kidneys_and_magnesium_are_critical_and_the_draft_can_be_removed(client: Client) -> None:
    held = prefetch(egfr=bundle(KIDNEY))
    cards = cards_of(client, request("order-sign", held, [order("magnesium oxide 400 MG Oral Tablet", "mg-1")]))
    first = cards[0]
    assert first["indicator"] == "critical"
    assert "CKD-EPI 2021: 22 mL/min" in first["detail"].replace("\\", "")
    assert "days old" in first["detail"]
    action = first["suggestions"][0]["actions"][0]
    assert action["type"] == "delete"
    assert action["resourceId"] == "MedicationRequest/mg-1"


def test_weak_kidneys_without_magnesium_are_no_matter_of_ours(client: Client) -> None:
    assert cards_of(client, request("patient-view", prefetch(egfr=bundle(KIDNEY)))) == []
    assert cards_of(client, request("order-sign", prefetch(), [CIPRO])) == []


def test_dangerous_blood_magnesium_is_critical_without_any_product(client: Client) -> None:
    held = prefetch(magnesium=bundle(value("19123-9", 6.1, "mg/dL")))
    assert cards_of(client, request("patient-view", held))[0]["indicator"] == "critical"


def test_a_missing_kidney_value_is_asked_for(client: Client) -> None:
    held = statements("magnesium citrate 200 mg elemental", "metformin 500 mg")
    assert "kidney" in unread(cards_of(client, request("patient-view", held))).lower()


def test_there_are_never_more_than_five_and_the_worst_comes_first(client: Client) -> None:
    codes = ("G70.00", "I44.2", "N18.5", "K56.0", "E11.9", "I50.9")
    conditions = [
        of("Condition", code=concept(None, ("http://hl7.org/fhir/sid/icd-10-cm", code, ""))) for code in codes
    ]
    held = prefetch(
        medicationStatements=bundle(
            *map(statement, ("magnesium oxide 800 mg three times a day", "lithium", "digoxin", "ciprofloxacin"))
        ),
        conditions=bundle(*conditions, {"resourceType": "Condition", "code": {"text": "Blubb"}}),
        egfr=bundle(value("98979-8", 12, "mL/min/{1.73_m2}")),
        magnesium=bundle(value("19123-9", 5.5, "mg/dL")),
    )
    cards = cards_of(client, request("patient-view", held))
    assert len(cards) == 5
    order_of = ["critical", "warning", "info"]
    ranks = [order_of.index(card["indicator"]) for card in cards]
    assert ranks == sorted(ranks)
    assert "Blubb" in unread(cards)
    assert "ciprofloxacin" in "".join(card["detail"] for card in cards)


def test_a_card_keeps_its_uuid_while_the_finding_is_the_same(client: Client) -> None:
    def gap(extra: str, **more: Any) -> str:
        cards = cards_of(client, request("order-select", statements(extra, *more.get("others", ())), [CIPRO]))
        return str(next(card["uuid"] for card in cards if "separate-ciprofloxacin" in pages([card])))

    assert gap("magnesium citrate 200 mg") == gap("magnesium citrate 100 mg, in the evening")
    assert gap("magnesium citrate 200 mg") == gap("magnesium citrate 200 mg", others=("lisinopril 10 mg",))
    assert gap("magnesium citrate 200 mg") != gap("magnesium oxide 200 mg")


def test_one_product_in_an_order_a_statement_and_a_draft_counts_once(client: Client) -> None:
    text = "magnesium oxide 300 MG Oral Tablet"
    held = prefetch(
        medicationRequests=bundle(order(text, "r-1", status="active")),
        medicationStatements=bundle(statement(text)),
    )
    once = cards_of(client, request("order-sign", statements(text)))
    thrice = cards_of(client, request("order-sign", held, [order(text)]))
    assert pages(once) == pages(thrice)


def test_two_different_doses_are_two_products(client: Client) -> None:
    drafts = [order("magnesium oxide 400 MG Oral Tablet", "a"), order("magnesium oxide 500 MG Oral Tablet", "b")]
    assert any("dose" in page for page in pages(cards_of(client, request("order-sign", prefetch(), drafts))))


@pytest.mark.parametrize("status", ["stopped", "cancelled", "completed", "on-hold"])
def test_what_is_not_taken_gives_no_card(client: Client, status: str) -> None:
    held = prefetch(medicationRequests=bundle(order("ciprofloxacin 500 mg", "x", status=status)))
    held |= {"medicationStatements": bundle(statement("magnesium citrate 100 mg elemental"))}
    assert cards_of(client, request("patient-view", held)) == []


def test_an_order_not_to_give_and_one_that_was_entered_in_error_give_no_card(client: Client) -> None:
    drafts = [order("ciprofloxacin 500 mg", doNotPerform=True), order("doxycycline", status="entered-in-error")]
    assert cards_of(client, request("order-sign", statements("magnesium citrate 100 mg elemental"), drafts)) == []


def test_a_draft_as_a_sandbox_sends_it(client: Client) -> None:
    """Without a medicine, without an intent, in a Bundle without a type."""
    drafts: list[Data] = [
        {"resourceType": "MedicationRequest", "id": "empty", "status": "draft"},
        {
            "resourceType": "MedicationRequest",
            "status": "draft",
            "medicationCodeableConcept": concept(None, (RXNORM, "309309", "ciprofloxacin 500 MG Oral Tablet")),
        },
    ]
    cards = cards_of(client, request("order-select", statements("magnesium citrate 100 mg elemental"), drafts))
    assert "separate-ciprofloxacin" in pages(cards)
    assert "MedicationRequest/empty: it names no medicine" in unread(cards)


def test_a_supplement_order_counts(client: Client) -> None:
    supplement = {"type": concept("magnesium citrate"), "quantity": {"value": 200, "unit": "mg"}}
    held = prefetch(nutritionOrders=bundle(of("NutritionOrder", status="active", supplement=[supplement])))
    assert "separate-ciprofloxacin" in pages(cards_of(client, request("order-sign", held, [CIPRO])))


def test_what_a_record_holds_never_becomes_markup(client: Client) -> None:
    evil = "ciprofloxacin <img src=x onerror=alert(1)> [x](javascript:alert(1)) | `x` **x**\n# x"
    cards = cards_of(client, request("order-sign", statements("magnesium citrate"), [order(evil)]))
    text = "".join(card["detail"] + card["summary"] for card in cards)
    assert "\\<img" in text
    assert "<img" not in text.replace("\\<", "")
    assert "[x](javascript" not in text


@pytest.mark.parametrize(("text", "most"), [("word " * 60, 140), ("x" * 500, 140), ("short", 140)])
def test_a_summary_is_cut_at_a_word(text: str, most: int) -> None:
    assert 0 < len(cut(text, most)) < most


def test_signs_of_markdown_are_escaped() -> None:
    assert plain("a*b_c<d>&[e]") == r"a\*b\_c\<d\>&amp;\[e\]"


def test_feedback_is_kept_nowhere_and_can_be_forwarded(client: Client, checker: Checker) -> None:
    told = {"feedback": [{"card": "c", "outcome": "overridden", "outcomeTimestamp": "2026-11-26T10:00:00Z"}]}
    assert client.post("/cds-services/magcheck-order-sign/feedback", told).status_code == 200
    heard: list[tuple[str, Any]] = []
    settings = Settings(cds_feedback=lambda service, what: heard.append((service, what)))
    forwarding = Client(create_app(settings, checker))
    assert forwarding.post("/cds-services/magcheck-order-sign/feedback", told).status_code == 200
    assert heard == [("magcheck-order-sign", told)]


def test_the_same_request_gives_the_same_answer(client: Client) -> None:
    asked = request("order-select", statements("magnesium citrate 200 mg"), [CIPRO])
    answers = {client.post("/cds-services/magcheck-order-select", asked).text for _ in range(3)}
    assert len(answers) == 1
    sound(client.post("/cds-services/magcheck-order-select", asked).json())


@pytest.mark.parametrize("product", ["Centrum", "multivitamin with minerals", "prenatal vitamin"])
def test_a_product_that_may_hold_magnesium_is_magnesium(client: Client, product: str) -> None:
    weak = prefetch(
        medicationStatements=bundle(statement(product)), egfr=bundle(value("98979-8", 20, "mL/min/{1.73_m2}"))
    )
    assert "critical" in {card["indicator"] for card in cards_of(client, request("patient-view", weak))}
    cards = cards_of(client, request("order-sign", statements(product), [CIPRO]))
    assert "separate-ciprofloxacin" in pages(cards)


@pytest.mark.parametrize("key", ["draftOrders", "medications", "orders", "anything"])
@pytest.mark.parametrize("shape", [bundle(CIPRO), CIPRO, [CIPRO]])
def test_an_order_counts_under_whatever_key_and_in_whatever_shape(client: Client, key: str, shape: Any) -> None:
    asked = request("order-sign", prefetch(medicationStatements=bundle(MAGNESIUM)))
    asked["context"] = {"patientId": asked["context"]["patientId"], key: shape}
    assert pages(cards_of(client, asked)) == ["separate-ciprofloxacin"]


@pytest.mark.parametrize("told", [{"draftOrders": bundle()}, {"draftOrders": {}}, {}, {"draftOrders": [None]}])
def test_an_order_hook_without_an_order_is_never_clear(client: Client, told: Data) -> None:
    asked = request("order-sign", prefetch(medicationStatements=bundle(MAGNESIUM)))
    asked["context"] = {"patientId": asked["context"]["patientId"], **told}
    assert any(why in unread(cards_of(client, asked)) for why in ("it was not sent", "it is no FHIR resource"))


def test_a_chosen_order_that_was_not_sent_is_said(client: Client) -> None:
    asked = request("order-select", prefetch(), [order("loratadine 10 mg", status="active")])
    assert cards_of(client, asked) == []
    asked["context"]["selections"].append("MedicationRequest/99")
    assert "MedicationRequest/99: what it refers to was not sent" in unread(cards_of(client, asked))
