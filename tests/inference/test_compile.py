"""What clauses does a whole page become, and what do they hold of?"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from magcheck.core.fact_names import BEYOND
from magcheck.inference.compile import MAX_COMBINATIONS, clauses_of, compile_pages
from magcheck.inference.program import Clause, Outcome, Scope
from magcheck.inference.program import Test as Bounds
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.terms import UnknownTermError
from magcheck.lint.pages import lint_pages
from tests.knowledge.test_lines import PAGE
from tests.support import RETIRED, checker_of, page, profile

if TYPE_CHECKING:
    from magcheck.inference.compile import ClauseSubject
    from magcheck.knowledge.terms import Terms

    Line = dict[str, Any]

YES = (1, BEYOND)
NO = (-BEYOND, 0)


def parts(terms: Terms, *when: Line, **rest: object) -> list[tuple[ClauseSubject, Clause]]:
    return clauses_of(page("a-page", *when, **rest), terms)


def firing(terms: Terms, *when: Line, **rest: object) -> list[tuple[Bounds, ...]]:
    found = [clause for _, clause in parts(terms, *when, **rest)]
    return [clause.tests for clause in found if clause.outcome is Outcome.FIRES]


@pytest.mark.parametrize(
    ("line", "tests"),
    [
        ({"egfr": {"from": 30, "below": 45}}, [(Bounds("egfr", 30_000, 44_999),)]),
        ({"serum magnesium": {"above": "2.6 mg/dL"}}, [(Bounds("serum_magnesium", 2_601, BEYOND),)]),
        ({"dialysis": True}, [(Bounds("dialysis", *YES),)]),
        ({"kidney disease": False}, [(Bounds("kidney_disease", *NO),)]),
        ({"acute kidney injury": True}, [(Bounds("acute_kidney_injury", *YES),)]),
        ({"kidney value": "unknown"}, [(Bounds("kidney_value:unknown", *YES),)]),
        ({"country": ["EU", "UK"]}, [(Bounds("country:EU", *YES),), (Bounds("country:UK", *YES),)]),
        ({"condition": ["diabetes", "heart block"]}, [()]),
        ({"taking": "ciprofloxacin"}, [()]),
        ({"taking": "ciprofloxacin by mouth"}, [(Bounds("by_mouth", *YES),)]),
        ({"taking": "aminoglycoside by injection"}, [(Bounds("by_injection", *YES),)]),
        ({"taking": "magnesium"}, [()]),
        ({"taking": "magnesium by mouth"}, [(Bounds("product by_mouth", *YES),)]),
        ({"taking": "magnesium oxide"}, [(Bounds("product magnesium oxide", *YES),)]),
        ({"taking": "laxative magnesium"}, [(Bounds("laxative", *YES),)]),
        ({"also taking": "diuretic"}, [(Bounds("takes diuretic by any route", *YES),)]),
        ({"also taking": "diuretic by mouth"}, [(Bounds("takes diuretic by mouth", *YES),)]),
        ({"also taking": "magnesium"}, [(Bounds("takes magnesium by any route", *YES),)]),
        (
            {"number taking": {"of": ["zolpidem by mouth", "opioid"], "from": 2}},
            [(Bounds("number of opioid by any route, zolpidem by mouth", 2_000, BEYOND),)],
        ),
        (
            {"also taking": ["diuretic by mouth", "lithium by mouth"]},
            [(Bounds("takes diuretic or lithium by mouth", *YES),)],
        ),
        (
            {"taking": ["magnesium oxide by mouth", "magnesium citrate by mouth"]},
            [(Bounds("product by_mouth", *YES), Bounds("product magnesium citrate or magnesium oxide", *YES))],
        ),
        (
            {"taking": ["magnesium oxide", "laxative magnesium"]},
            [(Bounds("product laxative magnesium or magnesium oxide", *YES),)],
        ),
    ],
)
def test_a_line_becomes_tests(terms: Terms, line: Line, tests: list[tuple[Bounds, ...]]) -> None:
    assert firing(terms, line) == tests


@pytest.mark.parametrize(
    ("when", "scope"),
    [
        ([{"age": {"from": 65}}], Scope.PERSON),
        ([{"also taking": "diuretic"}, {"egfr": {"below": 60}}], Scope.PERSON),
        ([{"condition": "diabetes"}], Scope.TRAIT),
        ([{"symptom": "nausea"}, {"also taking": "digoxin"}], Scope.TRAIT),
        ([{"number taking": {"of": "opioid", "from": 2}}], Scope.PERSON),
        ([{"taking": "magnesium"}, {"number taking": {"of": "opioid", "from": 2}}], Scope.PRODUCT),
        ([{"taking": "lithium"}], Scope.MEDICINE),
        ([{"taking": "lithium"}, {"also taking": "magnesium"}], Scope.MEDICINE),
        ([{"taking": "magnesium oxide"}], Scope.PRODUCT),
        ([{"taking": "acid-neutralising magnesium"}, {"also taking": "digoxin"}], Scope.PRODUCT),
        ([{"taking": "ciprofloxacin"}, {"taking": "magnesium"}], Scope.PAIR),
        ([{"taking": "magnesium"}, {"taking": "ciprofloxacin"}], Scope.PAIR),
    ],
)
def test_a_page_is_about_one_kind_of_thing(terms: Terms, when: list[Line], scope: Scope) -> None:
    assert {clause.scope for _, clause in parts(terms, *when)} == {scope}


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ([{"taking": "lithium"}, {"taking": "digoxin"}], "a page is about one medicine or one condition."),
        ([{"condition": "diabetes"}, {"goal": "sleep"}], "a page is about one medicine or one condition."),
        ([{"taking": "lithium"}, {"condition": "diabetes"}], "a page is about one medicine or one condition."),
        ([{"taking": "magnesium oxide"}, {"taking": "magnesium citrate"}], "a page is about one medicine"),
        ([{"condition": "diabetes"}, {"taking": "magnesium"}], "a page about a condition uses 'also taking'"),
        (
            [{"amount a day": {"above": "40 mg"}}],
            "'amount a day' needs a line 'taking' that names whose amount it is.",
        ),
        ([{"condition": "diabetes"}, {"amount told": False}], "'amount told' needs a line 'taking'"),
        ([{"taking": "magnesium"}, {"amount told": False}], "'amount told' needs a line 'taking'"),
    ],
)
def test_a_page_about_two_things_is_refused(terms: Terms, when: list[Line], said: str) -> None:
    with pytest.raises(UnknownTermError, match=said):
        parts(terms, *when)


def test_every_line_must_hold(terms: Terms) -> None:
    lines: list[Line] = [{"age": {"from": 65}}, {"egfr": {"below": 60}}, {"dialysis": False}]
    assert firing(terms, *lines) == [
        (Bounds("age", 65_000, BEYOND), Bounds("dialysis", *NO), Bounds("egfr", -BEYOND, 59_999))
    ]


def test_lists_in_two_lines_are_crossed(terms: Terms) -> None:
    lines: list[Line] = [{"country": ["EU", "UK"]}, {"pregnancy": ["pregnant", "breastfeeding"]}]
    assert {frozenset(test.fact for test in tests) for tests in firing(terms, *lines)} == {
        frozenset({f"country:{country}", f"pregnancy:{state}"})
        for country, state in product(("EU", "UK"), ("pregnant", "breastfeeding"))
    }


@pytest.mark.parametrize("lengths", [(1, 99), (100, 1), (4, 25), (10, 10), (101, 1), (2, 51), (11, 10), (40, 40)])
def test_a_page_can_hold_in_as_many_ways_as_it_is_said_to_and_in_no_more(
    terms: Terms, lengths: tuple[int, int]
) -> None:
    words = ("country", "pregnancy")
    answers = {
        word: [f"{word} {number}" for number in range(count)] for word, count in zip(words, lengths, strict=True)
    }
    wide = replace(terms, choices=answers)
    lines: list[Line] = [{word: answers[word]} for word in words]
    if prod(lengths) <= MAX_COMBINATIONS:
        assert len(set(firing(wide, *lines))) == prod(lengths)
    else:
        with pytest.raises(UnknownTermError, match=f"multiply to {prod(lengths):,} combinations"):
            firing(wide, *lines)


def test_a_list_of_medicines_is_one_clause_with_several_keys(terms: Terms) -> None:
    program = compile_pages([page("a-page", {"taking": ["lithium", "digoxin"]})], terms)
    (clause,) = program.clauses
    assert clause.keys == tuple(sorted(program.keys[name] for name in ("lithium", "digoxin")))
    assert len(set(clause.keys)) == 2
    assert 0 not in clause.keys


@pytest.mark.parametrize("also", ["furosemide", "lithium"])
def test_any_one_of_a_list_is_enough(also: str) -> None:
    lines: list[Line] = [{"taking": "digoxin"}, {"also taking": ["loop diuretic", "lithium"]}]
    checker = checker_of(page("a-page", *lines))
    assert checker.pages(profile(medications=["digoxin", also]))[0] == {"a-page"}
    assert checker.pages(profile(medications=["digoxin", "amlodipine"]))[0] == set()


@pytest.mark.parametrize(("salt", "fires"), [("oxide", True), ("citrate", True), ("malate", False)])
def test_any_salt_of_a_list_is_enough(salt: str, *, fires: bool) -> None:
    checker = checker_of(page("a-page", {"taking": ["magnesium oxide", "magnesium citrate"]}))
    pages = checker.pages(profile(supplements=[{"name": f"magnesium {salt}", "amount_mg": 100}]))[0]
    assert (pages == {"a-page"}) is fires


def test_a_page_with_long_lists_is_still_one_clause(terms: Terms) -> None:
    lists: list[Line] = [
        {"taking": "ciprofloxacin by mouth"},
        {"taking": ["magnesium oxide", "magnesium citrate", "magnesium malate"]},
        {"also taking": ["diuretic", "lithium", "digoxin"]},
    ]
    assert len(firing(terms, *lists)) == 1


def test_windows_whose_lists_overlap_are_two_windows(tmp_path: Path) -> None:
    window = "separate: {take: ciprofloxacin, before: 2 h, after: 6 h, around: magnesium}"
    for name, salts in [("one", "oxide, magnesium citrate"), ("other", "citrate, magnesium malate")]:
        lines = f"taking: ciprofloxacin by mouth\n  - taking: [magnesium {salts}]"
        text = PAGE.replace("action: note\nwhat_to_do: Nothing.", window).replace("bad", name) % lines
        text = text.replace("A test needs it.", "A test needs it.\nseriousness: Binds it.")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = [problem.what for problem in lint_pages(load_rules(tmp_path, only=True))]
    assert "ciprofloxacin already has a window in one." in found


def test_a_synonym_in_a_page_means_its_substance(terms: Terms) -> None:
    program = compile_pages([page("a-page", {"taking": "acetaminophen"})], terms)
    assert program.keys.keys() == {"paracetamol"}


def test_a_limit_also_says_for_whom_it_is_one(terms: Terms) -> None:
    line = {"age": {"from": 19}}
    clauses = {clause.outcome: clause.tests for _, clause in parts(terms, line, limit="350 mg")}
    adult, above = Bounds("age", 19_000, BEYOND), Bounds("daily_magnesium", 350_001, BEYOND)
    assert clauses[Outcome.APPLIES] == (adult,)
    assert clauses[Outcome.FIRES] == (adult, above)


def test_what_is_always_asked_may_also_perhaps_hold(terms: Terms) -> None:
    line: list[Line] = [{"age": {"from": 65}}, {"egfr": {"below": 60}}]
    clauses = {clause.outcome: clause.tests for _, clause in parts(terms, *line)}
    assert clauses[Outcome.POSSIBLE] == (
        Bounds("age", 65_000, BEYOND, surely=False),
        Bounds("egfr", -BEYOND, 59_999),
    )


def test_what_is_asked_on_demand_only_fires_or_does_not(terms: Terms) -> None:
    assert {clause.outcome for _, clause in parts(terms, {"egfr": {"below": 60}})} == {Outcome.FIRES}


def test_a_retired_page_asks_nothing(terms: Terms) -> None:
    pages = [page("old", {"taking": "lithium"}, **RETIRED), page("new", {"taking": "digoxin"})]
    program = compile_pages(pages, terms)
    assert {clause.rule for clause in program.clauses} == {"new"}
    assert program.keys.keys() == {"digoxin"}


def test_a_program_knows_what_can_be_told_apart(terms: Terms) -> None:
    pages = [
        page("a", {"taking": "lithium"}, {"also taking": "diuretic by mouth"}),
        page("b", {"taking": "magnesium oxide"}),
        page("c", {"number taking": {"of": "opioid", "from": 2}}),
    ]
    told_apart = {"lithium", "diuretic", "magnesium oxide", "opioid"}
    assert compile_pages(pages, terms).named == told_apart


def test_a_page_about_a_class_is_about_its_members() -> None:
    checker = checker_of(page("a-page", {"taking": "quinolone antibiotic by mouth"}))
    assert checker.pages(profile(medications=["cipro"]))[0] == {"a-page"}
    assert checker.pages(profile(medications=["amoxicillin"]))[0] == set()
    assert checker.pages(profile(medications=[{"name": "cipro", "route": "intravenous"}]))[0] == set()


@pytest.mark.parametrize(
    ("egfr", "fires"), [(29.999, False), (30, True), (44.999, True), (44.9999, True), (45, False), (None, False)]
)
def test_a_band_begins_and_ends_where_it_says(egfr: float | None, *, fires: bool) -> None:
    checker = checker_of(page("a-page", {"egfr": {"from": 30, "below": 45}}))
    assert (checker.pages(profile(kidney={"egfr": egfr}))[0] == {"a-page"}) is fires


# Surely and perhaps


def test_a_test_holds_surely_if_it_does_for_every_value_and_perhaps_if_for_one() -> None:
    ends = range(-1, 6)
    intervals = [(low, high) for low, high in product(ends, ends) if low <= high]
    for (low, high), (lowest, highest) in product(intervals, intervals):
        each = [low <= value <= high for value in range(lowest, highest + 1)]
        assert Bounds("x", low, high).holds(lowest, highest) is all(each)
        assert Bounds("x", low, high, surely=False).holds(lowest, highest) is any(each)


def test_what_holds_surely_holds_perhaps() -> None:
    ends = range(-1, 6)
    intervals = [(low, high) for low, high in product(ends, ends) if low <= high]
    for bounds, known in product(intervals, intervals):
        assert not Bounds("x", *bounds).holds(*known) or Bounds("x", *bounds, surely=False).holds(*known)
