"""What does a line of `when` ask of the facts, and how is a line refused that asks nothing sensible?"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker, RulesError
from magcheck.book.conditions import (
    Between,
    Choice,
    Flag,
    HasTrait,
    Number,
    Taking,
    parse_condition,
    parse_minutes,
    scaled_figure,
)
from magcheck.book.load import load_rules
from magcheck.fields import BEYOND
from magcheck.lint.pages import lint_pages
from magcheck.matching.compile import UnknownTermError, clauses_of, compile_pages, named_selectors
from magcheck.matching.ir import Clause, Outcome, Scope
from magcheck.matching.ir import Test as Bounds
from tests.support import checker_of, page, profile

if TYPE_CHECKING:
    from magcheck.errors import Problem
    from magcheck.matching.compile import Subject, Terms

    Line = dict[str, Any]

YES = (1, BEYOND)
NO = (-BEYOND, 0)

# One line


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ({"taking": "ciprofloxacin"}, Taking(("ciprofloxacin",), None)),
        ({"taking": "ciprofloxacin by mouth"}, Taking(("ciprofloxacin",), "by mouth")),
        (
            {"taking": ["gentamicin by injection", "amikacin by injection"]},
            Taking(("gentamicin", "amikacin"), "by injection"),
        ),
        ({"also taking": "diuretic"}, Taking(("diuretic",), None, elsewhere=True)),
        ({"condition": "diabetes"}, HasTrait("condition", ("diabetes",))),
        ({"symptom": ["nausea", "diarrhoea"]}, HasTrait("symptom", ("nausea", "diarrhoea"))),
        ({"goal": "sleep"}, HasTrait("goal", ("sleep",))),
        ({"dialysis": True}, Flag("dialysis", value=True)),
        ({"acute kidney injury": False}, Flag("acute kidney injury", value=False)),
        ({"kidney value": "unknown"}, Choice("kidney value", ("unknown",))),
        ({"pregnancy": ["pregnant", "breastfeeding"]}, Choice("pregnancy", ("pregnant", "breastfeeding"))),
        ({"country": "EU"}, Choice("country", ("EU",))),
        (
            {"number taking": {"of": ["opioid", "z-drug by mouth"], "from": 1, "below": 3}},
            Number((("opioid", None), ("z-drug", "by mouth")), 1_000, 2_999),
        ),
    ],
)
def test_a_line_says_what_it_means(line: Line, meant: object) -> None:
    assert parse_condition(line) == meant


@pytest.mark.parametrize(
    ("bounds", "low", "high"),
    [
        ({"from": 30}, 30_000, BEYOND),
        ({"above": 30}, 30_001, BEYOND),
        ({"below": 45}, -BEYOND, 44_999),
        ({"up to": 45}, -BEYOND, 45_000),
        ({"from": 30, "below": 45}, 30_000, 44_999),
        ({"below": 45, "from": 30}, 30_000, 44_999),
        ({"above": 29.9, "up to": 30.125}, 29_901, 30_125),
        ({"from": 30, "up to": 30}, 30_000, 30_000),
        ({"from": "30 mL/min/1.73 m2"}, 30_000, BEYOND),
        ({"from": 0}, 0, BEYOND),
        ({"from": -1}, -1_000, BEYOND),
    ],
)
def test_bounds_are_thousandths_and_both_included(bounds: Line, low: int, high: int) -> None:
    assert parse_condition({"egfr": bounds}) == Between("egfr", low, high)


@pytest.mark.parametrize(
    ("figure", "thousandths"), [(0.29, 290), (1.001, 1_001), (8.115, 8_115), (64.999, 64_999), (1.1, 1_100)]
)
def test_a_decimal_figure_keeps_every_digit(figure: float, thousandths: int) -> None:
    assert scaled_figure("egfr", figure) == thousandths


@pytest.mark.parametrize("bounds", [{"from": 30, "above": 40}, {"above": 40, "from": 30}])
def test_of_two_lower_bounds_neither_is_forgotten(bounds: Line) -> None:
    with suppress(ValueError):
        assert parse_condition({"egfr": bounds}) == Between("egfr", 40_001, BEYOND)


@pytest.mark.parametrize("bounds", [{"below": 30, "up to": 40}, {"up to": 40, "below": 30}])
def test_of_two_upper_bounds_neither_is_forgotten(bounds: Line) -> None:
    with suppress(ValueError):
        assert parse_condition({"egfr": bounds}) == Between("egfr", -BEYOND, 29_999)


REFUSED: list[tuple[str, str]] = [
    ("takin: cipro", "unknown condition 'takin'. Did you mean 'taking'?"),
    ("Taking: cipro", "unknown condition 'Taking'. Did you mean 'taking'?"),
    ("eGFR: {from: 30}", "unknown condition 'eGFR'. Did you mean 'egfr'?"),
    ("xyzzy plugh: 1", "unknown condition 'xyzzy plugh'. Known: "),
    ("taking", "a line of 'when' is one word and one value"),
    ("{taking: cipro, age: {from: 3}}", "a line of 'when' is one word and one value"),
    ("{}", "a line of 'when' is one word and one value"),
    ("[taking, cipro]", "a line of 'when' is one word and one value"),
    ("taking: 3", "expected a name or a list of names."),
    ("taking: []", "expected a name or a list of names."),
    ("taking: [cipro, 3]", "expected a name or a list of names."),
    ("taking:", "expected a name or a list of names."),
    ('condition: [""]', "expected a name or a list of names."),
    ("pregnancy: yes", "expected a name or a list of names."),
    ("taking: [cipro by mouth, doxycycline]", "all names of one line need the same route."),
    ("taking: [cipro by mouth, tobramycin in the eye]", "all names of one line need the same route."),
    ("egfr: 30", "'egfr' needs bounds, such as {from: 30, below: 45}."),
    ("egfr: {}", "'egfr' needs bounds, such as {from: 30, below: 45}."),
    ("egfr: [30, 45]", "'egfr' needs bounds, such as {from: 30, below: 45}."),
    ("egfr: {form: 30}", "unknown bound 'form'. Did you mean 'from'?"),
    ("egfr: {belw: 30}", "unknown bound 'belw'. Did you mean 'below'?"),
    ("egfr: {from: 45, below: 30}", "'egfr' asks for a value above its own upper bound."),
    ("egfr: {from: 30, below: 30}", "'egfr' asks for a value above its own upper bound."),
    ("egfr: {above: 30, up to: 30}", "'egfr' asks for a value above its own upper bound."),
    ("egfr: {from: low}", "'low' is not a number with at most three decimals."),
    ("egfr: {from: 29.9999}", "'29.9999' is not a number with at most three decimals."),
    ("egfr: {from: 1.0e-05}", "'1e-05' is not a number with at most three decimals."),
    ("egfr: {from: .nan}", "'nan' is not a number with at most three decimals."),
    ("egfr: {from: .inf}", "'inf' is not a number with at most three decimals."),
    ("egfr: {from: yes}", "'True' is not a number with at most three decimals."),
    ("egfr: {from: [30]}", "'[30]' is not a number with at most three decimals."),
    ("egfr: {from: }", "'None' is not a number with at most three decimals."),
    ("egfr: {from: 30 mL}", "'30 mL' is not in mL/min/1.73 m2. Write the figure in mL/min/1.73 m2."),
    ("age: {from: 18 months}", "'18 months' is not in years. Write the figure in years."),
    ("daily magnesium: {above: 350}", "'350' is not in mg. Write the figure in mg."),
    ("daily magnesium: {above: 350mg}", "'350mg' is not a number with at most three decimals."),
    ("serum magnesium: {above: 2.6 mmol/L}", "'2.6 mmol/L' is not in mg/dL. Write the figure in mg/dL."),
    ("number taking: opioid", "'number taking' needs names and a bound, such as {of: [opioid, z-drug], from: 2}."),
    (
        "number taking: {of: opioid}",
        "'number taking' needs names and a bound, such as {of: [opioid, z-drug], from: 2}.",
    ),
    (
        "number taking: {from: 2}",
        "'number taking' needs names and a bound, such as {of: [opioid, z-drug], from: 2}.",
    ),
    ("number taking: {off: opioid, from: 2}", "'number taking' needs names and a bound"),
    ("number takin: {of: opioid, from: 2}", "unknown condition 'number takin'. Did you mean 'number taking'?"),
    ("number taking: {of: opioid, form: 2}", "unknown bound 'form'. Did you mean 'from'?"),
    ("number taking: {of: opioid, from: 2.5}", "'2.5' is not a whole number."),
    ("number taking: {of: opioid, from: two}", "'two' is not a whole number."),
    ("number taking: {of: opioid, from: yes}", "'True' is not a whole number."),
    ("number taking: {of: opioid, from: -1}", "'-1' is not a whole number."),
    (
        "number taking: {of: opioid, from: 3, below: 3}",
        "'number taking' asks for a value above its own upper bound.",
    ),
    ("number taking: {of: [], from: 2}", "expected a name or a list of names."),
    ("dialysis: maybe", "'dialysis' is answered with yes or no."),
    ("dialysis: 1", "'dialysis' is answered with yes or no."),
    ("dialysis: on", "'dialysis' is answered with yes or no."),
]
UNKNOWN: list[tuple[str, str]] = [
    (
        "taking: ciproflxacin by mouth",
        "no substance or class is called 'ciproflxacin'. Did you mean 'ciprofloxacin'?",
    ),
    ("taking: xyzzyxyzzyxyzzy", "no substance or class is called 'xyzzyxyzzyxyzzy'. See rules/vocabulary."),
    ("taking: ciprofloxacin by mout", "no substance or class is called 'ciprofloxacin by mout'."),
    (
        "also taking: loop diuretics",
        "no substance or class is called 'loop diuretics'. Did you mean 'loop diuretic'?",
    ),
    ("number taking: {of: [opoid], from: 2}", "no substance or class is called 'opoid'. Did you mean 'opioid'?"),
    ("number taking: {of: laxative magnesium, from: 2}", "no substance or class is called 'laxative magnesium'."),
    ("condition: diabtes", "no condition is called 'diabtes'. Did you mean 'diabetes'?"),
    ("symptom: diabetes", "no symptom is called 'diabetes'."),
    ("goal: flying to the moon", "no goal is called 'flying to the moon'. See rules/vocabulary."),
    ("pregnancy: pregnnt", "'pregnnt' is no answer to 'pregnancy'. Did you mean 'pregnant'?"),
    ("kidney value: unknwn", "'unknwn' is no answer to 'kidney value'. Did you mean 'unknown'?"),
    ("country: XX", "'XX' is no answer to 'country'. Known: "),
    ("taking: [ciprofloxacin, magnesium]", "one line names either medicines or magnesium, not both."),
]  # fmt: skip

PAGE = """id: bad
title: A page of the tests
when:
  - age: {from: 18}
  - %s
