"""Is `could_become` exactly the strongest verdict that an answer brings? Compared with checks of real answers."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from magcheck import InputError, Profile
from magcheck.checker import default_checker
from magcheck.report import Verdict
from tests.support import checker_of, page, profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck import Checker

CHECKER = default_checker()
BOOK = CHECKER.book
SALTS = [
    one.name
    for one in BOOK.vocabulary.substances.values()
    if "magnesium" in one.selectors and one.name != "magnesium"
]
FIGURES = sorted(
    {
        float(figure)
        for one in BOOK.rules
        for line in [*BOOK.documents[one.id].data["when"], {"limit": BOOK.documents[one.id].data.get("limit", "")}]
        for figure in re.findall(r"\d+(?:\.\d+)?", str([*line.values()]))
    }
)
"""Every figure that stands in the `when` or `limit` of a page."""


def around(figures: Iterable[float], low: float, high: float) -> list[float]:
    near = {round(figure + step, 3) for figure in figures for step in (-0.001, 0, 0.001)}
    return [low, *sorted(figure for figure in near if low <= figure <= high), high]


def answered(told: dict[str, Any], field: str, checker: Checker) -> Iterator[dict[str, Any]]:
    """Real profiles with real answers to `field`; as many as it takes to be sure."""
    group, _, name = field.partition(".")
    item = re.fullmatch(r"(\w+)\[(\d+)\]\.(\w+)", field)
    if item:
        yield from answered_item(told, item[1], int(item[2]), item[3], checker)
    elif field == "supplements":
        for salt in SALTS:
            for amount in around([0.5, 10, 300, *FIGURES], 0.01, 100_000):
                product = {"name": salt, "amount_mg": amount, "basis": "elemental"}
                yield told | {"supplements": [*told.get("supplements", []), product]}
    else:
        values: dict[str, list[Any]] = {
            "kidney.egfr": around(FIGURES, 0, 200),
            "person.age": [*around(FIGURES, 0, 120), *(age / 4 for age in range(480))],
            "person.height_cm": [*range(20, 281), *(height / 8 for height in range(160, 2240))],
            "person.sex": ["female", "male"],
        }
        for value in values[field]:
            yield told | {group: told.get(group, {}) | {name: value}}


def answered_item(
    told: dict[str, Any], list_: str, index: int, name: str, checker: Checker
) -> Iterator[dict[str, Any]]:
    item, rest = told[list_][index], [one for at, one in enumerate(told[list_]) if at != index]
    if name in ("amount_mg", "dose_mg"):
        for amount in amounts(
            item, [one for one in parts(told, checker) if (one.list, one.index) != (list_, index)]
        ):
            yield told | {list_: [*rest, item | {name: amount}]}
    elif name == "elemental_percent":
        for percent in (share / 20 for share in range(1, 2001)):
            yield told | {list_: [*rest, item | {name: percent}]}
    elif name == "basis":
        supplement = {"amount_mg": item["dose_mg"]} if "dose_mg" in item else {}
        item = {key: value for key, value in item.items() if key != "dose_mg"} | supplement
        others = told | {list_: rest}
        for basis in ("elemental", "compound"):
            yield others | {"supplements": [*others.get("supplements", []), item | {"basis": basis}]}
    elif name == "name":
        alone = item["name"] == "magnesium"
        for salt in SALTS:
            named = salt if alone else f"{item['name']} and {salt}"
            yield told | {list_: [*rest, item | {"name": named}]}


def amounts(item: dict[str, Any], others: list[Any]) -> list[float]:
    """Of a known product, what it can bring; of any other, around everything that a page could ask."""
    content = BOOK.contents.get(item["name"])
    if content:
        share = (content.high_mg - content.low_mg) / 1000
        return [max(content.low_mg + step * share, 0.001) for step in range(1001)]
    count = len(item.get("times", ())) or item.get("per_day") or 1
    known = sum(part.elemental_mg_per_day or 0 for part in others)
    solved = [(figure - known) / count for figure in FIGURES]
    return around([*solved, *(figure / count for figure in FIGURES), *FIGURES], 0.01, 100_000)


def parts(told: dict[str, Any], checker: Checker) -> Any:
    dose = checker.check(Profile.model_validate(told)).dose
    return dose.parts if dose else ()


def worst_of(told: dict[str, Any], field: str, checker: Checker) -> Verdict | None:
    """None where every answer contradicts what was told."""
    worst = None
    for other in answered(told, field, checker):
        with suppress(InputError):
            report = checker.check(Profile.model_validate(other))
            assert all(unread.reason == "unusual value" or unread.list != field for unread in report.not_checked)
            worst = min(worst or Verdict.CLEAR, report.verdict, key=lambda verdict: verdict.rank)
            if worst is Verdict.AVOID:
                break
    return worst


def assert_exact(told: dict[str, Any], checker: Checker = CHECKER) -> set[str]:
    report = checker.check(Profile.model_validate(told))
    for gap in report.missing:
        assert gap.could_become is (worst_of(told, gap.field, checker) or report.verdict), gap.field
    return {gap.field for gap in report.missing}


clocks = st.sampled_from(["06:00", "08:00", "10:30", "20:00", "22:00"])
MEDICINES = ["cefuroxime", "gefitinib", "levothyroxine", "lithium", "furosemide", "ciprofloxacin", "amfetamine",
             "ulipristal", "spironolactone", "amlodipine", "tacrolimus", "morphine"]  # fmt: skip
medicines = st.fixed_dictionaries(
    {"name": st.sampled_from(MEDICINES)}, optional={"times": st.lists(clocks, max_size=2, unique=True)}
)
NAMES = ["magnesium", "magnesium glycinate", "magnesium malate", "magnesium oxide", "calcium"]
products = st.fixed_dictionaries(
    {"name": st.sampled_from(NAMES)},
    optional={
        "amount_mg": st.sampled_from([20.0, 200.0, 360.0, 600.0, 1000.0, 4000.0]),
        "basis": st.sampled_from(["elemental", "compound", "unknown"]),
        "times": st.lists(clocks, max_size=2, unique=True),
    },
)
antacids = st.fixed_dictionaries(
    {"name": st.sampled_from(["magnesium oxide", "magnesium hydroxide", "magnesium citrate"])},
    optional={"dose_mg": st.sampled_from([100.0, 400.0, 800.0])},
)
people: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "person": st.fixed_dictionaries(
            {},
            optional={
                "age": st.sampled_from([0.5, 2, 6, 12, 17.9, 40, 70]),
                "sex": st.sampled_from(["female", "male"]),
            },
        ),
        "medications": st.lists(medicines | antacids, max_size=3),
        "supplements": st.lists(products, max_size=2),
    },
    optional={
        "kidney": st.fixed_dictionaries(
            {},
            optional={
                "egfr": st.sampled_from([20, 44.9, 90]),
                "creatinine": st.sampled_from([0.4, 1.0, 1.6, 3.0]).map(lambda v: {"value": v, "unit": "mg/dL"}),
            },
        ),
        "country": st.sampled_from(["US", "DE", "UK", "JP", "BR"]),
        "conditions": st.lists(st.sampled_from(["diabetes", "myasthenia gravis"]), max_size=1),
    },
)


@pytest.mark.thorough
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(people)
def test_could_become_is_the_strongest_verdict_of_all_real_answers(told: dict[str, Any]) -> None:
    with suppress(InputError):
        assert_exact(told)


@pytest.mark.parametrize(("time", "worst"), [("14:00", Verdict.MONITOR), ("09:00", Verdict.SEPARATE)])
def test_a_gap_that_the_times_would_keep_is_not_what_an_answer_could_become(time: str, worst: Verdict) -> None:
    checker = checker_of(
        page(
            "window",
            {"taking": "iron by mouth"},
            {"taking": "acid-neutralising magnesium"},
            separate={"before": "2 h", "after": "2 h"},
        ),
        page("watch", {"taking": "acid-neutralising magnesium"}, action="monitor", what_to_do="Watch it."),
    )
    iron = {"name": "ferrous sulfate", "times": ["08:00"]}
    product = {"name": "magnesium glycinate", "amount_mg": 100, "basis": "elemental", "times": [time]}
    (gap,) = checker.check(profile(medications=[iron], supplements=[product])).missing
    assert (gap.field, gap.could_become) == ("supplements[0].name", worst)


def test_two_pages_that_no_one_answer_can_meet_together_are_not_added_up() -> None:
    """Old and yet without a kidney value: no answer to `person.age` is both."""
    young = page(
        "young", {"age": {"below": 10}}, {"age": {"from": 20}}, action="avoid", what_to_do="Do not take it."
    )
    old = page("old", {"age": {"from": 65}})
    (gap,) = [one for one in checker_of(young, old).check(profile()).missing if one.field == "person.age"]
    assert gap.could_become is Verdict.NOTE


def test_a_calcium_product_is_not_asked_for_the_magnesium_of_an_assumed_one() -> None:
    report = CHECKER.check(profile(person={"age": 40}, supplements=["calcium carbonate"]))
    assert [gap.field for gap in report.missing] == ["supplements"]
    assert report.dose is None


def test_only_answers_that_do_not_contradict_the_others_count() -> None:
    """With this creatinine and an eGFR of 90 she cannot be so old that the computed value is far lower."""
    told = {"kidney": {"egfr": 90, "creatinine": {"value": 1.0, "unit": "mg/dL"}}, "person": {"sex": "female"}}
    assert "person.age" in assert_exact(told | {"supplements": ["magnesium citrate 100 mg elemental"]})


@pytest.mark.parametrize("line", ["magnesium 1.000 mg", "magnesium oxide 400"])
def test_an_amount_in_its_own_field_settles_one_that_was_not_understood_in_the_line(line: str) -> None:
    told = {"person": {"age": 40}, "supplements": [{"name": line}]}
    assert "supplements[0].amount_mg" in assert_exact(told)
    (gap,) = CHECKER.check(told).missing
    assert gap.could_become is Verdict.AVOID
