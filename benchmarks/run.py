"""How fast is a check, and does it stay so? All figures of one run, as ratios where they can be."""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from magcheck import Checker, Profile
from magcheck.core.fact_names import BEYOND
from magcheck.facts.situation import situation
from magcheck.inference.compile import compile_pages
from magcheck.inference.durable import DurableEvaluator
from magcheck.inference.plain import PlainEvaluator
from magcheck.knowledge.conditions import Between, Taking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from magcheck.inference.program import Clause, Fact, Matches, Program, Test
    from magcheck.knowledge.rule import Rule

STARTS = 11
LIBRARIES = "import typer, pydantic"
USED = "import typer.main; from pydantic import BaseModel; type('Any', (BaseModel,), {})"
"""Both import most of themselves only when they are used."""
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


class Took(NamedTuple):
    """Microseconds of processor time of one call; the least is what the work itself needs."""

    least: float
    median: float


def microseconds(work: Callable[[], object], rounds: int = 2000) -> Took:
    for _ in range(50):
        work()
    times: list[float] = []
    for _ in range(rounds):
        start = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - start) / 1000)
    return Took(min(times), statistics.median(times))


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
    pages = list(checker.book.rules[:count])
    copies = _copies(checker)
    while len(pages) < count:
        pages.append(next(copies))
    kept = {page.id for page in pages}
    whole = [page.model_copy(update={"covers": tuple(kept.intersection(page.covers))}) for page in pages]
    return Checker(replace(checker.book, rules=tuple(whole)))


def _copies(checker: Checker) -> Iterator[Rule]:
    substances = [s.name for s in checker.book.vocabulary.substances.values() if "magnesium" not in s.classes]
    number = 0
    while True:
        for page in checker.book.rules:
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


def show_speed(checker: Checker, profile: Profile, rounds: int = 2000) -> None:
    facts = situation(profile, checker.book, checker.program).facts
    durable, plain = DurableEvaluator(checker.program, most_kept=0), PlainEvaluator(checker.program)
    by_hand = hand_written(checker.program)
    if not durable.matches(facts) == plain.matches(facts) == by_hand(facts):
        raise SystemExit("the three evaluators disagree")
    base = microseconds(lambda: by_hand(facts), rounds)
    rows = {
        "pages as hand-written ifs (matching only)": base,
        "plain evaluator": microseconds(lambda: plain.matches(facts), rounds),
        "durable_rules, nothing kept": microseconds(lambda: durable.matches(facts), rounds),
        "names, kidney, dose -> facts": microseconds(
            lambda: situation(profile, checker.book, checker.program), rounds
        ),
        "whole check of the same again": microseconds(lambda: checker.check(profile), rounds),
    }
    print(f"One check of a person with five medicines, {len(checker.book.rules)} pages (least, median)")
    for name, took in rows.items():
        print(f"  {name:45} {took.least:6.0f} {took.median:6.0f} us   {took.least / base.least:6.1f} x")


def show_growth(checker: Checker, profile: Profile, rounds: int = 500) -> None:
    print("\nPages against time (whole check; least, median)")
    first = 0.0
    for count in (50, 200, 800):
        grown = with_pages(checker, count)
        took = microseconds(partial(grown.check, profile), rounds)
        grown.close()
        first = first or took.least
        rules = len(compile_pages(grown.book.rules, grown.book.terms).clauses)
        figures = f"{took.least:6.0f} {took.median:6.0f} us   {took.least / first:6.2f} x"
        print(f"  {count:4} pages, {rules:4} clauses {'':22} {figures}")


def show_memory(checker: Checker, profile: Profile, targets: tuple[int, ...] = (1_000, 100_000)) -> None:
    print("\nMemory of the process")
    done = 0
    for target in targets:
        for _ in range(target - done):
            checker.check(profile)
        done = target
        gc.collect()
        print(f"  after {target:7,} checks {resident_mb():26.1f} MB")


def milliseconds_of_child(arguments: Sequence[str]) -> float:
    """Processor time of one Python process: other work on the machine disturbs it less than a clock."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False, env=environment)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used * 1000


def show_start(folder: Path, starts: int = STARTS) -> None:
    """Rounds take turns, so that a slow minute meets every row; the first only writes bytecode."""
    file = folder / "profile.json"
    file.write_text(json.dumps(PROFILE), encoding="utf-8")
    yaml = Path(__file__).parents[1] / "examples" / "stage3.yaml"
    magcheck = ["-m", "magcheck.cli.start"]
    rows = {
        "typer and pydantic imported": ["-c", LIBRARIES],
        "both also used once": ["-c", USED],
        "magcheck --version": [*magcheck, "--version"],
        "magcheck check PROFILE.json --plain": [*magcheck, "check", str(file), "--plain"],
        "magcheck check PROFILE.json --json": [*magcheck, "check", str(file), "--json"],
        "magcheck check examples/stage3.yaml": [*magcheck, "check", str(yaml)],
    }
    rounds = [[milliseconds_of_child(arguments) for arguments in rows.values()] for _ in range(starts + 1)][1:]
    floor = min(times[0] for times in rounds)
    print(f"\nCold start: processor time of {starts} runs; the libraries alone are the floor")
    for name, times in zip(rows, zip(*rounds, strict=True), strict=True):
        least, middle = min(times), statistics.median(times)
        print(f"  {name:38} least {least:5.0f} ms   median {middle:5.0f} ms   {least / floor:5.2f} x")


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
