"""Does the command ever print a word of a report that cannot be vouched for?"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import durable_rules_engine
import pytest

from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.plain import PlainEvaluator
from tests.support import child

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from subprocess import CompletedProcess

    from magcheck.inference.program import Fact, Matches

    Record = dict[str, Any]
    Change = Callable[[list[Record]], list[Record]]
    """What is done to the records between the two sentinels."""

from tests.inference.tampering import PERSON, Tampered, dropped, is_the_end, losing, one_less, with_records


def durable_finds_too_little() -> None:
    right = DurableEvaluator.matches
    patch = pytest.MonkeyPatch()
    patch.setattr(DurableEvaluator, "matches", lambda self, facts: one_less(right(self, facts)))


def durable_finds_too_much() -> None:
    right = DurableEvaluator.matches
    patch = pytest.MonkeyPatch()
    patch.setattr(DurableEvaluator, "matches", lambda self, facts: right(self, facts) | {(0, 0), (1, 0)})


def plain_finds_too_little() -> None:
    right = PlainEvaluator.matches
    patch = pytest.MonkeyPatch()
    patch.setattr(PlainEvaluator, "matches", lambda self, facts: one_less(right(self, facts)))


def plain_raises() -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    pytest.MonkeyPatch().setattr(PlainEvaluator, "matches", stumble)


def every_check_meets(tampered: Tampered) -> None:
    """The engine is sound when it is built and broken when it is first used."""
    right, patch = DurableEvaluator.matches, pytest.MonkeyPatch()

    def matches(self: DurableEvaluator, facts: Sequence[Fact]) -> Matches:
        patch.setattr(self, "_native", tampered)
        return right(self, facts)

    patch.setattr(DurableEvaluator, "matches", matches)


def the_end_is_not_seen() -> None:
    every_check_meets(losing(is_the_end))


def the_facts_are_not_all_taken() -> None:
    every_check_meets(Tampered(assert_facts=lambda handle, batch: (1, asserted(handle, batch))))


def asserted(handle: int, batch: str) -> object:
    return durable_rules_engine.assert_facts(handle, batch)[1]


def a_fact_is_lost() -> None:
    every_check_meets(with_records(dropped))


def a_figure_has_an_exponent() -> None:
    every_check_meets(with_records(lambda records: [{**records[0], "k": 1e-07}, *records[1:]]))


def a_finding_is_lost() -> None:
    turn = count()
    every_check_meets(losing(lambda firing: not is_the_end(firing) and next(turn) == 1))


FAULTS = [
    durable_finds_too_little,
    durable_finds_too_much,
    plain_finds_too_little,
    plain_raises,
    the_end_is_not_seen,
    the_facts_are_not_all_taken,
    a_fact_is_lost,
    a_figure_has_an_exponent,
    a_finding_is_lost,
]


@pytest.fixture
def person(tmp_path: Path) -> Path:
    file = tmp_path / "person.json"
    file.write_text(PERSON.model_dump_json(exclude_defaults=True))
    return file


def commanded(fault: Callable[[], None] | None, *arguments: str) -> CompletedProcess[str]:
    broken = f"from {fault.__module__} import {fault.__name__}; {fault.__name__}(); " if fault else ""
    return child("-c", f"{broken}from magcheck.cli.app import main; main({list(arguments)!r})")


@pytest.mark.parametrize("form", [[], ["--json"], ["--plain"]])
def test_a_sound_engine_gives_a_report(person: Path, form: list[str]) -> None:
    """Without this the silence of the others would prove nothing."""
    done = commanded(None, "check", str(person), *form)
    assert (done.returncode, done.stderr) == (20, "")
    assert done.stdout


@pytest.mark.parametrize("fault", FAULTS)
def test_the_command_gives_no_word_of_a_report_after_a_fault(person: Path, fault: Callable[[], None]) -> None:
    assert_no_word(commanded(fault, "check", str(person)))


@pytest.mark.parametrize("form", ["--json", "--plain", "--no-input"])
def test_no_form_of_the_report_comes_out_after_a_fault(person: Path, form: str) -> None:
    assert_no_word(commanded(durable_finds_too_little, "check", str(person), form))


def assert_no_word(done: CompletedProcess[str]) -> None:
    assert (done.returncode, done.stdout) == (70, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
