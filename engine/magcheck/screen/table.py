"""How do rows become a Parquet file? Piece by piece, from the lines of JSON that were written first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from magcheck.screen.arrow import arrow, parquet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE_BYTES = 8_000_000
"""Of JSON in one row group."""


def write_table(lines: Path, target: Path, *, full: bool) -> None:
    schema = schema_of(full=full)
    with parquet().ParquetWriter(target, schema, compression="zstd") as writer:
        for rows in _pieces(lines):
            writer.write_table(arrow().Table.from_pylist([table_row(row) for row in rows], schema=schema))


def schema_of(*, full: bool) -> Any:  # noqa: ANN401 - pyarrow has no types
    """A whole report is one text of JSON: its parts are too many for columns."""
    pa = arrow()
    words = pa.list_(pa.string())
    gaps = pa.list_(pa.struct({"medicine": pa.string(), "status": pa.string()}))
    brief = {
        "verdict": pa.string(),
        "ok": pa.bool_(),
        "complete": pa.bool_(),
        "rules": words,
        "not_checked": words,
        "missing": words,
        "gaps": gaps,
        "dose_low": pa.float64(),
        "dose_high": pa.float64(),
    }
    said = {"report": pa.string()} if full else brief
    return pa.schema({"row": pa.int64(), **said, "error": pa.string()})


def _pieces(lines: Path) -> Iterator[list[dict[str, Any]]]:
    with lines.open("rb") as file:
        while piece := file.readlines(PIECE_BYTES):
            yield [json.loads(line) for line in piece]


def table_row(row: dict[str, Any]) -> dict[str, Any]:
    if "report" in row:
        return {**row, "report": json.dumps(row["report"], ensure_ascii=False)}
    return row
