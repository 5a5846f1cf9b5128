"""A twelve-year-old understands every sentence that a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.rendering.crowd import WORDING, plausible, whole_people
from tests.rules.reading_grade import HARDEST, grade, sentences_of

from magcheck.knowledge.load import load_rules
from magcheck.knowledge.rule import Rule
from magcheck.rendering.steps import steps

BOOK = load_rules()
FIELDS = ("title", "what_to_do", "headline", "why", "seriousness", "short")
FOR_OTHERS = {"explanation", "instructions", "title_professional", "professional", "window"}
"""Parts of the wording that only those who advise read, and what is looked for in a record."""


@pytest.mark.parametrize("page", BOOK.rules, ids=[page.id for page in BOOK.rules])
def test_every_sentence_of_a_page_is_easy(page: Rule) -> None:
    texts = (getattr(page, field) or "" for field in FIELDS)
    assert [sentence for text in texts for sentence in hard_in(text)] == []


def test_every_sentence_of_our_own_is_easy() -> None:
    assert [sentence for text in strings(BOOK.wording.model_dump()) for sentence in hard_in(text)] == []


@pytest.mark.parametrize("crowd", [whole_people, lambda: plausible(50)], ids=["people", "plausible"])
def test_every_step_is_easy(crowd: Any) -> None:
    said = {sentence for report in crowd() for step in steps(report, WORDING) for sentence in step.sentences}
    assert [sentence for text in said for sentence in hard_in(text) if "at least" not in text] == []


@pytest.mark.parametrize(
    ("sentence", "is_hard"),
    [
        ("Keep the two apart, and ask your doctor first.", False),
        ("Concomitant administration necessitates individualised monitoring of electrolytes.", True),
        ("Call your emergency number.", False),
        ("Ask before you take ciprofloxacin with levothyroxine in the morning.", False),
    ],
)
def test_the_grade_tells_hard_from_easy(sentence: str, *, is_hard: bool) -> None:
    assert (grade(sentence) > HARDEST) is is_hard


def hard_in(text: str) -> list[str]:
    return [sentence for sentence in sentences_of(text) if grade(sentence) > HARDEST]


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in FOR_OTHERS:
                yield from strings(value)
    elif isinstance(data, tuple | list):
        for value in data:
            yield from strings(value)
