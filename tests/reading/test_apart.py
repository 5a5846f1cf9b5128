"""A dose form that stands apart from a name, and a unit behind brackets: whose are they?"""

from __future__ import annotations

import pytest

from magcheck.profile import Route
from magcheck.terminology.vocabulary import Found, NotFound, Reason
from tests.terminology.looked_up import find, read


@pytest.mark.parametrize(
    "line",
    [
        "levothyroxine, eye drops",
        "levothyroxine and eye drops",
        "Levothyroxin und Augentropfen",
        "lévothyroxine, collyre",
        "levotiroxina, colirio",
        "alendronate 70 mg weekly, eye drops",
        "digoxin, inhaler",
        "digoxin & inhaler",
        "lithium, patch",
        "doxycycline, nasal spray",
        "Doxycyclin und Creme",
        "doxycycline, ointment",
        "cipro and eye drops",
        "cipro & hydrocortisone cream",
        "levothyroxine, suppository",
        "levothyroxine, weekly injection",
        "eye drops, levothyroxine",
        "cream and doxycycline",
    ],
)
def test_a_form_that_may_be_another_thing_is_asked(line: str) -> None:
    found = find(line)
    assert isinstance(found, NotFound)
    assert found.reason is Reason.ROUTE
    assert Route.ORAL in {meaning.route for meaning in found.could_be}


@pytest.mark.parametrize(
    ("line", "route"),
    [
        ("timolol, eye drops", Route.EYE),
        ("latanoprost 0.005%, eye drops", Route.EYE),
        ("ciprofloxacin 0.3%, eye drops, 1 drop qid", Route.EYE),
        ("salbutamol, inhaler, 2 puffs", Route.INHALED),
        ("hydrocortisone 1%, cream", Route.SKIN),
        ("estradiol, patch", Route.SKIN),
        ("metronidazole 500 mg, IV, q8h", Route.INTRAVENOUS),
        ("ciprofloxacin and dexamethasone ear drops", Route.EAR),
        ("betamethasone and calcipotriol ointment", Route.SKIN),
        ("gabapentin cream", Route.SKIN),
        ("levothyroxine, by injection", Route.INJECTION),
        ("mupirocin 2% ointment apply to affected area TID", Route.SKIN),
        ("clobetasol 0.05% ointment apply sparingly once daily", Route.SKIN),
        ("hydrocortisone 1% cream apply to rash twice daily", Route.SKIN),
    ],
)
def test_a_form_in_which_just_this_is_sold_is_its_own(line: str, route: Route) -> None:
    (item,) = read(line)
    assert isinstance(item.found, Found)
    assert item.found.route is route
    assert item.doubts == ()


@pytest.mark.parametrize(
    "line",
    [
        "ferrous sulfate 325 (65 Fe) MG EC tablet",
        "FERROUS SULFATE 325 (65 FE) MG TABLET",
        "ferrous sulfate 325 (65 Fe) MG 1 tab daily",
        "ferrous sulfate 300 (60 Fe) MG/5ML syrup",
        "ferrous gluconate 324 (38 iron) mg",
        "calcium carbonate 1250 (500 Ca) MG tablet",
        "CALCIUM CARBONATE 1250 (500 MG) MG TABLET",
        "potassium chloride 750 (10 MEQ) MG tablet",
        "zinc sulfate 220 (50 Zn) MG capsule",
        "Levothyroxine 50 (0.05 mg) mcg",
    ],
)
def test_a_unit_behind_brackets_is_no_magnesium(line: str) -> None:
    (item,) = read(line)
    assert isinstance(item.found, Found)
    assert item.doubts == ()


@pytest.mark.parametrize(
    ("line", "mg"),
    [
        ("magnesium oxide 400 (241.3 MG) MG TABLET", 241.3),
        ("magnesium oxide 400 (240 elemental) mg", 240),
        ("magnesium oxide (Mag-Ox) 400 (241.3 Mg) MG tablet", 241.3),
        ("magnesium gluconate 500 (27 Mg) mg tablet", 27),
    ],
)
def test_the_lesser_number_in_such_brackets_counts_the_magnesium(line: str, mg: float) -> None:
    (item,) = read(line)
    assert item.line is not None
    assert item.line.amount.high == pytest.approx(mg)
    assert item.line.amount.elemental
    assert not item.line.not_read


@pytest.mark.parametrize(
    "line", ["calcium 600 (25 mcg D3) Mg 300", "calcium 600 (2) Mg 300", "calcium 600 (2x) Mg"]
)
def test_magnesium_behind_brackets_stays_magnesium(line: str) -> None:
    named = [item.line.text for item in read(line) if item.line]
    assert "magnesium" in named


@pytest.mark.parametrize(
    "line",
    [
        "fexofenadine 180 mg allergy",
        "fexofenadine 180 mg, allergy",
        "fexofenadine 180 mg od (allergy)",
        "prednisone 5 mg allergy",
        "Fexofenadine 180 mg, Allergie",
        "fexofénadine 180 mg allergie",
        "fexofenadina 180 mg, alergia",
    ],
)
def test_an_allergy_behind_a_dose_is_what_it_is_taken_for(line: str) -> None:
    (item,) = read(line)
    assert isinstance(item.found, Found)
    assert item.taken


@pytest.mark.parametrize("line", ["ciprofloxacin allergy", "allergic to ciprofloxacin", "Ciprofloxacin Allergie"])
def test_an_allergy_without_a_dose_is_one_to_the_medicine(line: str) -> None:
    (item,) = read(line)
    assert not item.taken


def test_an_everyday_word_behind_a_name_is_no_product() -> None:
    (item,) = read("cipro same")
    assert item.line is not None
    assert item.line.timing.slots == ()


@pytest.mark.parametrize(
    ("line", "substance"),
    [
        ("SAMe 400 mg", "s-adenosylmethionine"),
        ("Eve 200 mg", "ibuprofen"),
        ("daily vitamin D", "vitamin d"),
        ("daily vitamin", "multivitamin"),
    ],
)
def test_a_word_that_is_a_name_where_it_stands_for_one(line: str, substance: str) -> None:
    found = find(line)
    assert isinstance(found, Found)
    assert [inside.name for inside in found.meaning.substances] == [substance]


@pytest.mark.parametrize("line", ["Lithium depot", "Eisen Depot"])
def test_depot_is_a_slow_tablet_of_what_is_not_injected(line: str) -> None:
    found = find(line)
    assert isinstance(found, Found)
    assert found.route is Route.ORAL


@pytest.mark.parametrize(
    "line",
    ["Digoxin 125 mcg OD - no change", "digoxin 125 mcg no side effects", "Digoxin 0,25 mg keine Nebenwirkungen"],
)
def test_words_that_all_is_well_say_that_it_is_taken(line: str) -> None:
    (item,) = read(line)
    assert isinstance(item.found, Found)
    assert item.taken
    assert item.doubts == ()
