"""Make every page wrong in every way, and take each name away: who notices? `python -m tests.mutation`.

It prints who, and writes it into docs/verification.md.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from magcheck.knowledge.load import RuleBook, load_rules
from magcheck.lint.slips import slips
from tests.mutation import section, spellings
from tests.mutation.noticing import LIST, NOBODY, Noticing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from magcheck.lint.slips import Slip

AIM = 0.98
UNKNOWING = (LIST, NOBODY)


def outcome(book: RuleBook) -> tuple[dict[str, Counter[str]], list[Slip]]:
    """Operator -> who noticed how many; and those that nobody noticed who knows what is right."""
    noticing = Noticing(book)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    survivors: list[Slip] = []
    for slip in (slip for rule in book.rules if not rule.retired for slip in slips(rule, book)):
        by = noticing.by(slip) or NOBODY
        counts[slip.operator][by] += 1
        if by in UNKNOWING:
            survivors.append(slip)
    return counts, survivors


def noticed(counts: Mapping[str, int], but: Iterable[str] = UNKNOWING) -> float:
    return 1 - sum(counts[name] for name in but) / sum(counts.values())


def main() -> int:
    book = load_rules()
    counts, survivors = outcome(book)
    for slip in survivors:
        print(f"survived  {slip.page}: {slip.operator}, {slip.what or slip.key}")
    pages = sum(counts.values(), Counter[str]())
    for operator, by in sorted(counts.items()):
        print(_line(operator, by))
    print(_line("all pages", pages))
    names = spellings.outcome(book)
    for kind, by in names.items():
        print(_line(f"{kind} removed", by, (NOBODY,)))
    words = sum(names.values(), Counter[str]())
    print(_line("all names and codes", words, (NOBODY,)))
    section.write(counts, names)
    return int(min(noticed(pages), noticed(words, (NOBODY,))) < AIM)


def _line(operator: str, by: Counter[str], but: Iterable[str] = UNKNOWING) -> str:
    who = ", ".join(f"{name} {count}" for name, count in by.most_common())
    total = by.total() - sum(by[name] for name in but)
    return f"{operator:<26}{total:>6} of {by.total():<6}{100 * noticed(by, but):6.1f} %  ({who})"


if __name__ == "__main__":
    sys.exit(main())
