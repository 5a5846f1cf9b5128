"""Is a row that is answered together with others what the whole report of that person says?"""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker, InputError, Profile
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Scope, split
from magcheck.knowledge.profile_data import profile_of_data
from magcheck.screen import together
from magcheck.screen.row import FAULT, Kind, Row, RowOptions, row_of, said_of_report
from magcheck.screen.together import Screener
from tests.inference.invented import People
from tests.screen.people import HOSTILE, people
from tests.screen.test_row import CONTRADICTING, RECORD, UNREAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.inference.program import Fact, Matches

ASKED = RowOptions(Kind.BRIEF, date(2026, 11, 1))
PEOPLE = 1200
OLD = 111
"""Nobody else here is so old."""


def rows(told: Sequence[object], checker: Checker, size: int = 200, asked: RowOptions = ASKED) -> list[Row]:
    screener, every = Screener(checker, asked), list[Row]()
    for start in range(0, len(told), size):
        every += screener.rows(list(enumerate(told[start : start + size], start=start + 1)))
    return every


def alone(told: Sequence[object], checker: Checker, asked: RowOptions = ASKED) -> list[Row]:
    return [row_of(number, row, checker, asked) for number, row in enumerate(told, start=1)]


def as_lines(told: Sequence[object]) -> list[bytes]:
    return [json.dumps(person).encode() for person in told]


def at_the_edges_of_pages(count: int, checker: Checker) -> list[dict[str, Any]]:
    """People as invented, without those who contradict themselves."""
    crowd = People(checker, seed=14)
    possible = filter(partial(_is_possible, checker), iter(crowd.person, None))
    return [person.model_dump(mode="json", exclude_unset=True) for person in islice(possible, count)]


def _is_possible(checker: Checker, person: Profile) -> bool:
    try:
        checker.check(person)
    except InputError:
        return False
    return True


def test_what_is_answered_together_is_what_whole_reports_say(checker: Checker) -> None:
    told = [*people(PEOPLE // 2), *at_the_edges_of_pages(PEOPLE // 2, checker), *UNREAD]
    reports = [checker.check(Profile.model_validate(person)) for person in told]
    for kind in (Kind.BRIEF, Kind.COULD_BECOME):
        said = [{"row": number, **said_of_report(report, kind)} for number, report in enumerate(reports, start=1)]
        found = rows(as_lines(told), checker, asked=ASKED._replace(kind=kind))
        assert [row.data for row in found] == said


def test_with_whom_one_is_answered_changes_nothing(checker: Checker) -> None:
    told = [*as_lines(people(60)), *HOSTILE, *as_lines([RECORD, CONTRADICTING, *UNREAD, *people(60)])]
    expected = alone(told, checker)
    for size in (1, 7, len(told)):
        assert rows(told, checker, size) == expected
    assert rows(told[::-1], checker) == alone(told[::-1], checker)


def test_rows_may_have_any_number(checker: Checker) -> None:
    told = as_lines(people(3))
    numbered = [(7, told[0]), (7, told[1]), (-1, told[2])]
    assert Screener(checker, ASKED).rows(numbered) == [row_of(*one, checker, ASKED) for one in numbered]


def test_whole_reports_stay_what_they_are(checker: Checker) -> None:
    told, full = as_lines([*people(10), RECORD]), ASKED._replace(kind=Kind.FULL)
    assert rows(told, checker, asked=full) == alone(told, checker, full)


def test_what_fails_together_is_done_again_one_by_one(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    told, matches = as_lines(people(30)), DurableEvaluator.matches
    expected = alone(told, checker)

    def fails_over_two(self: DurableEvaluator, facts: Sequence[Fact]) -> Matches:
        if sum(fact.scope is Scope.PERSON for fact in facts) > 1:
            raise RuntimeError
        return matches(self, facts)

    monkeypatch.setattr(DurableEvaluator, "matches", fails_over_two)
    assert rows(told, checker) == expected


def test_over_whom_the_evaluators_disagree_has_no_answer_and_the_others_have_theirs(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, matches = as_lines([*people(20), {"person": {"age": OLD}}, *people(20, seed=3)]), PlainEvaluator.matches
    expected = alone(told, checker)

    def wrong_about_the_old(self: PlainEvaluator, facts: Sequence[Fact]) -> Matches:
        told_wrongly = [place for place, fact in enumerate(facts) if fact.values["age"][0] == OLD * 1000]
        return matches(self, facts) ^ {(0, place) for place in told_wrongly[:1]}

    monkeypatch.setattr(PlainEvaluator, "matches", wrong_about_the_old)
    found = rows(told, checker)
    assert found[20].outcome == FAULT
    assert "disagree" in found[20].data["error"]
    assert [*found[:20], *found[21:]] == [*expected[:20], *expected[21:]]


def test_many_facts_of_one_person_are_not_joined_by_those_of_many_others(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch of the engine has a bound, whatever is told."""
    sizes, matches = list[int](), DurableEvaluator.matches

    def measured(self: DurableEvaluator, facts: Sequence[Fact]) -> Matches:
        sizes.append(len(facts))
        return matches(self, facts)

    monkeypatch.setattr(DurableEvaluator, "matches", measured)
    many: dict[str, Any] = {"medications": ["cipro"] * 40, "supplements": ["magnesium citrate 200 mg"] * 10}
    told = as_lines([*people(40), *[many] * 4, *people(40)])
    assert all("error" not in row.data for row in rows(told, checker))
    alone_with_many = len(checker.seen(profile_of_data(many)).situation.facts)
    assert max(sizes) < together.MOST_FACTS + alone_with_many


def test_matches_are_given_back_to_whom_they_are_about() -> None:
    matches = frozenset({(5, 0), (6, 1), (7, 1), (8, 4), (9, 2)})
    expected = [{(5, 0), (6, 1), (7, 1)}, set[tuple[int, int]](), {(9, 0), (8, 2)}, set[tuple[int, int]]()]
    assert split(matches, [2, 0, 3, 0]) == list(map(frozenset, expected))
