"""Does Spark give the rows that `magcheck screen` gives, whatever becomes of a worker?"""

from __future__ import annotations

import json
import shutil
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from magcheck import InputError, MissingExtraError
from magcheck.screen.arrow import arrow, parquet
from magcheck.screen.batch import MOST_ROWS
from magcheck.screen.spark import screened
from tests.screen.people import HOSTILE, lines, people, run
from tests.screen.test_row import CONTRADICTING, RECORD, UNREAD
from tests.support import child

if TYPE_CHECKING:
    from pathlib import Path

MISSING = "pyspark" if find_spec("pyspark") is None else "Java" if shutil.which("java") is None else None
needs_spark = pytest.mark.skipif(MISSING is not None, reason=f"{MISSING} is not installed (.ci/spark)")


class Table:
    """As much of a data frame as is looked at before Spark is asked."""

    def __init__(self, *columns: str) -> None:
        self.columns = list(columns)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what Spark and the command made of the same people; Java takes long to start, so once."""
    folder = tmp_path_factory.mktemp("spark")
    told = people(MOST_ROWS * 2 + 50)
    nonsense = b"\n".join(line for line in HOSTILE if line.isascii() and b"\x00" not in line and len(line) < 1000)
    source = folder / "people.ndjson"
    source.write_bytes(lines([*told, RECORD, CONTRADICTING, *UNREAD]) + nonsense + b"\n")
    numbered = [{"row": number, **person} for number, person in enumerate(told[:60], start=1)]
    parquet().write_table(arrow().Table.from_pylist(numbered), folder / "columns.parquet")
    assert run(source, folder / "by-command.parquet", "--workers", "1").returncode == 10
    python = {"PYSPARK_PYTHON": sys.executable}
    arguments = ("-W", "ignore", "-m", "tests.screen.spark_program", str(folder))
    done = child(*arguments, timeout=1800, environment=python)
    assert done.returncode == 0, done.stderr[-4000:]
    return folder


def rows(file: Path) -> list[dict[str, Any]]:
    return sorted(parquet().read_table(file).to_pylist(), key=lambda row: row["row"])


@needs_spark
def test_rows_and_columns_are_those_of_the_command(answered: Path) -> None:
    assert rows(answered / "rows") == rows(answered / "by-command.parquet")
    names = parquet().read_schema(answered / "by-command.parquet").names
    assert parquet().read_table(answered / "rows").schema.names == names


@needs_spark
@pytest.mark.parametrize("how", ["killed", "raised"])
def test_a_partition_that_dies_is_done_again_and_nothing_is_doubled_or_lost(how: str, answered: Path) -> None:
    assert (answered / f"{how}.marker").exists()
    assert rows(answered / how) == rows(answered / "by-command.parquet")


@needs_spark
def test_whole_reports_too(answered: Path) -> None:
    verdicts = [row["report"] and json.loads(row["report"])["verdict"] for row in rows(answered / "full")]
    assert verdicts == [row["verdict"] for row in rows(answered / "by-command.parquet")]


@needs_spark
def test_fields_as_columns_are_read_too(answered: Path) -> None:
    assert rows(answered / "columns") == rows(answered / "by-command.parquet")[:60]


@needs_spark
@pytest.mark.parametrize("columns", [("profile",), ("row", "persom"), ("row",)])
def test_other_columns_are_refused_before_the_job_begins(columns: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="column"):
        screened(Table(*columns))


@pytest.mark.skipif(MISSING != "pyspark", reason="pyspark is installed")
def test_without_pyspark_the_extra_is_named() -> None:
    with pytest.raises(MissingExtraError, match="spark"):
        screened(Table("row", "profile"))
