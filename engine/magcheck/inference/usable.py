"""Can anybody be checked with this rule book? What must hold before the first profile is read."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from magcheck.core.errors import Problem, RulesError
from magcheck.core.scales import URGENCIES, Action
from magcheck.inference.compile import clauses_of, unknown_names
from magcheck.knowledge.conditions import near
from magcheck.knowledge.naming import medicine_lines, names_of_a_window, names_of_a_wish
from magcheck.knowledge.placeholders import MEDICINE
from magcheck.knowledge.skeleton import TO_DO
from magcheck.knowledge.terms import UnknownTermError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule


MOST_PROBLEMS = 100
"""Each costs a search for the nearest name."""


def place_of(rule: Rule, book: RuleBook, *path: str | int) -> str:
    return book.documents[rule.id].where(path)


def twice(book: RuleBook) -> Iterator[Problem]:
    seen: defaultdict[str, int] = defaultdict(int)
    for rule in book.rules:
        seen[rule.id] += 1
    for name, count in seen.items():
        if count > 1:
            yield Problem(f"rules: {name}", f"{count} pages have this id.", "An id is given once and for ever.")


def sources(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    for number, evidence in enumerate(rule.evidence):
        if evidence.source not in book.sources:
            where = place_of(rule, book, "evidence", number)
            yield Problem(
                where, f"unknown source '{evidence.source}'.", _hint(near(evidence.source, book.sources))
            )


def _hint(nearest: str) -> str:
    return nearest if nearest.startswith("Did") else "Add it to sources.yaml."


def terms(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    named = [
        Problem(place_of(rule, book, "when", line), what)
        for line, condition in enumerate(rule.when)
        for what in unknown_names(condition, book.terms)
    ]
    yield from named
    try:
        clauses_of(rule, book.terms)
    except UnknownTermError as error:
        if not named:
            yield Problem(place_of(rule, book, "when"), str(error))


def term_problems(book: RuleBook) -> list[Problem]:
    """Names that mean nothing, each with its line; the first of them where there are very many."""
    return list(islice((problem for rule in book.rules for problem in terms(rule, book)), MOST_PROBLEMS))


def refuse_unusable(book: RuleBook) -> None:
    """Raises RulesError where the set as a whole cannot be used, however right each page is alone."""
    checks = (sources, asked, covered, spoken_of, unwritten)
    problems = [*twice(book), *(p for rule in book.rules for check in checks for p in check(rule, book))]
    if all(rule.retired for rule in book.rules):
        problems.append(Problem("", "there is no rule page to check against.", "Name a folder that holds some."))
    if problems:
        raise RulesError(problems)


def asked(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    if rule.ask is not None and rule.ask not in book.questions:
        yield Problem(
            place_of(rule, book, "ask"), f"nothing is called '{rule.ask}'.", near(rule.ask, book.questions)
        )


def unwritten(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    """What a new page leaves to a person must not reach a patient."""
    texts = {
        key: getattr(rule, key) for key in ("title", "what_to_do", "headline", "why", "seriousness", "mechanism")
    }
    for key, text in texts.items():
        if text and TO_DO in text:
            yield Problem(place_of(rule, book, key), f"this is still to be written: {text.strip()}")
    for number, line in enumerate(rule.evidence):
        if line.says and TO_DO in line.says:
            where = place_of(rule, book, "evidence", number)
            yield Problem(where, f"this is still to be written: {line.says.strip()}")


def spoken_of(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    """A window, a wish and a sentence may speak only of what `when` names."""
    try:
        for key, find in (("separate", names_of_a_window), ("place", names_of_a_wish)):
            for what in find(rule, book.terms):
                yield Problem(place_of(rule, book, key), what)
        if f"{{{MEDICINE}}}" in (rule.what_to_do or "") and not medicine_lines(rule, book.terms):
            what = f"no line 'taking' names a medicine for the blank '{{{MEDICINE}}}'."
            yield Problem(place_of(rule, book, "what_to_do"), what)
    except UnknownTermError:
        return  # `terms` tells which name means nothing


def covered(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    """A page may silence only what it says itself at least as strongly, and never in a ring."""
    for number, name in enumerate(rule.covers):
        wrong = _wrongly_covered(rule, name, book.rules_by_id)
        if wrong:
            yield Problem(place_of(rule, book, "covers", number), *wrong)


def _wrongly_covered(rule: Rule, name: str, pages: Mapping[str, Rule]) -> tuple[str, str] | None:
    """What is wrong, and what would be right."""
    if name not in pages:
        return f"no page is called '{name}'.", near(name, pages)
    if not _speaks_for(rule, pages[name]):
        what = f"'{name}' asks, places or separates, or is more urgent or stronger than this page."
        return what, "Cover only what this page says at least as strongly."
    if rule.id in _covered_by(name, pages):
        return f"'{name}' covers this page too.", "One of both must stay."
    return None


def _speaks_for(rule: Rule, other: Rule) -> bool:
    """Is nothing lost but words when `page` is said instead of `other`?"""
    blocks = rule.blocks_guidance or rule.action is Action.AVOID
    return (
        not (other.separate or other.ask or other.place)
        and URGENCIES[rule.urgency] <= URGENCIES[other.urgency]
        and rule.strongest.rank <= other.strongest.rank
        and (blocks or not other.blocks_guidance)
    )


def _covered_by(name: str, pages: Mapping[str, Rule]) -> set[str]:
    """All pages that `name` silences, directly or through others."""
    reached: set[str] = set()
    open_ends = [name]
    while open_ends:
        new = set(pages[open_ends.pop()].covers) & pages.keys() - reached
        reached |= new
        open_ends += new
    return reached
