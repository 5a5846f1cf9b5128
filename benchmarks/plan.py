"""How long does a day plan take, with the changes that it tries? In processor time of this process."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.checks import MEDICINES, people
from tests.plan.making import person, planned
from tests.plan.test_plans import THIRTY, THIRTY_IN_FOUR_HOURS

from magcheck.checker import default_checker

PEOPLE = 500


def milliseconds(given: dict[str, Any]) -> tuple[float, str]:
    start = time.process_time()
    _, plan = planned(given)
    return (time.process_time() - start) * 1000, plan.status.value


def of_plausible_people(medicines: int) -> list[float]:
    """Milliseconds each."""
    checker, taken = default_checker(), list[float]()
    for told in people(medicines, PEOPLE):
        start = time.process_time()
        checker.plan(told)
        taken.append((time.process_time() - start) * 1000)
    return taken


def main() -> None:
    planned(person(0))
    times: dict[str, list[float]] = {}
    for number in range(PEOPLE):
        took, status = milliseconds(person(number))
        times.setdefault(status, []).append(took)
    print(f"Day plans of {PEOPLE} random people")
    for status, took_all in sorted(times.items()):
        median, worst = statistics.median(took_all), max(took_all)
        print(f"  {status:12} {len(took_all):4} people   median {median:6.1f} ms   worst {worst:6.1f} ms")
    for medicines in MEDICINES:
        taken = of_plausible_people(medicines)
        median, worst = statistics.median(taken), max(taken)
        print(f"  {medicines:2} medicines, plausible {'':6} median {median:6.1f} ms   worst {worst:6.1f} ms")
    print(f"  thirty doses a day {milliseconds(THIRTY)[0]:23.1f} ms")
    print(f"  thirty doses in four hours {milliseconds(THIRTY_IN_FOUR_HOURS)[0]:15.1f} ms")


if __name__ == "__main__":
    main()
