"""What is written down? One line of JSON for each event, and never a name, a value, or the words of an error."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

FIELDS = ("method", "route", "status", "ms", "request_id")
"""What a request leaves behind."""


class JsonFormatter(logging.Formatter):
    """An error is told by its kind and its places in the code: its words may quote what a person told."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": record.process,
            "event": _first_line(record.getMessage()),
        }
        line |= {name: vars(record)[name] for name in FIELDS if name in vars(record)}
        if record.exc_info and record.exc_info[1]:
            line |= _without_words(record.exc_info[1])
        return json.dumps(line)


def _first_line(text: str) -> str:
    """asyncio prints the words of an error below its message."""
    return text.strip().partition("\n")[0][:300]


def _without_words(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    return {"error": type(error).__name__, "at": [f"{frame.name}:{frame.lineno}" for frame in frames[-8:]]}


def configuration() -> dict[str, Any]:
    """For `logging.config.dictConfig`: everything that this process logs goes to stderr in this form."""
    quiet: dict[str, Any] = {"level": "INFO", "propagate": True, "handlers": []}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "magcheck.serve.logs.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {"uvicorn": quiet, "uvicorn.error": quiet, "magcheck.serve": quiet},
    }
