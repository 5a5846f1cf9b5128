"""How fast is a check, and does it stay so? All figures of one run, as ratios where they can be."""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from magcheck import Checker, Profile
from magcheck.compile import compile_pages
from magcheck.conditions import Between, Taking
from magcheck.facts import situation
from magcheck.fields import BEYOND
from magcheck.inference import DurableEvaluator
from magcheck.plain import PlainEvaluator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from magcheck.ir import Clause, Fact, Matches, Program, Test
    from magcheck.rule import Page

PROFILE = {
    "person": {"age": 67, "sex": "female"},
    "kidney": {"creatinine": {"value": 0.9, "unit": "mg/dL"}},
    "conditions": ["diabetes"],
    "medications": [
        {"name": "Levothyroxin 50mcg tab", "times": ["06:30"]},
        {"name": "Cipro 500 mg", "times": ["08:00", "20:00"]},
        {"name": "hydrochlorothiazide", "times": ["08:00"]},
        {"name": "amlodipine", "times": ["08:00"]},
        {"name": "omeprazole", "times": ["07:30"]},
    ],
    "supplements": [{"name": "magnesium glycinate", "amount_mg": 320, "basis": "elemental", "times": ["22:00"]}],
    "country": "US",
}
"""A person with five medicines, one product and a computed kidney value."""


def microseconds(work: Callable[[], object], rounds: int = 2000) -> float:
    """Median time of one call."""
    for _ in range(50):
        work()
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def hand_written(program: Program) -> Callable[[Sequence[Fact]], Matches]:
    """The same pages as somebody would write them by hand: one `if` for each clause, straight down."""
    lines = ["def matches(facts):", "    found = set()", "    for place, fact in enumerate(facts):"]
    lines.append("        scope, key, value = fact.scope, fact.key, fact.values")
    for number, clause in enumerate(program.clauses):
        lines.append(f"        if {_condition(clause)}:")
        lines.append(f"            found.add(({number}, place))")
    lines.append("    return frozenset(found)")
    names: dict[str, Callable[[Sequence[Fact]], Matches]] = {}
    exec("\n".join(lines), names)  # noqa: S102 - the text above is ours
    return names["matches"]


def _condition(clause: Clause) -> str:
    key = f"key == {clause.keys[0]}" if len(clause.keys) == 1 else f"key in {clause.keys}"
    return " and ".join([f"scope == {clause.scope.value!r}", key, *map(_comparison, clause.tests)])


def _comparison(test: Test) -> str:
    low, high = (0, 1) if test.surely else (1, 0)
    parts = []
    if test.low > -BEYOND:
        parts.append(f"value[{test.fact!r}][{low}] >= {test.low}")
    if test.high < BEYOND:
        parts.append(f"value[{test.fact!r}][{high}] <= {test.high}")
    return " and ".join(parts) or "True"


def with_pages(checker: Checker, count: int) -> Checker:
    """A checker with `count` pages: ours, and copies of them about other substances and other bounds."""
    pages = list(checker.book.pages[:count])
    copies = _copies(checker)
    while len(pages) < count:
        pages.append(next(copies))
    return Checker(replace(checker.book, pages=tuple(pages)))


def _copies(checker: Checker) -> Iterator[Page]:
    substances = [s.name for s in checker.book.vocabulary.substances.values() if "magnesium" not in s.classes]
    number = 0
    while True:
        for page in checker.book.pages:
            number += 1
            when = tuple(
                replace(c, names=(substances[number % len(substances)],))
                if isinstance(c, Taking) and not c.elsewhere and "magnesium" not in c.names[0]
                else replace(c, low=c.low + number if c.low > -BEYOND else c.low)
                if isinstance(c, Between) and c.low + number < c.high
                else c
                for c in page.when
            )
            yield page.model_copy(update={"id": f"{page.id}-copy-{number}", "when": when})


def resident_mb() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def show_speed(checker: Checker, profile: Profile) -> None:
    facts = situation(profile, checker.book, checker.program).facts
    durable, plain = DurableEvaluator(checker.program), PlainEvaluator(checker.program)
    by_hand = hand_written(checker.program)
    if not durable.matches(facts) == plain.matches(facts) == by_hand(facts):
        raise SystemExit("the three evaluators disagree")
    base = microseconds(lambda: by_hand(facts))
    rows = {
        "pages as hand-written ifs (matching only)": base,
        "plain evaluator": microseconds(lambda: plain.matches(facts)),
        "durable_rules, sealed batch": microseconds(lambda: durable.matches(facts)),
        "names, kidney, dose -> facts": microseconds(lambda: situation(profile, checker.book, checker.program)),
        "whole check: facts, both evaluators, report": microseconds(lambda: checker.check(profile)),
    }
    print(f"One check of a person with five medicines, {len(checker.book.pages)} pages (median)")
    for name, took in rows.items():
        print(f"  {name:45} {took:8.0f} us   {took / base:6.1f} x")


def show_growth(checker: Checker, profile: Profile) -> None:
    print("\nPages against time (whole check, median)")
    first = 0.0
    for count in (50, 200, 800):
        grown = with_pages(checker, count)
        took = microseconds(partial(grown.check, profile), 500)
        grown.close()
        first = first or took
        rules = len(compile_pages(grown.book.pages, grown.book.terms).clauses)
        print(f"  {count:4} pages, {rules:4} clauses {took:22.0f} us   {took / first:6.2f} x")


def show_memory(checker: Checker, profile: Profile) -> None:
    print("\nMemory of the process")
    done = 0
    for target in (1_000, 100_000):
        for _ in range(target - done):
            checker.check(profile)
        done = target
        gc.collect()
        print(f"  after {target:7,} checks {resident_mb():26.1f} MB")


def show_start(folder: Path) -> None:
    print("\nCold start of the command line (median of 7)")
    file = folder / "profile.json"
    file.write_text(json.dumps(PROFILE), encoding="utf-8")
    for arguments in (["--version"], ["check", str(file), "--plain"], ["check", str(file), "--json"]):
        times: list[float] = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "magcheck.cli.app", *arguments], capture_output=True, check=False
            )
            times.append(time.perf_counter() - start)
        shown = " ".join(arguments).replace(str(file), "PROFILE")
        print(f"  magcheck {shown:36} {statistics.median(times) * 1000:8.0f} ms")


def main() -> None:
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - only here

    checker, profile = Checker(), Profile.model_validate(PROFILE)
    show_speed(checker, profile)
    show_growth(checker, profile)
    with TemporaryDirectory() as folder:
        show_start(Path(folder))
    show_memory(checker, profile)


if __name__ == "__main__":
    main()
