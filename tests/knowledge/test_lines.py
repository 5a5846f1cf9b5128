"""What does a line of `when` ask of the facts, and how is a line refused that asks nothing sensible?"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker, RulesError
from magcheck.core.fact_names import BEYOND
from magcheck.knowledge.conditions import (
    Between,
    Choice,
    Flag,
    HasTrait,
    TakenCount,
    Taking,
    parse_condition,
    parse_minutes,
    scaled_figure,
)
from magcheck.knowledge.load import load_rules
from magcheck.lint.pages import lint_pages

if TYPE_CHECKING:
    from magcheck.core.errors import Problem

    Line = dict[str, Any]

YES = (1, BEYOND)
NO = (-BEYOND, 0)


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
            TakenCount((("opioid", None), ("z-drug", "by mouth")), 1_000, 2_999),
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
status: draft
written: 2026-11-22
checked: nobody
again: 2027-11
when:
  - age: {from: 18}
  - %s
action: note
what_to_do: Nothing.
severity: minor
why: A test needs it.
evidence:
  - {source: cipro-label, grade: label, read: original, basis: source}
examples:
  - {given: {}, expect: fires}
  - {given: {goals: []}, expect: silent}
"""


@cache
def problems_of(lines: tuple[str, ...]) -> dict[str, list[Problem]]:
    """Line -> what is said about a page with it; all pages read at once, which is faster."""
    with TemporaryDirectory() as folder:
        for number, line in enumerate(lines):
            Path(folder, f"page-{number}.yaml").write_text(PAGE.replace("bad", f"page-{number}") % line)
        try:
            found = lint_pages(load_rules(folder, only=True))
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
    assert problem.where.endswith(".yaml:9: when[1]")
    assert problem.what.startswith(said)


@pytest.mark.parametrize(("line", "said"), UNKNOWN)
def test_a_line_that_names_nothing_is_refused_with_its_place(line: str, said: str) -> None:
    (problem,) = problems_of(tuple(line for line, _ in UNKNOWN))[line]
    assert problem.where.startswith("/")
    assert problem.what.startswith(said)


def test_the_very_line_that_names_nothing_is_told() -> None:
    (problem,) = problems_of(("condition: diabtes",))["condition: diabtes"]
    assert problem.where.split(".yaml:")[1].startswith("9")


def test_all_names_of_a_page_that_are_unknown_are_said_at_once() -> None:
    lines = "condition: diabtes\n  - also taking: diuretc"
    assert len(problems_of((lines,))[lines]) == 2


def test_all_lines_that_are_wrong_are_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(PAGE % "egfr: 30\n  - dialysis: maybe\n  - takin: cipro")
    (tmp_path / "worse.yaml").write_text(PAGE % "taking: 3")
    with pytest.raises(RulesError) as refused:
        load_rules(tmp_path, only=True)
    places = {problem.where for problem in refused.value.problems}
    assert places == {
        f"{tmp_path}/bad.yaml:9: when[1]",
        f"{tmp_path}/bad.yaml:10: when[2]",
        f"{tmp_path}/bad.yaml:11: when[3]",
        f"{tmp_path}/worse.yaml:9: when[1]",
    }


@pytest.mark.parametrize(("line", "said"), [("takin: cipro", "takin"), ("taking: ciproflxacin", "ciproflxacin")])
def test_a_checker_refuses_pages_that_cannot_be_used(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "bad.yaml").write_text(PAGE % line)
    with pytest.raises(RulesError, match=said):
        Checker(only_rules=tmp_path)


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
