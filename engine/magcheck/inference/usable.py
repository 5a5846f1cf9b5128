"""Can anybody be checked with this rule book? What must hold before the first profile is read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from magcheck.core.errors import Problem, RulesError
from magcheck.core.scales import URGENCIES, Action
from magcheck.inference.compile import clauses_of, unknown_names
from magcheck.knowledge.conditions import near
from magcheck.knowledge.terms import UnknownTermError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Page


def place_of(page: Page, book: RuleBook, *path: str | int) -> str:
    return book.documents[page.id].where(path)


def twice(book: RuleBook) -> Iterator[Problem]:
    seen: defaultdict[str, int] = defaultdict(int)
    for page in book.pages:
        seen[page.id] += 1
    for name, count in seen.items():
        if count > 1:
            yield Problem(f"rules: {name}", f"{count} pages have this id.", "An id is given once and for ever.")


def sources(page: Page, book: RuleBook) -> Iterator[Problem]:
    for place, evidence in enumerate(page.evidence):
        if evidence.source not in book.sources:
            where = place_of(page, book, "evidence", place)
            yield Problem(
                where, f"unknown source '{evidence.source}'.", _hint(near(evidence.source, book.sources))
            )


def _hint(said: str) -> str:
    return said if said.startswith("Did") else "Add it to sources.yaml."


def terms(page: Page, book: RuleBook) -> Iterator[Problem]:
    named = [
        Problem(place_of(page, book, "when", line), what)
        for line, condition in enumerate(page.when)
        for what in unknown_names(condition, book.terms)
    ]
    yield from named
    try:
        clauses_of(page, book.terms)
    except UnknownTermError as error:
        if not named:
            yield Problem(place_of(page, book, "when"), str(error))


def term_problems(book: RuleBook) -> list[Problem]:
    """Every name that means nothing, each with its line."""
    return [problem for page in book.pages for problem in terms(page, book)]


def refuse_unusable(book: RuleBook) -> None:
    """Raises RulesError where the set as a whole cannot be used, however right each page is alone."""
    checks = (sources, asked, covered)
    problems = [*twice(book), *(p for page in book.pages for check in checks for p in check(page, book))]
    if all(page.retired for page in book.pages):
        problems.append(Problem("", "there is no rule page to check against.", "Name a folder that holds some."))
    if problems:
        raise RulesError(problems)


def asked(page: Page, book: RuleBook) -> Iterator[Problem]:
    if page.ask is not None and page.ask not in book.questions:
        yield Problem(
            place_of(page, book, "ask"), f"nothing is called '{page.ask}'.", near(page.ask, book.questions)
        )


def covered(page: Page, book: RuleBook) -> Iterator[Problem]:
    """A page may silence only what it says itself at least as strongly, and never in a ring."""
    pages = {other.id: other for other in book.pages}
    for place, name in enumerate(page.covers):
        wrong = _wrongly_covered(page, name, pages)
        if wrong:
            yield Problem(place_of(page, book, "covers", place), *wrong)


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
