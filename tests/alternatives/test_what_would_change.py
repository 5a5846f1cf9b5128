"""Is every change that the report names true? Each is made by hand in the profile, which is then checked anew."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker, InputError, Profile, Report
from magcheck.checker import default_checker
from magcheck.rendering.report_outline import report_outline
from magcheck.rendering.text import plain_text
from magcheck.report import Verdict
from tests.explain.people import GOLDEN, golden, random_people
from tests.support import durable_of, profile

if TYPE_CHECKING:
    from magcheck.report import Alternative

CHECKER = default_checker()
STEP = 0.001
ENDS = {"egfr": (0, 200), "age": (0, 120), "height_cm": (20, 280), "elemental_percent": (0.001, 100)}


def changed(told: dict[str, Any]) -> Report | None:
    """None for people who contradict themselves."""
    try:
        return CHECKER.with_changes(Profile.model_validate(told))
    except InputError:
        return None


def applied(told: dict[str, Any], change: Alternative, value: Any) -> dict[str, Any]:
    assert change.field
    made = copy.deepcopy(told)
    place = re.fullmatch(r"(\w+)\[(\d+)\]\.(\w+)", change.field)
    if not place:
        group, _, name = change.field.partition(".")
        made.setdefault(group, {})[name] = value
        return made
    name, items, index = place[3], made[place[1]], int(place[2])
    item = {"name": items[index]} if isinstance(items[index], str) else items[index]
    items[index] = item
    if name == "basis" and place[1] == "medications":
        del items[index]
        dose = {"amount_mg": item.pop("dose_mg")} if "dose_mg" in item else {}
        made.setdefault("supplements", []).append(item | dose | {name: value})
    elif change.kind == "form":
        items[index] = in_form(told, place[1], index, item, value)
    elif name == "times":
        items[index] = {key: rest for key, rest in item.items() if key != "per_day"} | {name: value.split(", ")}
    else:
        item[name] = value
    return made


def in_form(told: dict[str, Any], list_: str, index: int, item: dict[str, Any], form: str) -> dict[str, Any]:
    """As much magnesium itself, in another form."""
    dose = CHECKER.check(Profile.model_validate(told)).dose
    assert dose
    (high,) = [one.elemental_mg_per_day for one in dose.parts if (one.list, one.index) == (list_, index)]
    kept = {key: value for key, value in item.items() if key in ("times", "per_day", "frequency", "fixed")}
    count = len(item.get("times", ())) or item.get("per_day") or 1
    amount = "amount_mg" if list_ == "supplements" else "dose_mg"
    told_amount = item.get(amount) or re.search(r"\d+ mg", item["name"])
    basis = {"basis": "elemental"} if list_ == "supplements" else {}
    return kept | basis | {"name": form} | ({amount: high / count} if told_amount and high else {})


def examples_of(change: Alternative) -> list[Any]:
    """The value that was tried, and both ends of its range."""
    if not any(one is not None for one in (change.from_, change.above, change.below, change.up_to)):
        return [change.value]
    low, high = map(float, ENDS.get((change.field or "").rpartition(".")[2], (0.01, 100_000)))
    low = change.from_ if change.from_ is not None else low
    low = change.above + STEP if change.above is not None else low
    high = change.up_to if change.up_to is not None else high
    high = change.below - STEP if change.below is not None else high
    if change.kind == "amount":
        return [change.value]
    return [low, change.value, (low + high) / 2, high]


def assert_true(told: dict[str, Any], report: Report) -> None:
    for change in report.what_would_change or ():
        for value in examples_of(change):
            again = CHECKER.check(Profile.model_validate(applied(told, change, value)))
            assert again.verdict is change.verdict, (change.said, value)
            assert change.kind == "answer" or again.complete is change.complete, (change.said, value)
            assert change.verdict is not report.verdict


PEOPLE = [*(golden(path) for path in GOLDEN), *random_people(300)]


@pytest.mark.thorough
def test_every_change_is_what_a_new_check_says() -> None:
    kinds: dict[str, int] = {}
    for told in PEOPLE:
        report = changed(told)
        if report:
            assert_true(told, report)
            for change in report.what_would_change or ():
                kinds[change.kind] = kinds.get(change.kind, 0) + 1
    assert kinds.keys() == {"hour", "form", "amount", "answer"}
    assert min(kinds.values()) >= 3


@pytest.mark.thorough
def test_fewer_than_twenty_checks_are_spent_on_a_report() -> None:
    checker = Checker(CHECKER.book)
    counted = _counting(checker)
    most = 0
    for told in PEOPLE:
        one = Profile.model_validate(told)
        try:
            checker.check(one)
        except InputError:
            continue
        alone, counted[:] = len(counted), []
        checker.with_changes(one)
        most = max(most, len(counted) - alone + 1)
        counted.clear()
    assert 2 < most < 20


def _counting(checker: Checker) -> list[int]:
    calls: list[int] = []
    durable = durable_of(checker)
    matches = durable.matches

    def counted(facts: Any) -> Any:
        calls.append(1)
        return matches(facts)

    vars(durable)["matches"] = counted
    return calls


LEVOTHYROXINE = {"name": "levothyroxine", "times": ["07:00"]}
CITRATE = {"name": "magnesium citrate", "amount_mg": 200, "basis": "elemental", "times": ["08:00"]}


def of(**told: Any) -> Report:
    return CHECKER.with_changes(profile(**{"person": {"age": 40}, **told}))


def kinds_of(report: Report) -> list[tuple[str, str | None, Any]]:
    assert report.what_would_change is not None
    return [(one.kind, one.field, one.value) for one in report.what_would_change]


def test_the_supplement_is_moved_and_not_the_medicine() -> None:
    report = of(medications=[LEVOTHYROXINE], supplements=[CITRATE])
    assert kinds_of(report) == [("hour", "supplements[0].times", "11:00")]


def test_another_hour_of_a_medicine_is_a_question_for_the_pharmacist() -> None:
    report = of(medications=[LEVOTHYROXINE], supplements=[CITRATE | {"fixed": True}])
    assert report.what_would_change
    (change,) = report.what_would_change
    assert change.field == "medications[0].times"
    assert change.said.startswith("Ask your pharmacist")


def test_what_is_fixed_is_never_moved() -> None:
    report = of(medications=[LEVOTHYROXINE | {"fixed": True}], supplements=[CITRATE | {"fixed": True}])
    assert report.what_would_change == ()
    assert report.no_single_change


def test_a_supplement_without_a_time_gets_one() -> None:
    untimed = {key: value for key, value in CITRATE.items() if key != "times"}
    report = of(medications=[LEVOTHYROXINE], supplements=[untimed])
    ((kind, field, time),) = kinds_of(report)
    assert (kind, field) == ("hour", "supplements[0].times")
    assert "11:00" <= time <= "23:00"


def test_another_form_is_named_where_only_the_acid_matters() -> None:
    report = of(medications=["amfetamine"], supplements=["magnesium oxide 100 mg elemental"])
    assert ("form", "supplements[0].name", "magnesium citrate") in kinds_of(report)


def test_a_lower_amount_stops_at_the_limit_of_the_page() -> None:
    report = of(supplements=["magnesium citrate 200 mg elemental", "magnesium oxide 360 mg elemental"])
    assert kinds_of(report) == [("amount", "supplements[1].amount_mg", 150)]
    assert "350 mg" in report.what_would_change[0].said  # type: ignore[index]


def test_the_dose_of_a_medicine_is_never_lowered() -> None:
    report = of(medications=[{"name": "magnesium oxide", "dose_mg": 900}])
    assert report.verdict is not Verdict.CLEAR
    assert not [change for change in kinds_of(report) if change[0] == "amount"]


def test_the_kidney_value_is_told_by_bands_of_the_pages() -> None:
    report = of(person={"age": 70}, supplements=["magnesium citrate 200 mg elemental"])
    bands = [(one.verdict.value, one.from_, one.below) for one in report.what_would_change or ()]
    assert bands == [("ask_first", 30, 60), ("avoid", None, 30)]


def test_a_single_change_that_is_not_enough_is_not_said_to_be() -> None:
    report = of(kidney={"egfr": 20}, medications=[LEVOTHYROXINE], supplements=[CITRATE])
    assert report.what_would_change == ()
    assert report.no_single_change


def test_nobody_at_ease_is_told_that_nothing_settles_it() -> None:
    report = of(supplements=["magnesium citrate 200 mg elemental"])
    assert report.what_would_change == ()
    assert report.no_single_change is None


def test_a_plain_check_does_not_look_for_changes() -> None:
    assert CHECKER.check(profile(medications=[LEVOTHYROXINE], supplements=[CITRATE])).what_would_change is None


def test_a_plan_also_says_what_would_change() -> None:
    report = CHECKER.plan(profile(person={"age": 40}, medications=[LEVOTHYROXINE], supplements=[CITRATE]))
    assert report.plan.entries
    assert report.what_would_change


def test_the_same_profile_has_the_same_changes() -> None:
    told = profile(person={"age": 70}, medications=[LEVOTHYROXINE], supplements=[CITRATE])
    first, second = (CHECKER.with_changes(told).model_dump_json() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_at_most_five_lines_say_it_and_only_where_something_helps(path: Any) -> None:
    report = CHECKER.with_changes(Profile.model_validate(golden(path)))
    text = plain_text(report_outline(report, CHECKER.book.wording), 100)
    lines = text.partition("WHAT WOULD CHANGE THIS\n")[2].partition("\n\n")[0].splitlines()
    assert sum(line.startswith("- ") for line in lines) <= 5
    assert bool(lines) is bool(report.what_would_change)


def test_every_sentence_is_short_and_gives_no_order_on_a_medicine() -> None:
    for told in random_people(80):
        report = changed(told)
        for change in (report.what_would_change or ()) if report else ():
            assert all(len(sentence.split()) <= 16 for sentence in re.split(r"[.:?] ", change.said)), change.said
            if change.kind in ("hour", "form") and change.items[0].list == "medications":
                assert change.said.startswith("Ask your pharmacist")


def test_what_a_line_settled_stays_settled_in_a_trial() -> None:
    """Its basis stands in the words of a medicine, which has no field for it."""
    report = changed(
        {"person": {"age": 70}, "medications": ["Magnesium (as magnesium bisglycinate) 800 mg, 1-1-1"]}
    )
    assert report
    assert report.what_would_change is not None
    assert [(change.verdict, change.complete) for change in report.what_would_change] == [(Verdict.AVOID, True)]


def test_a_trial_counts_what_was_read_of_the_other_lines() -> None:
    """The spoons stand in the line alone: read again from its fields, less magnesium would be counted."""
    line = (
        "ciprofloxacin quuxine 500 mg bid\nMilk of Magnesia 2 tablespoons + Cipro bid 7/7; magnesium citrate "
        "12,5 mg - 2 comprimidos, si precisa\nBisoprolol 1\u202f000 mg, 2 capsules 1x per week"
    )
    report = changed(
        {
            "person": {"age": 70},
            "kidney": {"egfr": 95},
            "medications": ["magnesium glycinate 200 mg midday", line],
            "supplements": ["magnesium 300 mg elemental (lithium)"],
        }
    )
    assert report
    assert report.what_would_change is not None
    assert report.verdict is Verdict.AVOID
    assert "elemental" not in {change.value for change in report.what_would_change}
