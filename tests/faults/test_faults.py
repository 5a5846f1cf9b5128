"""Does a check that meets any error say nothing at all? A sample here; every function: `make verify`."""

from __future__ import annotations

import pytest

from magcheck.core.exits import Exit
from tests.faults.__main__ import COMMAND
from tests.faults.injection import ERRORS, End, Injection, functions_called, injected, table

SAMPLE = 90
"""One function of so many; the check calls about 600."""


@pytest.mark.thorough
def test_a_sample_of_functions_that_raise() -> None:
    functions = functions_called(COMMAND)
    assert len(functions) > 300
    found = [injection for error in ERRORS for injection in injected(COMMAND, functions[7::SAMPLE], error)]
    _, wrong = table(found)
    assert not wrong
    assert {injection.outcome for injection in found} >= {"refused"}


def test_a_report_beside_an_error_is_wrong() -> None:
    end = End(Exit.ENGINE_FAULT, "verdict: clear")
    lines, wrong = table([Injection("f", RuntimeError, end, "WRONG: exit 70, 14 characters of a result")])
    assert len(wrong) == 1
    assert "WRONG" in lines[0]
