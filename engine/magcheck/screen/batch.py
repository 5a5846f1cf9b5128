"""What does a worker get, and what does it give back? Some rows in, their lines out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from magcheck.screen.row import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from magcheck.screen.row import Row
    from magcheck.screen.together import Screener

MOST_ROWS = 200
MOST_BYTES = 2_000_000
"""Of the rows of one batch, so that few long rows fill no memory."""


class Batch(NamedTuple):
    """Rows that follow each other."""

    first: int
    """The number of the first row; the first of all is 1."""
    told: tuple[object, ...]
    """Each a line of JSON, or plain data."""
    end: int
    """How far into the input it reaches, by the measure of its source."""

    def row_alone(self, place: int) -> Batch:
        return Batch(self.first + place, (self.told[place],), self.end)


class AnsweredBatch(NamedTuple):
    lines: bytes
    rows: int
    outcomes: Counter[str]
    digest: str
    """Of the rules."""


def answered(batch: Batch, screener: Screener) -> AnsweredBatch:
    rows = screener.rows(list(enumerate(batch.told, start=batch.first)))
    return in_lines(rows, screener.checker.book.digest)


def in_lines(rows: Sequence[Row], digest: str) -> AnsweredBatch:
    return AnsweredBatch(b"".join(map(line_of, rows)), len(rows), Counter(row.outcome for row in rows), digest)
