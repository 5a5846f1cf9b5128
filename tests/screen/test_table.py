"""Does Parquet say what lines of JSON say, on both sides?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import Checker, InputError
from magcheck.screen.arrow import arrow, parquet
from magcheck.screen.batch import MOST_ROWS
from magcheck.screen.row import Kind, RowOptions, line_of, row_of
from magcheck.screen.source import source_of
from magcheck.screen.table import write_table
from tests.screen.people import HOSTILE, people
from tests.screen.test_row import BRIEF, FULL

if TYPE_CHECKING:
    from pathlib import Path


def answers(file: Path, checker: Checker, done: int = 0) -> list[dict[str, Any]]:
    with source_of(str(file)) as source:
        return [
            row_of(number, told, checker, BRIEF).data
            for batch in source.after(done)
            for number, told in enumerate(batch.told, start=batch.first)
        ]


def written(told: list[Any], file: Path) -> Path:
    parquet().write_table(arrow().Table.from_pylist(told), file)
    return file


def test_columns_and_texts_and_lines_give_the_same_rows(checker: Checker, tmp_path: Path) -> None:
    told = people(MOST_ROWS + 30)
    lines = tmp_path / "people.ndjson"
    lines.write_text("".join(json.dumps(person) + "\n" for person in told), encoding="utf-8")
    columns = written(told, tmp_path / "columns.parquet")
    texts = written([{"profile": json.dumps(person)} for person in told], tmp_path / "texts.parquet")
    expected = answers(lines, checker)
    assert [row["row"] for row in expected] == [*range(1, len(told) + 1)]
    assert not any("error" in row for row in expected)
    assert answers(columns, checker) == expected
    assert answers(texts, checker) == expected
    for done in (1, MOST_ROWS - 1, MOST_ROWS, MOST_ROWS + 7):
        assert answers(columns, checker, done) == expected[done:]


@pytest.mark.parametrize("asked", [BRIEF, BRIEF._replace(kind=Kind.COULD_BECOME), FULL])
def test_a_table_holds_what_the_lines_hold(checker: Checker, tmp_path: Path, asked: RowOptions) -> None:
    told = [*(json.dumps(person).encode() for person in people(40)), *HOSTILE]
    rows = [row_of(number, line, checker, asked) for number, line in enumerate(told, start=1)]
    lines = tmp_path / "rows"
    lines.write_bytes(b"".join(map(line_of, rows)))
    write_table(lines, tmp_path / "rows.parquet", asked.kind)
    read = parquet().read_table(tmp_path / "rows.parquet").to_pylist()
    for row, found in zip(rows, read, strict=True):
        expected = json.loads(line_of(row))
        if "report" in expected:
            assert json.loads(found.pop("report")) == expected.pop("report")
        absent = found.keys() - expected.keys()
        assert {name: found[name] for name in expected} == expected
        assert not any(found[name] for name in absent)


def test_a_text_that_is_none_takes_no_neighbour_along(checker: Checker, tmp_path: Path) -> None:
    pa = arrow()
    raw = pa.array([b"{}", b"\xff\xfe", None, b"{}"], pa.binary())
    broken = pa.StringArray.from_buffers(4, *raw.buffers()[1:], raw.buffers()[0], raw.null_count)
    file = tmp_path / "broken.parquet"
    parquet().write_table(pa.table({"profile": broken}), file)
    rows = answers(file, checker)
    assert ["error" in row for row in rows] == [False, True, True, False]


def test_a_table_with_a_value_that_is_no_number_names_its_row(checker: Checker, tmp_path: Path) -> None:
    file = written(
        [{"kidney": {"egfr": value}} for value in (50.0, float("nan"), float("inf"), None)], tmp_path / "a"
    )
    rows = answers(file.rename(tmp_path / "a.parquet"), checker)
    assert ["error" in row for row in rows] == [False, True, True, False]


@pytest.mark.parametrize("told", [{"patient": 1}, {"profile": "{}", "country": "US"}, {"persom": {"age": 3}}])
def test_a_column_that_no_profile_has_is_refused_at_once(told: dict[str, Any], tmp_path: Path) -> None:
    file = written([told], tmp_path / "a.parquet")
    with pytest.raises(InputError, match="column"), source_of(str(file)):
        pass


@pytest.mark.parametrize("raw", [b"", b"PAR1", b"{}\n", b"PAR1" + b"\x00" * 50 + b"PAR1"])
def test_what_is_no_parquet_is_refused(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(raw)
    with pytest.raises(InputError, match="Parquet"), source_of(str(tmp_path / "a.parquet")):
        pass
