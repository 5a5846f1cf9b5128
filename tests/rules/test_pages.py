"""Every page says when it fires; here it is held to it."""

from __future__ import annotations

import pytest

from magcheck.checker import default_checker
from magcheck.knowledge.load import load_rules
from magcheck.knowledge.rule import Rule
from magcheck.lint.examples import example_problems
from magcheck.lint.pages import lint_pages

PAGES = load_rules().rules


@pytest.mark.parametrize("page", PAGES, ids=[page.id for page in PAGES])
def test_a_page_does_what_its_examples_say(page: Rule) -> None:
    assert [str(problem) for problem in example_problems(page, default_checker())] == []


def test_the_set_of_pages_is_lint_clean() -> None:
    assert [str(problem) for problem in lint_pages(load_rules())] == []


def test_a_wrong_example_is_noticed() -> None:
    page = next(page for page in PAGES if page.id == "separate-ciprofloxacin")
    swapped = {"fires": "silent", "silent": "fires", "could not check": "fires"}
    wrong = tuple(
        example.model_copy(update={"expect": type(example.expect)(swapped[example.expect.value])})
        for example in page.examples
    )
    problems = list(example_problems(page.model_copy(update={"examples": wrong}), default_checker()))
    assert len(problems) == len(wrong)
