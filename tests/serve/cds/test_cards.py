"""What does a record system show when a chart is opened, and when an order is written?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.serve.cds.asking import bundle, cards_of, order, prefetch, request, statement

if TYPE_CHECKING:
    from tests.serve.calling import Client

MAGNESIUM = statement("Magnesium citrate 200 mg elemental")


def test_an_antibiotic_is_ordered_for_somebody_who_takes_magnesium(client: Client) -> None:
    held = prefetch(medicationStatements=bundle(MAGNESIUM))
    cards = cards_of(client, request("order-select", held, [order("ciprofloxacin 500 MG Oral Tablet")]))
    assert len(cards) == 1
    assert cards[0]["indicator"] == "warning"
    assert cards[0]["source"]["topic"]["code"] == "separate-ciprofloxacin"
    assert "2 hours before magnesium" in cards[0]["detail"]
    assert "MedicationRequest/draft-1" in cards[0]["detail"]
