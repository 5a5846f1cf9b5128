"""Ask both readings about so many invented people: `python -m tests.third_opinion 20000 [first number]`."""

import sys
from pathlib import Path

from magcheck import Checker
from tests.third_opinion import tables
from tests.third_opinion.compare import Comparison, compare

BATCH = 1_000
TOLD_EVERY = 50_000
"""People after which a long run says how it stands, and with whom another run can go on."""
PAGE_KB = 4


def main() -> int:
    """1 where the two ever disagree."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    checker, total, after_first = Checker(), Comparison(), 0
    for start in range(first, first + people, BATCH):
        batch = compare(checker, range(start, min(start + BATCH, first + people)))
        total.add(batch)
        for number, what in batch.disagreements:
            print(f"person {number}: {what}", flush=True)
        after_first = after_first or resident_kb()
        if total.people % TOLD_EVERY == 0:
            growth = (resident_kb() - after_first) / 1024
            print(
                f"up to person {start + BATCH}: {len(total.disagreements)} disagreements, {growth:.1f} MB",
                flush=True,
            )
    tell(total, resident_kb() - after_first)
    return int(bool(total.disagreements))


def tell(total: Comparison, growth_kb: int) -> None:
    """Print the figures; each disagreement was told when it was found."""
    print(f"people          {total.people:>9}")
    print(f"refused         {total.refused:>9}  by the checker, as contradictions; not compared")
    print(f"unread items    {total.unread:>9}  among them")
    print(f"pages said      {len(total.said):>9}  of {len(sayable())} that a report can say")
    print(f"disagreements   {len(total.disagreements):>9}")
    print(f"memory growth   {growth_kb / 1024:>9.1f}  MB after the first {BATCH} people")


def sayable() -> list[str]:
    """Pages that can be a finding: not those that only ask or place."""
    return [page["id"] for page in tables.pages() if "ask" not in page and "place" not in page]


def resident_kb() -> int:
    """Memory of this process now (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_KB


if __name__ == "__main__":
    sys.exit(main())
