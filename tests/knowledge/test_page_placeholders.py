"""A blank that nothing fills never reaches a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from magcheck import RulesError
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.placeholders import strange_placeholders
from tests.cli.running import write_pages
from tests.support import checker_of, page, page_data

if TYPE_CHECKING:
    from pathlib import Path

LITHIUM = {"taking": "lithium by mouth"}


@pytest.mark.parametrize("text", ["Nothing.", "Ask before you take {medicine}.", "{medicine} and {medicine}"])
def test_a_blank_that_is_filled_passes(text: str) -> None:
    assert strange_placeholders(text, ("medicine",)) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ask about {medicin}.", "unknown placeholder 'medicin'. Did you mean 'medicine'?"),
        ("Ask about {Medicine }.", "Did you mean 'medicine'?"),
        ("Ask about {}.", "unknown placeholder ''."),
        ("Ask about {xyz}.", "Known: medicine."),
        ("Ask about {medicine.", "a brace stands alone"),
        ("Ask about medicine}.", "a brace stands alone"),
        ("Ask about {{medicine}}.", "a brace stands alone"),
    ],
)
def test_any_other_blank_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"placeholder|brace") as refused:
        strange_placeholders(text, ("medicine",))
    assert said in str(refused.value)


@pytest.mark.parametrize("key", ["title", "what_to_do", "headline", "why", "seriousness", "mechanism"])
def test_a_page_with_a_misspelt_blank_is_refused_with_its_line(tmp_path: Path, key: str) -> None:
    data = page_data("a-page", LITHIUM, **{key: "Ask about {medicin} first."})
    with pytest.raises(RulesError, match="unknown placeholder 'medicin'") as refused:
        load_rules(write_pages(tmp_path / "own", data), only=True)
    (problem,) = refused.value.problems
    assert problem.where.split(":")[-1].strip() == key
    assert problem.where.split(":")[-2].isdigit()


def test_a_blank_in_a_text_that_is_never_filled_is_refused(tmp_path: Path) -> None:
    data = page_data("a-page", LITHIUM, why="Because of {medicine}.")
    with pytest.raises(RulesError, match="This sentence has no placeholder"):
        load_rules(write_pages(tmp_path / "own", data), only=True)


def test_a_blank_for_a_medicine_needs_a_medicine() -> None:
    with pytest.raises(RulesError, match="no line 'taking' names a medicine"):
        checker_of(page("a-page", {"age": {"from": 60}}, what_to_do="Ask about {medicine}."))
