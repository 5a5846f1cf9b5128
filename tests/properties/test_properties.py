"""What must hold for everybody, tried on people whom nobody thought of."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from magcheck import InputError, Profile, Report
from magcheck.checker import default_checker
from magcheck.core.scales import Action
from magcheck.core.time_of_day import DAY, minutes
from magcheck.report import Finding, Verdict
from magcheck.terminology.normalise import normal
from magcheck.terminology.vocabulary import By

if TYPE_CHECKING:
    import random

pytestmark = pytest.mark.thorough

CHECKER = default_checker()
VOCABULARY = CHECKER.book.vocabulary
RANKS = {verdict: place for place, verdict in enumerate(Verdict)}
SWALLOWED = sorted(
    s.name for s in VOCABULARY.substances.values() if s.route is None and "magnesium" not in s.selectors
)
SALTS = sorted(s.name for s in VOCABULARY.substances.values() if "magnesium" in s.classes)
NAMED = sorted(name for name in CHECKER.program.keys if name in VOCABULARY.substances) or SWALLOWED

clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.sampled_from([0, 5, 29, 30, 59]))
times = st.lists(clocks, max_size=3, unique=True)
medicines = st.fixed_dictionaries(
    {"name": st.sampled_from(NAMED) | st.sampled_from(SWALLOWED)},
    optional={"times": times, "route": st.sampled_from(["oral", "intravenous", "eye"])},
)
supplements = st.fixed_dictionaries(
    {"name": st.sampled_from(SALTS)},
    optional={
        "amount_mg": st.floats(1, 1500).map(lambda amount: round(amount, 2)),
        "basis": st.sampled_from(["elemental", "compound", "unknown"]),
        "times": times,
    },
)
people = st.fixed_dictionaries(
    {
        "person": st.fixed_dictionaries(
            {},
            optional={
                "age": st.integers(0, 100) | st.sampled_from([0.5, 17.9, 64.9]),
                "sex": st.sampled_from(["female", "male"]),
                "height_cm": st.integers(50, 200),
            },
        ),
        "medications": st.lists(medicines, max_size=5),
        "supplements": st.lists(supplements, max_size=3),
    },
    optional={
        "kidney": st.fixed_dictionaries({}, optional={"egfr": st.floats(0, 200).map(lambda v: round(v, 1))}),
        "country": st.sampled_from(["US", "DE", "UK", "EU", "JP", "AU", "BR"]),
        "conditions": st.lists(st.sampled_from(["diabetes", "myasthenia gravis", "xyz"]), max_size=2),
    },
)


def checked(profile: dict[str, Any]) -> Report:
    return CHECKER.check(Profile.model_validate(profile))


def signature(report: Report) -> set[tuple[object, ...]]:
    """The findings by rule, action, status and what they are about; not by prose or position."""
    return {
        (f.rule, f.action, f.separation and f.separation.status, frozenset((s.input, s.is_) for s in f.subjects))
        for f in report.findings
    }


@given(people, st.floats(0, 200), st.floats(0, 200))
def test_a_worse_kidney_never_gives_a_weaker_verdict(person: dict[str, Any], one: float, other: float) -> None:
    worse, better = sorted((one, other))
    verdicts = [checked(person | {"kidney": {"egfr": egfr}}).verdict for egfr in (worse, better)]
    assert RANKS[verdicts[0]] <= RANKS[verdicts[1]]


@given(people, medicines)
def test_one_more_medicine_never_removes_a_finding(person: dict[str, Any], more: dict[str, Any]) -> None:
    """Unless another one, at least as strong, speaks of the same things: two sedatives are a stack."""
    before = checked(person).findings
    after = checked(person | {"medications": [*person["medications"], more]}).findings
    stopped = any(one.action is Action.AVOID for one in after)
    for one in before:
        # nobody goes on with what is stopped
        silent = stopped and CHECKER.book.rules_by_id[one.rule].is_about_going_on
        assert silent or any(speaks_for(other, one) for other in after), one.rule


def speaks_for(one: Finding, other: Finding) -> bool:
    about, before = ({subject.input for subject in finding.subjects} for finding in (one, other))
    covers = other.rule in CHECKER.book.rules_by_id[one.rule].covers
    return one.rule == other.rule or covers or (one.action.rank <= other.action.rank and about >= before)


@given(people, st.sampled_from(SALTS), st.floats(1, 2000), st.floats(1, 2000))
def test_more_magnesium_never_gives_a_weaker_verdict(
    person: dict[str, Any], salt: str, one: float, other: float
) -> None:
    verdicts = [
        checked(person | {"supplements": [{"name": salt, "amount_mg": amount, "basis": "elemental"}]}).verdict
        for amount in sorted((one, other))
    ]
    assert RANKS[verdicts[1]] <= RANKS[verdicts[0]]


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_the_lists_does_not_matter(person: dict[str, Any], shuffler: random.Random) -> None:
    mixed = dict(person)
    for name in ("medications", "supplements"):
        mixed[name] = shuffler.sample(person[name], len(person[name]))
    first, second = checked(person), checked(mixed)
    assert signature(first) == signature(second)
    assert (first.verdict, first.complete) == (second.verdict, second.complete)


@given(people, st.integers(0, DAY - 1))
def test_shifting_all_times_by_the_same_amount_changes_nothing(person: dict[str, Any], by: int) -> None:
    moved = dict(person)
    for name in ("medications", "supplements"):
        moved[name] = [
            item | {"times": [shifted(clock, by) for clock in item["times"]]} if "times" in item else item
            for item in person[name]
        ]
    assert signature(checked(person)) == signature(checked(moved))


def shifted(clock: str, by: int) -> str:
    later = (minutes(clock) + by) % DAY
    return f"{later // 60:02d}:{later % 60:02d}"


BRANDED = [
    (meaning.substances[0], meaning.label, min(meaning.countries))
    for meanings in VOCABULARY.names.values()
    for meaning in meanings
    if meaning.by is By.BRAND and meaning.substances[0].rxcui and meaning.route is None
]


@given(st.sampled_from(BRANDED), st.sampled_from(SALTS))
def test_brand_generic_and_code_give_the_same_findings(branded: tuple[Any, str, str], salt: str) -> None:
    substance, brand, country = branded
    assume(country != "EU")
    assume(normal(brand) not in CHECKER.book.contents)  # of such a brand we know more than of its substance
    ways: list[dict[str, Any]] = [{"name": brand}, {"name": substance.name}, {"rxcui": substance.rxcui}]
    reports = [
        checked({"person": {"age": 40}, "country": country, "supplements": [salt], "medications": [way]})
        for way in ways
    ]
    found = [{(f.rule, f.action) for f in report.findings} for report in reports]
    assert found[0] == found[1] == found[2]


@given(people)
def test_the_same_profile_gives_the_same_bytes(person: dict[str, Any]) -> None:
    assert checked(person).model_dump_json() == checked(person).model_dump_json()


@given(st.text(min_size=1, max_size=60))
def test_a_name_is_either_recognised_or_listed_as_not_checked(name: str) -> None:
    report = checked({"person": {"age": 40}, "medications": [{"name": name}]})
    none = report == checked({"person": {"age": 40}, "medications": []})  # "none", "n/a"
    assert none or report.recognised or report.not_checked
    assert report.complete <= (none or bool(report.recognised))


@given(people)
def test_a_report_is_never_clear_while_something_is_unread_or_missing(person: dict[str, Any]) -> None:
    report = checked(person)
    assert report.complete == (not report.missing and not report.not_checked)
    assert report.complete or report.exit_code != 0
    left = [f.action for f in report.findings if f.counts]
    strongest = min(left, key=lambda action: action.rank).value if left else "clear"
    assert report.verdict.value == strongest
    assert all(isinstance(f.action, Action) for f in report.findings)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(sorted(Profile.model_fields)) | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(anything)
def test_any_input_gives_a_report_or_a_refusal(data: Any) -> None:
    try:
        profile = Profile.model_validate(data)
    except ValidationError:
        return
    with suppress(InputError):
        assert isinstance(CHECKER.check(profile), Report)
