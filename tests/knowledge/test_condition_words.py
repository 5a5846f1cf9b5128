"""Is a condition said with the words and the figures of its page?"""

from __future__ import annotations

import pytest

from magcheck.checker import default_checker
from magcheck.core.fact_names import QUANTITIES
from magcheck.knowledge.condition_words import bounds, conditions_of, in_words
from magcheck.knowledge.conditions import parse_condition
from magcheck.knowledge.rule import Rule
from tests.support import page

BOOK = default_checker().book


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"taking": ["calcium by mouth", "iron by mouth"]}, "taking calcium or iron by mouth"),
        ({"number taking": {"of": ["opioid", "zinc"], "from": 2}}, "number taken of opioid or zinc: 2 or more"),
        ({"also taking": "diuretic"}, "also taking diuretic"),
        ({"condition": ["asthma", "angina"]}, "condition asthma or angina"),
        ({"egfr": {"from": 30, "below": 45}}, "egfr from 30 and below 45 mL/min/1.73 m2"),
        ({"daily magnesium": {"above": "2500 mg"}}, "daily magnesium above 2500 mg"),
        ({"daily magnesium": {"above": "70 mg", "up to": "99 mg"}}, "daily magnesium above 70 and up to 99 mg"),
        ({"serum magnesium": {"above": "2.31 mg/dL"}}, "serum magnesium above 2.31 mg/dL"),
        ({"age": {"below": 0.5}}, "age below 0.5 years"),
        ({"dialysis": True}, "dialysis: yes"),
        ({"country": ["US", "CA"]}, "country: US or CA"),
    ],
)  # fmt: skip
def test_one_line(line: dict[str, object], said: str) -> None:
    assert in_words(parse_condition(line)) == said


def test_the_limit_is_one_of_the_conditions() -> None:
    limited = page("limited", {"age": {"from": 18}}, limit="350 mg", action="lower_dose", what_to_do="Take less.")
    assert [in_words(one) for one in conditions_of(limited)] == [
        "age from 18 years",
        "daily magnesium above 350 mg",
    ]


@pytest.mark.parametrize("one", [one for one in BOOK.rules if not one.retired], ids=lambda one: one.id)
def test_every_figure_of_our_pages_is_said_as_it_was_written(one: Rule) -> None:
    for line, condition in zip(BOOK.documents[one.id].data["when"], one.when, strict=True):
        ((word, value),) = line.items()
        said = in_words(condition)
        for bound, figure in value.items() if word in QUANTITIES else ():
            assert f"{bound} {str(figure).split(' ')[0]}" in said


def test_a_range_without_an_end_has_no_bound_there() -> None:
    assert str(bounds(None, 29_999)) == "below 30"
    assert str(bounds(60_000, None)) == "from 60"
