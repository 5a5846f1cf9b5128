"""People, and rows that are none, for the tests of many at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.findings import SEED, Crowd

from tests.support import child

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

HOSTILE = (
    b"",
    b"   ",
    b"nonsense",
    b"null",
    b"[]",
    b"[1, 2]",
    b'"text"',
    b"{",
    b"{}}",
    b'{"person": {"age": NaN}}',
    b'{"person": {"age": Infinity}}',
    b'{"person": {"age": 1e999}}',
    b'{"person": {"age": -1}}',
    b'{"person": {"age": "40"}}',
    b'{"person": {"age": 4' + b"0" * 5000 + b"}}",
    b'{"country": "US", "country": "DE"}',
    b'{"unknown": 1}',
    b'{"medications": [{"name": "' + b"a" * 501 + b'"}]}',
    b'{"medications": "' + b"a" * 1_000_001 + b'"}',
    b'{"medications": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"a":' * 40 + b"1" + b"}" * 40,
    b'{"medications": ["\xff\xfe"]}',
    b'{"medications": ["\\ud800"], "person": {"age": "x"}}',
    b"\x00",
    b'{"medications": [null]}',
    b'{"kidney": {"creatinine": {"value": 1}}}',
    b'{"resourceType": "QuestionnaireResponse", "item": 3}',
    b"- medications: [cipro]",
    b"medications: [cipro]",
)
"""Lines of which none is a person."""


def people(count: int, seed: int = SEED) -> list[dict[str, object]]:
    crowd = Crowd(seed)
    return [crowd.anybody() for _ in range(count)]


def lines(told: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(person).encode() + b"\n" for person in told)


def run(*arguments: str | Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    return child("-m", "magcheck.cli.start", "screen", *map(str, arguments), timeout=timeout)


def rows_in(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]
