"""Do rows come out in order, once each, whatever happens to a worker?"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker, EngineFault
from magcheck.screen import crew
from magcheck.screen.batch import Batch
from magcheck.screen.crew import WAITING_EACH, Crew
from magcheck.screen.row import FAULT, Kind, RowOptions
from magcheck.screen.together import Job
from tests.screen import dying
from tests.screen.people import HOSTILE, lines, people

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = RowOptions(Kind.BRIEF, date(2026, 11, 1))


def batches_of(told: list[bytes], size: int) -> list[Batch]:
    return [
        Batch(start + 1, tuple(told[start : start + size]), start + size) for start in range(0, len(told), size)
    ]


def answers(batches: list[Batch], checker: Checker, workers: int) -> tuple[list[dict[str, Any]], int]:
    """The rows, and how many of them are faults."""
    with closing(Crew(Job(None, None, ASKED, checker.book.digest), workers)) as hands:
        given = [answer for _, answer in hands.answers(iter(batches))]
    rows = [json.loads(line) for answer in given for line in answer.lines.splitlines()]
    assert sum(answer.outcomes.total() for answer in given) == len(rows)
    return rows, sum(answer.outcomes[FAULT] for answer in given)


def test_many_workers_give_what_one_gives_in_the_order_that_was_put_in(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_answer", dying.slower_at_first)
    told = [*lines(people(40)).splitlines(), *HOSTILE]
    two, _ = answers(batches_of(told, 3), checker, 2)
    one, _ = answers(batches_of(told, 3), checker, 1)
    assert two == one
    assert [row["row"] for row in two] == [*range(1, len(told) + 1)]


def test_a_row_that_ends_its_process_is_an_error_and_takes_no_other_along(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_answer", dying.dies_over_a_row)
    told = [b"{}"] * 12
    told[4] = told[11] = dying.DEADLY
    rows, faults = answers(batches_of(told, 4), checker, 2)
    assert [row["row"] for row in rows] == [*range(1, 13)]
    assert [row["row"] for row in rows if "error" in row] == [5, 12]
    assert faults == 2


def test_workers_that_cannot_start_are_a_fault_of_the_engine(checker: Checker) -> None:
    job = Job("/no/such/folder", None, ASKED, checker.book.digest)
    with (
        closing(Crew(job, 1)) as hands,
        pytest.raises(EngineFault, match="could be started"),
    ):
        [*hands.answers(iter(batches_of([b"{}"], 1)))]


def test_only_few_batches_are_read_ahead(checker: Checker) -> None:
    read = 0

    def source() -> Iterator[Batch]:
        nonlocal read
        for batch in batches_of([b"{}"] * 40, 1):
            read += 1
            yield batch

    with closing(Crew(Job(None, None, ASKED, checker.book.digest), 1)) as hands:
        for given, _ in enumerate(hands.answers(source()), start=1):
            assert read <= given + WAITING_EACH
    assert read == 40
