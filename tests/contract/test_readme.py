"""Does the example of the README run, and say what its reader expects?"""

from __future__ import annotations

import re

import pytest

from tests.support import ROOT

EXAMPLE = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_the_example_for_programs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = EXAMPLE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    exec(code, {})  # noqa: S102 - our own README
    said = capsys.readouterr().out
    assert said.startswith("ask_first True")
    assert "separate-ciprofloxacin separate" in said
