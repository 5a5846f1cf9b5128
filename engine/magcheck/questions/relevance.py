"""Which open question can still change the verdict, and how much? Read from the compiled pages.

Open answers are intervals, like everything that is not known: a page that no completion of them can fire, or that
every completion fires, waits for nothing. What is left, and stronger than what is certain, is worth a question.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from magcheck.core.fact_names import ITEM_LISTS
from magcheck.core.scales import URGENCIES, Action
from magcheck.facts.plausibility import questioned
from magcheck.facts.situation import situation
from magcheck.findings.policy import is_kept, makes_finding, silenced
from magcheck.inference.program import Outcome
from magcheck.questions.views import FREE, NOTHING, Views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from magcheck.facts.situation import Situation
    from magcheck.inference.program import Clause, Program, Scope
    from magcheck.knowledge.load import RuleBook
    from magcheck.knowledge.rule import Rule
    from magcheck.profile import Profile
    from magcheck.questions.views import Paths, View


@dataclass(frozen=True, slots=True, order=True)
class Stake:
    """How strong a page is; less is stronger."""

    urgency: int = len(URGENCIES) - 1
    action: int = len(Action)

    def and_(self, other: Stake) -> Stake:
        return Stake(min(self.urgency, other.urgency), min(self.action, other.action))

    def exceeds(self, certain: Stake) -> bool:
        return self.urgency < certain.urgency or self.action < certain.action


class PossibleFiring(NamedTuple):
    """A page that fires, now or after further answers."""

    rule: Rule
    view: View
    waits_for: Paths
    """Open questions that decide whether it fires on the view; none where it surely does."""

    @property
    def strength(self) -> Stake:
        return Stake(URGENCIES[self.rule.urgency], self.rule.strongest.rank)

    @property
    def is_certain(self) -> bool:
        return not self.waits_for and not self.view.brought_by


def relevance(profile: Profile, open_: Mapping[str, Paths], book: RuleBook, program: Program) -> dict[str, Stake]:
    """Open path -> the strongest page that waits for its answer and could change the verdict.

    `open_`: path of an unanswered question -> all entries that its answer settles or leads to.
    Raises InputError for a profile that contradicts itself.
    """
    questioned(profile, book)
    known = situation(profile, book, program)
    views = tuple(Views(profile, open_, book, program, known).all())
    firings = _counting(_possible_firings(views, known, book, program))
    certain, likely = Stake(), Stake()
    for firing in firings:
        if firing.is_certain:
            certain = certain.and_(firing.strength)
        if firing.view.assumed and not firing.waits_for:
            likely = likely.and_(firing.strength)
    # A page about the assumed product fires until a list brings another one, so it is no bar for the questions
    # that lead to a list. Any other answer leaves that product alone; after a list, all is worked out anew.
    lists = {path for path, settled in open_.items() if not settled.isdisjoint(ITEM_LISTS)}
    bars = {path: certain if path in lists else certain.and_(likely) for path in open_}
    return _strongest(firings, bars)


def _counting(firings: Iterable[PossibleFiring]) -> list[PossibleFiring]:
    """What is surely silenced does not count; what covers a page is at least as strong as it."""
    every = list(firings)
    is_silent = silenced(firing.rule for firing in every if firing.is_certain)
    return [firing for firing in every if not is_silent(firing.rule)]


def _strongest(firings: Iterable[PossibleFiring], bars: Mapping[str, Stake]) -> dict[str, Stake]:
    """Open path -> the strongest of the pages that wait for it and exceed its bar."""
    best: dict[str, Stake] = {}
    for firing in firings:
        strength = firing.strength
        for path in firing.waits_for | firing.view.brought_by:
            if strength.exceeds(bars[path]):
                best[path] = min(strength, best.get(path, strength))
    return best


def _possible_firings(
    views: Iterable[View], known: Situation, book: RuleBook, program: Program
) -> Iterator[PossibleFiring]:
    by_scope: defaultdict[Scope, list[View]] = defaultdict(list)
    for view in views:
        by_scope[view.scope].append(view)
    for clause in program.clauses:
        rule = book.rules_by_id[clause.rule]
        if clause.outcome is Outcome.FIRES and makes_finding(rule):
            for view in by_scope[clause.scope]:
                if view.concerns(clause):
                    paths = _waits_for(clause, rule, view, known)
                    if paths is not None:
                        yield PossibleFiring(rule, view, paths)


def _waits_for(clause: Clause, rule: Rule, view: View, known: Situation) -> Paths | None:
    """Open questions that decide if `clause` counts on `view`: none where it surely does, None where it cannot."""
    paths = NOTHING
    for test in clause.tests:
        movers = view.movers(test.fact)
        low, high = view.values.get(test.fact, FREE)
        if not movers:
            if not test.holds(low, high):
                return None
        elif low > test.high or high < test.low:
            return None
        elif not (test.low <= low and high <= test.high):
            paths |= movers
    if view.times and rule.separate and not rule.separate.no_safe_gap:
        return paths | view.times
    return None if view.fact and is_kept(rule, [view.fact], known) else paths