action: note
what_to_do: Nothing.
why: A test needs it.
severity: minor
evidence:
  - {source: cipro-label, grade: label}
examples:
  - {given: {}, expect: fires}
  - {given: {}, expect: silent}
"""


@cache
def problems_of(lines: tuple[str, ...]) -> dict[str, list[Problem]]:
    """Line -> what is said about a page with it; all pages read at once, which is faster."""
    with TemporaryDirectory() as folder:
        for number, line in enumerate(lines):
            Path(folder, f"page-{number}.yaml").write_text(PAGE.replace("bad", f"page-{number}") % line)
        try:
            found = lint_pages(load_rules(folder))
        except RulesError as refused:
            found = list(refused.problems)
    names = [f"page-{number}.yaml" for number in range(len(lines))]
    return {
        line: [problem for problem in found if f"/{name}:" in problem.where]
        for line, name in zip(lines, names, strict=True)
    }


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_a_line_that_says_nothing_is_refused_with_its_place(line: str, said: str) -> None:
    (problem,) = problems_of(tuple(line for line, _ in REFUSED))[line]
    assert problem.where.endswith(".yaml:5: when[1]")
    assert problem.what.startswith(said)


@pytest.mark.parametrize(("line", "said"), UNKNOWN)
def test_a_line_that_names_nothing_is_refused_with_its_place(line: str, said: str) -> None:
    (problem,) = problems_of(tuple(line for line, _ in UNKNOWN))[line]
    assert problem.where.startswith("/")
    assert problem.what.startswith(said)


def test_the_very_line_that_names_nothing_is_told() -> None:
    (problem,) = problems_of(("condition: diabtes",))["condition: diabtes"]
    assert problem.where.split(".yaml:")[1].startswith("5")


def test_all_names_of_a_page_that_are_unknown_are_said_at_once() -> None:
    lines = "condition: diabtes\n  - also taking: diuretc"
    assert len(problems_of((lines,))[lines]) == 2


def test_all_lines_that_are_wrong_are_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(PAGE % "egfr: 30\n  - dialysis: maybe\n  - takin: cipro")
    (tmp_path / "worse.yaml").write_text(PAGE % "taking: 3")
    with pytest.raises(RulesError) as refused:
        load_rules(tmp_path)
    places = {problem.where for problem in refused.value.problems}
    assert places == {
        f"{tmp_path}/bad.yaml:5: when[1]",
        f"{tmp_path}/bad.yaml:6: when[2]",
        f"{tmp_path}/bad.yaml:7: when[3]",
        f"{tmp_path}/worse.yaml:5: when[1]",
    }


@pytest.mark.parametrize(("line", "said"), [("takin: cipro", "takin"), ("taking: ciproflxacin", "ciproflxacin")])
def test_a_checker_refuses_pages_that_cannot_be_used(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "bad.yaml").write_text(PAGE % line)
    with pytest.raises(RulesError, match=said):
        Checker(tmp_path)


@pytest.mark.parametrize(
    ("words", "minutes"), [("2 h", 120), ("30 min", 30), ("0 min", 0), ("1.5 h", 90), ("24 h", 1440)]
)
def test_a_length_of_time_is_minutes(words: str, minutes: int) -> None:
    assert parse_minutes(words) == minutes


@pytest.mark.parametrize(
    "words", ["2h", "2", 2, 2.0, None, "2 hours", "-1 h", "25 h", "0.001 h", "1.5 min", "two h", "2 h ", True]
)
def test_anything_else_is_no_length_of_time(words: object) -> None:
    with pytest.raises(ValueError, match=r"is not a length of time\. Write '2 h' or '30 min'"):
        parse_minutes(words)


# A page


def parts(terms: Terms, *when: Line, **rest: object) -> list[tuple[Subject, Clause]]:
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
            [(Bounds("laxative", *YES),), (Bounds("product magnesium oxide", *YES),)],
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
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = [problem.what for problem in lint_pages(load_rules(tmp_path))]
    assert found == ["ciprofloxacin already has a window in one."]


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
    pages = [page("old", {"taking": "lithium"}, retired=True), page("new", {"taking": "digoxin"})]
    program = compile_pages(pages, terms)
    assert {clause.page for clause in program.clauses} == {"new"}
    assert program.keys.keys() == {"digoxin"}


def test_a_program_knows_what_can_be_told_apart(terms: Terms) -> None:
    pages = [
        page("a", {"taking": "lithium"}, {"also taking": "diuretic by mouth"}),
        page("b", {"taking": "magnesium oxide"}),
        page("c", {"number taking": {"of": "opioid", "from": 2}}),
    ]
    told_apart = {"lithium", "diuretic", "magnesium oxide", "opioid"}
    assert named_selectors(compile_pages(pages, terms)) == told_apart


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
