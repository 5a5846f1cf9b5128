"""Where could a page be wrong, and neither its examples nor its evidence would notice?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem
from magcheck.facts.situation import situation
from magcheck.findings.evaluation import Evaluation
from magcheck.findings.policy import verdict_if_fired
from magcheck.findings.separations import status
from magcheck.inference.compile import compile_pages
from magcheck.inference.plain import PlainEvaluator
from magcheck.inference.program import Outcome as Clauses
from magcheck.inference.usable import place_of
from magcheck.knowledge.rule import Expectation
from magcheck.knowledge.terms import UnknownTermError
from magcheck.lint.examples import Outcome, differences
from magcheck.lint.figures import unsaid
from magcheck.lint.slips import slips
from magcheck.profile import Profile
from magcheck.reading.profile import read_profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from magcheck.checker import Checker
    from magcheck.core.scales import Status
    from magcheck.facts.situation import Situation
    from magcheck.findings.evaluation import Held
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Example, Rule
    from magcheck.lint.slips import Slip
    from magcheck.reading.profile import ReadProfile

_BOTH_SIDES = "Add an example at the figure, and one a step beside it."
_IN_EVIDENCE = "Name the figure under 'says'; what is your own stands behind 'Beyond it:'."
MENDS = {
    "figure moved": _BOTH_SIDES,
    "bound turned round": _BOTH_SIDES,
    "answer turned round": "Add an example with the other answer.",
    "line dropped": "Add an example that is silent because this line alone does not hold.",
    "name dropped": "Add an example with it alone; 'each' tries the entries of a list one at a time.",
    "limit moved": _IN_EVIDENCE,
    "window moved": _IN_EVIDENCE,
    "wish moved": _IN_EVIDENCE,
    "before and after swapped": "Add an example with times and 'status' that one side allows and the other does not.",
    "action weakened": "Add the 'verdict' to an example that fires.",
}
EXAMPLES, EVIDENCE, READER = "examples", "evidence", "reader"


def unnoticed(rules: Iterable[Rule], checker: Checker) -> Iterator[Problem]:
    """One for each slip of the pen that would change what a page says, and that the page itself does not show."""
    for rule in rules:
        if not rule.retired:
            guards = Guards(rule, checker)
            missed = (slip for slip in slips(rule, checker.book) if guards.noticing(slip) is None)
            yield from (_problem(slip, rule, checker.book) for slip in missed)


def _problem(slip: Slip, rule: Rule, book: RuleBook) -> Problem:
    what = f"nothing on the page would notice: {slip.operator} ({slip.what})." if slip.what else (
        f"nothing on the page would notice: {slip.operator}."
    )
    return Problem(place_of(rule, book, slip.key), what, MENDS[slip.operator])


class Witness(NamedTuple):
    """A profile of an example, and what speaks for it besides the page."""

    example: Example
    read: ReadProfile
    others: Sequence[Held]
    """Of the other pages; empty where the example has no verdict."""


class Guards:
    """What holds a page as it is: its examples and its evidence."""

    def __init__(self, rule: Rule, checker: Checker) -> None:
        self.rule, self.book = rule, checker.book
        self._all = checker.program
        self._witnesses = list(self._witnesses_of(rule))
        self._unsaid = len(list(unsaid(rule)))

    def noticing(self, slip: Slip) -> str | None:
        """Who notices it; None where nobody does."""
        if slip.rule is None:
            return READER
        try:
            alone = Alone(slip.rule, self.book)
        except UnknownTermError:
            return READER
        if any(alone.differs(witness) for witness in self._witnesses):
            return EXAMPLES
        return EVIDENCE if len(list(unsaid(slip.rule))) > self._unsaid else None

    def _witnesses_of(self, rule: Rule) -> Iterator[Witness]:
        for example in rule.examples:
            for given in example.profiles:
                try:
                    read = read_profile(Profile.model_validate(given), self.book)
                    others = self._others(read) if example.verdict else ()
                except (ValidationError, InputError):
                    continue
                yield Witness(example, read, others)

    def _others(self, read: ReadProfile) -> Sequence[Held]:
        seen = situation(read.profile, self.book, self._all, known=read)
        matches = PlainEvaluator(self._all).matches(seen.facts)
        held = Evaluation(self.book, self._all, seen, matches).holding(Clauses.FIRES)
        return [(page, clause, fact) for page, clause, fact in held if page.id != self.rule.id]


class Alone:
    """One page, compiled without the others."""

    def __init__(self, rule: Rule, book: RuleBook) -> None:
        self.rule, self.book = rule, book
        self.program = compile_pages([rule], book.terms)
        self._evaluator = PlainEvaluator(self.program)

    def differs(self, witness: Witness) -> bool:
        """Does it come out otherwise than the example says?"""
        try:
            outcome = self._outcome(witness)
        except InputError:
            return True
        return any(True for _ in differences(witness.example, outcome))

    def fired(self, read: ReadProfile) -> list[Held]:
        return self._holding(self._seen(read))[Clauses.FIRES]

    def _seen(self, read: ReadProfile) -> Situation:
        return situation(read.profile, self.book, self.program, known=read)

    def _outcome(self, witness: Witness) -> Outcome:
        seen = self._seen(witness.read)
        held = self._holding(seen)
        fires = held[Clauses.FIRES]
        verdict = verdict_if_fired([*witness.others, *fires], seen) if witness.example.verdict else None
        if fires:
            return Outcome(Expectation.FIRES, frozenset(self._statuses(fires, seen)), verdict)
        possible = Expectation.COULD_NOT_CHECK if held[Clauses.POSSIBLE] else Expectation.SILENT
        return Outcome(possible, frozenset(), verdict)

    def _holding(self, seen: Situation) -> dict[Clauses, list[Held]]:
        held: dict[Clauses, list[Held]] = {outcome: [] for outcome in Clauses}
        for number, position in sorted(self._evaluator.matches(seen.facts)):
            clause = self.program.clauses[number]
            held[clause.outcome].append((self.rule, clause, seen.facts[position]))
        return held

    def _statuses(self, held: Sequence[Held], seen: Situation) -> Iterator[Status]:
        if self.rule.separate:
            for medicine in {fact.medicine for _, _, fact in held}:
                yield status(self.rule.separate, [fact for _, _, fact in held if fact.medicine == medicine], seen)
