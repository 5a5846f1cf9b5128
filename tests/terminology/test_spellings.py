"""Names as people and health records write them: each is recognised, with its ingredients and its route."""

from __future__ import annotations

from pathlib import Path

import pytest

from magcheck.knowledge.load import load_rules
from magcheck.profile import Medication
from magcheck.terminology.vocabulary import Found

VOCABULARY = load_rules().vocabulary
LINES = (Path(__file__).parent / "spellings.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES)
def test_a_spelling_is_recognised(line: str) -> None:
    written, _, meant = line.partition(" = ")
    found = VOCABULARY.find(Medication(name=written), None)
    assert isinstance(found, Found)
    inside = " + ".join(sorted(substance.name for substance in found.meaning.substances))
    assert f"{inside}, {found.route.value}" == meant
