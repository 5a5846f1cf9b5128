"""How many different things of a kind are taken? By substance and route; unread names count for none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support import checker_of, page, profile

if TYPE_CHECKING:
    from magcheck import Checker

OF = ["opioid", "z-drug by mouth", "benzodiazepine by mouth"]
SKIN: dict[str, Any] = {"name": "fentanyl", "route": "skin"}


def counting(**bounds: int) -> Checker:
    return checker_of(page("a-page", {"number taking": {"of": OF, **bounds}}))


def fires(checker: Checker, *medications: object) -> bool:
    return "a-page" in checker.pages(profile(medications=medications))[0]


@pytest.mark.parametrize(
    ("medications", "number"),
    [
        ([], 0),
        (["ibuprofen"], 0),
        (["oxycodone"], 1),
        (["oxycodone", "zolpidem"], 2),
        (["oxycodone", "zolpidem", "diazepam"], 3),
        (["Valium", "diazepam", "Diazepam 5 mg tablets"], 1),
        (["oxycodone", "OxyContin", "Percocet"], 1),
        (["Percocet", "codeine"], 2),
        ([SKIN, "zolpidem"], 2),
        (["oxycodone", {"name": "diazepam", "route": "rectal"}], 1),
        (["oxycodone", "Wunderpille"], 1),
    ],
    ids=str,
)
def test_different_substances_are_counted(medications: list[object], number: int) -> None:
    for n in range(4):
        assert fires(counting(**{"from": n}), *medications) is (number >= n)
        assert fires(counting(**{"up to": n}), *medications) is (number <= n)
    assert fires(counting(**{"from": number, "up to": number}), *medications)


def test_two_ingredients_of_one_product_are_two() -> None:
    checker = checker_of(page("a-page", {"number taking": {"of": ["barbiturate", "opioid"], "from": 2}}))
    assert fires(checker, {"name": "butalbital and codeine"})
    assert not fires(checker, {"name": "butalbital"})


def test_two_salts_of_one_parent_are_one() -> None:
    checker = checker_of(page("a-page", {"number taking": {"of": "magnesium by mouth", "from": 2}}))
    assert not fires(checker, "magnesium citrate", "magnesium hydrogen citrate")
    assert fires(checker, "magnesium citrate", "magnesium oxide")


def test_an_unread_name_keeps_nothing_silent_and_stands_in_the_report() -> None:
    checker = counting(**{"from": 1, "up to": 1})
    report = checker.check(profile(medications=["oxycodone", "Wunderpille"]))
    assert [finding.rule for finding in report.findings] == ["a-page"]
    assert [unread.input for unread in report.not_checked] == ["Wunderpille"]
    assert not report.complete


def test_what_all_meanings_of_an_ambiguous_name_share_is_counted() -> None:
    checker = checker_of(
        page("a-page", {"number taking": {"of": OF, "from": 2}}, action="ask_first", what_to_do="Ask first.")
    )
    report = checker.check(profile(medications=["oxycodone", "benzo"]))
    assert [finding.rule for finding in report.findings] == ["a-page"]
    assert not report.complete
    (unread,) = report.not_checked
    assert unread.could_become is not None
    assert unread.could_become.value == "ask_first"


def test_what_was_counted_is_named() -> None:
    checker = checker_of(
        page("a-page", {"number taking": {"of": OF, "from": 2}}, {"taking": "magnesium by mouth"})
    )
    given = {"medications": ["ibuprofen", "Percocet", "zolpidem"], "supplements": ["magnesium citrate 200 mg"]}
    (finding,) = checker.check(profile(**given)).findings
    assert [subject.is_ for subject in finding.subjects] == [
        "oxycodone",
        "zolpidem",
        "magnesium citrate",
    ]


def test_an_assumed_magnesium_is_not_named() -> None:
    checker = checker_of(page("a-page", {"number taking": {"of": "magnesium by mouth", "from": 1}}))
    (finding,) = checker.check(profile()).findings
    assert finding.subjects == ()
