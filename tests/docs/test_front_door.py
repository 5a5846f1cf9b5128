"""Is the README short, and does it show where each of three kinds of people goes on?"""

from __future__ import annotations

from docs.playing import blocks

from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = README.splitlines()


def test_it_has_fewer_than_150_lines() -> None:
    assert len(LINES) < 150


def test_it_begins_with_one_sentence_on_what_this_is() -> None:
    first = README.split("\n\n")[1]
    assert first.count(". ") == 0
    assert first.endswith(".")


def test_it_shows_two_commands_then_a_picture_then_three_roads() -> None:
    order = [
        README.index(part)
        for part in ("make run", "make test", "![", "## I take ", "## I write ", "## I know ", "## Licence")
    ]
    assert order == sorted(order)


def test_its_example_for_programs_says_what_its_reader_expects() -> None:
    (shown,) = [block.body for block in blocks(README) if block.language == "text"]
    assert shown.startswith("ask_first ")
    assert "separate-ciprofloxacin separate" in shown
