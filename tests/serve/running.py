"""A service in a process of its own, on a free port of this machine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_SECONDS = 120
_ADDRESS = re.compile(r"listening on (http://127\.0\.0\.1:\d+)")


@dataclass
class Running:
    process: subprocess.Popen[str]
    url: str = ""
    lines: list[str] = field(default_factory=list)
    """What it wrote to stderr."""

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]

    def workers(self) -> set[int]:
        """Processes that answer."""
        return {event["process"] for event in self.events() if event["event"] == "Application startup complete."}

    def end(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Its exit code."""
        code = self.process.wait(seconds)
        time.sleep(0.1)
        return code


@contextmanager
def service(*options: str) -> Iterator[Running]:
    command = [sys.executable, "-m", "magcheck.cli.start", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    running = Running(process)
    reading = threading.Thread(target=_read, args=(running,), daemon=True)
    reading.start()
    try:
        _wait_until_it_answers(running)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        reading.join(PATIENCE_SECONDS)
        if process.stderr:
            process.stderr.close()


def _read(running: Running) -> None:
    for line in running.process.stderr or ():
        running.lines.append(line)


def _wait_until_it_answers(running: Running) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and running.process.poll() is None:
        found = next((match for line in list(running.lines) if (match := _ADDRESS.search(line))), None)
        if found:
            running.url = found[1]
            try:
                httpx.get(f"{running.url}/health", timeout=5)
            except httpx.HTTPError:
                pass
            else:
                return
        time.sleep(0.05)
    raise AssertionError(f"it does not answer: {running.lines}")
