"""The one place that loads pyarrow, which has no types and is installed on request."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def arrow() -> Any:  # noqa: ANN401
    return import_module("pyarrow")


def parquet() -> Any:  # noqa: ANN401
    return import_module("pyarrow.parquet")
