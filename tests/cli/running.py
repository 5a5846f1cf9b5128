"""How the tests run the command line: in this process with its own streams, or as a child."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml

from magcheck import Checker
from magcheck.cli import check, own_rules
from magcheck.cli.app import main
from magcheck.cli.chosen import Chosen
from tests.support import page_data

_checker_of = cache(own_rules.checker_of)
"""Rules are loaded once for all tests of one process."""
MAGNESIUM = {"taking": "magnesium by mouth"}
PAGES = [
    page_data(
        "separate-ciprofloxacin",
        {"taking": "ciprofloxacin by mouth"},
        MAGNESIUM,
        title="Magnesium binds it",
        separate={"before": "2 h", "after": "6 h"},
        seriousness="the infection may not be cured",
        mechanism="binding in the gut",
        examples=[
            {
                "given": {"medications": ["cipro"], "supplements": ["magnesium"]},
                "expect": "fires",
                "status": "unplanned",
            },
            {"given": {"medications": ["cipro"], "country": "US", "supplements": []}, "expect": "fires"},
            {"given": {"supplements": ["magnesium"]}, "expect": "silent"},
        ],
    ),
    page_data(
        "stop-on-dialysis",
        MAGNESIUM,
        {"dialysis": True},
        title="The kidneys do not clear magnesium",
        action="avoid",
        what_to_do="Do not take it.",
        urgency="today",
        severity="contraindicated",
        examples=[
            {"given": {"kidney": {"dialysis": True}}, "expect": "fires"},
            {"given": {"kidney": {"dialysis": False}}, "expect": "silent"},
        ],
    ),
    page_data(
        "more-than-350-mg",
        MAGNESIUM,
        title="More than the limit",
        limit="350 mg",
        action="lower_dose",
        what_to_do="Take less.",
        examples=[
            {
                "given": {"supplements": [{"name": "magnesium", "amount_mg": 351, "basis": "elemental"}]},
                "expect": "fires",
            },
            {
                "given": {"supplements": [{"name": "magnesium", "amount_mg": 350, "basis": "elemental"}]},
                "expect": "silent",
            },
        ],
    ),
]


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


def write_pages(folder: Path, *pages: dict[str, object]) -> Path:
    folder.mkdir(exist_ok=True)
    for page in pages:
        (folder / f"{page['id']}.yaml").write_text(yaml.safe_dump(page, sort_keys=False), encoding="utf-8")
    return folder


def own_checker(folder: Path) -> Checker:
    return _checker_of(Chosen(str(folder), only=True))


def run(*arguments: str, stdin: bytes = b"", terminal: bool = False) -> Ran:
    """One command in this process; `terminal`: stdin, stdout and stderr claim to be one."""
    streams = [_Stream(stdin, terminal), _Stream(b"", terminal), _Stream(b"", terminal)]
    with _streams(*streams), patch.object(check, "checker_of", _checker_of):
        code = _ended(list(arguments))
    return Ran(code, *(stream.written() for stream in streams[1:]))


def _ended(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


class _Stream(TextIOWrapper):
    def __init__(self, raw: bytes, terminal: bool) -> None:  # noqa: FBT001 - a double
        super().__init__(BytesIO(raw), encoding="utf-8")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def written(self) -> str:
        self.flush()
        assert isinstance(self.buffer, BytesIO)
        return self.buffer.getvalue().decode("utf-8")


@contextmanager
def _streams(stdin: _Stream, stdout: _Stream, stderr: _Stream) -> Iterator[None]:
    with (
        patch.object(sys, "stdin", stdin),
        patch.object(sys, "stdout", stdout),
        patch.object(sys, "stderr", stderr),
    ):
        yield
