"""What is more than one check can look at is refused, before any work is done, and never cut."""

from __future__ import annotations

import pytest

from magcheck import InputError
from magcheck.checker import default_checker
from magcheck.core.scales import Action
from magcheck.facts.budget import MOST_LETTERS
from magcheck.findings import evaluation
from magcheck.report import Verdict
from tests.support import profile


def lines(letters: int) -> list[str]:
    return ["x" * 500] * (letters // 500)


def test_as_many_letters_as_can_be_read_are_read() -> None:
    report = default_checker().check(
        profile(medications=lines(MOST_LETTERS // 2), conditions=lines(MOST_LETTERS // 2))
    )
    assert len(report.not_checked) == MOST_LETTERS // 500


@pytest.mark.parametrize("name", ["medications", "supplements", "conditions", "symptoms", "goals"])
def test_one_letter_more_is_refused(name: str) -> None:
    told = {"medications": lines(MOST_LETTERS // 2), "conditions": lines(MOST_LETTERS // 2)}
    with pytest.raises(InputError, match="20,001 letters"):
        default_checker().check(profile(**{**told, name: [*told.get(name, ()), "x"]}))


def test_where_trying_every_answer_costs_too_much_it_could_become_the_worst(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    product = {"name": "magnesium", "amount_mg": 100, "basis": "elemental"}
    told = profile(
        person={"age": 40},
        kidney={"egfr": 95},
        medications=["gefitinib", "blood pressure tablet"],
        supplements=[product],
    )
    exact = default_checker().check(told)
    assert Verdict.AVOID not in {gap.could_become for gap in exact.missing}
    monkeypatch.setattr(evaluation, "MOST_EFFORT", -1)
    capped = default_checker().check(told)
    assert {gap.could_become for gap in capped.missing} == {Verdict.AVOID}
    assert [unread.could_become for unread in capped.not_checked] == [Action.AVOID]
    unlike = {"missing", "not_checked"}
    assert capped.model_dump(exclude=unlike) == exact.model_dump(exclude=unlike)
