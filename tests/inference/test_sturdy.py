"""Does the engine survive what other people's processes do to it: forks, interruptions, faults without end?"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import warnings
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from magcheck import EngineFault
from magcheck.checker import default_checker
from magcheck.facts.situation import situation
from magcheck.inference.plain import PlainEvaluator
from tests.inference.tampering import PERSON, Tampered
from tests.support import assert_survives, checker_of, durable_of, page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from magcheck.inference.program import Fact, Matches

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform == "win32", reason="there are neither forks nor timers"),
]

INTERRUPTIONS = 300
CHILDREN = 60


class TooLateError(BaseException):
    """What a soft time limit raises from its signal handler."""


def resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def facts_of_a_person() -> Sequence[Fact]:
    checker = default_checker()
    return situation(PERSON, checker.book, checker.program).facts


# Forks


def forks_while_four_threads_check() -> None:
    """A child in which a lock stays held, or a half-done check stays behind, would never end or end wrong."""
    warnings.simplefilter("ignore", DeprecationWarning)
    checker, stop = default_checker(), Event()
    expected = checker.check(PERSON)

    def check_on() -> None:
        while not stop.is_set():
            checker.check(PERSON)

    threads = [Thread(target=check_on, daemon=True) for _ in range(4)]
    sys.setswitchinterval(1e-5)
    for thread in threads:
        thread.start()
    children: list[int] = []
    for _ in range(CHILDREN):
        number = os.fork()
        if number == 0:
            os._exit(0 if all(checker.check(PERSON) == expected for _ in range(3)) else 1)
        children.append(number)
        time.sleep(0.002)
    stop.set()
    for thread in threads:
        thread.join()
    assert ended(children) == [0] * CHILDREN
    assert checker.check(PERSON) == expected


def ended(children: Sequence[int], within_s: float = 60) -> list[int | None]:
    """Exit status of each child; None, and killed, where it does not end."""
    deadline = time.monotonic() + within_s
    found: dict[int, int | None] = {}
    while len(found) < len(children):
        for number in (one for one in children if one not in found):
            done, status = os.waitpid(number, os.WNOHANG)
            if done:
                found[number] = status
            elif time.monotonic() > deadline:
                os.kill(number, signal.SIGKILL)
                os.waitpid(number, 0)
                found[number] = None
        time.sleep(0.01)
    return [found[number] for number in children]


# Interruptions


def interruptions_at_random_moments() -> None:
    checker, facts = default_checker(), facts_of_a_person()
    evaluator, draw = durable_of(checker), random.Random(7)
    expected = evaluator.matches(facts)
    interrupted_about(20, evaluator.matches, facts, draw)
    size = resident_megabytes()
    interrupted_about(INTERRUPTIONS, evaluator.matches, facts, draw)
    assert evaluator.matches(facts) == expected
    assert resident_megabytes() - size < 20


def interrupted_about(
    times: int, matches: Callable[[Sequence[Fact]], Matches], facts: Sequence[Fact], draw: random.Random
) -> None:
    """Answer until that many answers were cut short, each at another moment."""

    def too_late(*_: object) -> None:
        raise TooLateError

    signal.signal(signal.SIGALRM, too_late)
    started = time.perf_counter()
    matches(facts)
    usual = time.perf_counter() - started
    cut_short = 0
    while cut_short < times:
        try:
            signal.setitimer(signal.ITIMER_REAL, draw.uniform(1e-5, 1.5 * usual))
            matches(facts)
            signal.setitimer(signal.ITIMER_REAL, 0)
        except TooLateError:
            cut_short += 1


# Faults


def disagreements_without_end() -> None:
    checker = checker_of(
        *(page(f"band-{low}", {"egfr": {"from": low, "below": low + 5}}) for low in range(0, 90, 5))
    )
    right = PlainEvaluator.matches
    size = 0.0
    for number in range(INTERRUPTIONS):
        with pytest.MonkeyPatch.context() as fault:
            fault.setattr(PlainEvaluator, "matches", lambda *_: frozenset())
            with pytest.raises(EngineFault, match="disagree"):
                checker.check(PERSON)
        size = resident_megabytes() if number == 20 else size
    assert PlainEvaluator.matches is right
    assert resident_megabytes() - size < 20


def stumbles_without_end() -> None:
    checker, size = default_checker(), 0.0
    durable = durable_of(checker)
    for number in range(INTERRUPTIONS):
        with pytest.MonkeyPatch.context() as fault:
            fault.setattr(durable, "_native", Tampered(complete_and_start_action=stumble))
            with pytest.raises(EngineFault):
                checker.check(PERSON)
        size = resident_megabytes() if number == 20 else size
    assert resident_megabytes() - size < 20


def stumble(*_: object) -> None:
    raise ValueError("error code: 303")


@pytest.mark.parametrize(
    "story",
    [
        forks_while_four_threads_check,
        interruptions_at_random_moments,
        disagreements_without_end,
        stumbles_without_end,
    ],
)
def test_the_process_stays_right_and_small(story: Callable[[], None]) -> None:
    assert_survives(story, timeout=120)
