"""Dose forms, whatever list they come from: read where they tell a way, asked where they leave it open."""

from __future__ import annotations

from itertools import product

import pytest

from magcheck import Checker
from magcheck.checker import default_checker
from magcheck.profile import Route
from magcheck.terminology.vocabulary import Found, NotFound, Reason
from tests.terminology.looked_up import BOOK, find, read

FORMS = {form: ways for form, ways in BOOK.vocabulary.dose_forms.routes.items() if form != "inhaler"}
"""Without the one that is a name of its own."""
SWALLOWED = sorted(form for form, ways in FORMS.items() if set(ways) <= {Route.ORAL})
OPEN = sorted(form for form, ways in FORMS.items() if len(ways) > 1)
WELL = {"person": {"age": 45}, "kidney": {"egfr": 95}, "supplements": ["magnesium oxide 250 mg"]}
LINES = ("{drug} {form}", "{drug} {form} daily", "{drug} ({form})", "{form} {drug}")


def way(line: str) -> str:
    """The route, or the question that is left."""
    found = find(line)
    if isinstance(found, Found):
        return found.route.value
    assert found.reason is Reason.ROUTE, found
    return "?"


def said_of(checker: Checker, line: str) -> tuple[object, ...]:
    report = checker.check(WELL | {"medications": [line]})
    findings = [(finding.rule, finding.action) for finding in report.findings]
    asked = [entry.could_become for entry in report.not_checked if entry.question]
    return report.verdict, findings, asked


@pytest.mark.parametrize("line", LINES)
def test_a_form_of_what_is_swallowed_says_nothing_else(line: str) -> None:
    told = {"levothyroxine 50 mcg", "simvastatin 20 mg"}
    wrong = []
    for drug, form in product(told, SWALLOWED):
        items = read(line.format(drug=drug, form=form))
        found = items[0].found
        whole = len(items) == 1 and isinstance(found, Found) and found.route is Route.ORAL
        if not whole or items[0].doubts or (items[0].line and items[0].line.not_read):
            wrong.append((drug, form))
    assert wrong == []


@pytest.mark.parametrize("line", LINES)
def test_an_open_form_is_swallowed_or_asked_and_counts_as_swallowed_meanwhile(line: str) -> None:
    for form in OPEN:
        found = find(line.format(drug="ciprofloxacin 500 mg", form=form))
        if isinstance(found, Found):
            assert found.route is Route.ORAL, form
        else:
            assert found.reason is Reason.ROUTE, form
            assert found.question, form
            assert Route.ORAL not in FORMS[form] or found.meanwhile is not None, form


@pytest.mark.parametrize(
    ("brand", "generic"), [("Cipro", "ciprofloxacin"), ("Synthroid", "levothyroxine"), ("Zocor", "simvastatin")]
)
def test_a_brand_is_read_as_its_generic_with_every_form(brand: str, generic: str) -> None:
    def seen(name: str, form: str) -> object:
        found = find(f"{name} {form}", "US")
        return found.route if isinstance(found, Found) else (found.reason, found.candidates)

    assert [form for form in FORMS if seen(brand, form) != seen(generic, form)] == []


@pytest.mark.parametrize("drug", ["levothyroxine 50 mcg", "doxycycline 100 mg", "simvastatin 20 mg"])
def test_a_form_of_what_is_swallowed_changes_no_answer(drug: str) -> None:
    checker = default_checker()
    bare = said_of(checker, drug)
    assert [form for form in SWALLOWED[::7] if said_of(checker, f"{drug} {form}") != bare] == []


