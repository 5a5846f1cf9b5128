"""Do the pages fit together? Checks on the whole set that no single page can show."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

from magcheck.core.errors import Problem
from magcheck.inference.compile import clauses_of
from magcheck.inference.program import Outcome
from magcheck.inference.usable import asked, covered, place_of, sources, spoken_of, terms, twice, unwritten
from magcheck.knowledge.conditions import Between, Taking
from magcheck.knowledge.load import settled_by
from magcheck.knowledge.rule import MOST_SHORT_WORDS, Expectation
from magcheck.knowledge.terms import UnknownTermError
from magcheck.lint.examples import example_problems
from magcheck.lint.review import (
    block_problems,
    evidence_problems,
    graded_twice,
    order_problems,
    twice_problems,
)
from magcheck.lint.windows import window_problems
from magcheck.questions.soundness import questionnaire_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from magcheck.checker import Checker
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule

LONGEST_SENTENCE = 15
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")


def lint_pages(book: RuleBook) -> list[Problem]:
    """Everything that is wrong with the set, each with `file:line`; empty when it is clean."""
    problems = [problem for rule in book.rules for check in _OF_A_PAGE for problem in check(rule, book)]
    problems += [*twice(book), *graded_twice(book), *questionnaire_problems(book.questions)]
    if not any(True for rule in book.rules for _ in terms(rule, book)):
        problems += [*_two_windows(book), *_bands(book)]
    return problems


def lint_examples(checker: Checker) -> list[Problem]:
    """The examples of every page, typed or made, that do not come out as the page says."""
    checks = (example_problems, window_problems)
    return [problem for rule in checker.book.rules for check in checks for problem in check(rule, checker)]


def _names(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    if not book.documents[rule.id].name.endswith(f"{rule.id}.yaml"):
        yield Problem(place_of(rule, book, "id"), f"the file is not named {rule.id}.yaml.")


def _questions(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    try:
        facts = {test.fact for _, clause in clauses_of(rule, book.terms) for test in clause.tests}
    except UnknownTermError:
        return
    for fact in sorted(facts & settled_by().keys()):
        if settled_by()[fact] not in book.questions:
            yield Problem(place_of(rule, book, "when"), f"'{settled_by()[fact]}' has no question.")


def _expectations(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    if rule.retired:
        return
    expected = {example.expect for example in rule.examples}
    for needed in (Expectation.FIRES, Expectation.SILENT):
        if needed not in expected:
            yield Problem(place_of(rule, book, "examples"), f"no example expects '{needed.value}'.")


def _sentences(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    for key in ("title", "what_to_do", "why", "headline", "seriousness"):
        for sentence in _SENTENCE.split(getattr(rule, key) or ""):
            words = sentence.split()
            if len(words) > LONGEST_SENTENCE:
                where = place_of(rule, book, key)
                yield Problem(
                    where, f"a sentence of {len(words)} words: '{' '.join(words[:6])} ...'.", "Split it."
                )


def _in_short(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    """A table of gaps has room for a few words of why."""
    if rule.separate and not rule.separate.no_safe_gap and not rule.in_short and not rule.retired:
        what = f"'seriousness' has more than {MOST_SHORT_WORDS} words, or is missing."
        fix = f"Say why the gap matters under 'short', in at most {MOST_SHORT_WORDS} words."
        yield Problem(place_of(rule, book, "seriousness"), what, fix)


_OF_A_PAGE = (
    _names,
    sources,
    terms,
    spoken_of,
    asked,
    covered,
    block_problems,
    order_problems,
    evidence_problems,
    unwritten,
    twice_problems,
    _questions,
    _expectations,
    _sentences,
    _in_short,
)


def _name_by_name(rule: Rule) -> Iterator[Rule]:
    """The page once for each choice of one name from every list, so that lists that overlap are seen to."""
    lines = [
        [replace(line, names=(name,)) for name in line.names] if isinstance(line, Taking) else [line]
        for line in rule.when
    ]
    for when in product(*lines):
        yield rule.model_copy(update={"when": when})


def _two_windows(book: RuleBook) -> Iterator[Problem]:
    """No medicine may have two windows for one route and one kind of magnesium."""
    owners: dict[tuple[object, ...], Rule] = {}
    for rule in book.rules:
        if rule.separate is None or rule.retired:
            continue
        parts = (part for single in _name_by_name(rule) for part in clauses_of(single, book.terms))
        for subject, clause in parts:
            if clause.outcome is not Outcome.FIRES:
                continue
            for substance in book.vocabulary.substances.values():
                if substance.selectors & set(subject.names):
                    other = owners.setdefault((substance.name, clause.tests), rule)
                    if other is not rule:
                        yield Problem(
                            place_of(rule, book, "separate"),
                            f"{substance.name} already has a window in {other.id}.",
                        )


def _bands(book: RuleBook) -> Iterator[Problem]:
    """Pages that differ in the bounds of one quantity only must meet without a gap and without an overlap."""
    groups: defaultdict[tuple[object, ...], list[tuple[Between, Rule]]] = defaultdict(list)
    for rule in book.rules:
        betweens = [condition for condition in rule.when if isinstance(condition, Between)]
        if len(betweens) == 1 and not rule.retired:
            rest = frozenset(condition for condition in rule.when if condition is not betweens[0])
            groups[rest, betweens[0].quantity, rule.ask is None].append((betweens[0], rule))
    for bands in groups.values():
        ordered = sorted(bands, key=lambda band: (band[0].low, band[0].high))
        for (lower, below), (upper, above) in pairwise(ordered):
            if upper.low != lower.high + 1:
                what = "overlap" if upper.low <= lower.high else "leave a gap"
                yield Problem(place_of(above, book, "when"), f"the bands of {below.id} and {above.id} {what}.")
