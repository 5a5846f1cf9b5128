"""Does a report survive its own strict validation, both ways?"""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from magcheck import InputError, Report
from tests.inference.invented import People
from tests.support import assert_survives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck import Checker

CROWD = 1500


def reports(checker: Checker, seed: int) -> Iterator[Report]:
    """Reports without end, of people who do not contradict themselves."""
    people = People(checker, seed)
    while True:
        with suppress(InputError):
            yield checker.check(people.person())


@pytest.mark.parametrize("seed", range(3))
def test_every_report_is_what_strict_validation_makes_of_it(checker: Checker, seed: int) -> None:
    for report in islice(reports(checker, seed), CROWD // 3):
        text = report.model_dump_json()
        again = Report.model_validate_json(text)
        assert again == report
        assert again.model_dump_json() == text
        assert Report.model_validate(report.model_dump()) == report


def test_the_keys_of_a_report_stand_in_the_order_of_its_schema(checker: Checker) -> None:
    report = next(reports(checker, 7))
    assert list(json.loads(report.model_dump_json())) == list(Report.model_fields)


def every_model_is_complete() -> None:
    from magcheck import Checker
    from magcheck.core.model import Model

    assert Checker.__name__ == "Checker"
    waiting = Model.__subclasses__()
    while waiting:
        model = waiting.pop()
        assert model.__pydantic_complete__, model
        waiting += model.__subclasses__()


def test_no_thread_of_a_program_is_the_first_to_build_a_validator() -> None:
    assert_survives(every_model_is_complete)
