"""Is every line a row, in its place, and none too many in memory?"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magcheck import InputError
from magcheck.knowledge.document import MAX_BYTES
from magcheck.screen.batch import MOST_ROWS, Batch
from magcheck.screen.source import batches_of_lines, kind_of, source_of

if TYPE_CHECKING:
    from pathlib import Path


def numbered(batches: list[Batch]) -> dict[int, object]:
    return {batch.first + place: told for batch in batches for place, told in enumerate(batch.told)}


@given(
    told=st.lists(st.binary(max_size=6).filter(lambda line: not {10, 13} & set(line)), max_size=2 * MOST_ROWS),
    done=st.integers(0, 2 * MOST_ROWS),
    is_ended=st.booleans(),
)
def test_every_line_is_a_row_also_an_empty_one(told: list[bytes], done: int, *, is_ended: bool) -> None:
    text = b"\n".join(told) + (b"\n" if told and (is_ended or not told[-1]) else b"")
    batches = [*batches_of_lines(io.BytesIO(text), done)]
    assert numbered(batches) == {number: line for number, line in enumerate(told, start=1) if number > done}
    assert not batches or batches[-1].end == len(text)
    assert all(len(batch.told) <= MOST_ROWS for batch in batches)


def test_a_line_that_is_too_long_is_cut_and_takes_no_neighbour_along() -> None:
    text = b"a\n" + b"b" * (3 * MAX_BYTES) + b"\nc\r\n" + b"d" * (2 * MAX_BYTES)
    rows = numbered([*batches_of_lines(io.BytesIO(text))])
    assert rows[1] == b"a"
    assert rows[3] == b"c"
    for number in (2, 4):
        line = rows[number]
        assert isinstance(line, bytes)
        assert MAX_BYTES < len(line) <= MAX_BYTES + 2
    assert len(rows) == 4


def test_no_more_is_read_than_is_wanted() -> None:
    class Endless(io.RawIOBase):
        read_lines = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            del size
            self.read_lines += 1
            return b"{}\n"

    endless = Endless()
    batches = [*itertools.islice(batches_of_lines(endless), 3)]  # type: ignore[arg-type]
    assert sum(len(batch.told) for batch in batches) == endless.read_lines == 3 * MOST_ROWS


@pytest.mark.parametrize("name", ["people.csv", "people", "people.ndjson.gz", ""])
def test_a_name_that_says_nothing_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        kind_of(name)


@pytest.mark.parametrize("name", ["none.ndjson", "none.parquet"])
def test_a_file_that_is_not_there_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"), source_of(str(tmp_path / name)):
        pass
