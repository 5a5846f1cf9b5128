"""Does `make peers` print a row for each engine, and does each that is installed find what we find?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.peers import ABSENT, OURS, PEERS, Peer, crowd, rows, share_kept

from benchmarks import peers

if TYPE_CHECKING:
    from benchmarks.peer_forms import Matcher

    from magcheck import Checker
    from magcheck.inference.program import Program


@pytest.mark.thorough
def test_every_engine_finds_the_same_or_is_said_to_be_absent(checker: Checker) -> None:
    printed = [*rows(checker.program, crowd(checker, 3), crowd(checker, 2, seed=1), 0.1)]
    names, said = ([row.split("|")[column].strip() for row in printed[3:]] for column in (1, -2))
    assert names == [*(peer.name for peer in PEERS), *ABSENT]
    assert all(answer.startswith("absent: ") for answer in said[len(PEERS) :])
    said = said[: len(PEERS)]
    assert set(said) <= {"identical", "not installed"}
    assert said[: len(OURS)] == ["identical"] * len(OURS)
    assert said[[peer.name for peer in PEERS].index("durable_rules, public API")] == "identical"


def nothing_at_all(program: Program) -> Matcher:
    assert program.clauses
    return lambda _: frozenset()


def test_an_engine_that_finds_something_else_is_said_to_differ(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, absent = Peer("silent", "json", nothing_at_all), Peer("absent", "no_such_engine", nothing_at_all)
    monkeypatch.setattr(peers, "PEERS", (silent, absent))
    monkeypatch.setattr(peers, "ABSENT", {})
    *_, differing, missing = rows(checker.program, crowd(checker, 5), crowd(checker, 1, seed=1), 1)
    assert differing.endswith("| 5 people differ |")
    assert missing == "| absent | | | | not installed |"


def test_the_share_of_kept_answers_is_that_of_facts_seen_before(checker: Checker) -> None:
    people = crowd(checker, 20)
    assert share_kept(checker.program, people, people) == 1
    assert 0 <= share_kept(checker.program, people[:1], ()) < share_kept(checker.program, people, ()) < 1
