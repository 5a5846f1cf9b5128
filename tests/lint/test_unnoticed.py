"""A page that says enough notices every slip of the pen; one that says too little is told what to add."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from magcheck.checker import Checker
from magcheck.knowledge.document import Document
from magcheck.knowledge.rule import Rule
from magcheck.lint.examples import example_problems
from magcheck.lint.figures import unsaid
from magcheck.lint.unnoticed import unnoticed
from tests.support import book_of, page_data

Given = dict[str, Any]
CIPRO: Given = {"medications": ["cipro"], "supplements": ["magnesium citrate 200 mg"]}
BY_NEEDLE: Given = {**CIPRO, "medications": [{"name": "cipro", "route": "intravenous"}]}
WHEN: tuple[dict[str, Any], ...] = ({"taking": "ciprofloxacin by mouth"}, {"taking": "magnesium by mouth"})
SAYS = "At least 2 h before or 6 h after antacids."


def at(medicine: str, magnesium: str) -> Given:
    return {
        "medications": [{"name": "cipro", "times": [medicine]}],
        "supplements": [{"name": "magnesium citrate", "times": [magnesium]}],
    }


FIRES: Given = {"given": CIPRO, "expect": "fires"}
SILENT: Given = {"given": BY_NEEDLE, "expect": "silent"}
KEPT: Given = {"given": at("12:00", "14:00"), "expect": "fires", "status": "kept"}


def evidence(says: str) -> list[dict[str, str]]:
    return [{"source": "cipro-label", "grade": "label", "read": "original", "basis": "source", "says": says}]


def window(*examples: Given, says: str = SAYS, before: str = "2 h", after: str = "6 h") -> Given:
    gap = {"before": before, "after": after}
    return page_data("a-window", *WHEN, separate=gap, evidence=evidence(says), examples=list(examples))


def read(data: Given) -> tuple[Rule, Checker]:
    rule = Rule.model_validate(data)
    book = replace(book_of(rule), documents={rule.id: Document(f"{rule.id}.yaml", data)})
    return rule, Checker(book)


def slips_of(data: Given) -> set[str]:
    rule, checker = read(data)
    assert [problem.what for problem in example_problems(rule, checker)] == []
    found = (problem.what for problem in unnoticed([rule], checker))
    return {what.removeprefix("nothing on the page would notice this slip: ") for what in found}


def test_figures_in_the_evidence_and_one_example_of_the_direction_notice_all() -> None:
    assert slips_of(window(FIRES, SILENT, KEPT)) == set()


def test_an_uneven_window_needs_an_example_of_its_direction() -> None:
    assert slips_of(window(FIRES, SILENT)) == {"before and after swapped (separate)."}


def test_an_even_window_needs_none() -> None:
    assert slips_of(window(FIRES, SILENT, says="2 hours apart", after="2 h")) == set()


def test_a_figure_that_no_evidence_says_may_slip() -> None:
    found = slips_of(window(FIRES, SILENT, KEPT, says="Some hours apart from antacids."))
    assert found == {f"window moved ({side})." for side in ("after 359 min", "after 361 min")} | {
        "window moved (before 119 min)."
    }


@pytest.mark.parametrize(
    ("says", "left"),
    [
        ("2 h before or 6 h after", []),
        ("120 Minuten davor, 360 danach", []),
        ("2,0 heures avant, 6.0 après", []),
        ("2 h on both sides", ["after 360 min"]),
        ("2.5 h before, 16 h after", ["before 120 min", "after 360 min"]),
        ("no hours", ["before 120 min", "after 360 min"]),
    ],
)
def test_a_figure_is_looked_for_as_a_number_in_any_language(says: str, left: list[str]) -> None:
    assert [figure.text for figure in unsaid(read(window(FIRES, SILENT, says=says))[0])] == left


LISTED: tuple[dict[str, Any], ...] = ({"condition": ["gout", "lupus", "asthma"]},)
ADVICE = {"action": "ask_first", "what_to_do": "Ask your doctor first."}


def listed(*examples: Given) -> Given:
    silent = {"given": {"conditions": ["migraine"]}, "expect": "silent"}
    return page_data("a-list", *LISTED, **ADVICE, examples=[*examples, silent])


def test_each_name_of_a_list_needs_an_example_of_its_own() -> None:
    gout = {"given": {"conditions": ["gout"]}, "expect": "fires", "verdict": "ask_first"}
    assert slips_of(listed(gout)) == {f"name dropped (condition {name})." for name in ("lupus", "asthma")}
    together = {"given": {"conditions": ["gout", "lupus", "asthma"]}, "expect": "fires"}
    assert len(slips_of(listed(gout, together))) == 2
    assert slips_of(listed(gout, {**together, "each": "conditions"})) == set()


def test_a_weaker_action_is_noticed_by_the_verdict() -> None:
    fires = {"given": {"conditions": ["gout", "lupus", "asthma"]}, "each": "conditions", "expect": "fires"}
    assert slips_of(listed(fires)) == {"action weakened (ask_first)."}
    assert slips_of(listed({**fires, "verdict": "ask_first"})) == set()


def test_what_an_example_says_of_each_and_of_the_verdict_is_tried() -> None:
    wrong = {
        "given": {"conditions": ["gout", "migraine"]},
        "each": "conditions",
        "expect": "fires",
        "verdict": "avoid",
    }
    found = [problem.what for problem in example_problems(*read(listed(wrong)))]
    assert found == [
        "with gout alone expected the verdict 'avoid', but it is 'ask_first'.",
        "with migraine alone expected 'fires', but it is 'silent'.",
    ]


def test_each_names_a_list_that_is_given() -> None:
    with pytest.raises(ValueError, match="there is no list 'goals'"):
        read(listed({"given": {"conditions": ["gout"]}, "each": "goals", "expect": "fires"}))
