"""Run on its own, because Spark brings Java and warnings: `python -m tests.screen.spark_program FOLDER`."""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyspark.sql import SparkSession

from magcheck.screen import spark as by_spark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TODAY = date(2026, 11, 1)
PARTITIONS = 4
TWO_WORKERS_TWO_TRIES = "local[2,2]"


def session() -> Any:
    builder = SparkSession.builder.master(TWO_WORKERS_TWO_TRIES)
    quiet = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.memory": "512m"}
    for name, value in quiet.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def stumbling(how: str, marker: Path, answered: Any, job: Any, pieces: Iterable[Any]) -> Iterator[Any]:
    """The first partition that has given rows away fails, once."""
    for piece in answered(job, pieces):
        yield piece
        try:
            marker.touch(exist_ok=False)
        except FileExistsError:
            continue
        if how == "killed":
            os.kill(os.getpid(), 9)
        raise RuntimeError(how)


def main(folder: Path) -> None:
    """Answer people.ndjson: undisturbed, with a worker killed, with one that raises; and the table of columns."""
    spark = session()
    lines = (folder / "people.ndjson").read_text(encoding="utf-8").splitlines()
    texts = spark.createDataFrame(list(enumerate(lines, start=1)), "row int, profile string")
    people = texts.repartition(PARTITIONS)
    write(by_spark.screened(people, today=TODAY), folder / "rows")
    write(by_spark.screened(people, today=TODAY, full=True), folder / "full")
    columns = spark.read.parquet(str(folder / "columns.parquet")).repartition(PARTITIONS)
    write(by_spark.screened(columns, today=TODAY), folder / "columns")
    answered = by_spark._answered
    for how in ("killed", "raised"):
        by_spark._answered = partial(stumbling, how, folder / f"{how}.marker", answered)  # type: ignore[assignment]
        write(by_spark.screened(people, today=TODAY), folder / how)
    spark.stop()


def write(rows: Any, folder: Path) -> None:
    rows.write.parquet(str(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
