"""Who notices a wrong page? Its examples, the people of the tests, the lint; and the list that `make docs` writes.

The made edges of windows are not asked: they are made from the page itself, so they follow it wherever it goes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from docs.generate import page_row

from magcheck import Checker, Profile
from magcheck.checker import told_in
from magcheck.core.errors import InputError
from magcheck.core.lazy import cached_property
from magcheck.facts.situation import situation
from magcheck.findings.policy import spoken
from magcheck.findings.separations import status
from magcheck.inference.compile import compile_pages
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Outcome
from magcheck.inference.usable import covered, spoken_of
from magcheck.knowledge.rule import Expectation
from magcheck.knowledge.terms import UnknownTermError
from tests.people.test_people import PEOPLE, profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from magcheck.core.scales import Status
    from magcheck.findings.evaluation import Held
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from tests.mutation.mutants import Mutant


LIST = "only the list"
"""It shows every change to whoever reads it, and does not know which of the two is right."""


class Shown(NamedTuple):
    """What one page alone does for one profile."""

    outcome: Expectation
    statuses: frozenset[Status]


class Alone:
    """One page, compiled without the others."""

    def __init__(self, rule: Rule, book: RuleBook) -> None:
        self.rule, self.book = rule, book
        self.program = compile_pages([rule], book.terms)
        self._evaluator = PlainEvaluator(self.program)

    def holding(self, profile: Profile) -> dict[Outcome, list[Held]]:
        seen = situation(profile, self.book, self.program)
        found: dict[Outcome, list[Held]] = {outcome: [] for outcome in Outcome}
        for number, position in sorted(self._evaluator.matches(seen.facts)):
            clause = self.program.clauses[number]
            found[clause.outcome].append((self.rule, clause, seen.facts[position]))
        return found

    def shown(self, profile: Profile) -> Shown:
        held = self.holding(profile)
        if held[Outcome.FIRES]:
            return Shown(Expectation.FIRES, frozenset(self._statuses(held[Outcome.FIRES], profile)))
        possible = Expectation.COULD_NOT_CHECK if held[Outcome.POSSIBLE] else Expectation.SILENT
        return Shown(possible, frozenset())

    def _statuses(self, held: Sequence[Held], profile: Profile) -> Iterator[Status]:
        if self.rule.separate:
            seen = situation(profile, self.book, self.program)
            for medicine in {fact.medicine for _, _, fact in held}:
                facts = [fact for _, _, fact in held if fact.medicine == medicine]
                yield status(self.rule.separate, facts, seen)


@dataclass(frozen=True)
class Witness:
    """One profile, and what the right page does for it."""

    by: str
    profile: Profile
    expected: Shown
    looks_at_status: bool


class Noticing:
    """Everything that looks at pages, asked about one wrong page at a time."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.checker = Checker(book)
        self._witnesses: dict[str, list[Witness]] = {}

    def by(self, mutant: Mutant) -> str | None:
        """Who notices it first; None for a survivor."""
        if mutant.rule is None:
            return "reader"
        try:
            alone = Alone(mutant.rule, self.book)
        except UnknownTermError:
            return "reader"
        for witness in self.witnesses(mutant.page):
            if _differs(witness, alone):
                return witness.by
        if any(self._is_refused(mutant.rule)):
            return "lint"
        if self._people_notice(alone):
            return "people"
        return LIST if self._row(mutant.rule) != self._row(self.book.rules_by_id[mutant.page]) else None

    def _row(self, rule: Rule) -> str:
        """Its line in rules/README.md; `make test` compares that file with the pages."""
        return page_row("", rule)

    def _is_refused(self, rule: Rule) -> Iterator[bool]:
        pages = tuple(rule if other.id == rule.id else other for other in self.book.rules)
        book = replace(self.book, rules=pages)
        covering = [other for other in pages if other is rule or rule.id in other.covers]
        yield from (True for other in covering for _ in covered(other, book))
        yield from (True for _ in spoken_of(rule, book))

    def witnesses(self, page: str) -> list[Witness]:
        if page not in self._witnesses:
            rule = self.book.rules_by_id[page]
            self._witnesses[page] = [*self._examples(rule)]
        return self._witnesses[page]

    def _examples(self, rule: Rule) -> Iterator[Witness]:
        for example in rule.examples:
            profile = Profile.model_validate(example.given)
            statuses = frozenset({example.status} if example.status else ())
            yield Witness("examples", profile, Shown(example.expect, statuses), bool(example.status))

    @cached_property
    def people(self) -> list[tuple[Profile, tuple[Held, ...], list[Said]]]:
        """Each person with what fires, and what is said."""
        found: list[tuple[Profile, tuple[Held, ...], list[Said]]] = []
        for name in PEOPLE:
            profile = profile_of(name)
            try:
                _, evaluation = self.checker._read(told_in(profile))
            except InputError:
                continue
            held = tuple(evaluation.holding(Outcome.FIRES))
            found.append((profile, held, _said(held)))
        return found

    def _people_notice(self, alone: Alone) -> bool:
        return any(self._notices(person, alone) for person in self.people)

    def _notices(self, person: tuple[Profile, tuple[Held, ...], list[Said]], alone: Alone) -> bool:
        profile, held, said = person
        others = [(rule, clause, fact) for rule, clause, fact in held if rule.id != alone.rule.id]
        now = alone.holding(profile)[Outcome.FIRES]
        if len(others) == len(held) and not now:
            return False
        return _said([*others, *now]) != said


Said = tuple[str, str]
"""Page and action."""


def _said(held: Sequence[Held]) -> list[Said]:
    return sorted({(said.rule.id, said.rule.strongest.value) for said in spoken(held)})


def _differs(witness: Witness, alone: Alone) -> bool:
    try:
        shown = alone.shown(witness.profile)
    except InputError:
        return True
    return shown.outcome is not witness.expected.outcome or (
        witness.looks_at_status and shown.statuses != witness.expected.statuses
    )
