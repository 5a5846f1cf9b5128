"""Can a page be signed as it stands? Its block of review, its evidence, and whether it is due."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.errors import Problem
from magcheck.inference.usable import place_of
from magcheck.knowledge.review import BEYOND_SOURCE, Evidence, EvidenceBasis, HowRead, in_order
from magcheck.knowledge.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from magcheck.core.scales import Grade
    from magcheck.knowledge.load import RuleBook

GRACE = timedelta(days=90)
"""So long after its month began a page that was not read again is only warned of."""
_BLOCK = ("status", "written", "checked", "again")
_TOLD_BY_READ = re.compile(
    r"\b[Rr]ead (?:only )?in\b|\b[Nn]ot read by\b|\b(?:itself|sentence|section|page|text) (?:was|were) not read\b"
)
_TOLD_BY_BASIS = re.compile(r"\b(?:we|our|ours|ourselves|us)\b")


def block_problems(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    """What is missing from the lines that somebody signs."""
    needed = [key for key in _BLOCK if not (key == "again" and rule.retired)]
    missing = [key for key in needed if key not in rule.model_fields_set]
    if missing:
        what = f"this is missing from the page: {', '.join(missing)}."
        yield Problem(place_of(rule, book), what, "See CONTRIBUTING, 'How to add a rule page'.")
    by = rule.retired.by if rule.retired else None
    if by and (by not in book.rules_by_id or book.rules_by_id[by].retired):
        yield Problem(place_of(rule, book, "retired", "by"), f"no page in use is called '{by}'.")


def order_problems(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    """All pages have their keys in the same order, so that a reader finds each without searching."""
    data = book.documents[rule.id].data
    wrong = in_order(data, Rule.model_fields)
    if wrong:
        yield Problem(place_of(rule, book, wrong[1]), f"'{wrong[1]}' stands before '{wrong[0]}'.")
    for number, line in enumerate(data["evidence"]):
        wrong = in_order(line, Evidence.model_fields)
        if wrong:
            yield Problem(place_of(rule, book, "evidence", number), f"'{wrong[1]}' stands before '{wrong[0]}'.")


def evidence_problems(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    for number, line in enumerate(rule.evidence):
        for what in _line_problems(line):
            yield Problem(place_of(rule, book, "evidence", number), what)


def _line_problems(line: Evidence) -> Iterator[str]:
    says = line.says or ""
    if line.read is None:
        yield f"say how it was read: 'read: {' | '.join(HowRead)}'."
    if line.basis is None:
        yield f"say whose it is: 'basis: {' | '.join(EvidenceBasis)}'."
    if _TOLD_BY_READ.search(says):
        yield "how it was read is told by 'read', not in 'says'."
    if _TOLD_BY_BASIS.search(says):
        yield f"what is ours is told by 'basis: ours' and '{BEYOND_SOURCE} ...', not by 'we' and 'our'."


def twice_problems(rule: Rule, book: RuleBook) -> Iterator[Problem]:
    """No example and no line of evidence stands twice."""
    for key, entries in (("examples", [example.given for example in rule.examples]), ("evidence", rule.evidence)):
        for number, entry in enumerate(entries):
            if entry in entries[:number]:
                yield Problem(place_of(rule, book, key, number), "this stands twice.", "Leave one out.")


def graded_twice(book: RuleBook) -> Iterator[Problem]:
    """One place of one source has one grade, whichever page cites it."""
    first: dict[tuple[str, str | None], tuple[Grade, Rule]] = {}
    for rule in book.rules:
        for number, line in enumerate(rule.evidence):
            grade, other = first.setdefault((line.source, line.where), (line.grade, rule))
            if grade is not line.grade:
                what = (
                    f"'{line.grade.value}' here, '{grade.value}' in {other.id}, for the same place of the source."
                )
                yield Problem(place_of(rule, book, "evidence", number), what)


def bibliography_problems(book: RuleBook) -> Iterator[Problem]:
    """Sources that nothing cites, and figures without a source; for a folder that holds pages and bibliography."""
    for name in sorted(book.sources_of_figures - book.sources.keys()):
        yield Problem("sources.yaml", f"a figure rests on '{name}', which is not there.", "Add it.")
    cited = {line.source for rule in book.rules for line in rule.evidence}
    cited |= book.sources_of_figures | book.decided.cited
    for name in sorted(book.sources.keys() - cited):
        yield Problem(f"sources.yaml: {name}", "nothing cites this source.", "Leave it out.")


class Due(NamedTuple):
    """A page that is to be read again."""

    rule: Rule
    since: date
    """The first day of its month."""
    overdue: bool
    """Longer ago than the grace."""


def due_pages(rules: Iterable[Rule], today: date) -> list[Due]:
    """Pages in use whose month has begun, the oldest first."""
    waiting = [(rule, rule.again) for rule in rules if not rule.retired and rule.again is not None]
    due = [Due(rule, since, today > since + GRACE) for rule, since in waiting if since <= today]
    return sorted(due, key=lambda page: (page.since, page.rule.id))


def overdue_problems(book: RuleBook, today: date) -> list[Problem]:
    """A page that nobody has read again for too long is no longer fit."""
    return [
        Problem(
            place_of(page.rule, book, "again"),
            f"it was to be read again in {page.since:%Y-%m}, more than {GRACE.days} days ago.",
            "Read its sources again, and set 'again'.",
        )
        for page in due_pages(book.rules, today)
        if page.overdue
    ]
