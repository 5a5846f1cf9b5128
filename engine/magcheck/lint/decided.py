"""Is every medicine of a class that was gone through decided, and is each decision true of the pages?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.errors import Problem
from magcheck.core.fact_names import ROUTES
from magcheck.knowledge.conditions import TakenCount, Taking, near
from magcheck.knowledge.naming import medicine_lines
from magcheck.knowledge.review import HowRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from magcheck.knowledge.decided import Decided, DecidedMedicine
    from magcheck.knowledge.load import RuleBook
    from magcheck.terminology.vocabulary import Substance


class _Named(NamedTuple):
    """What a line of a page names."""

    selector: str | None
    route: str | None

    def is_of(self, substance: Substance) -> bool:
        """Does it name this medicine, by a route by which it is taken?"""
        if self.selector not in substance.selectors:
            return False
        return self.route is None or substance.route is None or substance.route.value in ROUTES[self.route]


class _Pages(NamedTuple):
    """Page id -> what it names."""

    all: dict[str, list[_Named]]
    windows: dict[str, list[_Named]]
    """Of those that keep something apart: the medicine alone."""


def decided_problems(book: RuleBook) -> list[Problem]:
    """Everything that is wrong with the table of decisions. Raises RulesError where it cannot be read."""
    table, pages = book.decided, _pages_of(book)
    problems = [problem for entry in table.entries for problem in _entry(entry, pages, book)]
    return [*problems, *_twice(table), *_undecided(table, book), *_reasons(table), *_sources(table, book)]


def _pages_of(book: RuleBook) -> _Pages:
    used = [rule for rule in book.rules if not rule.retired]
    lines = {
        rule.id: [condition for condition in rule.when if isinstance(condition, Taking | TakenCount)]
        for rule in used
    }
    apart = {rule.id: medicine_lines(rule, book.terms) for rule in used if rule.separate}
    return _Pages(
        {page: _named(of_page, book) for page, of_page in lines.items()},
        {page: _named(of_page, book) for page, of_page in apart.items()},
    )


def _named(lines: Iterable[Taking | TakenCount], book: RuleBook) -> list[_Named]:
    things = [
        thing
        for line in lines
        for thing in (line.things if isinstance(line, TakenCount) else [(name, line.route) for name in line.names])
    ]
    return [_Named(book.vocabulary.selector(name), route) for name, route in things]


def _entry(entry: DecidedMedicine, pages: _Pages, book: RuleBook) -> Iterator[Problem]:
    yield from _silences(entry, book)
    substance = book.vocabulary.substances.get(entry.medicine)
    if substance is None:
        what = f"no medicine is called '{entry.medicine}'."
        yield Problem(entry.where, what, _hint(near(entry.medicine, book.vocabulary.substances)))
        return
    if entry.class_name not in substance.selectors:
        yield Problem(entry.where, f"{entry.medicine} is no {entry.class_name} in the vocabulary.")
    yield from _page(entry, substance, pages, book)
    if entry.decision.silent:
        yield from _contradictions(entry, substance, pages)


def members(class_name: str, book: RuleBook) -> list[Substance]:
    """The medicines of a class, as the vocabulary has them."""
    return [substance for substance in book.vocabulary.substances.values() if class_name in substance.selectors]


def _hint(nearest: str) -> str:
    return nearest if nearest.startswith("Did") else "See rules/vocabulary/substances.csv."


def _page(entry: DecidedMedicine, substance: Substance, pages: _Pages, book: RuleBook) -> Iterator[Problem]:
    name = entry.decision.page
    if name is None:
        return
    if name not in book.rules_by_id:
        yield Problem(entry.where, f"no page is called '{name}'.", near(name, book.rules_by_id))
    elif name not in pages.all:
        yield Problem(entry.where, f"the page '{name}' is retired.", "Decide again.")
    elif not any(named.is_of(substance) for named in pages.all[name]):
        yield Problem(entry.where, f"the page '{name}' never fires for {entry.medicine}.")


def _silences(entry: DecidedMedicine, book: RuleBook) -> Iterator[Problem]:
    key, table = entry.decision.silent, book.decided
    if key is None:
        return
    if key not in table.reasons:
        yield Problem(entry.where, f"no reason is called '{key}'.", near(key, table.reasons))
    elif all(passage.read is HowRead.NO for passage in table.passages(entry.decision)):
        yield Problem(entry.where, f"nothing was read for '{key}'.", "Name a source that was read.")


def _contradictions(entry: DecidedMedicine, substance: Substance, pages: _Pages) -> Iterator[Problem]:
    """A silence is about the gap: no page may keep that medicine apart."""
    for page, names in pages.windows.items():
        if any(named.is_of(substance) for named in names):
            what = f"silent about {entry.medicine}, but '{page}' keeps it apart."
            yield Problem(entry.where, what, "Write the page instead.")


def _twice(table: Decided) -> Iterator[Problem]:
    """A medicine has one silence at most, and each of its pages once."""
    decisions = Counter((entry.medicine, entry.decision.page) for entry in table.entries)
    for (medicine, page), count in decisions.items():
        if count > 1:
            what = f"'{page}' stands there {count} times" if page else f"{count} reasons for silence"
            where = [entry.where for entry in table.entries if entry.medicine == medicine]
            yield Problem(where[-1], f"{medicine}: {what}.", "Keep one.")


def _undecided(table: Decided, book: RuleBook) -> Iterator[Problem]:
    decided = {entry.medicine for entry in table.entries}
    for name in dict.fromkeys(entry.class_name for entry in table.entries):
        where = next(entry.where for entry in table.entries if entry.class_name == name)
        for substance in members(name, book):
            if substance.name not in decided:
                decided.add(substance.name)
                what = f"{substance.name} is undecided, although its class, {name}, was gone through."
                yield Problem(where, what, "Name its page, or why there is none.")


def _reasons(table: Decided) -> Iterator[Problem]:
    used = {entry.decision.silent for entry in table.entries}
    for key in table.reasons:
        if key not in used:
            yield Problem(_place(table, key), f"nothing is silent for the reason '{key}'.", "Leave it out.")


def _sources(table: Decided, book: RuleBook) -> Iterator[Problem]:
    for key, reason in table.reasons.items():
        names = (passage.source for passage in reason.sources)
        yield from _unknown_sources(names, _place(table, key), book)
    for entry in {id(entry.decision): entry for entry in table.entries}.values():
        names = (passage.source for passage in entry.decision.sources)
        yield from _unknown_sources(names, entry.where, book)


def _unknown_sources(names: Iterable[str], where: str, book: RuleBook) -> Iterator[Problem]:
    for name in names:
        if name not in book.sources:
            yield Problem(where, f"unknown source '{name}'.", "Add it to sources.yaml.")


def _place(table: Decided, key: str) -> str:
    return table.reasons_file.where((key,)) if table.reasons_file else key