def test_an_open_form_changes_no_verdict_and_asks_only_where_another_way_would() -> None:
    checker = default_checker()
    for form in OPEN:
        verdict, findings, _ = said_of(checker, f"ciprofloxacin {form}")
        assert (verdict, findings) == said_of(checker, "ciprofloxacin")[:2], form
        assert said_of(checker, f"lisinopril {form}") == said_of(checker, "lisinopril"), form


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("OMEPRAZOLE 20 MG CPDR", "oral"),
        ("LEVOTHYROXINE SODIUM 50 MCG TABS", "oral"),
        ("NITROGLYCERIN 0.4 MG SUBL", "oral"),
        ("NITROGLYCERIN 0.2 MG/HR PT24", "skin"),
        ("CALCIUM CARBONATE 500 MG CHEW", "oral"),
        ("CHOLESTYRAMINE 4 GM/DOSE POWD", "oral"),
        ("ALENDRONATE 70 MG TBEF", "oral"),
        ("DICLOFENAC SODIUM 1 % GEL", "?"),
        ("CIPROFLOXACIN 0.3 % SOLN", "?"),
        ("CIPROFLOXACIN 0.3 % OP SOLN", "eye"),
        ("OFLOXACIN 0.3 % OT SOLN", "ear"),
        ("LEVOTHYROXINE 100 MCG SOLR", "?"),
        ("LACTULOSE 10 GM/15ML SOLN", "oral"),
        ("AZITHROMYCIN 200 MG/5ML SUSR", "oral"),
        ("METRONIDAZOLE 0.75 % VA GEL", "vaginal"),
        ("BISACODYL 10 MG RE SUPP", "rectal"),
        ("BISACODYL 10 MG SUPP", "?"),
        ("CYANOCOBALAMIN 1000 MCG/ML IJ SOLN", "injection"),
        ("MEDROXYPROGESTERONE 150 MG/ML SUSY", "injection"),
        ("TRIAMCINOLONE ACETONIDE 0.1 % EX CREA", "skin"),
        ("omeprazole 20 mg capsule,delayed release", "oral"),
        ("aspirin 81 mg tablet,delayed release (DR/EC)", "oral"),
        ("omeprazole 20 MG Delayed Release Oral Capsule", "oral"),
        ("Ciprofloxacin 3 MG/ML Ophthalmic Solution", "eye"),
        ("diclofenac sodium 0.01 MG/MG Topical Gel", "skin"),
        ("ciprofloxacin 50 MG/ML Oral Suspension", "oral"),
        ("omeprazole g/r caps 20mg", "oral"),
        ("aspirin disp 75mg", "oral"),
        ("paracetamol eff 500mg", "oral"),
        ("melatonin sublingual 3 mg", "oral"),
        ("vitamin B12 SL 1000 mcg", "oral"),
        ("ibuprofen liquid gels 200 mg", "oral"),
        ("Pantoprazol 40 mg TMR", "oral"),
        ("Bisoprolol 2,5 mg FTA", "oral"),
        ("Gabapentin 300 mg HKP", "oral"),
        ("Magnesium BTA 300 mg", "oral"),
        ("Ciprofloxacin Tropfen", "?"),
        ("Ciprofloxacin 3 Tropfen", "?"),
        ("Novaminsulfon 500 mg/ml Tropfen", "oral"),
        ("amoxicilline granulés pour solution buvable en sachet", "oral"),
        ("ciprofloxacine solution buvable en gouttes", "oral"),
        ("fer sol buv", "oral"),
        ("omeprazol 20 mg maagsapresistente capsule", "oral"),
        ("metoprolol tablet mga 50 mg", "oral"),
        ("ondansetrón comprimidos bucodispersables", "oral"),
        ("ciprofloxacina 500 mg cpr riv", "oral"),
        ("vitamina D gocce", "oral"),
        ("magnesium gel", "?"),
        ("magnesium spray", "?"),
        ("magnesium citrate solution", "oral"),
        ("Digene gel", "oral"),
        ("fish oil 1000 mg", "oral"),
    ],
)
def test_a_form_is_read_as_it_is_meant(line: str, told: str) -> None:
    assert way(line) == told
    assert not read(line)[0].doubts


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ciprofloxacin 400 mg IM", "injection"),
        ("ciprofloxacin 400 mg im", "?"),
        ("Levothyroxin im Beutel", "oral"),
        ("Ciprofloxacin 500 mg im Wechsel", "?"),
        ("ciprofloxacin 500 mg crea 1,9", "?"),
        ("levothyroxine and gel", "?"),
        ("doxycycline 100 mg for nasal infection", "?"),
        ("levothyroxine 50 mcg before bath", "?"),
        ("levothyroxine 50 mcg after injection", "?"),
        ("metronidazole 0.75 % vaginal gel", "vaginal"),
        ("levothyroxine from the ER 50 mcg", "oral"),
    ],
)
def test_a_word_that_is_a_form_elsewhere_is_not_trusted(line: str, told: str) -> None:
    assert way(line) == told


def test_a_told_route_settles_an_open_form() -> None:
    for route in (Route.EYE, Route.ORAL, Route.EAR):
        found = find("ciprofloxacin 0.3 % SOLN", route=route)
        assert isinstance(found, Found)
        assert found.route is route


def test_what_is_asked_of_a_form_that_may_be_another_thing_stays_asked() -> None:
    report = default_checker().check(WELL | {"medications": ["lisinopril and gel"]})
    assert [entry.question for entry in report.not_checked] == ["How do you take it?"]


def test_an_unknown_name_keeps_its_form() -> None:
    report = default_checker().check({"medications": ["diclofena gel"]})
    assert report.not_checked[0].candidates == ("diclofenac gel (diclofenac)",)
    assert isinstance(find("diclofena gel"), NotFound)
