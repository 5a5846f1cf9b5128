"""Who notices a wrong page? Its examples and its evidence, the lint, the people of the tests; and the list of `make docs`.

The made edges of windows are not asked: they are made from the page itself, so they follow it wherever it goes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from docs.generate import page_row

from magcheck import Checker
from magcheck.core.errors import InputError
from magcheck.core.lazy import cached_property
from magcheck.findings.policy import spoken
from magcheck.inference.program import Outcome
from magcheck.inference.usable import covered, spoken_of
from magcheck.knowledge.terms import UnknownTermError
from magcheck.lint.decided import decided_problems
from magcheck.lint.unnoticed import READER, Alone, Guards
from tests.people.test_people import PEOPLE, profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Held
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.lint.slips import Slip


LIST = "only the list"
"""It shows every change to whoever reads it, and does not know which of the two is right."""


OF_NAMES = ("name dropped", "line dropped")
"""What the table of decisions may contradict."""


class Person(NamedTuple):
    """Somebody of tests/people, with what fires and what is said."""

    seen: Situation
    held: tuple[Held, ...]
    said: list[Said]


class Noticing:
    """Everything that looks at pages, asked about one wrong page at a time."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.checker = Checker(book)
        self._guards: dict[str, Guards] = {}

    def by(self, slip: Slip) -> str | None:
        """Who notices it first; None for a survivor."""
        own = self.guards(slip.page).noticing(slip)
        if own or slip.rule is None:
            return own
        if any(self._is_refused(slip.rule)):
            return "lint"
        if self._people_notice(slip.rule):
            return "people"
        if slip.operator in OF_NAMES and decided_problems(self._with(slip.rule)):
            return "decisions"
        return LIST if self._row(slip.rule) != self._row(self.book.rules_by_id[slip.page]) else None

    def guards(self, page: str) -> Guards:
        if page not in self._guards:
            self._guards[page] = Guards(self.book.rules_by_id[page], self.checker)
        return self._guards[page]

    def _row(self, rule: Rule) -> str:
        """Its line in rules/README.md; `make test` compares that file with the pages."""
        return page_row("", rule)

    def _is_refused(self, rule: Rule) -> Iterator[bool]:
        book = self._with(rule)
        covering = [other for other in book.rules if other is rule or rule.id in other.covers]
        yield from (True for other in covering for _ in covered(other, book))
        yield from (True for _ in spoken_of(rule, book))

    def _with(self, rule: Rule) -> RuleBook:
        pages = tuple(rule if other.id == rule.id else other for other in self.book.rules)
        return replace(self.book, rules=pages)

    @cached_property
    def people(self) -> list[Person]:
        return list(self._read_people())

    def _read_people(self) -> Iterator[Person]:
        for name in PEOPLE:
            try:
                _, evaluation = self.checker._read(profile_of(name))
            except InputError:
                continue
            held = tuple(evaluation.holding(Outcome.FIRES))
            yield Person(evaluation.situation, held, _said(held))

    def _people_notice(self, rule: Rule) -> bool:
        try:
            alone = Alone(rule, self.book)
        except UnknownTermError:
            return True
        return any(_notices(person, alone) for person in self.people)


def _notices(person: Person, alone: Alone) -> bool:
    others = [held for held in person.held if held[0].id != alone.rule.id]
    now = alone.fired(person.seen.read)
    if len(others) == len(person.held) and not now:
        return False
    return _said([*others, *now]) != person.said


Said = tuple[str, str]
"""Page and action."""


def _said(held: Sequence[Held]) -> list[Said]:
    return sorted({(said.rule.id, said.rule.strongest.value) for said in spoken(held)})


__all__ = ["LIST", "READER", "Noticing"]
