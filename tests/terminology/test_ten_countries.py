"""Names as people of ten countries type them, each read for that country; what two medicines share is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from magcheck.terminology.vocabulary import NotFound, Reason
from tests.terminology.looked_up import find, inside

LINES = (Path(__file__).parent / "ten_countries.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_a_name_is_read_for_its_country(line: str) -> None:
    country, _, rest = line.partition(": ")
    written, _, meant = rest.partition(" = ")
    assert inside(find(written, country)) == meant


@pytest.mark.parametrize("name", ["Cartia", "Flomax", "Glynase", "Norpramin", "Urimax"])
def test_a_brand_that_is_another_medicine_elsewhere_is_asked_without_a_country(name: str) -> None:
    found = find(name)
    assert isinstance(found, NotFound)
    assert found.reason is Reason.AMBIGUOUS
    assert len(found.could_be) > 1


@pytest.mark.parametrize(
    "name",
    [
        "ATV",
        "CTX",
        "LEV",
        "levo",
        "magnesia",
        "metro",
        "mino",
        "MPA",
        "MSO4",
        "PCN",
        "pred",
        "TAC",
        "electrolytes",
    ],
)
def test_a_short_name_that_several_medicines_share_is_asked(name: str) -> None:
    found = find(name)
    assert isinstance(found, NotFound)
    assert found.reason is Reason.WHICH_ONE
    assert len(found.could_be) > 1


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Anadin", "UK"),
        ("Andrews", "UK"),
        ("Benadryl", "UK"),
        ("Gaviscon", "AU"),
        ("Gaviscon", "CA"),
        ("Gaviscon", "IN"),
        ("Gaviscon", "NL"),
        ("Maalox", "CA"),
        ("Monocef", "IN"),
        ("Rolaids", "CA"),
    ],
)
def test_a_brand_family_is_asked_where_it_is_sold(name: str, country: str) -> None:
    found = find(name, country)
    assert isinstance(found, NotFound)
    assert found.reason is Reason.WHICH_ONE
    assert len(found.could_be) > 1


def test_the_liquid_and_the_tablets_of_canada_are_told_apart() -> None:
    found = find("Gaviscon", "CA")
    assert isinstance(found, NotFound)
    meant = [sorted(substance.name for substance in meaning.substances) for meaning in found.could_be]
    assert meant == [["magnesium carbonate", "sodium alginate"], ["aluminium hydroxide", "sodium alginate"]]
