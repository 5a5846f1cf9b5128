"""Where do the rows come from? NDJSON or Parquet, read piece by piece, as batches."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from magcheck.core.errors import InputError, Problem
from magcheck.knowledge.document import MAX_BYTES
from magcheck.loading import unreadable
from magcheck.profile import Profile
from magcheck.screen.arrow import arrow, parquet
from magcheck.screen.batch import MOST_BYTES, MOST_ROWS, Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

PIPE = "-"
NDJSON, PARQUET = ".ndjson", ".parquet"
DOCUMENT_COLUMN = "profile"
"""Of a table that holds each person as one text of JSON."""


class Source(NamedTuple):
    after: Callable[[int], Iterator[Batch]]
    """The rows that come after so many."""
    size: int | None
    """By the measure of `Batch.end`; None where nobody knows."""


def kind_of(name: str) -> str:
    """Raises InputError for a name that does not say how the file is written."""
    ending = NDJSON if name == PIPE else Path(name).suffix.lower()
    if ending not in {NDJSON, PARQUET}:
        what = f"the name must end in {NDJSON} or {PARQUET}."
        raise InputError([Problem(name[:200], what, "Write - for lines of JSON by standard input or output.")])
    return ending


@contextmanager
def source_of(name: str) -> Generator[Source]:
    """Raises InputError for what cannot be read."""
    if kind_of(name) == PARQUET:
        with _parquet(name) as source:
            yield source
    elif name == PIPE:
        yield Source(partial(batches_of_lines, sys.stdin.buffer), None)
    else:
        with _opened(name) as file:
            yield Source(partial(batches_of_lines, file), os.fstat(file.fileno()).st_size)


@contextmanager
def _opened(name: str) -> Generator[IO[bytes]]:
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - only its opening may fail as unreadable
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from None
    with file:
        yield file


def batches_of_lines(file: IO[bytes], done: int = 0) -> Iterator[Batch]:
    """Every line is a row, also an empty one: the number of a row is that of its line."""
    first, waiting, size, read = 1, list[object](), 0, 0
    for line, length in _lines(file):
        read += length
        if first <= done:
            first += 1
            continue
        waiting.append(line)
        size += len(line)
        if len(waiting) >= MOST_ROWS or size >= MOST_BYTES:
            yield Batch(first, tuple(waiting), read)
            first, waiting, size = first + len(waiting), [], 0
    if waiting:
        yield Batch(first, tuple(waiting), read)


def _lines(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Each line and its length. Of one that is too long only so much is kept that it is refused as too long."""
    while line := file.readline(MAX_BYTES + 2):
        length = len(line)
        end = line
        while not end.endswith(b"\n") and (end := file.readline(MAX_BYTES)):
            length += len(end)
        yield line.rstrip(b"\r\n") if len(line) <= MAX_BYTES else line, length


@contextmanager
def _parquet(name: str) -> Generator[Source]:
    with _opened(name) as file:
        try:
            table = parquet().ParquetFile(file)
        except (arrow().ArrowException, OSError):
            raise _no_parquet(name) from None
        refuse_columns(name, table.schema_arrow.names)
        yield Source(partial(_batches_of_table, name, table), table.metadata.num_rows)


def _no_parquet(name: str) -> InputError:
    return InputError(
        [Problem(name[:200], "this is no whole Parquet file.", f"Lines of JSON are called {NDJSON}.")]
    )


def refuse_columns(name: str, columns: list[str]) -> None:
    if columns == [DOCUMENT_COLUMN]:
        return
    unknown = [column for column in columns if column not in Profile.model_fields]
    if unknown or not columns:
        what = f"a profile has no column {unknown[0]!r}." if unknown else "there is no column."
        fix = f"Name the columns as the fields of a profile, or write JSON into one column '{DOCUMENT_COLUMN}'."
        raise InputError([Problem(name[:200], what, fix)])


def _batches_of_table(name: str, table: Any, done: int) -> Iterator[Batch]:  # noqa: ANN401 - pyarrow has no types
    first = 1
    for piece in _pieces(name, table):
        told = rows_in(piece)[max(0, done + 1 - first) :]
        end = first + piece.num_rows - 1
        if told:
            yield Batch(end + 1 - len(told), tuple(told), end)
        first = end + 1


def _pieces(name: str, table: Any) -> Iterator[Any]:  # noqa: ANN401
    try:
        yield from table.iter_batches(batch_size=MOST_ROWS)
    except (arrow().ArrowException, OSError):
        raise _no_parquet(name) from None


def rows_in(piece: Any) -> list[object]:  # noqa: ANN401
    try:
        rows = piece.to_pylist()
    except (UnicodeDecodeError, ValueError):
        rows = [_row(piece, place) for place in range(piece.num_rows)]
    return [_document(row) for row in rows]


def _row(piece: Any, place: int) -> object:  # noqa: ANN401
    """One row whose neighbours may not be text. Not text itself, it is told as what no profile can be."""
    try:
        return piece.slice(place, 1).to_pylist()[0]
    except (UnicodeDecodeError, ValueError):
        return {DOCUMENT_COLUMN: b"\xff"}


def _document(row: Any) -> object:  # noqa: ANN401
    """The text of JSON, where the table holds that; a row without one is an empty line."""
    if row.keys() != {DOCUMENT_COLUMN}:
        return row
    text = row[DOCUMENT_COLUMN]
    return (
        text.encode("utf-8", "surrogatepass")
        if isinstance(text, str)
        else text
        if isinstance(text, bytes)
        else b""
    )
