"""A server for several assistants, in a process of its own, on a free port of this machine."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = ["-m", "magcheck.cli.start", "mcp"]
HEADERS = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
PATIENCE_SECONDS = 120
_ADDRESS = re.compile(r"listening on (http://127\.0\.0\.1:\d+/mcp)")


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Its address, and the lines of its log."""
    command = [sys.executable, "-W", "error", *COMMAND, "--http", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    lines: list[str] = []
    heard = threading.Event()

    def read() -> None:
        for line in process.stderr or ():
            lines.append(line)
            heard.set() if "startup complete" in line else None

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    try:
        assert heard.wait(PATIENCE_SECONDS), lines
        found = _ADDRESS.search("".join(lines))
        assert found, lines
        yield found[1], lines
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)
        reading.join(PATIENCE_SECONDS)
        if process.stderr:
            process.stderr.close()
