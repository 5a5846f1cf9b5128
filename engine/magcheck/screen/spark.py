"""The same rows on a cluster: a data frame of people in, a data frame of their rows out."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from magcheck.core.errors import EngineFault, InputError, Problem
from magcheck.core.extras import refuse_without
from magcheck.inference.usable import refuse_unusable
from magcheck.knowledge.load import load_rules
from magcheck.screen.arrow import arrow
from magcheck.screen.batch import MOST_ROWS
from magcheck.screen.row import Kind, RowOptions, line_of
from magcheck.screen.source import refuse_columns, rows_in
from magcheck.screen.table import schema_of, table_row
from magcheck.screen.together import Job, screener_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from magcheck.screen.together import Screener

NUMBER = "row"
"""The column that numbers the people, because a data frame has no order of its own."""
_SAID = (
    "verdict string, ok boolean, complete boolean, rules array<string>, not_checked array<string>, "
    "missing array<string>, gaps array<struct<medicine: string, status: string>>, dose_low double, "
    "dose_high double"
)
_SCHEMA = {
    Kind.BRIEF: f"row bigint, {_SAID}, error string",
    Kind.COULD_BECOME: (
        f"row bigint, {_SAID}, could_become array<struct<what: string, verdict: string>>, error string"
    ),
    Kind.FULL: "row bigint, report string, error string",
}
_here: dict[Job, Screener] = {}
"""Of this process, which Spark keeps for one partition after the other."""


def screened(
    people: Any,  # noqa: ANN401 - pyspark is installed on request
    *,
    kind: Kind = Kind.BRIEF,
    rules: str | None = None,
    only_rules: str | None = None,
    today: date | None = None,
) -> Any:  # noqa: ANN401
    """A row for each of `people`, as `magcheck screen` writes it into Parquet.

    `people`: the number of each in a column `row`; beside it, one column `profile` with texts of JSON, or the
    fields of a profile as columns. `rules`, `only_rules`: a folder that every machine of the cluster has.
    Raises InputError for other columns and RulesError for pages that cannot be used. A fault of the engine is an
    error row; pages that are not the same everywhere end the job.
    """
    refuse_without("pyspark", "Spark", "spark")
    _refuse_without_number(people.columns)
    refuse_columns("people", [column for column in people.columns if column != NUMBER])
    book = load_rules(only_rules or rules, only=only_rules is not None)
    refuse_unusable(book)
    asked = RowOptions(kind, today or datetime.now().astimezone().date())
    numbered = people.withColumn(NUMBER, people[NUMBER].cast("long"))
    job = Job(rules, only_rules, asked, book.digest)
    return numbered.mapInArrow(partial(_answered, job), _SCHEMA[kind])


def _refuse_without_number(columns: list[str]) -> None:
    if NUMBER not in columns:
        fix = f"Number the people in a column '{NUMBER}'."
        raise InputError([Problem("people", f"there is no column '{NUMBER}'.", fix)])


def _answered(job: Job, pieces: Iterable[Any]) -> Iterator[Any]:
    """One partition. Whether it is the first try or another one, its rows depend on nothing else."""
    screener = _screener(job)
    schema = schema_of(job.asked.kind)
    for piece in pieces:
        for start in range(0, piece.num_rows, MOST_ROWS):
            part = piece.slice(start, MOST_ROWS)
            told = rows_in(part.select([name for name in part.schema.names if name != NUMBER]))
            rows = screener.rows(list(zip(part.column(NUMBER).to_pylist(), told, strict=True)))
            said = [table_row(json.loads(line_of(row))) for row in rows]
            yield arrow().RecordBatch.from_pylist(said, schema=schema)


def _screener(job: Job) -> Screener:
    if job not in _here:
        _here.clear()
        made = screener_of(job)
        if made.checker.book.digest != job.digest:
            raise EngineFault("the rule pages here are not those of the program that began the job.")
        _here[job] = made
    return _here[job]
