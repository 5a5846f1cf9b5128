"""Does every line of the interaction lists of official texts end in a page or in a decided silence?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from magcheck import Checker
from magcheck.knowledge.document import read_document
from magcheck.lint.decided import members

PATH = Path(__file__).parent / "official_texts.yaml"
TEXTS: dict[str, dict[str, list[str]]] = read_document(PATH.read_bytes(), PATH.name).data
WITH_A_WINDOW = (
    "digoxin",
    "levothyroxine",
    "rosuvastatin",
    "penicillamine",
    "isoniazid",
    "atazanavir",
    "rilpivirine",
)


def decisions(checker: Checker) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for entry in checker.book.decided.entries:
        found.setdefault(entry.medicine, []).append(entry.decision)
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_every_line_of_an_official_text_is_decided(checker: Checker, text: str) -> None:
    assert text in checker.book.sources
    decided = decisions(checker)
    assert [name for name in TEXTS[text]["substances"] if name not in decided] == []
    for class_name in TEXTS[text]["classes"]:
        in_class = [substance.name for substance in members(class_name, checker.book)]
        assert in_class, class_name
        assert [name for name in in_class if name not in decided] == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_medicine_that_a_text_names_is_not_called_named_in_none(checker: Checker, text: str) -> None:
    decided = decisions(checker)
    named = TEXTS[text]["substances"]
    assert [name for name in named for line in decided[name] if line.silent == "named in none"] == []


@pytest.mark.parametrize("name", WITH_A_WINDOW)
def test_some_lines_end_in_a_window(checker: Checker, name: str) -> None:
    pages = [checker.book.rules_by_id[line.page] for line in decisions(checker)[name] if line.page]
    assert any(page.separate for page in pages)
