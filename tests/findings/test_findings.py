"""In what order are findings said, what are they about, and which figures do they name?"""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest

from magcheck import check
from magcheck.checker import default_checker
from magcheck.core.scales import Severity, Urgency
from magcheck.facts.situation import situation
from magcheck.findings.dose import total_of
from magcheck.findings.recognised import recognised
from magcheck.report import Finding, Report
from magcheck.terminology.vocabulary import Meaning
from tests.support import checker_of, page, profile

GROWN_UP = {"age": {"from": 18}}
ACTIONS = ("ask_first", "lower_dose", "monitor", "note")


def rules_of(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


@pytest.mark.parametrize("seed", range(3))
def test_the_most_urgent_comes_first_then_the_strongest_then_the_most_serious(seed: int) -> None:
    ways = [*product((Urgency.EMERGENCY, Urgency.TODAY, None), ACTIONS, Severity)]
    rnd = random.Random(seed)
    rnd.shuffle(ways)
    pages = [
        page(
            f"page-{number:02d}", GROWN_UP, action=action, severity=severity.value, what_to_do="Do it.",
            **({"urgency": urgency.value} if urgency else {}),
        )
        for number, (urgency, action, severity) in enumerate(ways)
    ]  # fmt: skip
    found = checker_of(*pages).check(profile(person={"age": 40})).findings
    urgencies, severities = [Urgency.EMERGENCY, Urgency.TODAY, None], list(Severity)
    told = [
        (urgencies.index(f.urgency), ACTIONS.index(f.action.value), severities.index(f.severity), f.rule)
        for f in found
    ]
    assert len(told) == len(ways)
    assert told == sorted(told)


def test_what_is_guidance_comes_after_what_is_not() -> None:
    pages = [
        page("a-hint", GROWN_UP, action="monitor", what_to_do="Watch.", guidance=True, severity="major"),
        page("b-watch", GROWN_UP, action="monitor", what_to_do="Watch.", severity="minor"),
    ]
    assert rules_of(checker_of(*pages).check(profile(person={"age": 40}))) == ["b-watch", "a-hint"]


@pytest.mark.parametrize(
    ("supplements", "severities", "order"),
    [
        (["magnesium oxide 400 mg elemental"], ("major", "minor"), ["a-dose", "b-other"]),
        (["magnesium oxide 400 mg elemental"], ("minor", "minor"), ["b-other", "a-dose"]),
        (["magnesium oxide 400 mg elemental"], ("minor", "major"), ["b-other", "a-dose"]),
        (["magnesium oxide 400 mg"], ("major", "minor"), ["b-other", "a-dose"]),
        (["magnesium oxide 400 mg elemental", "magnesium citrate"], ("major", "minor"), ["b-other", "a-dose"]),
    ],
)
def test_what_the_label_may_settle_comes_after_what_is_sure(
    supplements: list[str], severities: tuple[str, str], order: list[str]
) -> None:
    dose, other = severities
    above = {"daily magnesium": {"above": "100 mg"}}
    pages = [
        page("a-dose", GROWN_UP, above, action="monitor", what_to_do="Watch.", severity=dose),
        page("b-other", GROWN_UP, action="monitor", what_to_do="Watch.", severity=other),
    ]
    assert rules_of(checker_of(*pages).check(profile(person={"age": 40}, supplements=supplements))) == order


def windows(**hours: list[str] | None) -> list[tuple[str, str, str]]:
    """(medicine, status of its window, and what it is about) in the order of the findings."""
    wait = page(
        "wait", {"taking": ["iron by mouth", "calcium by mouth", "zinc by mouth"]}, {"taking": "magnesium"},
        separate={"before": "2 h", "after": "3 h"},
    )  # fmt: skip
    names = {"iron": "ferrous sulfate", "calcium": "calcium carbonate", "zinc": "zinc gluconate"}
    medicines = [{"name": names[name], "times": times or []} for name, times in hours.items()]
    report = checker_of(wait).check(
        profile(medications=medicines, supplements=[{"name": "magnesium citrate", "times": ["12:00"]}])
    )
    separations = [(finding.subjects[0].input, finding.separation) for finding in report.findings]
    return [(name, found.status.value, found.take) for name, found in separations if found]


def test_a_broken_window_comes_before_one_without_hours_and_a_kept_one_last() -> None:
    assert windows(iron=["20:00"], calcium=None, zinc=["12:30"]) == [
        ("zinc gluconate", "broken", "zinc gluconate"),
        ("calcium carbonate", "unplanned", "calcium carbonate"),
        ("ferrous sulfate", "kept", "ferrous sulfate"),
    ]


def test_where_no_gap_helps_comes_before_a_broken_window_and_before_what_is_about_no_window() -> None:
    taking = ({"taking": "iron by mouth"}, {"taking": "magnesium"})
    pages = [
        page("a-plain", *taking, action="ask_first", what_to_do="Ask."),
        page("b-never", *taking, action="ask_first", what_to_do="Ask.", separate={"no_safe_gap": True}),
        page("c-wait", *taking, separate={"before": "2 h", "after": "3 h"}),
    ]
    noon = {"times": ["12:00"]}
    report = checker_of(*pages).check(
        profile(
            medications=[{"name": "ferrous sulfate", **noon}], supplements=[{"name": "magnesium citrate", **noon}]
        )
    )
    assert rules_of(report) == ["b-never", "a-plain", "c-wait"]


def test_windows_that_stand_alike_come_in_the_order_of_the_list() -> None:
    for order in (("iron", "calcium", "zinc"), ("zinc", "iron", "calcium"), ("calcium", "zinc", "iron")):
        told: dict[str, list[str] | None] = dict.fromkeys(order)
        assert [take for _, _, take in windows(**told)] == [take for name in order for take in _take(name)]


def _take(name: str) -> list[str]:
    return [take for _, _, take in windows(**{name: None})]


@pytest.mark.parametrize(
    ("medicine", "magnesium", "status", "yours"),
    [
        (["11:00"], ["12:00"], "broken", ("before", 1)),
        (["10:00"], ["12:00"], "kept", None),
        (["10:01"], ["12:00"], "broken", ("before", 119 / 60)),
        (["14:00"], ["12:00"], "broken", ("after", 2)),
        (["15:00"], ["12:00"], "kept", None),
        (["12:00"], ["12:00"], "broken", ("before", 0)),
        (["01:00"], ["23:00"], "broken", ("after", 2)),
        (["23:30"], ["00:30"], "broken", ("before", 1)),
        (["09:00", "14:30"], ["12:00"], "broken", ("after", 2.5)),
        (["10:30", "14:30"], ["12:00"], "broken", ("before", 1.5)),
        (["10:30"], ["12:00", "11:00"], "broken", ("before", 0.5)),
    ],
)
def test_the_shortest_side_that_is_too_short_is_told(
    medicine: list[str], magnesium: list[str], status: str, yours: tuple[str, float] | None
) -> None:
    wait = page(
        "wait", {"taking": "iron by mouth"}, {"taking": "magnesium"}, separate={"before": "2 h", "after": "3 h"}
    )
    (found,) = checker_of(wait).check(
        profile(
            medications=[{"name": "ferrous sulfate", "times": medicine}],
            supplements=[{"name": "magnesium citrate", "times": magnesium}],
        )
    ).findings  # fmt: skip
    assert found.separation is not None
    told = {"before": found.separation.yours_before_h, "after": found.separation.yours_after_h}
    assert {side: hours for side, hours in told.items() if hours is not None} == (
        {} if yours is None else {yours[0]: pytest.approx(yours[1])}
    )
    assert (found.separation.status.value, found.counts) == (status, status != "kept")
    assert (found.separation.before_h, found.separation.after_h) == (2, 3)


def test_without_hours_of_its_own_the_preferred_gap_is_the_least() -> None:
    for preferred, expected in (({}, (2, 3)), ({"preferred": {"before": "4 h", "after": "5 h"}}, (4, 5))):
        wait = page(
            "wait", {"taking": "iron by mouth"}, {"taking": "magnesium"},
            separate={"before": "2 h", "after": "3 h", **preferred},
        )  # fmt: skip
        (found,) = (
            checker_of(wait).check(profile(medications=["ferrous sulfate"], supplements=["magnesium"])).findings
        )
        assert found.separation is not None
        assert (found.separation.preferred_before_h, found.separation.preferred_after_h) == expected


TOO_MUCH = page(
    "too-much",
    {"taking": "zinc by mouth"},
    {"amount a day": {"above": "40 mg"}},
    action="monitor",
    what_to_do="Less.",
)


@pytest.mark.parametrize(
    ("supplements", "amount"),
    [
        ([{"name": "zinc gluconate", "amount_mg": 50}], 50),
        ([{"name": "zinc gluconate", "amount_mg": 50}, "zinc citrate"], 50),
        (
            [
                {"name": "zinc gluconate", "amount_mg": 25, "per_day": 2},
                {"name": "zinc citrate", "amount_mg": 1.5},
            ],
            51.5,
        ),
    ],
)
def test_a_finding_names_the_amount_that_is_taken_for_sure(supplements: list[object], amount: float) -> None:
    (finding,) = checker_of(TOO_MUCH).check(profile(supplements=supplements)).findings
    (fact,) = finding.facts
    assert (fact.name, fact.value, fact.unit) == ("amount_mg_per_day", amount, "mg")


def subjects(finding: Finding) -> list[tuple[str, int, str, str]]:
    return [(one.list, one.index, one.input, one.is_) for one in finding.subjects]


def test_a_finding_is_about_its_medicine_its_products_and_its_illnesses_each_once() -> None:
    wait = page(
        "wait", {"taking": "iron by mouth"}, {"taking": "magnesium"}, separate={"before": "2 h", "after": "3 h"}
    )
    told = profile(
        medications=["aspirin", "ferrous sulfate"], supplements=["magnesium citrate", "magnesium oxide", "zinc"]
    )
    (finding,) = checker_of(wait).check(told).findings
    assert subjects(finding) == [
        ("medications", 1, "ferrous sulfate", "ferrous sulfate"),
        ("supplements", 0, "magnesium citrate", "magnesium citrate"),
        ("supplements", 1, "magnesium oxide", "magnesium oxide"),
    ]
    ill = page("ill", {"condition": ["diabetes", "kidney stones"]})
    (finding,) = checker_of(ill).check(profile(conditions=["gout", "kidney stones", "diabetes"])).findings
    assert subjects(finding) == [
        ("conditions", 1, "kidney stones", "kidney stones"),
        ("conditions", 2, "diabetes", "diabetes"),
    ]


@pytest.mark.parametrize(
    ("told", "low", "high", "limit"),
    [
        (["magnesium citrate 400 mg elemental"], 400, 400, 350),
        (["magnesium oxide 400 mg"], 241.2, 400, 350),
        (["magnesium citrate 100 mg elemental", "magnesium glycinate"], 100, None, 350),
        (["zinc 15 mg"], None, None, None),
        ([], None, None, None),
    ],
)
def test_the_dose_is_of_what_was_told_and_beside_its_limit(
    told: list[str], low: float | None, high: float | None, limit: float | None
) -> None:
    checker, person = default_checker(), profile(person={"age": 40}, country="US", supplements=told)
    dose = checker.check(person).dose
    shown = dose and (dose.low, dose.high, dose.elemental_mg_per_day, dose.limit_mg_per_day)
    assert shown == (None if low is None else (low, high, high, limit))
    (evaluation,) = checker.evaluations([situation(person, checker.book, checker.program)])
    total = total_of(evaluation)
    assert (total and (total.low, total.high)) == (dose and (low, high))


def test_of_two_limits_the_lower_one_is_told() -> None:
    pages = [
        page(f"limit-{limit}", GROWN_UP, action="lower_dose", what_to_do="Take less.", limit=f"{limit} mg")
        for limit in (300, 250, 400)
    ]
    report = checker_of(*pages).check(
        profile(person={"age": 40}, supplements=["magnesium citrate 90 mg elemental"])
    )
    assert report.dose is not None
    assert report.dose.limit_mg_per_day == 250
    assert report.findings == ()


def test_what_is_chosen_for_a_name_is_said_and_not_what_was_kept_of_it() -> None:
    checker = default_checker()
    asked = profile(medications=["Mag-Ox 400 mg"])
    read = checker.seen(asked).situation.read
    for name in ("magnesium citrate", "magnesium oxide", "zinc"):
        chosen = checker.book.vocabulary.exactly(name, "US")
        assert isinstance(chosen, Meaning)
        place = {("medications", 0): chosen}
        seen = situation(asked, checker.book, checker.program, place, read)
        (evaluation,) = checker.evaluations([seen])
        assert [one.is_ for one in recognised(evaluation, rules_of_names=False)] == [name]


def test_what_is_recognised_is_listed_as_it_was_told() -> None:
    told: dict[str, Any] = {
        "supplements": ["zinc", "magnesium citrate"],
        "medications": ["stopped metformin", "aspirin", "Pylera"],
    }
    found = check(told).recognised
    assert [(one.list, one.index, one.input) for one in found] == [
        (name, index, words) for name in ("medications", "supplements") for index, words in enumerate(told[name])
    ]
    (pylera,) = [one for one in found if one.input == "Pylera"]
    assert "tetracycline" in pylera.ingredients
    assert pylera.is_ == " / ".join(pylera.ingredients)
