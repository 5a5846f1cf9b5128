"""Does a slow machine give the same day? Nothing that is printed depends on how long a search took."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time

import pytest

from magcheck.plan.solver import _solver
from tests.plan.making import day_of, person
from tests.plan.test_plans import THIRTY, THIRTY_IN_FOUR_HOURS
from tests.support import ROOT

SEARCH = 0.1
"""Seconds after which a search for thirty doses is under way on any machine."""
AWAY = 3.0
"""Seconds that a search is kept waiting."""


def plan_thirty() -> None:
    say_begun()
    sys.stdout.write(day_of(THIRTY).model_dump_json())


def plan_thirty_ten_times() -> None:
    say_begun()
    days = [day_of(THIRTY).model_dump_json() for _ in range(10)]
    sys.stdout.write("\n".join(days))


def say_begun() -> None:
    """With everything loaded, so that somebody can come in between."""
    day_of(person(0))
    sys.stdout.write("begun\n")
    sys.stdout.flush()


def plan_crowd() -> None:
    days = [day_of(person(number)).model_dump_json() for number in range(60)]
    sys.stdout.write(json.dumps([*days, day_of(THIRTY_IN_FOUR_HOURS).model_dump_json()]))


def started(story: str) -> subprocess.Popen[str]:
    code = f"from tests.plan.test_no_clock import {story}; {story}()"
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def begun(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(SEARCH)


def test_no_setting_names_a_clock() -> None:
    assert _solver().parameters.max_time_in_seconds == math.inf


def test_a_search_that_is_kept_waiting_gives_the_same_day() -> None:
    with started("plan_thirty") as process:
        begun(process)
        os.kill(process.pid, signal.SIGSTOP)
        time.sleep(AWAY)
        os.kill(process.pid, signal.SIGCONT)
        out, err = process.communicate(timeout=120)
    assert out == day_of(THIRTY).model_dump_json(), err


def test_ctrl_c_during_a_search_gives_no_day() -> None:
    with started("plan_thirty_ten_times") as process:
        begun(process)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert out == ""
    assert "KeyboardInterrupt" in err


@pytest.mark.thorough
def test_two_crowds_at_once_have_the_days_of_one_alone() -> None:
    with started("plan_crowd") as one, started("plan_crowd") as other:
        first, second = (process.communicate(timeout=600)[0] for process in (one, other))
    with started("plan_crowd") as alone:
        assert first == second == alone.communicate(timeout=600)[0]
    assert json.loads(first)
