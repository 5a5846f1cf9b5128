"""Make every page wrong in every way, and print who notices: `python -m tests.mutation`."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from random import Random
from typing import TYPE_CHECKING

from magcheck.knowledge.load import load_rules
from magcheck.lint.slips import slips
from tests.mutation.noticing import Noticing

if TYPE_CHECKING:
    from magcheck.lint.slips import Slip

AIM = 0.98


def outcome(sample: int | None = None) -> tuple[dict[str, Counter[str]], list[Slip]]:
    """Operator -> who noticed how many; and the survivors. `sample`: so many pages, always the same."""
    book = load_rules()
    noticing = Noticing(book)
    pages = [rule for rule in book.rules if not rule.retired]
    if sample is not None:
        pages = Random(14).sample(pages, sample)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    survivors: list[Slip] = []
    for rule in pages:
        for slip in slips(rule, book):
            by = noticing.by(mutant)
            counts[mutant.operator][by or "nobody"] += 1
            if by is None:
                survivors.append(mutant)
    return counts, survivors


def main() -> int:
    counts, survivors = outcome(int(sys.argv[1]) if len(sys.argv) > 1 else None)
    for mutant in survivors:
        print(f"survived  {mutant.page}: {mutant.operator}, {mutant.what}")
    total = Counter[str]()
    for operator, by in sorted(counts.items()):
        total += by
        print(_line(operator, by))
    print(_line("all", total))
    return int(1 - total["nobody"] / total.total() < AIM)


def _line(operator: str, by: Counter[str]) -> str:
    noticed = by.total() - by["nobody"]
    who = ", ".join(f"{name} {count}" for name, count in by.most_common() if name != "nobody")
    return f"{operator:<26}{noticed:>6} of {by.total():<6}{100 * noticed / by.total():6.1f} %  ({who})"


if __name__ == "__main__":
    sys.exit(main())
