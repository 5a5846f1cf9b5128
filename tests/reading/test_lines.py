"""Is what people write read right, or asked, and never wrong? Over the corpus and over random lines."""

from __future__ import annotations

from collections import Counter

import pytest

from magcheck import check
from tests.reading.scoring import Mark, Score, corpus, random_scores, score

LEAST_RIGHT = 0.93
"""Part of the corpus; the rest may be asked."""
SCORES = [score(entry) for entry in corpus()]


def wrong(scores: list[Score]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.line, one.why) for one in scores if one.mark is Mark.WRONG]


def test_no_line_of_the_corpus_is_read_wrong() -> None:
    assert not wrong(SCORES)


def test_most_lines_of_the_corpus_are_read_right() -> None:
    assert sum(one.mark is Mark.RIGHT for one in SCORES) >= LEAST_RIGHT * len(SCORES)


def test_lines_of_records_are_read_right() -> None:
    scores = [score(entry) for entry in corpus("record_lines.yaml")]
    assert [(one.line, one.why) for one in scores if one.mark is not Mark.RIGHT and not one.may_ask] == []
    assert not wrong(scores)


@pytest.mark.parametrize("language", ["german", "french", "spanish", "italian", "dutch"])
def test_every_language_is_read(language: str) -> None:
    marks = Counter(one.mark for one in SCORES if one.kind == language)
    assert marks[Mark.RIGHT] >= LEAST_RIGHT * marks.total()


def test_random_lines_are_read_right_or_asked() -> None:
    scores = list(random_scores(seed=10, count=3000))
    assert not wrong(scores)
    assert sum(one.mark is Mark.RIGHT for one in scores) >= LEAST_RIGHT * len(scores)


@pytest.mark.thorough
def test_20_000_random_lines_are_read_right_or_asked() -> None:
    assert not wrong(list(random_scores(seed=20, count=20_000)))


@pytest.mark.parametrize("line", ["¹. cipro", "²) cipro", "cipro ⁵/³ mg", "²: cipro", "⁸:³⁰ cipro", "1/² cipro"])
def test_a_raised_figure_is_read_without_a_fault(line: str) -> None:
    report = check({"medications": [line]})
    assert report.recognised or report.not_checked
