"""Does `make benchmark` still run to its end? A few rounds of each part; the figures themselves are not tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.run import PROFILE, show_growth, show_memory, show_speed, show_start

from tests.support import profile

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck import Checker

pytestmark = pytest.mark.thorough


def test_every_part_prints_its_figures(
    checker: Checker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = profile(**PROFILE)
    show_speed(checker, person, 3)
    show_growth(checker, person, 3)
    show_memory(checker, person, (2, 5))
    show_start(tmp_path, 1)
    printed = capsys.readouterr().out
    for words in ("whole check", "800 pages", "after       5 checks", "magcheck --version"):
        assert words in printed
