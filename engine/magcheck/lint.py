"""Do the pages fit together? Checks on the whole set that no single page can show."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING

from magcheck.compile import UnknownTermError, clauses_of, unknown_names
from magcheck.conditions import Between, Taking, near
from magcheck.errors import Problem, RulesError
from magcheck.examples import example_problems
from magcheck.fields import PROPERTIES
from magcheck.findings import URGENCIES
from magcheck.ir import Outcome
from magcheck.load import settled_by
from magcheck.questions.sound import questionnaire_problems
from magcheck.rule import OTHER_MEDICINES, Action, Expectation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.checker import Checker
    from magcheck.load import RuleBook
    from magcheck.rule import Page

LONGEST_SENTENCE = 15
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")


def lint_pages(book: RuleBook) -> list[Problem]:
    """Everything that is wrong with the set, each with `file:line`; empty when it is clean."""
    checks = (_names, _sources, _terms, _places, _asked, _covered, _questions, _expectations, _sentences)
    problems = [problem for page in book.pages for check in checks for problem in check(page, book)]
    problems += [*_twice(book), *questionnaire_problems(book.questions)]
    if not any(True for page in book.pages for _ in _terms(page, book)):
        problems += [*_two_windows(book), *_bands(book)]
    return problems


def lint_examples(checker: Checker) -> list[Problem]:
    """The examples of every page that do not come out as the page says."""
    return [problem for page in checker.book.pages for problem in example_problems(page, checker)]


def _where(page: Page, book: RuleBook, *path: str | int) -> str:
    return book.documents[page.id].where(path)


def _twice(book: RuleBook) -> Iterator[Problem]:
    seen: defaultdict[str, int] = defaultdict(int)
    for page in book.pages:
        seen[page.id] += 1
    for name, count in seen.items():
        if count > 1:
            yield Problem(f"rules: {name}", f"{count} pages have this id.", "An id is given once and for ever.")


def _names(page: Page, book: RuleBook) -> Iterator[Problem]:
    if not book.documents[page.id].name.endswith(f"{page.id}.yaml"):
        yield Problem(_where(page, book, "id"), f"the file is not named {page.id}.yaml.")


def _sources(page: Page, book: RuleBook) -> Iterator[Problem]:
    for place, evidence in enumerate(page.evidence):
        if evidence.source not in book.sources:
            where = _where(page, book, "evidence", place)
            yield Problem(
                where, f"unknown source '{evidence.source}'.", _hint(near(evidence.source, book.sources))
            )


def _hint(said: str) -> str:
    return said if said.startswith("Did") else "Add it to sources.yaml."


def _terms(page: Page, book: RuleBook) -> Iterator[Problem]:
    named = [
        Problem(_where(page, book, "when", line), what)
        for line, condition in enumerate(page.when)
        for what in unknown_names(condition, book.terms)
    ]
    yield from named
    try:
        clauses_of(page, book.terms)
    except UnknownTermError as error:
        if not named:
            yield Problem(_where(page, book, "when"), str(error))


def term_problems(book: RuleBook) -> list[Problem]:
    """Every name that means nothing, each with its line."""
    return [problem for page in book.pages for problem in _terms(page, book)]


def refuse_unusable(book: RuleBook) -> None:
    """Raises RulesError where the set as a whole cannot be used, however right each page is alone."""
    checks = (_sources, _asked, _covered)
    problems = [*_twice(book), *(p for page in book.pages for check in checks for p in check(page, book))]
    if all(page.retired for page in book.pages):
        problems.append(Problem("", "there is no rule page to check against.", "Name a folder that holds some."))
    if problems:
        raise RulesError(problems)


def _places(page: Page, book: RuleBook) -> Iterator[Problem]:
    """A wish for the day plan names something of the vocabulary."""
    if page.place is None:
        return
    known = (*PROPERTIES, OTHER_MEDICINES)
    for key in ("take", "around"):
        name = getattr(page.place, key)
        if name and name not in known and book.vocabulary.selector(name) is None:
            what = f"no substance or class is called '{name}'."
            yield Problem(_where(page, book, "place"), what, "See rules/vocabulary.")


def _asked(page: Page, book: RuleBook) -> Iterator[Problem]:
    if page.ask is not None and page.ask not in book.questions:
        yield Problem(
            _where(page, book, "ask"), f"nothing is called '{page.ask}'.", near(page.ask, book.questions)
        )


def _covered(page: Page, book: RuleBook) -> Iterator[Problem]:
    """A page may silence only what it says itself at least as strongly, and never in a ring."""
    pages = {other.id: other for other in book.pages}
    for place, name in enumerate(page.covers):
        wrong = _wrongly_covered(page, name, pages)
        if wrong:
            yield Problem(_where(page, book, "covers", place), *wrong)


def _wrongly_covered(page: Page, name: str, pages: Mapping[str, Page]) -> tuple[str, str] | None:
    """What is wrong, and what would be right."""
    if name not in pages:
        return f"no page is called '{name}'.", near(name, pages)
    if not _speaks_for(page, pages[name]):
        what = f"'{name}' asks, places or separates, or is more urgent or stronger than this page."
        return what, "Cover only what this page says at least as strongly."
    if page.id in _covered_by(name, pages):
        return f"'{name}' covers this page too.", "One of both must stay."
    return None


def _speaks_for(page: Page, other: Page) -> bool:
    """Is nothing lost but words when `page` is said instead of `other`?"""
    blocks = page.blocks_guidance or page.action is Action.AVOID
    return (
        not (other.separate or other.ask or other.place)
        and URGENCIES[page.urgency] <= URGENCIES[other.urgency]
        and page.strongest.rank <= other.strongest.rank
        and (blocks or not other.blocks_guidance)
    )


def _covered_by(name: str, pages: Mapping[str, Page]) -> set[str]:
    """All pages that `name` silences, directly or through others."""
    reached: set[str] = set()
    open_ends = [name]
    while open_ends:
        new = set(pages[open_ends.pop()].covers) & pages.keys() - reached
        reached |= new
        open_ends += new
    return reached


def _questions(page: Page, book: RuleBook) -> Iterator[Problem]:
    try:
        facts = {test.fact for _, clause in clauses_of(page, book.terms) for test in clause.tests}
    except UnknownTermError:
        return
    for fact in sorted(facts & settled_by().keys()):
        if settled_by()[fact] not in book.questions:
            yield Problem(_where(page, book, "when"), f"'{settled_by()[fact]}' has no question.")


def _expectations(page: Page, book: RuleBook) -> Iterator[Problem]:
    if page.retired:
        return
    expected = {example.expect for example in page.examples}
    for needed in (Expectation.FIRES, Expectation.SILENT):
        if needed not in expected:
            yield Problem(_where(page, book, "examples"), f"no example expects '{needed.value}'.")


def _sentences(page: Page, book: RuleBook) -> Iterator[Problem]:
    for key in ("title", "what_to_do", "why", "headline", "seriousness"):
        for sentence in _SENTENCE.split(getattr(page, key) or ""):
            words = sentence.split()
            if len(words) > LONGEST_SENTENCE:
                where = _where(page, book, key)
                yield Problem(
                    where, f"a sentence of {len(words)} words: '{' '.join(words[:6])} ...'.", "Split it."
                )


def _name_by_name(page: Page) -> Iterator[Page]:
    """The page once for each choice of one name from every list, so that lists that overlap are seen to."""
    lines = [
        [replace(line, names=(name,)) for name in line.names] if isinstance(line, Taking) else [line]
        for line in page.when
    ]
    for when in product(*lines):
        yield page.model_copy(update={"when": when})


def _two_windows(book: RuleBook) -> Iterator[Problem]:
    """No medicine may have two windows for one route and one kind of magnesium."""
    owners: dict[tuple[object, ...], Page] = {}
    for page in book.pages:
        if page.separate is None or page.retired:
            continue
        alone = (part for one in _name_by_name(page) for part in clauses_of(one, book.terms))
        for subject, clause in alone:
            if clause.outcome is not Outcome.FIRES:
                continue
            for substance in book.vocabulary.substances.values():
                if substance.selectors & set(subject.names):
                    other = owners.setdefault((substance.name, clause.tests), page)
                    if other is not page:
                        yield Problem(
                            _where(page, book, "separate"),
                            f"{substance.name} already has a window in {other.id}.",
                        )


def _bands(book: RuleBook) -> Iterator[Problem]:
    """Pages that differ in the bounds of one quantity only must meet without a gap and without an overlap."""
    groups: defaultdict[tuple[object, ...], list[tuple[Between, Page]]] = defaultdict(list)
    for page in book.pages:
        betweens = [condition for condition in page.when if isinstance(condition, Between)]
        if len(betweens) == 1 and not page.retired:
            rest = frozenset(condition for condition in page.when if condition is not betweens[0])
            groups[rest, betweens[0].quantity, page.ask is None].append((betweens[0], page))
    for bands in groups.values():
        ordered = sorted(bands, key=lambda band: (band[0].low, band[0].high))
        for (lower, below), (upper, above) in pairwise(ordered):
            if upper.low != lower.high + 1:
                what = "overlap" if upper.low <= lower.high else "leave a gap"
                yield Problem(_where(above, book, "when"), f"the bands of {below.id} and {above.id} {what}.")
