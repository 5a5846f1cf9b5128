"""Print how a check ends when any of its functions raises: `python -m tests.faults`."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import chain

from tests.faults.injection import ERRORS, functions_called, injected, table
from tests.faults.system import SCENES, signals

ROUNDS = 60
"""Signals at random moments."""
COMMAND = ["check", "examples/evening.yaml"]


def main() -> int:
    """`python -m tests.faults 10`: every tenth function only."""
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    functions = functions_called(COMMAND)[::step]
    found = chain.from_iterable(injected(COMMAND, functions, error) for error in ERRORS)
    lines, wrong = table(found)
    print(f"{len(functions)} functions of a check, each made to raise {len(ERRORS)} errors:")
    print("\n".join([*lines, *(f"{bad.error.__name__} in {bad.function}: {bad.outcome}" for bad in wrong)]))
    happened = [*chain.from_iterable(scene() for scene in SCENES.values()), *signals(ROUNDS)]
    for (what, end, is_right), count in sorted(Counter(happened).items()):
        print(f"{what:<44}{end:<10}{count:>4}{'' if is_right else '  WRONG'}")
    return int(bool(wrong) or not all(seen.is_right for seen in happened))


if __name__ == "__main__":
    sys.exit(main())
