"""What a name means, and what is never guessed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from magcheck.profile import Route
from magcheck.terminology.vocabulary import Found, NotFound, Reason
from tests.terminology.looked_up import find, read

TABLES = Path(__file__).parents[2] / "rules" / "vocabulary"


def ingredients(name: str, country: str | None = None) -> list[str]:
    found = find(name, country)
    assert isinstance(found, Found), f"{name}: {found}"
    return sorted(substance.name for substance in found.meaning.substances)


@pytest.mark.parametrize(
    ("written", "inn"),
    [
        ("Cipro 500 mg", "ciprofloxacin"),
        ("CIPROFLOXACIN HCl 250mg tablets", "ciprofloxacin"),
        ("Levothyroxin 50mcg tab", "levothyroxine"),
        ("levothyroxine sodium 0.1 mg", "levothyroxine"),
        ("L-Thyroxine", "levothyroxine"),
        ("Fosamax", "alendronic acid"),
        ("alendronate", "alendronic acid"),
        ("Doxycycline hyclate 100 mg capsule", "doxycycline"),
        ("  synthroid ", "levothyroxine"),
        ("Lasix 40mg", "furosemide"),
        ("hydrochlorothiazide", "hydrochlorothiazide"),
        ("magnesium glycinate", "magnesium bisglycinate"),
        ("Magnesiumcitrat 200 mg", "magnesium citrate"),
    ],
)
def test_names_are_understood_through_their_packaging(written: str, inn: str) -> None:
    assert ingredients(written) == [inn]


def test_a_combination_counts_for_each_ingredient() -> None:
    assert "tetracycline" in ingredients("Pylera")
    assert ingredients("Maxzide") == ["hydrochlorothiazide", "triamterene"]
    assert ingredients("amlodipine/valsartan 5/160 mg") == ["amlodipine", "valsartan"]


def test_a_combination_with_a_strange_part_is_not_called_recognised() -> None:
    known, strange = read("dolutegravir/zzzz")
    assert isinstance(known.found, Found)
    assert [substance.name for substance in known.found.meaning.substances] == ["dolutegravir"]
    assert strange.found == NotFound(Reason.UNKNOWN)


def test_a_brand_that_means_different_things_needs_the_country() -> None:
    unsettled = find("Urex")
    assert isinstance(unsettled, NotFound)
    assert unsettled.reason is Reason.AMBIGUOUS
    assert ingredients("Urex", "AU") == ["furosemide"]
    assert ingredients("Urex", "US") == ["methenamine"]


@pytest.mark.parametrize("family", ["Dulcolax", "Ex-Lax", "Phillips", "Gaviscon"])
def test_a_brand_family_is_never_settled_by_guessing(family: str) -> None:
    found = find(family, "US")
    assert isinstance(found, NotFound)
    assert found.reason is Reason.WHICH_ONE
    assert len(found.candidates) > 1


@pytest.mark.parametrize("family", ["Dulcolax", "Gaviscon", "gaviscon 10 ml"])
def test_a_family_that_is_another_one_elsewhere_may_be_any_where_no_country_is_told(family: str) -> None:
    """Else somebody in London would be asked about the tablets of the USA, and warned of their magnesium."""
    found = find(family)
    assert isinstance(found, NotFound)
    assert found.reason is Reason.AMBIGUOUS
    for country in ("US", "UK", "CA", "DE"):
        here = find(family, country)
        assert isinstance(here, NotFound)
        assert set(here.could_be) <= set(found.could_be), country


@pytest.mark.parametrize("word", ["water pill", "thyroid medicine", "blood pressure tablet", "antibiotic"])
def test_a_class_word_asks_which_one(word: str) -> None:
    found = find(word)
    assert isinstance(found, NotFound)
    assert found.reason is Reason.WHICH_ONE
    assert found.could_be


@pytest.mark.parametrize("written", ["levothyroxne", "ciprofloxacinne x", "Xyzol"])
def test_a_misspelt_name_is_asked_about_not_replaced(written: str) -> None:
    found = find(written)
    assert isinstance(found, NotFound)
    assert found.reason is Reason.UNKNOWN


def test_candidates_are_at_most_two_edits_away() -> None:
    found = find("levothyroxne")
    assert isinstance(found, NotFound)
    assert any("levothyroxine" in candidate for candidate in found.candidates)
    far = find("zzzzqqqq")
    assert isinstance(far, NotFound)
    assert far.candidates == ()


@pytest.mark.parametrize(
    ("written", "route"),
    [
        ("ciprofloxacin IV", Route.INTRAVENOUS),
        ("ciprofloxacin eye drops", Route.EYE),
        ("Ciloxan", Route.EYE),
        ("gentamicin", Route.INJECTION),
        ("ciprofloxacin", Route.ORAL),
        ("ofloxacin ear drops", Route.EAR),
    ],
)
def test_the_form_tells_the_route(written: str, route: Route) -> None:
    found = find(written)
    assert isinstance(found, Found)
    assert found.route is route


def test_two_routes_that_do_not_agree_are_asked() -> None:
    found = find("ciprofloxacin IV", route=Route.ORAL)
    assert isinstance(found, NotFound)
    assert found.reason is Reason.ROUTE
    assert {meaning.route for meaning in found.could_be} == {Route.ORAL, Route.INTRAVENOUS}


def test_codes_mean_the_same_as_names() -> None:
    by_code = find(None, rxcui="10582")
    assert isinstance(by_code, Found)
    assert by_code.meaning.substances == find_found("levothyroxine").meaning.substances
    by_atc = find(None, atc="J01MA02")
    assert isinstance(by_atc, Found)
    assert by_atc.meaning.substances == find_found("ciprofloxacin").meaning.substances


def find_found(name: str) -> Found:
    found = find(name)
    assert isinstance(found, Found)
    return found


def test_an_unknown_code_is_said() -> None:
    assert find(None, rxcui="99999999") == NotFound(Reason.UNKNOWN_CODE)


def test_a_code_that_contradicts_the_name_is_not_accepted() -> None:
    found = find("amlodipine", rxcui="10582")
    assert isinstance(found, NotFound)
    assert found.reason is Reason.DISAGREE


def test_a_product_without_a_checked_ingredient_is_not_called_recognised() -> None:
    found = find("Phillips' Colon Health")
    assert isinstance(found, NotFound)
    assert found.reason is Reason.UNCOVERED


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows("substances.csv"), ids=lambda row: row["substance"])
def test_every_name_salt_and_code_of_a_substance_finds_it(row: dict[str, str]) -> None:
    for name in [row["substance"], *filter(None, row["names"].split("; "))]:
        assert ingredients(name) == [row["substance"]], name
    for code in filter(None, row["rxcui"].split("; ")):
        found = find(None, rxcui=code)
        assert isinstance(found, Found)
        assert [substance.name for substance in found.meaning.substances] == [row["substance"]]


def test_every_brand_is_found_in_its_country() -> None:
    lost: list[str] = []
    for row in rows("substances.csv"):
        for brand in filter(None, row["brands"].split("; ")):
            country, _, name = brand.partition(":")
            found = find(name, country)
            names = {s.name for s in found.meaning.substances} if isinstance(found, Found) else set()
            if row["substance"] not in names:
                lost.append(brand)
    assert lost == []


def test_every_product_counts_for_all_its_ingredients() -> None:
    lost: list[str] = []
    for row in rows("products.csv"):
        inside = sorted(filter(None, row["ingredients"].split("; ")))
        for country in row["countries"].split("; ") if inside else ():
            found = find(row["product"], country or None)
            names = sorted(s.name for s in found.meaning.substances) if isinstance(found, Found) else []
            if names != inside:
                lost.append(f"{country}:{row['product']}")
    assert lost == []
