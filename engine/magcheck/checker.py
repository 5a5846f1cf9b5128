"""A profile in, a report out: the way of the data, on one page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from magcheck.compile import compile_pages, named_selectors
from magcheck.errors import EngineFault
from magcheck.facts import NOTHING_CHOSEN, situation
from magcheck.fields import MAGNESIUM
from magcheck.findings import Answer, findings, strongest
from magcheck.inference import DurableEvaluator
from magcheck.ir import Outcome
from magcheck.load import RuleBook, load_rules
from magcheck.plain import PlainEvaluator
from magcheck.plausible import questioned
from magcheck.report import Verdict
from magcheck.rule import Action
from magcheck.summary import report, verdict_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from magcheck.facts import Unread
    from magcheck.ir import Fact, Matches
    from magcheck.profile import Profile
    from magcheck.report import Report
    from magcheck.vocabulary import Meaning


class Checker:
    """Checks profiles against one rule book. Thread-safe; writes nothing, asks nobody.

    `rules`: a rule book, or a folder of one's own rule pages; the pages that come with magcheck when absent.
    Raises RulesError for pages that cannot be used and EngineFault for an engine that cannot.
    """

    def __init__(self, rules: RuleBook | Path | str | None = None) -> None:
        self.book = rules if isinstance(rules, RuleBook) else load_rules(rules)
        self.program = compile_pages(self.book.pages, self.book.terms)
        self._selectors = named_selectors(self.program)
        self._plain = PlainEvaluator(self.program)
        self._durable = DurableEvaluator(self.program)

    def check(self, profile: Profile) -> Report:
        """Raises InputError for a profile that contradicts itself, EngineFault instead of a doubtful answer."""
        strange = questioned(profile, self.book)
        return report(profile, self._answer(profile), strange, lambda one: self._could_become(profile, one))

    def pages(self, profile: Profile) -> tuple[frozenset[str], frozenset[str]]:
        """Ids of the pages that fire, and of those that would if an unknown fact were so."""
        answer = self._answer(profile)
        fired, possible = (
            frozenset(page.id for page, _, _ in answer.holding(outcome))
            for outcome in (Outcome.FIRES, Outcome.POSSIBLE)
        )
        return fired, possible - fired

    def _answer(self, profile: Profile, chosen: Mapping[tuple[str, int], Meaning] = NOTHING_CHOSEN) -> Answer:
        seen = situation(profile, self.book, self.program, chosen)
        return Answer(self.book, self.program, seen, self._agreed(seen.facts))

    def _could_become(self, profile: Profile, unread: Unread) -> Action | None:
        """The strongest action among all things that an ambiguous name can mean, found by checking each."""
        meanings = {self._seen_by_rules(meaning): meaning for meaning in unread.why.could_be}
        verdicts = [
            verdict_of(findings(self._answer(profile, {(unread.list, unread.index): meaning})))
            for meaning in meanings.values()
        ]
        actions = [Action(verdict.value) for verdict in verdicts if verdict is not Verdict.CLEAR]
        return strongest(actions) if actions else None

    def _seen_by_rules(self, meaning: Meaning) -> tuple[object, ...]:
        """Meanings that no page can tell apart need one check only."""
        selectors = {name for substance in meaning.substances for name in substance.selectors}
        salts = {s.name for s in meaning.substances if MAGNESIUM in s.selectors}
        return frozenset(selectors & self._selectors), frozenset(salts), meaning.route

    def _agreed(self, facts: tuple[Fact, ...]) -> Matches:
        fast, plain = self._durable.matches(facts), self._plain.matches(facts)
        if fast != plain:
            pages = sorted({self.program.clauses[number].page for number, _ in fast ^ plain})
            raise EngineFault(f"the two evaluators disagree about {', '.join(pages)}.")
        return fast


@cache
def default_checker() -> Checker:
    """The checker of the rules that come with magcheck, built on first use."""
    return Checker()


def check(profile: Profile) -> Report:
    """Check `profile` against the rules that come with magcheck.

    Raises InputError for a profile that contradicts itself, EngineFault instead of a doubtful answer.
    """
    return default_checker().check(profile)
