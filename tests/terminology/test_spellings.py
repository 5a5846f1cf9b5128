"""Names as people and health records write them: each is recognised, with its ingredients and its route."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminology.looked_up import find, inside

LINES = (Path(__file__).parent / "spellings.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_a_spelling_is_recognised(line: str) -> None:
    written, _, meant = line.partition(" = ")
    assert inside(find(written)) == meant
